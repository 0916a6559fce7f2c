/** The few facts worth knowing whatever is asked, kept as facts come, change and go. */
import type { Fact } from '../facts/fact.ts';
import { strength, strongest } from './choose.ts';

/** More than are told, as some of them say what a relevant one says. */
const kept = 16;
/** By then others have become true, or grown old faster. */
const settledForMs = 10 * 60_000;

export class StrongFacts {
  readonly #all: ReadonlyMap<number, Fact>;
  readonly #now: () => Date;
  #facts: readonly Fact[] = [];
  /** One of them went or is weaker now: another that is not among them may be stronger. */
  #lost = false;
  #settledAtMs = 0;

  /** @param all - every fact there is, by id; it is looked through only where needed. */
  constructor(all: ReadonlyMap<number, Fact>, now: () => Date) {
    this.#all = all;
    this.#now = now;
  }

  /** Best first. */
  get facts(): readonly Fact[] {
    return this.#facts;
  }

  /** New ones, and known ones as they are now. */
  take(facts: readonly Fact[]): void {
    const nowMs = this.#now().getTime();
    const given = new Map(facts.map((fact) => [fact.id, fact]));
    const others = this.#facts.filter((before) => {
      const after = given.get(before.id);
      if (after && strength(after, nowMs) < strength(before, nowMs)) this.#lost = true;
      return !after;
    });
    this.#facts = strongest([...others, ...facts], nowMs, kept);
  }

  remove(ids: readonly number[]): void {
    const gone = new Set(ids);
    const left = this.#facts.filter(({ id }) => !gone.has(id));
    if (left.length < this.#facts.length) this.#lost = true;
    this.#facts = left;
  }

  clear(): void {
    this.#facts = [];
    this.#lost = false;
  }

  /** When all changes were taken: looks through all facts if that may bring others. */
  settle(): void {
    const nowMs = this.#now().getTime();
    if (!this.#lost && Math.abs(nowMs - this.#settledAtMs) < settledForMs) return;
    this.#facts = strongest(this.#all.values(), nowMs, kept);
    this.#lost = false;
    this.#settledAtMs = nowMs;
  }
}
