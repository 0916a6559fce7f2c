/** How well entries fit to a question: by their words, by their neighbours', by meaning. */
import type { Conversations } from './conversations.ts';
import type { Postings } from './postings.ts';
import type { Vectors } from './vectors.ts';

/** By slot; zero where nothing fits. */
export type Scores = Float32Array<ArrayBuffer>;

// Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
const saturation = 1.2;
const lengthShare = 0.75;

/** BM25. */
export const wordScores = (postings: Postings, terms: readonly string[], slots: number): Scores => {
  const scores = new Float32Array(slots);
  const average = postings.averageLength || 1;
  for (const term of terms) {
    const factor = postings.rarity(term) * (saturation + 1);
    const posting = postings.of(term);
    for (let at = 0; at < posting.slots.length; at++) {
      const slot = posting.slots[at] as number;
      const count = posting.counts[at] as number;
      const length = 1 - lengthShare + (lengthShare * postings.lengthOf(slot)) / average;
      scores[slot] = (scores[slot] as number) + (factor * count) / (count + saturation * length);
    }
  }
  return scores;
};

/** What a term counts that was said so many entries before or after. */
const nearness = [1, 0.8, 0.6, 0.4, 0.2];

interface Covered {
  postings: Postings;
  terms: readonly string[];
  /** Without them only an entry's own words count. */
  conversations?: Conversations | undefined;
}

/** The share of the question's terms, by rarity, that stand in an entry or near it. */
export const coverage = ({ postings, terms, conversations }: Covered, slots: number): Scores => {
  const scores = new Float32Array(slots);
  const nearest = new Float32Array(slots);
  let all = 0;
  for (const term of terms) if (postings.of(term).slots.length) all += postings.rarity(term);
  for (const term of terms) {
    const share = postings.rarity(term) / all;
    const touched: number[] = [];
    const touch = (slot: number, value: number): void => {
      if (nearest[slot] === 0) touched.push(slot);
      if (value > (nearest[slot] as number)) nearest[slot] = value;
    };
    const walk = (from: number, links: Int32Array): void => {
      let slot = from;
      for (let step = 1; step < nearness.length; step++) {
        slot = links[slot] ?? -1;
        if (slot < 0) return;
        touch(slot, nearness[step] as number);
      }
    };
    for (const slot of postings.of(term).slots) {
      touch(slot, 1);
      if (!conversations) continue;
      walk(slot, conversations.before);
      walk(slot, conversations.after);
    }
    for (const slot of touched) {
      scores[slot] = (scores[slot] as number) + share * (nearest[slot] as number);
      nearest[slot] = 0;
    }
  }
  return scores;
};

/** Adds to each entry what the ones beside it have; an answer takes its words from before. */
export const withNeighbours = (scores: Scores, { before, after }: Conversations): Scores => {
  const sums = scores.slice();
  for (let slot = 0; slot < scores.length; slot++) {
    const last = before[slot] ?? -1;
    const next = after[slot] ?? -1;
    let near = 0;
    if (last >= 0) {
      near += 0.8 * (scores[last] as number);
      const earlier = before[last] as number;
      if (earlier >= 0) near += 0.55 * (scores[earlier] as number);
    }
    if (next >= 0) {
      near += 0.5 * (scores[next] as number);
      const later = after[next] as number;
      if (later >= 0) near += 0.3 * (scores[later] as number);
    }
    sums[slot] = (sums[slot] as number) + near;
  }
  return sums;
};

/** Likeness of meaning by slot; NaN where an entry has no vector. */
export const meaningScores = (vectors: Vectors, vector: Float32Array, slots: number): Scores => {
  const scores = new Float32Array(slots);
  vectors.likeness(vector, scores);
  return scores;
};

/** The mean of the two entries before and the two after; an entry alone has its own. */
export const meaningAround = (scores: Scores, { before, after }: Conversations): Scores => {
  const means = new Float32Array(scores.length);
  let sum = 0;
  let count = 0;
  const addTwo = (slot: number, links: Int32Array): void => {
    const near = links[slot] ?? -1;
    if (near < 0) return;
    count += addIfAny(near);
    const far = links[near] as number;
    if (far >= 0) count += addIfAny(far);
  };
  const addIfAny = (slot: number): 0 | 1 => {
    const score = scores[slot] as number;
    if (Number.isNaN(score)) return 0;
    sum += score;
    return 1;
  };
  for (let slot = 0; slot < scores.length; slot++) {
    sum = 0;
    count = 0;
    addTwo(slot, before);
    addTwo(slot, after);
    means[slot] = count > 0 ? sum / count : (scores[slot] as number);
  }
  return means;
};

// Of a few entries no mean can be taken: so many more are thought of, as unlike as two sentences
// about different things are to MiniLM.
const background = { count: 10, mean: 0.1, deviation: 0.1 };

/** In standard deviations above the mean, in place; never below 0, and 0 where there is none. */
export const aboveMean = (scores: Scores): Scores => {
  let { count } = background;
  let sum = count * background.mean;
  for (let slot = 0; slot < scores.length; slot++) {
    const score = scores[slot] as number;
    if (Number.isNaN(score)) continue;
    count += 1;
    sum += score;
  }
  const mean = sum / count;
  let squares = background.count * (background.deviation ** 2 + (background.mean - mean) ** 2);
  for (let slot = 0; slot < scores.length; slot++) {
    const score = scores[slot] as number;
    if (!Number.isNaN(score)) squares += (score - mean) * (score - mean);
  }
  const deviation = Math.sqrt(squares / count) || 1;
  for (let slot = 0; slot < scores.length; slot++) {
    const above = ((scores[slot] as number) - mean) / deviation;
    scores[slot] = Math.max(0, above || 0);
  }
  return scores;
};
