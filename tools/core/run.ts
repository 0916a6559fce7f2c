/** One call of a tool, from its name to its outcome; the only way a tool is ever run. */
import type { z } from 'zod';
import { type Attempt, attempt, restingSentence } from './attempt.ts';
import { Breakers } from './breaker.ts';
import { languageOf } from './context.ts';
import { type SaidTurn, type ToolCaller, ToolError, type Touched } from './define.ts';
import { doingOf } from './doing.ts';
import type { Verdict, Yes } from './gate.ts';
import { insteadOf, type Parsed, stoppedBy, touchedBy } from './judging.ts';
import type { LoadedTool } from './load.ts';
import { failed, failure, type ToolOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { Rates } from './rates.ts';
import { type Reading, readingFor } from './reading.ts';
import { describeIssues, runSentences } from './wrong.ts';

export type { ToolOutcome } from './outcome.ts';

/** How a call is told to whoever listens: `agent/events.ts` has the same shape. */
export type ToolEvent =
  /** `doing`: what happens meanwhile, in the caller's language. */
  | { type: 'tool-start'; id: string; tool: string; doing: string }
  | {
      type: 'tool-end';
      id: string;
      tool: string;
      ok: boolean;
      tookMs: number;
      verdict?: Verdict['verdict'];
      /** An effect was read back and is as wanted; absent for what has none. */
      receipt?: boolean;
    };

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
  /** The utterance it comes from. */
  turn?: SaidTurn | undefined;
  /** This turn has read words from outside: its effects need a yes. */
  tainted?: boolean;
  /** The caller has set a PIN that may be asked for. */
  hasPin?: boolean;
  /** The yes that was given for this call, where one was; asked once, and used up by that. */
  yes?: (digest: string) => Yes | undefined;
  /** One circuit per integration; default: those of the toolbox. */
  breakers?: Breakers;
  /** 0 to 1; default Math.random. */
  random?: () => number;
  /** How many tools that read others stand around this call. */
  depth?: number;
  emit?: (event: ToolEvent) => void;
  /** Once, when it takes longer than 0.7 s: a true sentence for whoever waits. */
  onSlow?: (sentence: string) => void;
  /** Takes an outcome that comes after the call was answered; without it, runTool waits. */
  later?: (outcome: ToolOutcome) => void;
}

interface Shared {
  breakers: Breakers;
  rates: Rates;
}

const sharedBy = new WeakMap<object, Shared>();

/** Circuits and counts live as long as the toolbox whose services they watch. */
const sharedOf = (tools: object): Shared => {
  const known = sharedBy.get(tools) ?? { breakers: new Breakers(), rates: new Rates() };
  sharedBy.set(tools, known);
  return known;
};

/** The circuits of a toolbox, by its tools. */
export const breakersOf = (tools: object): Breakers => sharedOf(tools).breakers;

const nearest = (name: string, names: Iterable<string>): string => {
  const tail = name.split('_').at(-1) ?? name;
  const like = [...names].filter((other) => other.includes(tail));
  return (like.length > 0 ? like : [...names]).slice(0, 8).join(', ');
};

const wrongArguments = (tool: LoadedTool, error: z.ZodError, call: ToolCall): ToolOutcome => {
  const language = languageOf(call).split('-')[0] ?? 'en';
  const unfit = error.issues
    .map((issue) => tool.unfit?.[String(issue.path[0])])
    .find((sentence) => sentence !== undefined);
  const detail = describeIssues(call.name, tool.input, error);
  const say = unfit?.[language] ?? unfit?.en ?? runSentences(language).wrongArguments;
  const outcome = failure(say, { code: 'wrong-arguments', detail }, tool.effect);
  // What would be right is then said in the service's own words.
  return tool.discovered ? { ...outcome, outside: true } : outcome;
};

/** Failures of the service itself; what a person or a model got wrong is not its fault. */
const isServiceFault = ({ error }: ToolOutcome): boolean =>
  error !== undefined && ['failed', 'timed-out', 'unreachable'].includes(error.code);

const count = (breakers: Breakers, integration: string, outcome: ToolOutcome): void => {
  if (isServiceFault(outcome)) breakers.failed(integration);
  else if (outcome.ok) breakers.succeeded(integration);
  else breakers.undecided(integration);
};

/** Not now: the service is left alone, or this person has asked too often. */
const notNow = (call: ToolCall, tool: LoadedTool, breakers: Breakers): ToolOutcome | undefined => {
  const language = languageOf(call);
  const restMs = breakers.restMs(tool.integration);
  if (restMs > 0) {
    const say = restingSentence(tool, restMs, language);
    return failure(say, { code: 'resting', detail: say }, tool.effect);
  }
  const waitMs = sharedOf(call.toolbox.tools).rates.take(call.caller.personId, tool);
  if (waitMs === 0) return undefined;
  breakers.undecided(tool.integration);
  const say = runSentences(language).tooOften(Math.ceil(waitMs / 1000));
  return failure(say, { code: 'too-often', detail: say }, tool.effect);
};

