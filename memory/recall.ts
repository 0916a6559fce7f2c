/** What comes to mind in a turn: in time or not at all, and never what was forgotten. */
import type { MemoryLog } from './database.ts';
import type { Embedder } from './embed.ts';
import type { Fact, Facts } from './facts.ts';
import type { History, Message } from './history.ts';
import { rangeIn } from './recall/asked-for.ts';
import { BegunVectors } from './recall/begun.ts';
import { best, concerns, forTurn, isTrueAt, relevantMax } from './recall/choose.ts';
import { People } from './recall/people.ts';
import { PersonFacts } from './recall/person-facts.ts';
import { PersonTalk } from './recall/person-talk.ts';
import type { Users } from './users.ts';

export interface Recalled {
  /** Relevant ones first, best first, then the strongest; at most 12, none said twice. */
  facts: Fact[];
  ids: number[];
  /**
   * `part`: from those that are loaded so far; `late`: none is, or the database did not answer in
   * time; `none`: it is away, or nobody asked any more.
   */
  from: 'index' | 'part' | 'late' | 'none';
  tookMs: number;
}

export interface RecallState {
  state: 'ready' | 'failed';
  sentence: string;
  /** Whose memories lie in this process, and how many. */
  people: number;
  entries: number;
}

export interface Recall {
  /** Begins on the words so far: the embedding, and what the index has missed. */
  begin(personId: string, partialText: string): void;
  /** Never throws; what is not there within the deadline is left out. */
  recall(
    personId: string,
    text: string,
    options?: { deadlineMs?: number; signal?: AbortSignal },
  ): Promise<Recalled>;
  /** Not for a turn: waits for the embedding. Throws DatabaseError. */
  searchFacts(personId: string, text: string, limit: number): Promise<(Fact & { score: number })[]>;
  /**
   * Messages that fit, with the question or answer beside them, the best turn first. Without `from`
   * and `to` what was said at a time in the text ("yesterday") comes first. Throws DatabaseError.
   */
  searchHistory(
    personId: string,
    text: string,
    options: { limit: number; from?: Date; to?: Date },
  ): Promise<Message[]>;
  /** Loads a person's memories, as at the start of a session; never rejects. */
  warm(personId: string): Promise<void>;
  /** Something of the person's was forgotten here: nothing comes to mind before that was seen. */
  forgotten(personId: string): void;
  /** Forgets what this process holds of a person; the next question reads it anew. */
  drop(personId: string): void;
  state(): RecallState;
}

export interface RecallParts {
  facts: Facts;
  history: History;
  embedder: Embedder;
  users: Pick<Users, 'byId'>;
  now: () => Date;
  timeZone: string;
  log: MemoryLog;
}

export const createRecall = (parts: RecallParts): Recall => {
  const memory = new Recollection(parts);
  return {
    begin: (personId, text) => memory.begin(personId, text),
    recall: (personId, text, options = {}) => memory.recall(personId, text, options),
    searchFacts: (personId, text, limit) => memory.searchFacts(personId, text, limit),
    searchHistory: (personId, text, options) => memory.searchHistory(personId, text, options),
    warm: (personId) => memory.warm(personId),
    forgotten: (personId) => memory.forgotten(personId),
    drop: (personId) => memory.drop(personId),
    state: () => memory.state(),
  };
};

const defaultDeadlineMs = 20;
/** What a sync saw so shortly before an utterance ended counts for that utterance. */
const begunFreshMs = 3_000;
/** Of the search before the candidates are weighed and doubles go. */
const candidates = 32;

class PersonMemory {
  readonly facts: PersonFacts;
  readonly talk: PersonTalk;

  constructor(personId: string, parts: RecallParts) {
    this.facts = new PersonFacts(personId, parts);
    this.talk = new PersonTalk(personId, parts);
  }

  get size(): number {
    return this.facts.size + this.talk.size;
  }

  close(): void {
    this.facts.close();
  }
}

class Recollection {
  readonly #parts: RecallParts;
  readonly #people: People<PersonMemory>;
  readonly #begun: BegunVectors;
  #failed: string | undefined;
  /** How long a search takes lately; so much less is waited for the database. */
  #searchMs = 0;

  constructor(parts: RecallParts) {
    this.#parts = parts;
    this.#people = new People((personId) => new PersonMemory(personId, parts));
    this.#begun = new BegunVectors(parts.embedder);
  }

  begin(personId: string, partialText: string): void {
    this.#begun.begin(personId, partialText);
    const { sync } = this.#people.of(personId).facts;
    void this.#tried(() => sync.run());
  }

