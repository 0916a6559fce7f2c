/** The tool calls of a conversation: what came of each, who must still be told, which waits. */
import { llm } from '@livekit/agents';
import type { Reply } from './confirm.ts';
import type { FastMatch } from './fastpath.ts';
import type { Deed } from './truth/ledger.ts';

const fastPrefix = 'fast_';
/** Older calls are forgotten: nobody asks "did you?" about them in these words. */
const keptMax = 100;
const guessesMax = 20;

interface Kept extends Deed {
  handOver: boolean;
  /** Its outcome has been said, or given to the mind. */
  told: boolean;
}

interface Running {
  slow: PromiseWithResolvers<string | undefined>;
}

type Declare = (match: FastMatch) => { name: string; args: string };
type Confirming = Exclude<Reply, { means: 'no' }>;

/** Since the person's last words. */
const ofThisTurn = (context: llm.ChatContext): llm.FunctionCallOutput[] => {
  const at = context.items.findLastIndex((item) => item.type === 'message' && item.role === 'user');
  return context.items.slice(at + 1).filter((item) => item.type === 'function_call_output');
};

/** The results that came last, of calls made side by side. */
const newest = (context: llm.ChatContext): llm.FunctionCallOutput[] => {
  const isCall = (item: llm.ChatItem): boolean =>
    item.type === 'function_call_output' || item.type === 'function_call';
  const from = context.items.findLastIndex((item) => !isCall(item)) + 1;
  return context.items.slice(from).filter((item) => item.type === 'function_call_output');
};

export class Deeds {
  readonly #kept = new Map<string, Kept>();
  readonly #running = new Map<string, Running>();
  /** Calls that have begun and not ended; resolved when there are none any more. */
  readonly #begun = new Set<string>();
  #idle = Promise.withResolvers<void>();
  readonly #replies = new Map<string, Confirming>();
  readonly #fallback: string;
  readonly #declare: Declare;
  #calls = 0;
  #bridged = false;

  /**
   * @param parts.fallback what is said when a call of the fast path ended without a sentence.
   * @param parts.declare any call as one of a declared name.
   */
  constructor({ fallback, declare }: { fallback: string; declare: Declare }) {
    this.#fallback = fallback;
    this.#declare = declare;
  }