/** What could not be found out before anything was done: nothing was. */
const untouched = (error: unknown, { call, tool }: Parsed): ToolOutcome => {
  const language = languageOf(call);
  const interrupted = call.signal.aborted;
  const outcome = failed(error, {
    ...{ name: call.name, language, begun: false, timedOut: false },
    ...{ effect: tool.effect, interrupted },
  });
  const own = error instanceof ToolError || interrupted;
  const said = own ? outcome : { ...outcome, say: runSentences(language).untouched };
  return tool.outside ? { ...said, outside: true } : said;
};

const carryOut = async (parsed: Parsed, touched: Touched): Promise<Attempt> => {
  const { call, tool, reading } = parsed;
  const { effect } = touched;
  if (call.signal.aborted) {
    const broken = { name: call.name, language: languageOf(call), begun: false, timedOut: false };
    return { outcome: failed(call.signal.reason, { ...broken, effect, interrupted: true }) };
  }
  const { outcome, rest } = await attempt({ ...parsed, effect });
  const told = (one: ToolOutcome): ToolOutcome => ({
    ...one,
    verdict: 'run',
    ...((tool.outside || one.outside || reading.outside) && { outside: true }),
  });
  if (!rest) return { outcome: told(outcome) };
  return { outcome: { ...outcome, verdict: 'run' }, rest: rest.then(told) };
};

/** A question or a refusal may hold words that were read on the way to it. */
const withTaint = ({ outcome, rest }: Attempt, { outside }: Reading): Attempt => {
  const marked = (one: ToolOutcome): ToolOutcome => (outside ? { ...one, outside: true } : one);
  if (rest === undefined) return { outcome: marked(outcome) };
  return { outcome: marked(outcome), rest: rest.then(marked) };
};

/** What another tool asked for is never more than a read, whatever it turns out to touch. */
const onlyReads = ({ call, tool }: Parsed, { effect }: Touched): ToolOutcome | undefined => {
  if (effect === 'read' || (call.depth ?? 0) === 0) return undefined;
  const detail = `${tool.name} would do more than read, so no other tool may call it.`;
  const say = runSentences(languageOf(call)).unknownTool;
  return { ...failure(say, { code: 'refused', detail }, effect), verdict: 'refuse' };
};

const settle = async (call: ToolCall, tool: LoadedTool): Promise<Attempt> => {
  const read = tool.input.safeParse(call.input ?? {});
  if (!read.success) return { outcome: wrongArguments(tool, read.error, call) };
  const breakers = call.breakers ?? sharedOf(call.toolbox.tools).breakers;
  const wait = notNow(call, tool, breakers);
  if (wait) return { outcome: wait };
  const parsed: Parsed = { call, tool, input: read.data, reading: readingFor(call, runTool) };
  const counted = (outcome: ToolOutcome): ToolOutcome => {
    count(breakers, tool.integration, outcome);
    return outcome;
  };
  let touched: Touched;
  try {
    const other = await insteadOf(parsed);
    const otherTool = other && call.toolbox.tools.get(other.tool);
    if (otherTool && !otherTool.instead) {
      breakers.undecided(tool.integration);
      const settled = await settle({ ...call, name: other.tool, input: other.input }, otherTool);
      return withTaint(settled, parsed.reading);
    }
    touched = await touchedBy(parsed);
  } catch (error) {
    return withTaint({ outcome: counted(untouched(error, parsed)) }, parsed.reading);
  }
  const stopped = onlyReads(parsed, touched) ?? stoppedBy(parsed, touched);
  if (stopped) return withTaint({ outcome: counted(stopped) }, parsed.reading);
  const { outcome, rest } = await carryOut(parsed, touched);
  if (!rest) return { outcome: counted(outcome) };
  return { outcome, rest: rest.then(counted) };
};

const endOf = (outcome: ToolOutcome, call: { id: string; tool: string; tookMs: number }) => {
  const { ok, verdict, verified } = outcome;
  return {
    ...{ type: 'tool-end' as const, ...call, ok },
    ...(verdict && { verdict }),
    ...(verified !== undefined && { receipt: verified }),
  };
};

/** Runs a tool. Never throws: whatever happens comes back as an outcome with a sentence. */
export const runTool = async (call: ToolCall): Promise<ToolOutcome> => {
  const tool = call.toolbox.tools.get(call.name);
  if (!tool) {
    const names = nearest(call.name, call.toolbox.tools.keys());
    const detail = `There is no tool "${call.name.slice(0, 64)}". Use one of: ${names}.`;
    const say = runSentences(languageOf(call)).unknownTool;
    return failure(say, { code: 'unknown-tool', detail }, 'read');
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
  const end = (outcome: ToolOutcome): void =>
    emit(endOf(outcome, { id, tool: call.name, tookMs: performance.now() - startedAt }));
  emit({ type: 'tool-start', id, tool: call.name, doing: doingOf(tool, languageOf(call)) });
  const { outcome, rest } = await settle(call, tool).catch((error: unknown) => ({
    outcome: failed(error, {
      ...{ name: call.name, effect: tool.effect, language: languageOf(call) },
      ...{ begun: false, timedOut: false, interrupted: false },
    }),
    rest: undefined,
  }));
  if (!rest) end(outcome);
  void rest?.then((late) => {
    end(late);
    call.later?.(late);
  });
  return outcome;
};
