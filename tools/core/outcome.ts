/** What a call comes back as: always a sentence, and whether an effect was seen to happen. */
import type { Card } from './card.ts';
import { type Effect, ToolError, type ToolResult, type Undo } from './define.ts';
import type { Assent, Verdict } from './gate.ts';
import { proofOf } from './receipt.ts';
import { runSentences } from './wrong.ts';

export interface ToolFailure {
  /**
   * unknown-tool, wrong-arguments, refused, needs-yes, aborted, timed-out, failed, resting,
   * too-often, nothing-changed, or the tool's own.
   */
  code: string;
  /** For the mind and the log: what was wrong and what would be right; no stack. */
  detail: string;
  /** A mind may do better with the person's own words. */
  handOver?: boolean;
}

/** What a person must say before the call may run, and for which call that counts. */
export interface Ask {
  by: Assent;
  digest: string;
  question: string;
  /** The call that a yes runs: the tool's full name, and its parsed input. */
  tool: string;
  input: Record<string, unknown>;
}

export interface ToolOutcome {
  ok: boolean;
  /** Always a sentence a person can hear. */
  say: string;
  show?: unknown;
  receipt?: unknown;
  undo?: Undo;
  /** For the person's screen; the mind never sees it. */
  card?: Card | undefined;
  error?: ToolFailure;
  /** What the call touched, or would have. */
  effect: Effect;
  /** For an effect: the state was read back and is as wanted. */
  verified?: boolean;
  verdict?: Verdict['verdict'];
  ask?: Ask;
  /** It is still running; its real outcome comes later. */
  pending?: true;
  /** The result holds words from outside. */
  outside?: boolean;
}

export const failure = (say: string, error: ToolFailure, effect: Effect): ToolOutcome => ({
  ok: false,
  say,
  error,
  effect,
});

const missedNames = ({ receipt }: ToolResult): string[] => {
  const { missed } = (receipt ?? {}) as { missed?: unknown };
  return Array.isArray(missed) ? missed.map(String) : [];
};

const heard = (names: readonly string[]): string => names.slice(0, 5).join(', ').slice(0, 200);

/** Names of what was missed are heard, unless the tool's own sentence has them all. */
const partly = (result: ToolResult, language: string): string => {
  const names = missedNames(result);
  const said = result.say.toLowerCase();
  if (names.every((name) => said.includes(name.toLowerCase()))) return result.say;
  return runSentences(language).partly(heard(names));
};

/** A result judged by its receipt: without one, or with an empty one, nothing is claimed. */
export const judged = (result: ToolResult, effect: Effect, language: string): ToolOutcome => {
  if (effect === 'read') return { ok: true, ...result, effect };
  const sentences = runSentences(language);
  const proof = proofOf(result.receipt);
  if (proof === 'whole') return { ok: true, ...result, effect, verified: true };
  if (proof === 'partly') {
    return { ok: true, ...result, say: partly(result, language), effect, verified: false };
  }
  if (proof === 'missing') {
    return { ok: true, ...result, say: sentences.couldNotCheck, effect, verified: false };
  }
  const detail = 'Nothing is as it was wanted: the receipt is empty. Do not claim success.';
  const say = sentences.nothingChanged(heard(missedNames(result)));
  const outcome = failure(say, { code: 'nothing-changed', detail }, effect);
  // The names of what was missed may be words from outside.
  const { receipt, outside } = result;
  return { ...outcome, receipt, verified: false, ...(outside && { outside }) };
};

interface Broken {
  name: string;
  effect: Effect;
  language: string;
  /** The work had begun: what it did before it failed nobody knows. */
  begun: boolean;
  timedOut: boolean;
  interrupted: boolean;
}

/** An error as an outcome; what is said names no internals. */
export const failed = (error: unknown, broken: Broken): ToolOutcome => {
  const { name, effect, language, begun, timedOut, interrupted } = broken;
  const sentences = runSentences(language);
  const unclear = begun && effect !== 'read';
  if (error instanceof ToolError) {
    const { code, message, handOver, outside } = error;
    const told = { code, detail: message, ...(handOver && { handOver }) };
    return { ...failure(message, told, effect), ...(outside && { outside }) };
  }
  if (timedOut) {
    const detail = `${name} did not answer in time; it was given up. Do not claim success.`;
    const say = unclear ? sentences.timedOutUnclear : sentences.timedOut;
    return failure(say, { code: 'timed-out', detail }, effect);
  }
  if (interrupted) {
    const detail = `${name} was interrupted by the person.`;
    return failure(sentences.aborted, { code: 'aborted', detail }, effect);
  }
  const reason = error instanceof Error ? error.message : String(error);
  const say = unclear ? sentences.failedUnclear : sentences.failed;
  return failure(say, { code: 'failed', detail: `${name} failed: ${reason}` }, effect);
};
