/** One voice with all that can make it: kept phrases, the engine, another engine behind it. */
import { type APIError, isAPIError } from '@livekit/agents';
import { type EngineOptions, SpeechEngine } from './engine.ts';
import type { Phrases } from './phrases.ts';

/** What the person who looks after the house should know; never holds what was said. */
export type VoiceNotice =
  | { code: 'voice-unknown'; voice: string; instead: string; detail: string }
  | { code: 'voice-engine-failed'; engine: string; detail: string }
  | { code: 'voice-clause-lost'; engine: string; detail: string };

export interface SpeakerOptions extends EngineOptions {
  voice: string;
  /** Tried, clause by clause, when the first engine fails; it rests for a while then. */
  fallback?: EngineOptions & { voice?: string };
  phrases?: Phrases;
  onNotice?: (notice: VoiceNotice) => void;
  /** How long a failed engine is passed over, milliseconds. */
  restMs?: number;
  /** Milliseconds on any clock that does not jump. */
  now?: () => number;
}

interface Rung {
  engine: SpeechEngine;
  /** Only the first engine speaks with the voice that was asked for. */
  voice?: string | undefined;
  restsUntilMs: number;
}

export class Speaker {
  voice: string;
  readonly #rungs: Rung[];
  readonly #phrases: Phrases | undefined;
  readonly #notice: (notice: VoiceNotice) => void;
  readonly #restMs: number;
  readonly #now: () => number;

  constructor({ voice, fallback, phrases, onNotice, restMs, now, ...engine }: SpeakerOptions) {
    this.voice = voice;
    this.#rungs = [{ engine: new SpeechEngine(engine), restsUntilMs: 0 }];
    if (fallback) {
      const { voice: other = 'af_heart', ...options } = fallback;
      this.#rungs.push({ engine: new SpeechEngine(options), voice: other, restsUntilMs: 0 });
    }
    this.#phrases = phrases;
    this.#notice = onNotice ?? (() => {});
    this.#restMs = restMs ?? 15_000;
    this.#now = now ?? (() => performance.now());
  }

  get label(): string {
    return this.#rungs.map(({ engine }) => engine.label).join(', then ');
  }

  /** A clause was given up: the reply goes on without it. */
  lost(error: APIError): void {
    this.#notice({ code: 'voice-clause-lost', engine: this.label, detail: error.message });
  }

  /** Kept sound at once, or as it is made. @throws {APIError} when no engine could begin. */
  async *speak(text: string, signal: AbortSignal): AsyncGenerator<Int16Array> {
    const { voice } = this;
    const kept = this.#phrases?.get(voice, text);
    if (kept) {
      yield kept;
      return;
    }
    const parts: Int16Array[] | undefined = this.#phrases?.isWorthKeeping(voice, text)
      ? []
      : undefined;
    const rungs = this.#inOrder();
    for (const [index, rung] of rungs.entries()) {
      let begun = false;
      try {
        for await (const samples of this.#from(rung, { text, voice, signal })) {
          begun = true;
          parts?.push(samples);
          yield samples;
        }
        if (parts && rung === this.#rungs[0] && !signal.aborted)
          this.#phrases?.put(voice, text, parts);
        rung.restsUntilMs = 0;
        return;
      } catch (error) {
        if (begun || !isAPIError(error) || index === rungs.length - 1) throw error;
        rung.restsUntilMs = this.#now() + this.#restMs;
        const { label } = rung.engine;
        this.#notice({ code: 'voice-engine-failed', engine: label, detail: error.message });
      }
    }
  }

  /** For warming up: the first engine only, nothing counted. */
  plain(text: string, signal: AbortSignal): AsyncIterable<Int16Array> {
    const [first] = this.#rungs as [Rung];
    return this.#from(first, { text, voice: this.voice, signal });
  }

  #from(rung: Rung, { text, voice, signal }: { text: string; voice: string; signal: AbortSignal }) {
    return rung.engine.speak({
      text,
      voice: rung.voice ?? voice,
      signal,
      onVoiceUnknown: (unknown, instead) => {
        const detail = `There is no voice ${unknown}; ${instead} speaks instead.`;
        this.#notice({ code: 'voice-unknown', voice: unknown, instead, detail });
      },
    });
  }

  #inOrder(): Rung[] {
    const now = this.#now();
    const rests = ({ restsUntilMs }: Rung) => restsUntilMs > now;
    return [...this.#rungs.filter((rung) => !rests(rung)), ...this.#rungs.filter(rests)];
  }
}
