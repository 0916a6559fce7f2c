/** The recent turns as the page draws them: bars of a waterfall, totals, cost, tools in words. */
import type { AnswerOf } from '../api/ask.ts';
import { turnsWords as words } from '../words/turns.ts';
import { dollarsOf, millisecondsOf, timeOrDayOf } from './formats.ts';

export type Turn = AnswerOf<'get /api/v1/turns'>['turns'][number];

export interface Bar {
  name: string;
  /** Its name in words. */
  stage: string;
  fromMs: number;
  tookMs: number;
  /** Percent of the longest turn that is shown. */
  start: number;
  width: number;
}

export interface TurnRow {
  turn: Turn;
  time: string;
  /** How long the person waited, milliseconds; undefined: nothing was heard. */
  totalMs: number | undefined;
  bars: readonly Bar[];
  facts: readonly string[];
  /** All of it as a sentence, for a screen reader. */
  sentence: string;
}

/** A bar that is thinner cannot be seen. */
const widthMin = 0.6;

/** When the person heard something, or, where nobody tells, when it was sent. */
export const waited = ({ clocks }: Pick<Turn, 'clocks'>): number | undefined =>
  clocks.answerHeardMs ?? clocks.firstHeardMs ?? clocks.firstSentMs;

const wordIn = (words: Readonly<Record<string, string>>, name: string): string =>
  words[name] ?? name;

export function turnRows(turns: readonly Turn[], now = new Date()): TurnRow[] {
  const longest = Math.max(1, ...turns.flatMap(({ stages }) => stages.map(({ toMs }) => toMs)));
  const percent = (ms: number) => Math.round((ms / longest) * 1_000) / 10;
  return turns.map((turn) => {
    const bars = turn.stages.map(({ name, fromMs, toMs }) => ({
      ...{ name, stage: wordIn(words.stages, name), fromMs, tookMs: toMs - fromMs },
      start: Math.min(percent(fromMs), 100 - widthMin),
      width: Math.max(widthMin, percent(toMs - fromMs)),
    }));
    const totalMs = waited(turn);
    const facts = factsOf(turn);
    const time = timeOrDayOf(turn.at, now);
    const total =
      totalMs === undefined ? words.nothingHeard : words.heardAfter(millisecondsOf(totalMs));
    const stages = bars.map(({ stage, tookMs }) => `${stage} ${millisecondsOf(tookMs)}`).join(', ');
    const sentence = [time, total, stages, ...facts].filter((part) => part !== '').join('. ');
    return { turn, time, totalMs, bars, facts, sentence: `${sentence}.` };
  });
}

function factsOf({ clocks, transport, faults }: Turn): string[] {
  const { path, interrupted, cost, tools = [], promptTokens, cachedTokens = 0 } = clocks;
  const facts = [words.inputs[clocks.input], wordIn(words.transports, transport)];
  if (path !== undefined) facts.push(words.paths[path]);
  if (interrupted) facts.push(words.interrupted);
  for (const { tool, ok, verdict, receipt } of tools) {
    const checked = receipt === undefined ? '' : receipt ? words.checked : words.unchecked;
    const became = verdict === 'ask' || verdict === 'refuse' ? words.verdicts[verdict] : '';
    const failed = ok || became !== '' ? '' : words.failed;
    facts.push([tool, became, failed, checked].filter((word) => word !== '').join(' '));
  }
  if (promptTokens !== undefined) facts.push(words.tokens(promptTokens, cachedTokens));
  if (cost?.totalUsd !== undefined) facts.push(dollarsOf(cost.totalUsd));
  const wasted = (clocks.answersThrownAway ?? 0) + (clocks.transcriptionsThrownAway ?? 0);
  if (wasted > 0) facts.push(words.thrownAway(wasted));
  return [...facts, ...faults];
}

export const filters = ['all', 'faults', 'mind', 'tools'] as const;
export type Filter = (typeof filters)[number];

export interface Wanted {
  /** Ids of people and names of doors; empty: all of them. */
  personId: string;
  door: string;
  filter: Filter;
}

const passes: Record<Filter, (turn: Turn) => boolean> = {
  all: () => true,
  faults: ({ faults, clocks }) =>
    faults.length > 0 || (clocks.tools ?? []).some(({ ok, verdict }) => !ok && verdict === 'run'),
  mind: ({ clocks }) => clocks.path === 'mind',
  tools: ({ clocks }) => (clocks.tools ?? []).length > 0,
};

export const fitting = (turns: readonly Turn[], { personId, door, filter }: Wanted): Turn[] =>
  turns.filter(
    (turn) =>
      (personId === '' || turn.personId === personId) &&
      (door === '' || turn.door === door) &&
      passes[filter](turn),
  );
