/** Where the milliseconds of a turn went, from the last sample of speech to the first sound. */
import type { TurnClocks } from './events.ts';

type Mark = 'transcript' | 'commit' | 'firstToken' | 'firstClause' | 'firstSound' | 'firstSent';

/** Marks of the turn that is running; times come from `now`, in milliseconds, monotonic. */
export class Clocks {
  readonly #now: () => number;
  #marks = new Map<Mark, number>();
  #lastSampleAtMs: number | undefined;
  #input: TurnClocks['input'] = 'text';
  #facts: Partial<TurnClocks> = {};

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The mind (or the fast path) starts on a person's words, perhaps before the commit. */
  begin(path: 'fast' | 'mind'): void {
    this.#facts = { path };
    for (const mark of ['firstToken', 'firstClause', 'firstSound', 'firstSent'] as const) {
      this.#marks.delete(mark);
    }
  }

  /** A spoken turn is committed. */
  committed(turn: { lastSampleAtMs: number; transcriptAtMs: number; hold: boolean }): void {
    this.#lastSampleAtMs = turn.lastSampleAtMs;
    this.#input = turn.hold ? 'hold' : 'voice';
    this.#marks.set('transcript', turn.transcriptAtMs);
    this.#marks.set('commit', this.#now());
  }

  /** A typed turn begins now. */
  typed(): void {
    this.#marks.clear();
    this.#facts = {};
    this.#lastSampleAtMs = this.#now();
    this.#input = 'text';
  }

  /** Only the first time counts. */
  mark(mark: Mark): void {
    if (!this.#marks.has(mark)) this.#marks.set(mark, this.#now());
  }

  note(facts: Partial<TurnClocks>): void {
    Object.assign(this.#facts, facts);
  }

  /** The clocks of the turn so far; empty of times when nobody has spoken yet. */
  read(): TurnClocks {
    const clocks: TurnClocks = { input: this.#input, ...this.#facts };
    if (this.#lastSampleAtMs === undefined) return clocks;
    for (const [mark, at] of this.#marks) {
      clocks[`${mark}Ms`] = Math.round(at - this.#lastSampleAtMs);
    }
    return clocks;
  }
}
