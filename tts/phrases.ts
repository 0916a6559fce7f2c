/** Sound of what is said often, kept so that it can be said at once. */

export interface PhrasesOptions {
  /** Memory for sound: one second is 48 000 bytes. */
  bytesMax?: number;
  /** Longer texts are hardly ever said twice in the same words. */
  charactersMax?: number;
  /** How many texts are remembered only to count their uses. */
  countedMax?: number;
}

/** Said by code in many turns; what a household's language adds is added by its owner. */
export const usualPhrases: Record<string, readonly string[]> = {
  en: ['Done.', 'Yes?', 'One moment.', 'All right.', "I'm sorry, I did not understand that."],
  de: ['Erledigt.', 'Ja?', 'Einen Moment.', 'In Ordnung.', 'Das habe ich leider nicht verstanden.'],
};

export interface WarmUp {
  voice: string;
  phrases: readonly string[];
  /** Makes the sound; a failure only leaves the phrase for later. */
  speak: (text: string, signal: AbortSignal) => AsyncIterable<Int16Array>;
  /** Somebody is talking: the voice is not to be used for this now. */
  isBusy: () => boolean;
  signal: AbortSignal;
  /** Between two looks while busy, and between two phrases, milliseconds. */
  pauseMs?: number;
}

const keyOf = (voice: string, text: string): string => `${voice}\n${text}`;

/** Least recently used goes first. */
export class Phrases {
  readonly #sounds = new Map<string, Int16Array>();
  readonly #uses = new Map<string, number>();
  readonly #limits: Required<PhrasesOptions>;
  #bytes = 0;

  constructor(options: PhrasesOptions = {}) {
    this.#limits = { bytesMax: 16_000_000, charactersMax: 60, countedMax: 500, ...options };
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(voice: string, text: string): Int16Array | undefined {
    const key = keyOf(voice, text);
    const sound = this.#sounds.get(key);
    if (!sound) return undefined;
    this.#sounds.delete(key);
    this.#sounds.set(key, sound);
    return sound;
  }

  /** Counts a use; true from the second use of a short text on: then its sound is worth keeping. */
  isWorthKeeping(voice: string, text: string): boolean {
    if (text.length > this.#limits.charactersMax) return false;
    const key = keyOf(voice, text);
    const uses = (this.#uses.get(key) ?? 0) + 1;
    this.#uses.delete(key);
    this.#uses.set(key, uses);
    if (this.#uses.size > this.#limits.countedMax) {
      const [oldest] = this.#uses.keys();
      if (oldest !== undefined) this.#uses.delete(oldest);
    }
    return uses >= 2;
  }

  put(voice: string, text: string, parts: readonly Int16Array[]): void {
    const sound = new Int16Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      sound.set(part, at);
      at += part.length;
    }
    if (sound.length === 0 || sound.byteLength > this.#limits.bytesMax) return;
    this.#drop(keyOf(voice, text));
    this.#sounds.set(keyOf(voice, text), sound);
    this.#bytes += sound.byteLength;
    for (const key of this.#sounds.keys()) {
      if (this.#bytes <= this.#limits.bytesMax) return;
      this.#drop(key);
    }
  }

  #drop(key: string): void {
    const sound = this.#sounds.get(key);
    if (!sound) return;
    this.#bytes -= sound.byteLength;
    this.#sounds.delete(key);
  }

  /** Makes the phrases one after the other while nobody talks. Never throws. */
  async warmUp({ voice, phrases, speak, isBusy, signal, pauseMs = 200 }: WarmUp): Promise<void> {
    for (const text of phrases) {
      await this.#untilQuiet(isBusy, { signal, pauseMs });
      if (signal.aborted) return;
      if (this.#sounds.has(keyOf(voice, text))) continue;
      try {
        const parts: Int16Array[] = [];
        for await (const part of speak(text, signal)) parts.push(part);
        if (!signal.aborted) this.put(voice, text, parts);
      } catch {
        // The voice may not be up yet: the phrase is made when it is said.
      }
    }
  }

  async #untilQuiet(
    isBusy: () => boolean,
    { signal, pauseMs }: { signal: AbortSignal; pauseMs: number },
  ): Promise<void> {
    do {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, pauseMs);
        timer.unref();
        signal.addEventListener('abort', done, { once: true });
      });
    } while (isBusy() && !signal.aborted);
  }
}
