/** One call of a tool, from its name to its outcome; the only way a tool is ever run. */
import type { z } from 'zod';
import { type Attempt, attempt, contextFor, languageOf, restingSentence } from './attempt.ts';
import { Breakers } from './breaker.ts';
import { type SaidTurn, type ToolCaller, ToolError, type Touched } from './define.ts';
import { digestOf } from './digest.ts';
import { type GateFacts, greater, judge, type Verdict, type Yes } from './gate.ts';
import type { LoadedTool } from './load.ts';
import { failed, failure, type ToolOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { describeIssues, runSentences } from './wrong.ts';

export type { ToolOutcome } from './outcome.ts';

/** How a call is told to whoever listens: `agent/events.ts` has the same shape. */
export type ToolEvent =
  | { type: 'tool-start'; id: string; tool: string }
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
  emit?: (event: ToolEvent) => void;
  /** Once, when it takes longer than 0.7 s: a true sentence for whoever waits. */
  onSlow?: (sentence: string) => void;
  /** Takes an outcome that comes after the call was answered; without it, runTool waits. */
  later?: (outcome: ToolOutcome) => void;
}

const effectOfWithinMs = 2_000;

const breakersOf = new WeakMap<object, Breakers>();

/** Circuits live as long as the toolbox whose services they watch. */
const sharedBreakers = (tools: object): Breakers => {
  const known = breakersOf.get(tools) ?? new Breakers();
  breakersOf.set(tools, known);
  return known;
};

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
  return failure(say, { code: 'wrong-arguments', detail }, tool.effect);
};

/** What the call would finally touch. @throws what `effectOf` throws, or when it is too slow. */
const touchedBy = async (
  tool: LoadedTool,
  input: Record<string, unknown>,
  call: ToolCall,
): Promise<Touched> => {
  if (!tool.effectOf) return { effect: tool.effect };
  const limit = AbortSignal.any([call.signal, AbortSignal.timeout(effectOfWithinMs)]);
  const late = new Promise<never>((_, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true });
  });
  late.catch(() => {});
  const found = (async () => {
    const client = await tool.client();
    return tool.effectOf?.(input, contextFor(call, client, limit)) ?? tool.effect;
  })();
  found.catch(() => {});
  const touched = await Promise.race([found, late]);
  const { effect, ...more } = typeof touched === 'string' ? { effect: touched } : touched;
  return { ...more, effect: greater(tool.effect, effect) };
};

/** The gate's word on a parsed call: nothing, when it may run. */
const stoppedBy = (
  tool: LoadedTool,
  input: Record<string, unknown>,
  { call, touched }: { call: ToolCall; touched: Touched },
): ToolOutcome | undefined => {
  const { name, caller, tainted = false, hasPin = false } = call;
  const { effect, what, ask = false } = touched;
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
    ask: { by, digest, question, input },
  };
};

/** Failures of the service itself; what a person or a model got wrong is not its fault. */
const isServiceFault = ({ error }: ToolOutcome): boolean =>
  error !== undefined && ['failed', 'timed-out', 'unreachable'].includes(error.code);

const count = (breakers: Breakers, integration: string, outcome: ToolOutcome): void => {
  if (isServiceFault(outcome)) breakers.failed(integration);
  else if (outcome.ok) breakers.succeeded(integration);
  else breakers.undecided(integration);
};

const settle = async (call: ToolCall, tool: LoadedTool): Promise<Attempt> => {
  const language = languageOf(call);
  const parsed = tool.input.safeParse(call.input ?? {});
  if (!parsed.success) return { outcome: wrongArguments(tool, parsed.error, call) };
  const input = parsed.data;
  const breakers = call.breakers ?? sharedBreakers(call.toolbox.tools);
  const restMs = breakers.restMs(tool.integration);
  if (restMs > 0) {
    const say = restingSentence(tool, restMs, language);
    return { outcome: failure(say, { code: 'resting', detail: say }, tool.effect) };
  }
  const counted = (outcome: ToolOutcome): ToolOutcome => {
    count(breakers, tool.integration, outcome);
    return outcome;
  };
  const broken = { name: call.name, language, begun: false, timedOut: false };
  let touched: Touched;
  try {
    touched = await touchedBy(tool, input, call);
  } catch (error) {
    const interrupted = call.signal.aborted;
    const outcome = failed(error, { ...broken, effect: tool.effect, interrupted });
    const own = error instanceof ToolError || interrupted;
    return {
      outcome: counted(own ? outcome : { ...outcome, say: runSentences(language).untouched }),
    };
  }
  const { effect } = touched;
  const stopped = stoppedBy(tool, input, { call, touched });
  if (stopped) return { outcome: counted(stopped) };
  if (call.signal.aborted) {
    const outcome = failed(call.signal.reason, { ...broken, effect, interrupted: true });
    return { outcome: counted(outcome) };
  }
  const { outcome, rest } = await attempt({ tool, input, call, effect });
  const told = (one: ToolOutcome): ToolOutcome => ({
    ...counted(one),
    verdict: 'run',
    ...(tool.outside && { outside: true }),
  });
  if (!rest) return { outcome: told(outcome) };
  return { outcome: { ...outcome, verdict: 'run' }, rest: rest.then(told) };
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
  emit({ type: 'tool-start', id, tool: call.name });
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
