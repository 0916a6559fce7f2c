/** What Butler has done for people lately, so that it can be taken back by name. In memory only. */
import { randomUUID } from 'node:crypto';
import type { Undo } from '../../tools/core/define.ts';
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import type { Deed } from '../truth/ledger.ts';

/** Of other conversations of the same person, so long. */
const elsewhereMs = 15 * 60_000;
const keptMax = 400;

/** An effect that happened, as far as anybody knows. */
export interface DoneDeed {
  /** What a page's button names it by. */
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  readonly outcome: ToolOutcome;
  /** What takes it back; undefined: nothing can. */
  readonly undo: Undo | undefined;
  readonly personId: string;
  readonly conversation: object;
  /** Deeds of the same utterance have the same. */
  readonly turn: string;
  /** What the person said in it. */
  readonly said: string;
  readonly atMs: number;
  takenBack: boolean;
  /** It is being taken back at this moment. */
  inHand?: boolean;
}

/** One for the house: people go on at another door where they left off. */
export class Done {
  readonly #now: () => number;
  #deeds: DoneDeed[] = [];

  /** @param now milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(deed: Deed, by: Pick<DoneDeed, 'personId' | 'conversation' | 'turn' | 'said'>): DoneDeed {
    const { tool, input, outcome } = deed;
    const { undo } = outcome;
    const atMs = this.#now();
    const id = randomUUID();
    const done = { id, tool, input, outcome, undo, ...by, atMs, takenBack: false };
    this.#deeds = [...this.#deeds, done].slice(-keptMax);
    return done;
  }

  forget(personId: string): void {
    this.#deeds = this.#deeds.filter((deed) => deed.personId !== personId);
  }

  /** Newest first. */
  of({ personId, conversation }: Pick<DoneDeed, 'personId' | 'conversation'>): DoneDeed[] {
    const since = this.#now() - elsewhereMs;
    return this.#deeds
      .filter(
        (deed) =>
          deed.personId === personId && (deed.conversation === conversation || deed.atMs >= since),
      )
      .reverse();
  }
}
