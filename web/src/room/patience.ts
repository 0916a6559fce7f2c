/** When a room's conversation is over: nobody has said anything for a while. */

/** After the word, and after an answer that asks something. */
const silenceMs = 8_000;
/** After an answer that asks nothing: time for the last syllable, and to object. */
const afterAnswerMs = 1_200;
/** A television is no person: sound alone keeps a conversation open no longer than this. */
const soundAloneMs = 40_000;
const speechAbove = 0.008;
/** Speech stands out of what the room sounds like otherwise, by 10 dB. */
const aboveFloor = 3;
const floorRises = 1.02;

/** Times are milliseconds of one clock. */
export class Patience {
  #saidAt: number;
  #soundAt: number;
  #floor = speechAbove;
  #windowMs = silenceMs;
  #busy = false;

  constructor(nowMs: number) {
    this.#saidAt = nowMs;
    this.#soundAt = nowMs;
  }

  /** The person has said something that was understood. */
  said(nowMs: number): void {
    this.#saidAt = nowMs;
    this.#soundAt = nowMs;
    this.#windowMs = silenceMs;
  }

  /** An answer was heard to its end. */
  answered({ nowMs, waits }: { nowMs: number; waits: boolean }): void {
    this.said(nowMs);
    this.#windowMs = waits ? silenceMs : afterAnswerMs;
  }

  /**
   * Looks several times a second.
   * @param seen.busy Butler thinks or speaks.
   * @param seen.level how loud the microphone is, 0..1.
   * @returns whether it is time to leave.
   */
  over({ nowMs, busy, level }: { nowMs: number; busy: boolean; level: number }): boolean {
    if (busy || this.#busy) {
      this.#busy = busy;
      this.#saidAt = nowMs;
      this.#soundAt = nowMs;
      return false;
    }
    this.#floor = Math.max(0.001, Math.min(level, this.#floor * floorRises));
    const isSpeech = level > Math.max(speechAbove, this.#floor * aboveFloor);
    if (isSpeech && nowMs - this.#saidAt < soundAloneMs) {
      this.#soundAt = nowMs;
      // Somebody goes on: what they say needs its time again.
      this.#windowMs = silenceMs;
    }
    return nowMs - this.#soundAt >= this.#windowMs;
  }

  /** 0..1: how much of the time without a word is left. */
  left(nowMs: number): number {
    return Math.max(0, Math.min(1, 1 - (nowMs - this.#soundAt) / this.#windowMs));
  }
}
