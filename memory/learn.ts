/** Learning after a turn, off the voice path: from the person's own words, and nothing else. */
import type { MemoryLog } from './database.ts';
import type { Embedder } from './embed.ts';
import type { Fact, Facts, NewFact } from './facts.ts';
import { type Candidate, candidatesIn } from './learn/answer.ts';
import { checkedCandidate, quotes, slotIn } from './learn/check.ts';
import { type Ask, type Asking, Judge } from './learn/judge.ts';
import { comparable } from './learn/near.ts';
import { extractionOf, perTurnMax } from './learn/prompt.ts';
import { Queue } from './learn/queue.ts';
import { holdsSecret } from './learn/secrets.ts';
import { worthAsking } from './learn/worth.ts';
import { supersede, type Writing, type Written, write } from './learn/write.ts';
import type { Recall } from './recall.ts';

export interface LearningTurn {
  personId: string;
  name: string;
  turnId: string;
  door: string;
  /** BCP 47. */
  language: string;
  /** The person's own words of this turn; nothing a tool or Butler said. */
  said: string;
  at: Date;
  /** The turn has read words from outside: nothing is learned from it. */
  tainted: boolean;
  /** Facts that the mind was told in this turn: they are known already. */
  recalledIds: number[];
}

export interface Learned {
  outcome: Written;
  fact: Fact | undefined;
}

export interface Learner {
  /** Never rejects; what it could not learn is dropped. */
  afterTurn(turn: LearningTurn): Promise<Learned[]>;
  /** Takes back older facts that an explicit one, just stored, says again or contradicts. */
  settle(told: { personId: string; name: string; fact: Fact }): Promise<void>;
  /** What became of turns and candidates since the start, by kind; no words. */
  counts(): Readonly<Record<string, number>>;
  /** Resolves when nothing is left to learn. */
  idle(): Promise<void>;
  /** Finishes within seconds, or drops the rest with a line in the log. */
  close(): Promise<void>;
}

export interface LearnerParts {
  facts: Facts;
  embedder: Embedder;
  recall: Pick<Recall, 'searchFacts'>;
  /** Undefined: no mind, so nothing is inferred. */
  ask: Ask | undefined;
  log: MemoryLog;
  now: () => Date;
}

const shownMax = 20;

interface Checked {
  category: Fact['category'];
  fact: string;
  slot?: string;
  quote: string;
  /** The known fact that it is said to change or repeat. */
  about: Fact | undefined;
}

/** What is known already, and whom to ask. */
interface Known {
  known: Fact[];
  asking: Asking;
}

class TurnLearner implements Learner {
  readonly #parts: LearnerParts;
  readonly #queue: Queue;
  readonly #judge: Judge;
  readonly #counts: Record<string, number> = {};

  constructor(parts: LearnerParts) {
    this.#parts = parts;
    this.#queue = new Queue(parts.log);
    this.#judge = new Judge(parts.embedder, (kind) => this.#count(kind));
  }

