/** One score of all that speaks for an entry. The weights: docs/decisions, "retrieval". */
import type { Conversations } from './conversations.ts';
import { cue } from './cues.ts';
import type { Postings } from './postings.ts';
import type { Question } from './question.ts';
import {
  aboveMean,
  coverage,
  meaningAround,
  meaningScores,
  type Scores,
  withNeighbours,
  wordScores,
} from './scores.ts';
import type { TimeRange } from './times.ts';
import type { Vectors } from './vectors.ts';

interface Searched {
  slots: number;
  postings: Postings;
  vectors: Vectors;
  vector: Float32Array | undefined;
}

/** Of a fact: its own words and its own meaning, and how sure and how fresh it is. */
const factWeights = { words: 0.05, covered: 5.9, meaning: 0.9 };
/** Share of the score that confidence and recency can take away. */
const ownWeightShare = 0.3;

export const rankFacts = (
  searched: Searched & { terms: readonly string[]; weights: readonly number[] },
): Scores => {
  const { slots, postings, terms, weights } = searched;
  const scores = wordScores(postings, terms, slots);
  scale(scores, factWeights.words);
  add(scores, coverage({ postings, terms }, slots), factWeights.covered);
  const meaning = meaningOf(searched);
  if (meaning) add(scores, aboveMean(meaning), factWeights.meaning);
  for (let slot = 0; slot < slots; slot++) {
    const own = 1 - ownWeightShare + ownWeightShare * (weights[slot] as number);
    scores[slot] = (scores[slot] as number) * own;
  }
  return scores;
};

const turnWeights = {
  words: 0.14,
  covered: 5.6,
  meaning: 0.55,
  meaningAround: 0.4,
  time: 5,
  length: 0.75,
  isQuestion: -0.9,
  answers: 0.8,
  speaker: 0.65,
  wanted: 1.9,
};

/** What is known of each turn beside its words, by slot. */
export interface Turns {
  readonly atMs: number[];
  readonly speakers: (string | undefined)[];
  /** As in `cue`; of an empty slot `noTurn`. */
  readonly cues: number[];
}

/** The cues of a slot where nothing is. */
export const noTurn = -1;

interface SearchedTurns extends Searched {
  conversations: Conversations;
  question: Question;
  turns: Turns;
}

export const rankTurns = (searched: SearchedTurns): Scores => {
  const { slots, postings, conversations, question, turns } = searched;
  const { terms } = question;
  const scores = withNeighbours(wordScores(postings, terms, slots), conversations);
  scale(scores, turnWeights.words);
  add(scores, coverage({ postings, terms, conversations }, slots), turnWeights.covered);
  const meaning = meaningOf(searched);
  if (meaning) {
    const around = aboveMean(meaningAround(meaning, conversations));
    add(scores, around, turnWeights.meaningAround);
    add(scores, aboveMean(meaning), turnWeights.meaning);
  }
  const looks = likeAnAnswer(question.cues);
  const average = Math.log(1 + postings.averageLength);
  for (let slot = 0; slot < slots; slot++) {
    const cues = turns.cues[slot] as number;
    const fits = (scores[slot] as number) + askedFor(question, turns, slot);
    // What nothing speaks for is not found, however it looks.
    if (cues === noTurn || fits <= 0) {
      scores[slot] = 0;
      continue;
    }
    const before = conversations.before[slot] ?? -1;
    const length = Math.log(1 + postings.lengthOf(slot)) - average;
    scores[slot] =
      fits + turnWeights.length * length + looks(cues, before < 0 ? 0 : (turns.cues[before] ?? 0));
  }
  return scores;
};

/** Whose words and what time the question names. */
const askedFor = ({ speaker, time }: Question, turns: Turns, slot: number): number =>
  (speaker !== undefined && speaker === turns.speakers[slot] ? turnWeights.speaker : 0) +
  (time ? turnWeights.time * within(time, turns.atMs[slot] as number) : 0);

/** By the cues of a turn and of the one before it. */
const likeAnAnswer = (wanted: number) => {
  const isQuestion = wanted & cue.asks ? 0 : turnWeights.isQuestion;
  const kinds = wanted & (cue.time | cue.number | cue.name);
  return (cues: number, before: number): number =>
    (cues & cue.isQuestion ? isQuestion : 0) +
    (before & cue.asks ? turnWeights.answers : 0) +
    (cues & kinds ? turnWeights.wanted : 0);
};

const dayMs = 86_400_000;
/** Something is mostly told within days after it was. */
const toldAfterMs = 7 * dayMs;
/** A plan is told before: half as much, and only shortly before. */
const plannedBeforeMs = 2 * dayMs;

/** 1 in the time, less the farther from it. */
const within = ({ fromMs, toMs }: TimeRange, atMs: number): number => {
  if (atMs < fromMs) return 0.5 * Math.exp((atMs - fromMs) / plannedBeforeMs);
  return atMs < toMs ? 1 : Math.exp((toMs - atMs) / toldAfterMs);
};

const meaningOf = ({ vectors, vector, slots }: Searched): Scores | undefined =>
  vector && vectors.length > 0 ? meaningScores(vectors, vector, slots) : undefined;

const scale = (scores: Scores, weight: number): void => {
  for (let slot = 0; slot < scores.length; slot++) scores[slot] = (scores[slot] as number) * weight;
};

const add = (sums: Scores, scores: Scores, weight: number): void => {
  for (let slot = 0; slot < sums.length; slot++) {
    sums[slot] = (sums[slot] as number) + weight * (scores[slot] as number);
  }
};
