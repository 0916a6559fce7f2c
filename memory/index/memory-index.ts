/** One person's facts or conversations in memory, searched by words and by meaning. */

import { Conversations } from './conversations.ts';
import { cuesOf } from './cues.ts';
import { Postings } from './postings.ts';
import { type Question, questionOf, type Search } from './question.ts';
import { noTurn, rankFacts, rankTurns, type Turns } from './rank.ts';
import { termsOf } from './terms.ts';
import { type Scored, topOf } from './top.ts';
import { Vectors } from './vectors.ts';

export interface Entry {
  id: number;
  text: string;
  /** Whose words these are, or whom they are about; part of what is searched. */
  speaker?: string;
  atMs: number;
  /** Of length one; absent while it is not yet embedded. */
  vector?: Float32Array;
  /** Entries of one conversation: the ones before and after belong together. */
  session?: string;
  /** 0..1, how much it counts by itself: confidence, recency. */
  weight?: number;
}

/** How an entry fits by itself, whatever others there are. */
export interface Fit {
  /** Cosine of both vectors; undefined where one is missing. */
  likeness: number | undefined;
  /** 0..1: how rare the rarest word is that both have; 0 where they share none. */
  rarest: number;
}

export class MemoryIndex {
  readonly #kind: 'facts' | 'turns';
  readonly #slots = new Map<number, number>();
  readonly #turns: Turns = { atMs: [], speakers: [], cues: [] };
  readonly #weights: number[] = [];
  readonly #free: number[] = [];
  readonly #speakers = new Map<string, number>();
  readonly #postings = new Postings();
  readonly #vectors = new Vectors();
  readonly #conversations = new Conversations();

  constructor(options: { kind: 'facts' | 'turns' }) {
    this.#kind = options.kind;
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Adds entries; one with a known id takes its place. Raises VectorLengthError. */
  put(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      if (entry.vector) this.#vectors.check(entry.vector);
      this.#removeOne(entry.id);
      this.#putOne(entry, this.#free.pop() ?? this.#weights.length);
    }
  }

  /** Ids that are not here are left out. */
  remove(ids: Iterable<number>): void {
    for (const id of ids) this.#removeOne(id);
  }

  vectorOf(id: number): Float32Array | undefined {
    const slot = this.#slots.get(id);
    return slot === undefined ? undefined : this.#vectors.of(slot);
  }

  /** Entries that fit, best first, at most `limit`. Raises VectorLengthError. */
  search(search: Search): Scored[] {
    if (search.vector) this.#vectors.check(search.vector);
    const turns = this.#kind === 'turns';
    const question = questionOf(search, turns ? this.#speakers.keys() : []);
    const scores = turns ? this.#rankTurns(question, search) : this.#rankFacts(question, search);
    return topOf(this.#slots, scores, search.limit);
  }

  /** Tells of any entry how it fits; for some few, as it looks at each by itself. */
  fits({ text, vector }: Pick<Search, 'text' | 'vector'>): (id: number) => Fit {
    const terms = this.#postings.rareness([...new Set(termsOf(text))]);
    return (id) => {
      const slot = this.#slots.get(id) ?? -1;
      return {
        likeness: vector && this.#vectors.likenessOf(slot, vector),
        rarest: this.#postings.rarestOf(slot, terms),
      };
    };
  }

  #rankFacts({ terms }: Question, { vector }: Search): Float32Array {
    return rankFacts({
      slots: this.#weights.length,
      postings: this.#postings,
      vectors: this.#vectors,
      vector,
      terms,
      weights: this.#weights,
    });
  }

  #rankTurns(question: Question, { vector }: Search): Float32Array {
    return rankTurns({
      slots: this.#weights.length,
      postings: this.#postings,
      vectors: this.#vectors,
      conversations: this.#conversations,
      vector,
      question,
      turns: this.#turns,
    });
  }

  #putOne(entry: Entry, slot: number): void {
    const { id, text, atMs, speaker, vector, session, weight = 1 } = entry;
    const turns = this.#kind === 'turns';
    this.#slots.set(id, slot);
    this.#weights[slot] = weight;
    this.#turns.atMs[slot] = atMs;
    this.#turns.speakers[slot] = speaker;
    this.#turns.cues[slot] = turns ? cuesOf(text) : 0;
    // Whose turn it is says more than the name as one of the words.
    this.#postings.put(slot, termsOf(turns || speaker === undefined ? text : `${speaker} ${text}`));
    if (vector) this.#vectors.put(slot, vector);
    if (turns && session !== undefined) this.#conversations.put(slot, { id, atMs, session });
    if (speaker !== undefined) this.#speakers.set(speaker, (this.#speakers.get(speaker) ?? 0) + 1);
  }

  #removeOne(id: number): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    const speaker = this.#turns.speakers[slot];
    this.#slots.delete(id);
    this.#turns.speakers[slot] = undefined;
    this.#turns.cues[slot] = noTurn;
    this.#postings.remove(slot);
    this.#vectors.remove(slot);
    this.#conversations.remove(slot);
    this.#free.push(slot);
    if (speaker === undefined) return;
    const left = (this.#speakers.get(speaker) ?? 0) - 1;
    if (left > 0) this.#speakers.set(speaker, left);
    else this.#speakers.delete(speaker);
  }
}
