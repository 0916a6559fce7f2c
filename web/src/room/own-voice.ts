/** Butler's own voice must not wake Butler: while it sounds, others must be louder. */

/** Echo in a room, and what the browser's echo canceller leaves of it, dies away in this time. */
const tailMs = 900;
/** Somebody who calls into an answer speaks up: 8 dB above what the microphone hears of it. */
const louderBy = 2.5;
const surerThan = 0.8;
/** How slowly the estimate of the echo falls, per frame of 20 ms: half in about 0.7 s. */
const fallPerFrame = 0.98;
const soundAbove = 0.002;

export interface Called {
  /** 0..1, of the model. */
  score: number;
  /** Root mean square of the word, 0..1. */
  loudness: number;
}

export class OwnVoice {
  #echo = 0;
  #soundedAt = Number.NEGATIVE_INFINITY;

  /**
   * One microphone frame. Times are milliseconds of one clock.
   * @param heard.own how loud Butler is at the loudspeaker, 0..1; 0: silent.
   * @param heard.level how loud the microphone is, 0..1.
   */
  follow({ nowMs, own, level }: { nowMs: number; own: number; level: number }): void {
    if (own <= soundAbove) return;
    // What came before the voice is not its echo.
    if (nowMs - this.#soundedAt > tailMs) this.#echo = level;
    this.#soundedAt = nowMs;
    this.#echo = Math.max(level < this.#echo * louderBy ? level : 0, this.#echo * fallPerFrame);
  }

  /** Whether the word was a person's. */
  believes({ nowMs, score, loudness }: Called & { nowMs: number }): boolean {
    if (nowMs - this.#soundedAt > tailMs) return true;
    return score >= surerThan && loudness >= this.#echo * louderBy;
  }
}
