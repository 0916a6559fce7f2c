/** The recent turns as the page draws them: bars of a waterfall, totals, cost, tools in words. */
import { words } from './words.ts';

/** As `GET /api/v1/turns` has it, as far as the page looks at it. */
export interface Turn {
  id: string;
  at: string;
  transport: string;
  clocks: {
    input: 'voice' | 'hold' | 'text';
    path?: 'fast' | 'mind';
    interrupted?: boolean;
    firstHeardMs?: number;
    firstSentMs?: number;
    answerHeardMs?: number;
    promptTokens?: number;
    cachedTokens?: number;
    completionTokens?: number;
    cost?: { totalUsd?: number };
    answersThrownAway?: number;
    transcriptionsThrownAway?: number;
    tools?: readonly {
      tool: string;
      ok: boolean;
      verdict?: 'run' | 'ask' | 'refuse';
      receipt?: boolean;
    }[];
  };
  stages: readonly { name: string; fromMs: number; toMs: number }[];
  faults: readonly string[];
}

export interface Bar {
  name: string;
  label: string;
  /** Percent of the longest turn that is shown. */
  left: number;
  width: number;
}

export interface TurnRow {
  id: string;
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
const waited = ({ clocks }: Turn): number | undefined =>
  clocks.answerHeardMs ?? clocks.firstHeardMs ?? clocks.firstSentMs;

export function turnRows(turns: readonly Turn[]): TurnRow[] {
  const longest = Math.max(1, ...turns.flatMap(({ stages }) => stages.map(({ toMs }) => toMs)));
  const percent = (ms: number) => Math.round((ms / longest) * 1_000) / 10;
  return turns.map((turn) => {
    const bars = turn.stages.map(({ name, fromMs, toMs }) => ({
      name,
      label: `${words.stage(name)} ${words.milliseconds(toMs - fromMs)}`,
      left: Math.min(percent(fromMs), 100 - widthMin),
      width: Math.max(widthMin, percent(toMs - fromMs)),
    }));
    const totalMs = waited(turn);
    const facts = factsOf(turn);
    const time = new Date(turn.at).toLocaleTimeString();
    const total = totalMs === undefined ? words.nothingHeard : words.heardAfter(totalMs);
    const stages = bars.map(({ label }) => label).join(', ');
    const sentence = [time, total, stages, ...facts].filter((part) => part !== '').join('. ');
    return { id: turn.id, time, totalMs, bars, facts, sentence: `${sentence}.` };
  });
}

function factsOf({ clocks, transport, faults }: Turn): string[] {
  const { path, interrupted, cost, tools = [], promptTokens, cachedTokens = 0 } = clocks;
  const facts = [words.inputs[clocks.input], words.transport(transport)];
  if (path !== undefined) facts.push(words.paths[path]);
  if (interrupted) facts.push(words.interrupted);
  for (const { tool, ok, verdict, receipt } of tools) {
    const checked = receipt === undefined ? '' : receipt ? words.checked : words.unchecked;
    const became = verdict === 'ask' || verdict === 'refuse' ? words.verdicts[verdict] : '';
    const failed = ok || became !== '' ? '' : words.failed;
    facts.push([tool, became, failed, checked].filter((word) => word !== '').join(' '));
  }
  if (promptTokens !== undefined) facts.push(words.tokens(promptTokens, cachedTokens));
  if (cost?.totalUsd !== undefined) facts.push(words.money(cost.totalUsd));
  const wasted = (clocks.answersThrownAway ?? 0) + (clocks.transcriptionsThrownAway ?? 0);
  if (wasted > 0) facts.push(words.thrownAway(wasted));
  return [...facts, ...faults];
}