  async afterTurn(turn: LearningTurn): Promise<Learned[]> {
    const { ask } = this.#parts;
    if (turn.tainted || !ask) {
      this.#count(turn.tainted ? 'turn.tainted' : 'turn.no-mind');
      return [];
    }
    const worth = worthAsking(turn.said);
    if ('passed' in worth) {
      this.#count(`turn.${worth.passed}`);
      return [];
    }
    this.#count('turn.asked');
    const { facts } = this.#parts;
    const { deleted } = await facts.marks(turn.personId);
    const work = async (signal: AbortSignal): Promise<Learned[]> => {
      const found = await this.#find(turn, worth.statements, { ask, signal });
      // Whoever had something forgotten meanwhile does not want these words kept either.
      if ((await facts.marks(turn.personId)).deleted !== deleted) {
        this.#count('turn.forgotten');
        return [];
      }
      return await this.#learn(turn, found, { ask, signal });
    };
    return (await this.#queue.add(turn.personId, work)) ?? [];
  }

  async settle({ personId, name, fact }: Parameters<Learner['settle']>[0]): Promise<void> {
    const { ask, facts, now } = this.#parts;
    if (!ask) return;
    await this.#queue.add(personId, async (signal) => {
      const known = (await facts.list(personId)).filter(({ id }) => id !== fact.id);
      const asking = { ask, signal };
      const placed = await this.#place(name, fact, { known, asking });
      const judged = await this.#judge.judge(placed, known, asking);
      const older = judged.filter(({ likeness }) => likeness === 'same' || likeness === 'replaces');
      for (const one of older) {
        await supersede({ facts, personId, at: now() }, { newer: fact, older: one.fact });
        this.#count('fact.settled');
      }
      const isTaken = known.some(({ slot }) => slot === placed.slot);
      if (older.length > 0 || isTaken || !placed.slot || placed.slot === fact.slot) return;
      await facts.edit(personId, fact.id, { slot: placed.slot });
    });
  }

  counts(): Readonly<Record<string, number>> {
    return { ...this.#counts };
  }

  idle(): Promise<void> {
    return this.#queue.idle();
  }

  close(): Promise<void> {
    return this.#queue.close();
  }

  async #find(turn: LearningTurn, statements: string, asking: Asking): Promise<Checked[]> {
    const known = await this.#parts.facts.list(turn.personId);
    const shown = await this.#shown(turn, statements, known);
    return await this.#extract(turn, statements, { known: shown, asking });
  }

  async #learn(turn: LearningTurn, checked: Checked[], asking: Asking): Promise<Learned[]> {
    const learned: Learned[] = [];
    for (const candidate of checked) {
      // Each is compared with what the one before it has changed.
      const known = await this.#parts.facts.list(turn.personId);
      learned.push(await this.#keep(turn, candidate, { known, asking }));
    }
    return learned;
  }

  /** The slot of something told without one, and the known fact that it may be about. */
  async #place(name: string, { fact, category, slot, origin }: Fact, { known, asking }: Known) {
    const shown = comparable(fact, known, new Set());
    const question = extractionOf(name, origin.quote ?? fact, shown);
    const answer = await this.#judge.answer(question, asking, candidatesIn);
    const [found] = answer?.candidates ?? [];
    const made = slot ?? slotIn(found?.slot);
    return { fact, category, slot: made, about: shown[(found?.about ?? 0) - 1] };
  }

  /** Known facts near to the words: the mind reuses their slots and does not repeat them. */
  async #shown(turn: LearningTurn, statements: string, known: Fact[]): Promise<Fact[]> {
    const { recall } = this.#parts;
    const found = await recall.searchFacts(turn.personId, statements, shownMax).catch(() => []);
    const ids = new Set([...found.map(({ id }) => id), ...turn.recalledIds]);
    const near = known.filter(({ id }) => ids.has(id));
    const others = comparable(statements, known, new Set()).filter(({ id }) => !ids.has(id));
    return [...near, ...others].slice(0, shownMax).filter(({ fact }) => !holdsSecret(fact));
  }

  async #extract(
    { name, language }: LearningTurn,
    statements: string,
    { known, asking }: Known,
  ): Promise<Checked[]> {
    const question = extractionOf(name, statements, known);
    const isQuoted = (candidate: Candidate): boolean => quotes(candidate, statements);
    const answer = await this.#judge.answer(question, asking, (text, isLast) => {
      const found = candidatesIn(text);
      // A mind that quotes what was not said is asked once more.
      return isLast || found?.candidates.every(isQuoted) ? found : undefined;
    });
    if (!answer) {
      this.#count('answer.unreadable');
      return [];
    }
    this.#count('rejected.form', answer.malformed);
    this.#count('rejected.too-many', Math.max(0, answer.candidates.length - perTurnMax));
    return answer.candidates.slice(0, perTurnMax).flatMap((candidate) => {
      const found = checkedCandidate(candidate, { name, statements, language });
      const { category, quote, about } = candidate;
      if ('fact' in found) return { ...found, category, quote, about: known[(about ?? 0) - 1] };
      this.#count(`rejected.${found.rejected}`);
      return [];
    });
  }

  async #keep(turn: LearningTurn, candidate: Checked, { known, asking }: Known): Promise<Learned> {
    const { facts, embedder } = this.#parts;
    const { personId, turnId, door, at } = turn;
    const [values] = (await this.#judge.vectors([candidate.fact], asking.signal)) ?? [];
    const judged = await this.#judge.judge({ ...candidate, vector: values }, known, asking);
    const { quote, about: _, ...fact } = candidate;
    const row: NewFact = {
      ...{ ...fact, source: 'inferred', origin: { turn: turnId, quote, door } },
      ...(values && { vector: { model: embedder.model, values } }),
    };
    const writing: Writing = { facts, personId, at };
    const { written, remembered } = await write(writing, row, judged);
    this.#count(`fact.${written}`);
    const again = written === 'known' ? remembered?.fact : undefined;
    if (again) await facts.used(personId, [again.id], at);
    return { outcome: written, fact: remembered?.fact };
  }

  #count(kind: string, by = 1): void {
    if (by > 0) this.#counts[kind] = (this.#counts[kind] ?? 0) + by;
  }
}

export const createLearner = (parts: LearnerParts): Learner => new TurnLearner(parts);
