/** The first mind that can answer does; a mind that has failed is left alone for a while. */
import {
  APIConnectionError,
  type APIError,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
} from '@livekit/agents';
import type { ChatRequest, Mind, MindStream } from './stream.ts';

export interface MindLadderOptions {
  /** Until the first token of a mind that has another behind it, milliseconds. */
  attemptTimeoutMs?: number;
  /** How long a failed mind is passed over, milliseconds. */
  restMs?: number;
  /** Milliseconds on any clock that does not jump. */
  now?: () => number;
  onFailure?: (failure: { label: string; error: APIError; restMs: number }) => void;
}

type Settled = Required<MindLadderOptions>;

/** Tries the rungs in order; once a rung has spoken, its failure is the answer's failure. */
class LadderStream extends llm.LLMStream {
  readonly #ladder: MindLadder;
  readonly #request: ChatRequest;

  constructor(ladder: MindLadder, request: ChatRequest) {
    super(ladder, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx && { toolCtx: request.toolCtx }),
      // Trying again is the rungs' business.
      connOptions: { ...DEFAULT_API_CONNECT_OPTIONS, maxRetry: 0 },
    });
    this.#ladder = ladder;
    this.#request = request;
  }

  protected override async run(): Promise<void> {
    const outer = this.abortController.signal;
    const rungs = this.#ladder.rungs();
    let failure: APIError | undefined;
    for (const [index, mind] of rungs.entries()) {
      if (outer.aborted) return;
      const stream = mind.chat(this.#ladder.requestFor(this.#request, index < rungs.length - 1));
      await this.#forward(stream);
      if (outer.aborted) return;
      failure = stream.failure;
      if (!failure) return this.#ladder.succeeded(mind);
      this.#ladder.failed(mind, failure);
      if (stream.spoke) break;
    }
    throw failure ?? new APIConnectionError({ message: 'There is no mind to ask.' });
  }

  /** The rungs report their own metrics: the base class would count every answer twice. */
  protected override async monitorMetrics(): Promise<void> {
    for await (const chunk of this.queue) {
      if (this.abortController.signal.aborted) break;
      this.output.put(chunk);
    }
    this.output.close();
  }

  async #forward(stream: MindStream): Promise<void> {
    const leave = () => stream.close();
    const outer = this.abortController.signal;
    outer.addEventListener('abort', leave, { once: true });
    try {
      for await (const chunk of stream) this.queue.put(chunk);
    } finally {
      outer.removeEventListener('abort', leave);
    }
  }
}

/**
 * LiveKit's adapter with another stream. The stock one (1.9.0) leaves the failed model's request
 * open at a barge-in, sends every failed request again in the background (paid for, unheard), and
 * if that fails too, never asks the first model again while the second one works.
 */
class MindLadder extends llm.FallbackAdapter {
  readonly #minds: Mind[];
  readonly #options: Settled;
  readonly #restsUntilMs = new Map<Mind, number>();

  constructor(minds: Mind[], options: MindLadderOptions = {}) {
    super({ llms: minds });
    this.#minds = minds;
    this.#options = {
      attemptTimeoutMs: options.attemptTimeoutMs ?? 4000,
      restMs: options.restMs ?? 30_000,
      now: options.now ?? (() => performance.now()),
      onFailure: options.onFailure ?? (() => {}),
    };
    // An emitter without a listener throws at 'error'; the ladder reports what counts itself.
    for (const mind of minds) mind.on('error', () => {});
  }

  override label(): string {
    return this.#minds.map((mind) => mind.label()).join(', then ');
  }

  override get model(): string {
    return this.rungs()[0]?.model ?? 'unknown';
  }

  override chat(request: ChatRequest): llm.LLMStream {
    return new LadderStream(this, request);
  }

  override prewarm(): void {
    for (const mind of this.#minds) mind.prewarm();
  }

  override async aclose(): Promise<void> {
    await Promise.all(this.#minds.map((mind) => mind.aclose()));
    await super.aclose();
  }

  /** Those that rest come last: when all rest, all are tried. */
  rungs(): Mind[] {
    const now = this.#options.now();
    const rests = (mind: Mind) => (this.#restsUntilMs.get(mind) ?? 0) > now;
    return [...this.#minds.filter((mind) => !rests(mind)), ...this.#minds.filter(rests)];
  }

  /** With another rung below there is no time for a second try. */
  requestFor(request: ChatRequest, hasNext: boolean): ChatRequest {
    if (!hasNext) return request;
    const timeoutMs = this.#options.attemptTimeoutMs;
    return { ...request, connOptions: { maxRetry: 0, retryIntervalMs: 0, timeoutMs } };
  }

  failed(mind: Mind, error: APIError): void {
    const { restMs, now, onFailure } = this.#options;
    this.#restsUntilMs.set(mind, now() + restMs);
    this._emitAvailabilityChanged(mind, false);
    onFailure({ label: mind.label(), error, restMs });
  }

  succeeded(mind: Mind): void {
    if (this.#restsUntilMs.delete(mind)) this._emitAvailabilityChanged(mind, true);
  }
}

/** One mind is itself; several are a ladder. */
export function createMindLadder(minds: Mind[], options: MindLadderOptions = {}): llm.LLM {
  const [only] = minds;
  if (!only) throw new Error('A ladder needs at least one mind: configure Claude or a server.');
  return minds.length === 1 ? only : new MindLadder(minds, options);
}
