/** Which facts go into a turn: those that fit the words, then the strongest, none said twice. */
import type { Fact } from '../facts/fact.ts';
import type { Fit } from '../index/memory-index.ts';

export interface Candidate {
  fact: Fact;
  /** Of the search, before what the fact counts by itself. */
  score: number;
  /** How it fits by itself: the best of many that do not fit has a score too. */
  fit: Fit;
}

const dayMs = 86_400_000;
/** Another machine may have written it a moment ago by its own clock. */
const clocksApartMs = 60_000;
const recencyDays = 90;
const inferredShare = 0.8;
/** Two facts this alike say the same. */
const sameMeaning = 0.94;
/** Share of the best score below which a fact has nothing to do with the words. */
const floorShare = 0.35;

/**
 * Cosine below which two sentences have nothing to do with each other. For MiniLM: "which herbs
 * should I leave out of the curry?" has .18 with a dislike of cilantro, and most of what is told
 * about something else less. Models whose cosines are all higher leave it to the share above.
 */
const likenessFloor = 0.17;
/** A word of so many entries: 2 of 5, 4 of 40, 22 of 2,500. */
const rarestFloor = 0.6;

export const relevantMax = 8;
const strongestMax = 4;

/** True now, as far as Butler believes. */
export const isTrueAt = (fact: Fact, nowMs: number): boolean =>
  fact.retiredAt === null &&
  fact.validFrom.getTime() <= nowMs + clocksApartMs &&
  (fact.validTo === null || fact.validTo.getTime() > nowMs);

const trust = ({ confidence, source }: Fact): number =>
  confidence * (source === 'explicit' ? 1 : inferredShare);

const freshness = ({ lastReferenced }: Fact, nowMs: number): number => {
  const ageDays = Math.max(0, nowMs - lastReferenced.getTime()) / dayMs;
  return 0.85 + 0.15 * Math.exp(-ageDays / recencyDays);
};

/** What a fact counts by itself, 0.595 to 1: surer and fresher ones win among equals. */
const prior = (fact: Fact, nowMs: number): number =>
  (0.7 + 0.3 * trust(fact)) * freshness(fact, nowMs);

/** How much a fact is worth knowing in any turn, 0 to 1. */
export const strength = (fact: Fact, nowMs: number): number => trust(fact) * freshness(fact, nowMs);

/** The strongest of all facts, best first; one pass, as there may be tens of thousands. */
export const strongest = (facts: Iterable<Fact>, nowMs: number, limit: number): Fact[] => {
  const best: { fact: Fact; worth: number }[] = [];
  for (const fact of facts) {
    if (!isTrueAt(fact, nowMs)) continue;
    const worth = strength(fact, nowMs);
    const last = best[best.length - 1];
    if (best.length >= limit && last && worth <= last.worth) continue;
    let at = best.length;
    while (at > 0 && (best[at - 1]?.worth ?? 0) < worth) at -= 1;
    best.splice(at, 0, { fact, worth });
    if (best.length > limit) best.pop();
  }
  return best.map(({ fact }) => fact);
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const cosine = (left: Float32Array, right: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
};

type VectorOf = (id: number) => Float32Array | undefined;

/** Whether both say the same: same slot, same words, or nearly the same meaning. */
const sameAs = (one: Fact, other: Fact, vectorOf: VectorOf): boolean => {
  if (one.id === other.id || (one.slot !== null && one.slot === other.slot)) return true;
  if (plain(one.fact) === plain(other.fact)) return true;
  const vectors = [vectorOf(one.id), vectorOf(other.id)];
  return vectors[0] && vectors[1] ? cosine(vectors[0], vectors[1]) > sameMeaning : false;
};

/**
 * Whether the words are about it at all: by their meaning, or by a word that few facts have. Where
 * there is no vector a word that both have is all that can be asked for.
 */
export const concerns = ({ fit: { likeness, rarest } }: Candidate): boolean =>
  likeness === undefined || likeness >= likenessFloor || rarest >= rarestFloor;

/** Best first, without what says the same as a better one, and without what fits far worse. */
export const best = (
  candidates: readonly Candidate[],
  { nowMs, limit, vectorOf }: { nowMs: number; limit: number; vectorOf: VectorOf },
): Candidate[] => {
  const ranked = candidates
    .filter(({ fact }) => isTrueAt(fact, nowMs))
    .map((one) => ({ ...one, score: one.score * prior(one.fact, nowMs) }))
    .sort((a, b) => b.score - a.score || a.fact.id - b.fact.id);
  const floor = (ranked[0]?.score ?? 0) * floorShare;
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length >= limit || candidate.score < floor) break;
    if (chosen.some(({ fact }) => sameAs(fact, candidate.fact, vectorOf))) continue;
    chosen.push(candidate);
  }
  return chosen;
};

/** The facts of a turn: the relevant ones, then the strongest that are not among them. */
export const forTurn = (
  relevant: readonly Fact[],
  strong: readonly Fact[],
  vectorOf: VectorOf,
): Fact[] => {
  const facts = [...relevant];
  for (const fact of strong) {
    if (facts.length >= relevant.length + strongestMax) break;
    if (!facts.some((other) => sameAs(other, fact, vectorOf))) facts.push(fact);
  }
  return facts;
};