  /** A tool call as if the mind had made it. LiveKit runs no tool before the turn is committed. */
  call(match: FastMatch): llm.ChatChunk {
    this.#calls += 1;
    const callId = `${fastPrefix}${this.#calls}`;
    const call = llm.FunctionCall.create({ callId, ...this.#declare(match) });
    return { id: callId, delta: { role: 'assistant', toolCalls: [call] } };
  }

  /** The call that the person has just said yes to. */
  confirm(reply: Confirming): llm.ChatChunk {
    const chunk = this.call(reply);
    this.#replies.set(chunk.id, reply);
    // Those of guesses that were thrown away are never called for.
    const oldest = this.#replies.keys().next().value;
    if (this.#replies.size > guessesMax && oldest !== undefined) this.#replies.delete(oldest);
    return chunk;
  }

  replyOf(callId: string): Confirming | undefined {
    return this.#replies.get(callId);
  }

  /** A call that code made, from the person's own words. */
  isOwn(callId: string): boolean {
    return callId.startsWith(fastPrefix);
  }

  /** The person has spoken: a new turn, and what of the last one was never said. */
  newTurn(): string[] {
    this.#bridged = false;
    const unsaid = [...this.#kept].filter(([, kept]) => isFinishedEffect(kept) && !kept.told);
    this.told(unsaid.map(([id]) => id));
    return unsaid.map(([, { outcome }]) => outcome.say);
  }

  begun(callId: string): void {
    this.#runningOf(callId);
    this.#begun.add(callId);
  }

  /** Resolves when no call is under way any more; undefined while none is. */
  get busy(): Promise<void> | undefined {
    return this.#begun.size === 0 ? undefined : this.#idle.promise;
  }

  done(callId: string, deed: Deed & { handOver: boolean }): void {
    this.#keep(callId, { ...deed, told: false });
    this.#replies.delete(callId);
    this.#runningOf(callId).slow.resolve(undefined);
    this.#running.delete(callId);
    this.#begun.delete(callId);
    if (this.#begun.size > 0) return;
    this.#idle.resolve();
    this.#idle = Promise.withResolvers();
  }

  /** It takes long: `sentence` bridges the wait, once in a turn. */
  slow(callId: string, sentence: string): void {
    this.#runningOf(callId).slow.resolve(sentence);
  }

  late(deed: Deed): void {
    this.#calls += 1;
    this.#keep(`late_${this.#calls}`, { ...deed, handOver: false, told: true });
  }

  told(callIds: readonly string[]): void {
    for (const id of callIds) {
      const kept = this.#kept.get(id);
      if (kept) kept.told = true;
    }
  }

  /**
   * Resolves when the calls have ended, or with a sentence when one of them is slow; also when
   * `left` aborts, because nobody waits for this answer any more.
   */
  async bridge(callIds: readonly string[], left: AbortSignal): Promise<string | undefined> {
    const gone = Promise.withResolvers<string | undefined>();
    const leave = (): void => gone.resolve(undefined);
    left.addEventListener('abort', leave, { once: true });
    if (left.aborted) leave();
    const waits = callIds.map((id) =>
      this.#kept.has(id) ? undefined : this.#runningOf(id).slow.promise,
    );
    const ends = Promise.all(waits).then((said) => said.find((sentence) => sentence));
    const first = waits.map(async (wait) => (await wait) ?? (await ends));
    try {
      const sentence = await Promise.race([...first, gone.promise]);
      if (sentence === undefined || this.#bridged) return undefined;
      this.#bridged = true;
      return sentence;
    } finally {
      left.removeEventListener('abort', leave);
      for (const id of callIds) if (left.aborted) this.#running.delete(id);
    }
  }

  /**
   * What code says after these results, no mind needed: sentences of the fast path, and questions,
   * which end the mind's turn. Undefined: the mind goes on.
   */
  answer(context: llm.ChatContext): string | undefined {
    const last = newest(context).map(({ callId }) => ({ callId, kept: this.#kept.get(callId) }));
    this.told(last.map(({ callId }) => callId));
    const asks = last.some(({ kept }) => kept?.outcome.ask);
    const isFast = ({ callId, kept }: (typeof last)[number]): boolean =>
      this.isOwn(callId) && !kept?.handOver;
    if (last.length === 0 || !(asks || last.some(isFast))) return undefined;
    const questions = last.filter(({ kept }) => kept?.outcome.ask);
    // What was only looked up for the mind is not said: its effects are, before a question.
    const others = last.filter((one) => {
      const { outcome } = one.kept ?? {};
      if (outcome?.ask) return false;
      return isFast(one) || (outcome?.verdict === 'run' && outcome.effect !== 'read');
    });
    // One question at a time: the one that a yes would answer is the last that was asked.
    const spoken = [...others, ...questions.slice(-1)];
    return [...new Set(spoken.map(({ kept }) => kept?.outcome.say ?? this.#fallback))].join(' ');
  }

  /** What was done since the person's last words, and before. */
  facts(context: llm.ChatContext): { deeds: Deed[]; earlier: Deed[] } {
    const now = new Set(ofThisTurn(context).map(({ callId }) => callId));
    const deeds = [...this.#kept].filter(([id]) => now.has(id)).map(([, deed]) => deed);
    const earlier = [...this.#kept].filter(([id]) => !now.has(id)).map(([, deed]) => deed);
    return { deeds, earlier };
  }

  #runningOf(callId: string): Running {
    const known = this.#running.get(callId);
    if (known) return known;
    const running = { slow: Promise.withResolvers<string | undefined>() };
    this.#running.set(callId, running);
    return running;
  }

  #keep(callId: string, kept: Kept): void {
    this.#kept.set(callId, kept);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > keptMax && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const isFinishedEffect = ({ outcome }: Kept): boolean =>
  outcome.verdict === 'run' && outcome.effect !== 'read' && outcome.error?.code !== 'aborted';
