/** One call of a tool, from its name to its outcome; the only way a tool is ever run. */
import type { z } from 'zod';
import { type ToolCaller, ToolError, type Undo } from './define.ts';
import { type Judge, judgeByRole } from './gate.ts';
import type { LoadedTool } from './load.ts';
import type { Ports } from './ports.ts';
import { spoken } from './spoken.ts';
import { describeIssues, runSentences } from './wrong.ts';

/** How a call is told to whoever listens: `agent/events.ts` has the same shape. */
export type ToolEvent =
  | { type: 'tool-start'; id: string; tool: string }
  | { type: 'tool-end'; id: string; tool: string; ok: boolean; tookMs: number };

export interface ToolCall extends Ports {
  toolbox: { tools: ReadonlyMap<string, LoadedTool> };
  /** Full name, e.g. `clock_time`. */
  name: string;
  /** As the mind or the fast path gave it; not trusted. */
  input: unknown;
  caller: ToolCaller;
  /** Aborts when the person interrupts: reads end at once, an effect that has begun is finished. */
  signal: AbortSignal;
  now: () => Date;
  timeZone: string;
  /** Default: the caller's. */
  language?: string;
  /** Id of the call in events; default the tool's name. */
  id?: string;
  judge?: Judge;
  emit?: (event: ToolEvent) => void;
}

export interface ToolFailure {
  /** unknown-tool, wrong-arguments, refused, needs-yes, aborted, timed-out, failed, or its own. */
  code: string;
  /** For the mind and the log: what was wrong and what would be right; no stack. */
  detail: string;
  /** A mind may do better with the person's own words. */
  handOver?: boolean;
}

export interface ToolOutcome {
  ok: boolean;
  /** Always a sentence a person can hear. */
  say: string;
  show?: unknown;
  receipt?: unknown;
  undo?: Undo;
  error?: ToolFailure;
}

const timeoutMsDefault = 8000;

const failure = (say: string, error: ToolFailure): ToolOutcome => ({ ok: false, say, error });

const nearest = (name: string, names: Iterable<string>): string => {
  const tail = name.split('_').at(-1) ?? name;
  const like = [...names].filter((other) => other.includes(tail));
  return (like.length > 0 ? like : [...names]).slice(0, 8).join(', ');
};

/** A promise that rejects when the signal aborts, and lets go of it afterwards. */
const whenAborted = (signal: AbortSignal): { promise: Promise<never>; release: () => void } => {
  let onAbort = () => {};
  const promise = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  promise.catch(() => {});
  return { promise, release: () => signal.removeEventListener('abort', onAbort) };
};

const failed = (error: unknown, call: ToolCall, limit: AbortSignal): ToolOutcome => {
  const sentences = runSentences(call.language ?? call.caller.language);
  if (error instanceof ToolError) {
    const { code, message, handOver } = error;
    return failure(message, { code, detail: message, ...(handOver && { handOver }) });
  }
  if (limit.aborted) {
    const detail = `${call.name} did not answer in time; it was given up. Do not claim success.`;
    return failure(sentences.timedOut, { code: 'timed-out', detail });
  }
  if (call.signal.aborted) {
    const detail = `${call.name} was interrupted by the person.`;
    return failure(sentences.aborted, { code: 'aborted', detail });
  }
  const detail = error instanceof Error ? error.message : String(error);
  return failure(sentences.failed, { code: 'failed', detail: `${call.name} failed: ${detail}` });
};

const runWithin = async (
  tool: LoadedTool,
  input: Record<string, unknown>,
  call: ToolCall,
): Promise<ToolOutcome> => {
  const limit = AbortSignal.timeout(tool.timeoutMs ?? timeoutMsDefault);
  const signal = tool.effect === 'read' ? AbortSignal.any([call.signal, limit]) : limit;
  const language = call.language ?? call.caller.language;
  const { caller, now, timeZone, timers } = call;
  const aborted = whenAborted(signal);
  try {
    const work = (async () => {
      const client = await tool.client();
      // Nothing may begin after the time is up or the person has interrupted.
      signal.throwIfAborted();
      if (call.signal.aborted) throw call.signal.reason;
      const words = spoken(language);
      return tool.run(input, { client, caller, signal, now, timeZone, language, words, timers });
    })();
    // A tool that ignores its signal is left behind; its late failure must not end the process.
    work.catch(() => {});
    return { ok: true, ...(await Promise.race([work, aborted.promise])) };
  } catch (error) {
    return failed(error, call, limit);
  } finally {
    aborted.release();
  }
};

const wrongArguments = (tool: LoadedTool, error: z.ZodError, call: ToolCall): ToolOutcome => {
  const language = (call.language ?? call.caller.language).split('-')[0] ?? 'en';
  const unfit = error.issues
    .map((issue) => tool.unfit?.[String(issue.path[0])])
    .find((sentence) => sentence !== undefined);
  const detail = describeIssues(call.name, tool.input, error);
  const say = unfit?.[language] ?? unfit?.en ?? runSentences(language).wrongArguments;
  return failure(say, { code: 'wrong-arguments', detail });
};

const settle = async (call: ToolCall, tool: LoadedTool): Promise<ToolOutcome> => {
  const language = call.language ?? call.caller.language;
  const parsed = tool.input.safeParse(call.input ?? {});
  if (!parsed.success) return wrongArguments(tool, parsed.error, call);
  const { caller, name } = call;
  const judge = call.judge ?? judgeByRole;
  const decided = judge(tool, { caller, name, input: parsed.data, language });
  if (decided.verdict === 'ask') {
    return failure(decided.question, { code: 'needs-yes', detail: decided.question });
  }
  if (decided.verdict === 'refuse') {
    return failure(decided.why, { code: 'refused', detail: `${name} was refused: ${decided.why}` });
  }
  if (call.signal.aborted) return failed(call.signal.reason, call, new AbortController().signal);
  return runWithin(tool, parsed.data, call);
};

/** Runs a tool. Never throws: whatever happens comes back as an outcome with a sentence. */
export const runTool = async (call: ToolCall): Promise<ToolOutcome> => {
  const sentences = runSentences(call.language ?? call.caller.language);
  const tool = call.toolbox.tools.get(call.name);
  if (!tool) {
    const names = nearest(call.name, call.toolbox.tools.keys());
    const detail = `There is no tool "${call.name.slice(0, 64)}". Use one of: ${names}.`;
    return failure(sentences.unknownTool, { code: 'unknown-tool', detail });
  }
  const startedAt = performance.now();
  const id = call.id ?? call.name;
  const emit = (event: ToolEvent): void => {
    try {
      call.emit?.(event);
    } catch {
      // A listener's trouble is not the tool's: the call goes on.
    }
  };
  emit({ type: 'tool-start', id, tool: call.name });
  let outcome: ToolOutcome;
  try {
    outcome = await settle(call, tool);
  } catch (error) {
    outcome = failed(error, call, new AbortController().signal);
  }
  const tookMs = performance.now() - startedAt;
  emit({ type: 'tool-end', id, tool: call.name, ok: outcome.ok, tookMs });
  return outcome;
};
