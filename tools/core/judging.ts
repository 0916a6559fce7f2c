/** Before a call runs: another tool that does it better, what it would touch, the gate's word. */

import { orAborted } from './connector.ts';
import { contextFor, languageOf } from './context.ts';
import type { OtherCall, Touched } from './define.ts';
import { digestOf } from './digest.ts';
import { type GateFacts, greater, judge } from './gate.ts';
import type { LoadedTool } from './load.ts';
import { failure, type ToolOutcome } from './outcome.ts';
import type { Reading } from './reading.ts';
import type { ToolCall } from './run.ts';

const lookWithinMs = 2_000;

/** A call whose input fits its tool. */
export interface Parsed {
  call: ToolCall;
  tool: LoadedTool;
  input: Record<string, unknown>;
  reading: Reading;
}

/** Whatever a tool looks up before it acts: within its time, or an error. */
const within = async <Found>(
  { call }: Parsed,
  look: (signal: AbortSignal) => Promise<Found>,
): Promise<Found> => {
  const limit = AbortSignal.any([call.signal, AbortSignal.timeout(lookWithinMs)]);
  limit.throwIfAborted();
  return await orAborted(look(limit), limit);
};

/** What the call would finally touch. @throws what `effectOf` throws, or when it is too slow. */
export const touchedBy = async (parsed: Parsed): Promise<Touched> => {
  const { tool, input } = parsed;
  if (!tool.effectOf) return { effect: tool.effect };
  const touched = await within(parsed, async (signal) => {
    const context = contextFor(parsed, await tool.client(), signal);
    return tool.effectOf?.(input, context) ?? tool.effect;
  });
  const { effect, ...more } = typeof touched === 'string' ? { effect: touched } : touched;
  return { ...more, effect: greater(tool.effect, effect) };
};

/** The tool that does it better here. @throws what `instead` throws, or when it is too slow. */
export const insteadOf = async (parsed: Parsed): Promise<OtherCall | undefined> => {
  const { tool, input } = parsed;
  if (!tool.instead) return undefined;
  return await within(parsed, async (signal) =>
    tool.instead?.(input, contextFor(parsed, await tool.client(), signal)),
  );
};

/** The gate's word on a parsed call: nothing, when it may run. */
export const stoppedBy = (
  { call, tool, input }: Parsed,
  { effect, what, ask = false, outside }: Touched,
): ToolOutcome | undefined => {
  const { name } = tool;
  const { caller, tainted = false, hasPin = false } = call;
  const digest = digestOf({ name, input, effect, what });
  const language = languageOf(call);
  const yes = call.yes?.(digest);
  const facts: GateFacts = {
    ...{ caller, name, input, language, effect, what, ask, digest, tainted, hasPin, yes },
  };
  const decided = judge(tool, facts);
  if (decided.verdict === 'run') return undefined;
  if (decided.verdict === 'refuse') {
    const detail = `${name} was refused: ${decided.why}`;
    return { ...failure(decided.why, { code: 'refused', detail }, effect), verdict: 'refuse' };
  }
  const { question, by } = decided;
  const detail = `${name} needs a yes from the person, who is being asked now: ${question}`;
  return {
    ...failure(question, { code: 'needs-yes', detail }, effect),
    verdict: 'ask',
    ask: { by, digest, question, tool: name, input },
    ...((outside || tool.outside) && { outside: true }),
  };
};