  async recall(
    personId: string,
    text: string,
    { deadlineMs = defaultDeadlineMs, signal }: { deadlineMs?: number; signal?: AbortSignal },
  ): Promise<Recalled> {
    const startedMs = performance.now();
    const result = (from: Recalled['from'], facts: Fact[] = []): Recalled => {
      const ids = facts.map(({ id }) => id);
      return { facts, ids, from, tookMs: performance.now() - startedMs };
    };
    if (signal?.aborted) return result('none');
    const { facts } = this.#people.of(personId);
    const late = after(deadlineMs - Math.min(this.#searchMs, deadlineMs / 2), signal);
    const [synced, vector] = await Promise.all([
      Promise.race([this.#tried(() => facts.sync.run()), late.promise]),
      this.#begun.take(personId, text, late.promise),
    ]);
    late.clear();
    if (signal?.aborted || synced === 'failed') return result('none');
    // The words were begun on a moment ago: what was committed until then has been seen.
    const seen = synced === 'synced' || startedMs - facts.sync.asOfMs < begunFreshMs;
    if (!seen || (facts.size === 0 && !facts.isWhole)) return result('late');
    try {
      return result(facts.isWhole ? 'index' : 'part', this.#chosen(facts, text, vector));
    } catch (error) {
      // A turn goes on without its memories; which of them is at fault is for the log to say.
      const { name, message } = error as Error;
      this.#parts.log.error({ name, message }, 'nothing comes to mind: the search failed');
      return result('none');
    }
  }

  async searchFacts(personId: string, text: string, limit: number) {
    const { facts } = this.#people.of(personId);
    const [vector] = await Promise.all([this.#vector(text), facts.whole()]);
    const nowMs = this.#parts.now().getTime();
    const found = facts.search(this.#query(text, vector, Math.max(candidates, limit * 2)));
    const chosen = best(found, { nowMs, limit, vectorOf: facts.vectorOf });
    return chosen.map(({ fact, score }) => ({ ...fact, score }));
  }

  async searchHistory(
    personId: string,
    text: string,
    options: { limit: number; from?: Date; to?: Date },
  ): Promise<Message[]> {
    const { talk } = this.#people.of(personId);
    const [vector] = await Promise.all([this.#vector(text), talk.sync.run()]);
    const { limit, ...range } = options;
    const query = this.#query(text, vector, limit);
    const named = range.from || range.to ? undefined : rangeIn(text, query);
    return talk.find(query, range, named);
  }

  async warm(personId: string): Promise<void> {
    const { facts, talk } = this.#people.of(personId);
    await this.#tried(() => facts.whole());
    await this.#tried(() => talk.sync.run());
  }

  forgotten(personId: string): void {
    this.#people.of(personId).facts.sync.distrust();
  }

  drop(personId: string): void {
    this.#begun.drop(personId);
    this.#people.drop(personId);
  }

  state(): RecallState {
    const about = this.#people.state();
    if (this.#failed) return { state: 'failed', sentence: this.#failed, ...about };
    return { state: 'ready', sentence: 'What is known comes to mind.', ...about };
  }

  #chosen(facts: PersonFacts, text: string, vector: Float32Array | undefined): Fact[] {
    const startedMs = performance.now();
    const nowMs = this.#parts.now().getTime();
    const { vectorOf } = facts;
    const found = text.trim() ? facts.search(this.#query(text, vector, candidates)) : [];
    const relevant = best(found.filter(concerns), { nowMs, limit: relevantMax, vectorOf }).map(
      ({ fact }) => fact,
    );
    const strong = facts.strong.filter((fact) => isTrueAt(fact, nowMs));
    const chosen = forTurn(relevant, strong, vectorOf);
    this.#searchMs = this.#searchMs * 0.8 + (performance.now() - startedMs) * 0.2;
    return chosen;
  }

  #query(text: string, vector: Float32Array | undefined, limit: number) {
    const { now, timeZone } = this.#parts;
    return { text, nowMs: now().getTime(), timeZone, limit, ...(vector && { vector }) };
  }

  async #vector(text: string): Promise<Float32Array | undefined> {
    if (text.trim() === '') return undefined;
    const vectors = await this.#parts.embedder.embed([text], 'query').catch(() => []);
    return vectors[0];
  }

  /** Never rejects; an outage is logged once, and once that it is over. */
  async #tried(work: () => Promise<void>): Promise<'synced' | 'failed'> {
    try {
      await work();
    } catch (error) {
      if (!this.#failed) {
        const { code, name } = error as { code?: unknown; name?: string };
        this.#parts.log.warn({ code, name }, 'nothing comes to mind: memories cannot be read');
      }
      this.#failed = 'Memories cannot be read now: nothing comes to mind until they can.';
      return 'failed';
    }
    if (this.#failed) this.#parts.log.info({}, 'memories come to mind again');
    this.#failed = undefined;
    return 'synced';
  }
}

/** Resolves with `late` after a time, or at once when the signal aborts. */
const after = (ms: number, signal: AbortSignal | undefined) => {
  const { promise, resolve } = Promise.withResolvers<'late'>();
  const stop = (): void => resolve('late');
  const timer = setTimeout(stop, ms);
  signal?.addEventListener('abort', stop, { once: true });
  const clear = (): void => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  };
  return { promise, clear };
};
