/** One step of the mind: its stream, made honest, with a word when it is slow and when it fails. */
import { APIConnectionError, type APIError, llm } from '@livekit/agents';
import type { ButlerParts } from './butler.ts';
import { faultOfMind } from './faults.ts';
import { parseArguments } from './llm/tool-arguments.ts';
import { tokensOf } from './llm/used.ts';
import { innerCall, takeBackName } from './offering.ts';
import { personWords } from './spoken-words.ts';
import { Ledger } from './truth/ledger.ts';
import { TruthFilter } from './truth.ts';

export type Said = llm.ChatChunk | string;

export interface MindTurn {
  mind: llm.LLM;
  /** What was said and done in this conversation. */
  context: llm.ChatContext;
  /** The same as the mind reads it: with the person's soul, former talk and facts. */
  remembered: llm.ChatContext;
  /** Words from outside stand in that: what the mind calls now may be their wish. */
  tainted: boolean;
  tools: llm.ToolContext;
  toolChoice?: llm.ToolChoice | undefined;
  /** Nobody waits for this answer any more. */
  left: AbortSignal;
}

/** Without a first token for this long, Butler says that the mind is slow. */
const slowMindMs = 2_300;
/** A tool that has not begun by then will not: nothing waits for it longer. */
const bridgeWithinMs = 15_000;

/** What the mind said and called in one step. */
interface Step {
  answered: boolean;
  spoke: boolean;
  calls: llm.FunctionCall[];
}

const nothingSaid = (): APIError => new APIConnectionError({ message: 'the mind said nothing' });

const filterFor = (parts: ButlerParts, context: llm.ChatContext): TruthFilter => {
  const { house, caller, deeds } = parts;
  const { language } = caller;
  const ledger = new Ledger({ ...deeds.facts(context), ...personWords(context), language });
  return new TruthFilter({ ledger, language, sentences: house.words(language) });
};

/** The mind never sees a PIN, also not when it stood in a turn that code answered. */
const withoutSecrets = (parts: ButlerParts, context: llm.ChatContext): llm.ChatContext => {
  const isSecret = (item: llm.ChatItem): item is llm.ChatMessage =>
    item.type === 'message' &&
    item.role === 'user' &&
    parts.confirmation.isSecret(item.textContent ?? '');
  if (!context.items.some(isSecret)) return context;
  const copy = context.copy();
  copy.items = copy.items.map((item) => {
    if (!isSecret(item)) return item;
    const { id, createdAt } = item;
    return llm.ChatMessage.create({ role: 'user', content: '(a PIN)', id, createdAt });
  });
  return copy;
};

/** The text of a chunk is filtered; what else is in it goes on as it is. */
const restOf = (chunk: llm.ChatChunk): llm.ChatChunk | undefined => {
  const { content: _, ...delta } = chunk.delta ?? { role: 'assistant' as const };
  const more = delta.toolCalls?.length || delta.extra || chunk.usage;
  return more ? { ...chunk, ...(chunk.delta && { delta }) } : undefined;
};

/** Calls that will surely run: "I'm turning it on" may be said before them, and is true. */
const surelyRun = ({ offering }: ButlerParts, calls: readonly llm.FunctionCall[]): boolean =>
  calls.every((call) => {
    const tool = offering.toolOf(call);
    if (!tool || !offering.couldUse(tool) || tool.effectOf || tool.instead) return false;
    return tool.effect === 'write' && tool.confirm === 'never';
  });

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text || '{}');
    return true;
  } catch {
    return false;
  }
};

const isTool = ({ offering, deeds, house }: ButlerParts, call: llm.FunctionCall): boolean => {
  if (call.name === takeBackName || offering.toolOf(call)) return true;
  return deeds.isOwn(call.callId) && house.toolbox.tools.has(innerOf(call));
};

const innerOf = ({ args }: llm.FunctionCall): string => innerCall(parseArguments(args)).tool;

/**
 * Keeps a step open while its tools run, and says a true word when one of them is slow: so the word
 * comes in order, in the same answer, and is in the history. Text before the call is bridge enough.
 */
