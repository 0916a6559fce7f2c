/** The voice as the house has it: Kokoro where one is configured, the local voice behind it. */
import { createKokoro, type Kokoro, type KokoroOptions } from '../tts/kokoro.ts';
import { Phrases } from '../tts/phrases.ts';
import type { Caller } from './caller.ts';
import type { Settings } from './config.ts';
import type { LocalModels } from './local-models.ts';
import type { Logger } from './log.ts';
import type { Part } from './parts.ts';
import { say } from './words.ts';

/** Requests at once: a service has cores to spare, this machine has not. */
const concurrency = { remote: 2, local: 1 };
const firstByteWithinMs = { remote: 3_000, local: 8_000 };
/** How often is looked whether there is a voice to warm, or somebody to leave alone. */
const lookEveryMs = 2_000;

/** What a conversation wants to know while it speaks. */
export interface VoiceHooks {
  /** A clause was handed to the voice. */
  onClause?: () => void;
}

interface Engine {
  baseUrl: string;
  apiKey?: string;
  firstByteWithinMs: number;
  label: string;
}

type Made = { engine: Kokoro; from: string };

export class Speaking {
  readonly #settings: Settings;
  readonly #models: LocalModels;
  readonly #log: Logger;
  /** What was said often is kept for everybody in the house. */
  readonly #phrases = new Phrases();
  #conversations = 0;

  constructor(parts: { settings: Settings; models: LocalModels; log: Logger }) {
    this.#settings = parts.settings;
    this.#models = parts.models;
    this.#log = parts.log;
  }

  /** The voice of one conversation, looked up anew for every answer; `close` when it is over. */
  voiceFor(caller: Caller, hooks: VoiceHooks): { voice(): Kokoro | undefined; close(): void } {
    let made: Made | undefined;
    this.#conversations += 1;
    return {
      voice: () => {
        made = this.#made(made, {
          voice: caller.voice ?? this.#settings.BUTLER_VOICE,
          language: caller.language,
          ...hooks,
        });
        return made?.engine;
      },
      close: () => {
        this.#conversations -= 1;
      },
    };
  }

  /**
   * A sentence outside any conversation, in this caller's voice: mono samples of 16 bit, whole.
   * Undefined while the house has no voice, or where the one it has makes no sound.
   */
  async readAloud({
    text,
    caller,
    signal,
  }: {
    text: string;
    caller: Caller;
    signal: AbortSignal;
  }): Promise<{ samples: Int16Array; sampleRateHz: number } | undefined> {
    const { voice, close } = this.voiceFor(caller, {});
    try {
      const engine = voice();
      if (!engine) return undefined;
      const pieces: Int16Array[] = [];
      for await (const { frame } of engine.synthesize(text, undefined, signal)) {
        pieces.push(frame.data);
      }
      const samples = new Int16Array(pieces.reduce((total, { length }) => total + length, 0));
      let at = 0;
      for (const piece of pieces) {
        samples.set(piece, at);
        at += piece.length;
      }
      return at > 0 ? { samples, sampleRateHz: engine.sampleRate } : undefined;
    } finally {
      close();
    }
  }

  /** Makes the usual sentences while nobody talks, so that they are said at once later. */
  async warmUp(signal: AbortSignal): Promise<void> {
    const { BUTLER_VOICE: voice, BUTLER_LANGUAGE: language } = this.#settings;
    while (!signal.aborted) {
      const made = this.#made(undefined, { voice, language });
      if (made) {
        const more = Object.values(usualSentences(language));
        const isBusy = (): boolean => this.#conversations > 0;
        await made.engine.warmUp({ phrases: this.#phrases, isBusy, signal, more });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs).unref());
    }
  }

  part(): Part {
    const name = 'voice';
    if (this.#settings.KOKORO_URL) return { name, state: 'ready', sentence: 'Kokoro speaks.' };
    return { name, ...this.#models.state('speech') };
  }

  /** The engine made before, or a new one where there is a voice now that was not there then. */
  #made(
    before: Made | undefined,
    options: Pick<KokoroOptions, 'voice' | 'language' | 'onClause'>,
  ): Made | undefined {
    const [first, fallback] = this.#engines();
    if (first === undefined) return undefined;
    // The household may have chosen another voice meanwhile.
    const from = [first.baseUrl, fallback?.baseUrl, options.voice].join(' ');
    if (before?.from === from) return before;
    const engine = createKokoro({
      ...first,
      ...options,
      ...(fallback ? { fallback } : {}),
      concurrency: this.#settings.KOKORO_URL ? concurrency.remote : concurrency.local,
      phrases: this.#phrases,
      onNotice: ({ code, detail }) => this.#log.warn({ code }, detail),
    });
    // A listener has to be there; Butler hears of it by the missing sound.
    engine.on('error', () => undefined);
    return { engine, from };
  }

  #engines(): Engine[] {
    const engines: Engine[] = [];
    const { KOKORO_URL: kokoro } = this.#settings;
    if (kokoro) {
      const baseUrl = `${kokoro.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
      engines.push({ baseUrl, firstByteWithinMs: firstByteWithinMs.remote, label: 'Kokoro' });
    }
    const local = this.#models.address('speech');
    if (local) {
      engines.push({
        baseUrl: `${local.origin}/v1`,
        apiKey: local.key,
        firstByteWithinMs: firstByteWithinMs.local,
        label: 'the local voice',
      });
    }
    return engines;
  }
}

/** Sentences without a name or a number in them: worth keeping before they are needed. */
const usualSentences = (language: string) => {
  const words = say(language);
  return {
    heard: words.didNotCatch(),
    hearing: words.hearingFailed(),
    mind: words.mindUnreachable(),
    slow: words.mindSlow(),
  };
};
