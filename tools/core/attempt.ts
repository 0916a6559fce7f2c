/** Running a tool within its limits: time, interruption, a second try, a filler, the background. */
import { setTimeout as sleep } from 'node:timers/promises';
import { contextFor, languageOf } from './context.ts';
import { type Effect, ToolError } from './define.ts';
import { titleOf } from './doing.ts';
import type { Parsed } from './judging.ts';
import type { LoadedTool } from './load.ts';
import { failed, judged, type ToolOutcome } from './outcome.ts';
import { runSentences } from './wrong.ts';

/** Longer than this, a person hears that Butler is on it. */
const slowAfterMs = 700;
/** Longer than this nobody waits in a conversation: it goes on in the background. */
const handOverAfterMs = 8_000;
const backgroundTimeoutMs = 10 * 60_000;
const triesMax = 2;
const pauseMs = { least: 150, spread: 250 };
/** With less time than this left, a second try would only end in the limit. */
const tryAgainWithMs = 1_000;

/** A call that the gate has let through. */
export interface Work extends Parsed {
  effect: Effect;
}

/** An outcome for now; `rest` is the real one, when it is still to come. */
export interface Attempt {
  outcome: ToolOutcome;
  rest?: Promise<ToolOutcome>;
}

/** A promise that resolves when the signal aborts, and lets go of it afterwards. */
const whenAborted = (signal: AbortSignal): { promise: Promise<void>; release: () => void } => {
  let onAbort = () => {};
  const promise = new Promise<void>((resolve) => {
    onAbort = resolve;
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  return { promise, release: () => signal.removeEventListener('abort', onAbort) };
};

export const restingSentence = (tool: LoadedTool, restMs: number, language: string): string =>
  runSentences(language).resting(titleOf(tool.integration), Math.ceil(restMs / 1000));

const askingSentence = ({ asked, integration }: LoadedTool, language: string): string => {
  const tongue = language.split('-')[0] ?? 'en';
  return runSentences(language).asking(asked?.[tongue] ?? asked?.en ?? titleOf(integration));
};

class Running {
  readonly #work: Work;
  readonly #limit = new AbortController();
  readonly #startedAtMs = performance.now();
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal;
  readonly #answered = new AbortController();
  #begun = false;

  constructor(work: Work) {
    const { tool, call, effect } = work;
    this.#work = work;
    const usualMs = tool.background ? backgroundTimeoutMs : handOverAfterMs;
    this.#timeoutMs = tool.timeoutMs ?? usualMs;
    const limit = this.#limit.signal;
    this.#signal = effect === 'read' ? AbortSignal.any([call.signal, limit]) : limit;
  }

  /** Never throws. */
  async attempt(): Promise<Attempt> {
    const { call, tool, effect } = this.#work;
    const language = languageOf(call);
    const expiry = setTimeout(() => this.#limit.abort(), this.#timeoutMs);
    const aborted = whenAborted(this.#signal);
    const whole = this.#tries().then(
      (result) => judged(result, effect, language),
      (error: unknown) => this.#failed(error),
    );
    const ended = Promise.race([
      whole,
      aborted.promise.then(() => this.#failed(this.#signal.reason)),
    ]).finally(() => {
      clearTimeout(expiry);
      aborted.release();
    });
    const slow = setTimeout(() => call.onSlow?.(askingSentence(tool, language)), slowAfterMs);
    try {
      const answer = await Promise.race([ended, this.#patience()]);
      if (answer !== 'hand over') {
        this.#followUp(answer, whole);
        return { outcome: answer };
      }
      const say = runSentences(language).onIt;
      const verified = effect === 'read' ? {} : { verified: false };
      return { outcome: { ok: true, say, effect, pending: true, ...verified }, rest: ended };
    } finally {
      clearTimeout(slow);
      this.#answered.abort();
    }
  }

  /** Ends when the work should go on in the background; never, where nobody could be told later. */
  #patience(): Promise<'hand over'> {
    const { tool, call } = this.#work;
    if (call.later === undefined || (!tool.background && this.#timeoutMs <= handOverAfterMs)) {
      return new Promise(() => {});
    }
    if (tool.background) return Promise.resolve('hand over');
    const { signal } = this.#answered;
    return sleep(handOverAfterMs, 'hand over' as const, { signal }).catch(() => 'hand over');
  }

  /** An effect that was given up may still come true; then the person is told. */
  #followUp(answer: ToolOutcome, whole: Promise<ToolOutcome>): void {
    const { call, effect } = this.#work;
    if (effect === 'read' || answer.error?.code !== 'timed-out') return;
    void whole.then((late) => {
      if (late.ok) call.later?.(late);
    });
  }

  async #tries() {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#once();
      } catch (error) {
        if (tried >= triesMax || !this.#mayTryAgain(error)) throw error;
        const random = this.#work.call.random ?? Math.random;
        await sleep(pauseMs.least + random() * pauseMs.spread, undefined, { signal: this.#signal });
      }
    }
  }

  async #once() {
    const { tool, input, call } = this.#work;
    const client = await tool.client();
    // Nothing may begin after the time is up or the person has interrupted.
    this.#signal.throwIfAborted();
    if (!this.#begun) call.signal.throwIfAborted();
    this.#begun = true;
    return tool.run(input, contextFor(this.#work, client, this.#signal));
  }

  #mayTryAgain(error: unknown): boolean {
    const { tool, effect, call } = this.#work;
    if (!(tool.idempotent ?? effect === 'read')) return false;
    if (error instanceof ToolError && error.code !== 'unreachable') return false;
    if (this.#signal.aborted || call.signal.aborted) return false;
    return this.#startedAtMs + this.#timeoutMs - performance.now() > tryAgainWithMs;
  }

  #failed(error: unknown): ToolOutcome {
    const { call, effect } = this.#work;
    return failed(error, {
      name: call.name,
      effect,
      language: languageOf(call),
      begun: this.#begun,
      timedOut: this.#limit.signal.aborted,
      interrupted: call.signal.aborted && (effect === 'read' || !this.#begun),
    });
  }
}

export const attempt = (work: Work): Promise<Attempt> => new Running(work).attempt();