export async function* bridge(
  parts: ButlerParts,
  calls: readonly llm.FunctionCall[],
  left: AbortSignal,
): AsyncGenerator<string> {
  const { deeds, listener } = parts;
  // LiveKit refuses others itself, or they are answered at once: they never begin, nor end.
  const running = calls.filter((call) => isJson(call.args) && isTool(parts, call));
  if (listener === undefined || running.length === 0) return;
  const until = AbortSignal.any([left, AbortSignal.timeout(bridgeWithinMs)]);
  const sentence = await deeds.bridge(
    running.map(({ callId }) => callId),
    until,
  );
  if (sentence !== undefined) yield `${sentence} `;
}

async function* stepOf(parts: ButlerParts, turn: MindTurn, step: Step): AsyncGenerator<Said> {
  const { clocks, house, caller } = parts;
  const { mind, context, remembered, tainted, tools, toolChoice, left } = turn;
  const stream = mind.chat({
    chatCtx: withoutSecrets(parts, remembered),
    toolCtx: tools,
    ...(toolChoice ? { toolChoice } : {}),
    connOptions: { maxRetry: 1, retryIntervalMs: 250, timeoutMs: 8_000 },
  });
  const filter = filterFor(parts, context);
  const speak = function* (text: string): Generator<string> {
    if (text === '') return;
    step.spoke = true;
    yield text;
  };
  // An answer to a guess that was thrown away costs no more tokens than it has.
  const stop = (): void => stream.close();
  left.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of withSlowWord(stream, slowMindMs)) {
      if (chunk === 'slow') {
        yield `${house.words(caller.language).mindSlow()} `;
        continue;
      }
      if (chunk.delta) clocks.mark('firstToken');
      const { content, toolCalls = [] } = chunk.delta ?? {};
      step.answered ||= Boolean(content || toolCalls.length);
      step.calls.push(...toolCalls);
      if (tainted) parts.outside.swayed(toolCalls.map(({ callId }) => callId));
      if (chunk.usage) clocks.used(mind.model, tokensOf(chunk.usage));
      if (content) yield* speak(filter.push(content));
      if (toolCalls.length > 0) {
        yield* speak(filter.toolCall(!tainted && surelyRun(parts, toolCalls)));
      }
      const rest = restOf(chunk);
      if (rest) yield rest;
    }
    yield* speak(filter.end());
    if (filter.replaced > 0) {
      house.log.warn({ claims: filter.replaced, model: mind.model }, 'claims without a receipt');
    }
  } finally {
    left.removeEventListener('abort', stop);
    stream.close();
  }
}

export async function* think(parts: ButlerParts, turn: MindTurn): AsyncGenerator<Said> {
  const { mind, left } = turn;
  let failure: Error | undefined;
  const onError = (event: { error: Error; recoverable: boolean }): void => {
    if (!event.recoverable) failure = event.error;
  };
  const step: Step = { answered: false, spoke: false, calls: [] };
  mind.on('error', onError);
  try {
    yield* stepOf(parts, turn, step);
  } finally {
    mind.off('error', onError);
  }
  if (left.aborted) return;
  if (failure === undefined && step.answered) {
    if (!step.spoke && turn.toolChoice !== 'none') yield* bridge(parts, step.calls, left);
    return;
  }
  const fault = faultOfMind(parts, failure ?? nothingSaid(), step.answered);
  parts.events.emit({ type: 'error', ...fault });
  yield ` ${fault.detail}`;
}

/** Passes chunks on; says `slow` once when the first takes longer than `slowMs`. */
async function* withSlowWord<T>(
  source: AsyncIterable<T>,
  slowMs: number,
): AsyncGenerator<T | 'slow'> {
  const iterator = source[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), slowMs);
  });
  try {
    const first = iterator.next();
    const winner = await Promise.race([first, slow]);
    if (winner === 'slow') yield 'slow';
    for (let next = await first; !next.done; next = await iterator.next()) yield next.value;
  } finally {
    clearTimeout(timer);
    await iterator.return?.();
  }
}
