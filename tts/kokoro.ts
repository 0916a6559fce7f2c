/** The voice: Kokoro as a streaming LiveKit TTS that begins with the first clause. */
import { type APIConnectOptions, shortuuid, tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { SpokenAccount } from './account.ts';
import { ClauseCutter } from './clauses.ts';
import { SAMPLE_RATE_HZ } from './pcm.ts';
import { type Phrases, usualPhrases } from './phrases.ts';
import { type Clause, Reply } from './reply.ts';
import { hasWords, speakable } from './speakable.ts';
import { Speaker, type SpeakerOptions } from './speaker.ts';

export interface KokoroOptions extends SpeakerOptions {
  /** Of the text, BCP 47. */
  language?: string;
  /** Clauses made at the same time: 2 for a server, 1 where it shares our processor. */
  concurrency?: number;
  /** A clause goes to the voice; the text is as the mind wrote it. */
  onClause?: (text: string) => void;
  /** The first sound of a reply came back; the voice's own silence before it was cut off. */
  onFirstSound?: (leadingSilenceMs: number) => void;
}

interface Settings {
  language: string;
  concurrency: number;
  onClause?: ((text: string) => void) | undefined;
  onFirstSound?: ((leadingSilenceMs: number) => void) | undefined;
}

const frameOf = (samples: Int16Array): AudioFrame =>
  new AudioFrame(samples, SAMPLE_RATE_HZ, 1, samples.length);

const clauseOf = (text: string, language: string): Clause => {
  const spoken = speakable(text, language);
  return { text, spoken: hasWords(spoken) ? spoken : '' };
};

/** One per session: it knows which voice speaks, and what of the current reply was heard. */
export class Kokoro extends tts.TTS {
  override readonly label: string;
  readonly speaker: Speaker;
  readonly settings: Settings;

  constructor(options: KokoroOptions) {
    super(SAMPLE_RATE_HZ, 1, { streaming: true });
    const { language = 'en', concurrency = 2, onClause, onFirstSound, ...speaker } = options;
    this.speaker = new Speaker(speaker);
    this.label = this.speaker.label;
    this.settings = { language, concurrency, onClause, onFirstSound };
  }

  override get model(): string {
    return 'kokoro';
  }

  override get provider(): string {
    return this.label;
  }

  /** For the next clause on. */
  setVoice(voice: string): void {
    this.speaker.voice = voice;
  }

  setLanguage(language: string): void {
    this.settings.language = language;
  }

  /** Makes what is said often while nobody talks; resolves when done or aborted, never throws. */
  warmUp(options: {
    phrases: Phrases;
    isBusy: () => boolean;
    signal: AbortSignal;
    more?: readonly string[];
  }): Promise<void> {
    const { phrases, isBusy, signal, more = [] } = options;
    const { language } = this.settings;
    const usual = usualPhrases[language.split('-')[0] ?? 'en'] ?? usualPhrases.en ?? [];
    return phrases.warmUp({
      voice: this.speaker.voice,
      phrases: [...usual, ...more].map((text) => speakable(text, language)),
      speak: (text, abort) => this.speaker.plain(text, abort),
      isBusy,
      signal,
    });
  }

  override synthesize(
    text: string,
    connOptions?: APIConnectOptions,
    abortSignal?: AbortSignal,
  ): tts.ChunkedStream {
    return new KokoroChunked(this, { text, connOptions, abortSignal });
  }

  override stream(options?: { connOptions?: APIConnectOptions }): KokoroStream {
    return new KokoroStream(this, options?.connOptions);
  }

  /** @internal A reply begins; `markStarted` runs at its first request. */
  begin(signal: AbortSignal, markStarted: () => void): Reply {
    const { concurrency, onClause, onFirstSound } = this.settings;
    return new Reply({
      make: (spoken) => this.speaker.speak(spoken, signal),
      concurrency,
      signal,
      onClause: ({ text }) => {
        markStarted();
        onClause?.(text);
      },
      onFirstSound,
      onLost: (error) => {
        this.speaker.lost(error);
        this.report(error, true);
      },
    });
  }

  /** @internal */
  report(error: Error, recoverable: boolean): void {
    // An emitter without a listener would throw.
    if (this.listenerCount('error') === 0) return;
    const timestamp = Date.now();
    this.emit('error', { type: 'tts_error', timestamp, label: this.label, error, recoverable });
  }
}

/** One reply: it alone knows its words, also while the next one is being made. */
export class KokoroStream extends tts.SynthesizeStream {
  override readonly label: string;
  readonly #tts: Kokoro;
  #account: SpokenAccount | undefined;

  constructor(kokoro: Kokoro, connOptions?: APIConnectOptions) {
    super(kokoro, connOptions);
    this.#tts = kokoro;
    this.label = kokoro.label;
  }

  /** The beginning of this reply that was heard after `playedMs` of it. */
  spokenText(playedMs: number): string {
    return this.#account?.spokenText(playedMs) ?? '';
  }

  /** Where in this reply the first text that fits begins to sound, in ms. */
  startOf(fits: (text: string) => boolean): number | undefined {
    return this.#account?.startsAtMs(fits);
  }

  protected override async run(): Promise<void> {
    const reply = this.#tts.begin(this.abortSignal, () => this.markStarted());
    this.#account = reply.account;
    const reading = this.#read(reply);
    const ids = { requestId: shortuuid('kokoro_'), segmentId: shortuuid('segment_') };
    for await (const { samples, final } of reply.frames()) {
      this.queue.put({ ...ids, frame: frameOf(samples), final });
    }
    if (this.abortSignal.aborted) return;
    await reading;
    this.queue.put(tts.SynthesizeStream.END_OF_STREAM);
  }

  /** Text in, clauses out, until the text ends. */
  async #read(reply: Reply): Promise<void> {
    const cutter = new ClauseCutter({ language: this.#tts.settings.language });
    let timer: NodeJS.Timeout | undefined;
    const add = (pieces: string[]) => {
      for (const text of pieces) reply.add(clauseOf(text, this.#tts.settings.language));
      clearTimeout(timer);
      const now = performance.now();
      const dueMs = cutter.nextDueMs(now);
      if (dueMs === undefined) return;
      // Timers may fire a little early: one millisecond makes sure that the time has come.
      timer = setTimeout(() => add(cutter.due(performance.now())), dueMs - now + 1);
    };
    try {
      for await (const input of this.input) {
        if (this.abortSignal.aborted) break;
        add(
          typeof input === 'string'
            ? cutter.push(input, performance.now())
            : cutter.flush(performance.now()),
        );
      }
      if (!this.abortSignal.aborted) add(cutter.flush(performance.now()));
    } finally {
      clearTimeout(timer);
      reply.end();
    }
  }
}

interface ChunkedOptions {
  text: string;
  connOptions: APIConnectOptions | undefined;
  abortSignal: AbortSignal | undefined;
}

class KokoroChunked extends tts.ChunkedStream {
  override readonly label: string;
  readonly #tts: Kokoro;

  constructor(kokoro: Kokoro, { text, connOptions, abortSignal }: ChunkedOptions) {
    super(text, kokoro, connOptions, abortSignal);
    this.#tts = kokoro;
    this.label = kokoro.label;
  }

  protected override async run(): Promise<void> {
    const reply = this.#tts.begin(this.abortSignal, () => {});
    const { language } = this.#tts.settings;
    const cutter = new ClauseCutter({ language });
    const pieces = [...cutter.push(this.inputText, 0), ...cutter.flush(0)];
    for (const text of pieces) reply.add(clauseOf(text, language));
    reply.end();
    const ids = { requestId: shortuuid('kokoro_'), segmentId: shortuuid('segment_') };
    try {
      for await (const { samples, final } of reply.frames()) {
        this.queue.put({ ...ids, frame: frameOf(samples), final });
      }
    } catch (error) {
      // LiveKit 1.9.0 leaves a failure of this method unhandled, which would end the process; its
      // adapter takes "no sound" for a failure.
      this.#tts.report(error as Error, false);
    }
  }
}

/** Kokoro-FastAPI, or the house's own server, as a LiveKit TTS. */
export const createKokoro = (options: KokoroOptions): Kokoro => new Kokoro(options);
