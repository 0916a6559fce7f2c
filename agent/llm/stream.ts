/** What every model's stream shares: limits on silence, and failures in LiveKit's words. */
import {
  APIConnectionError,
  type APIConnectOptions,
  type APIError,
  APITimeoutError,
  DEFAULT_API_CONNECT_OPTIONS,
  llm,
} from '@livekit/agents';
import { type Deadline, startDeadline } from './deadline.ts';
import { asApiError } from './errors.ts';

export type ChatRequest = Parameters<llm.LLM['chat']>[0];

export interface StreamLimits {
  /** Until the first token, milliseconds. */
  firstTokenWithinMs: number;
  /** Between two tokens, milliseconds. */
  idleWithinMs: number;
  /** Requests at most, as long as the person has heard nothing. */
  attempts: number;
}

const RETRY_INTERVAL_MS = 500;

function connectOptions(asked: APIConnectOptions | undefined, limits: StreamLimits) {
  const options = asked ?? DEFAULT_API_CONNECT_OPTIONS;
  return {
    maxRetry: Math.min(options.maxRetry, limits.attempts - 1),
    retryIntervalMs: Math.min(options.retryIntervalMs, RETRY_INTERVAL_MS),
    timeoutMs: Math.min(options.timeoutMs, limits.firstTokenWithinMs),
  };
}

/** Silent when it is aborted; otherwise it ends with a whole answer or with `failure`. */
export abstract class MindStream extends llm.LLMStream {
  /** Why the stream ended without a whole answer. */
  failure: APIError | undefined;
  /** Text or a tool call has left: trying again would say it twice. */
  spoke = false;
  readonly #idleWithinMs: number;
  readonly #service: string;

  constructor(mind: llm.LLM, { request, limits }: { request: ChatRequest; limits: StreamLimits }) {
    super(mind, {
      chatCtx: request.chatCtx,
      ...(request.toolCtx && { toolCtx: request.toolCtx }),
      connOptions: connectOptions(request.connOptions, limits),
    });
    this.#idleWithinMs = limits.idleWithinMs;
    this.#service = mind.label();
  }

  /** Makes the request and emits its chunks; must call `deadline.touch()` at every token. */
  protected abstract answer(deadline: Deadline): Promise<void>;

  protected emit(chunk: llm.ChatChunk): void {
    if (this.abortController.signal.aborted) return;
    if (chunk.delta?.content || chunk.delta?.toolCalls?.length) this.spoke = true;
    this.queue.put(chunk);
  }

  /** For an answer that stopped before its end. */
  protected truncated(): APIConnectionError {
    const message = `${this.#service} stopped in the middle of its answer.`;
    return new APIConnectionError({ message, options: { retryable: !this.spoke } });
  }

  protected override async run(): Promise<void> {
    const outer = this.abortController.signal;
    const deadline = startDeadline({
      outer,
      firstWithinMs: this.connOptions.timeoutMs,
      idleWithinMs: this.#idleWithinMs,
    });
    this.failure = undefined;
    try {
      await this.answer(deadline);
    } catch (error) {
      if (outer.aborted) return;
      // Waiting a second time for a model that is silent helps nobody: not retryable.
      this.failure = deadline.expired
        ? new APITimeoutError({
            message: `${this.#service} did not answer in time.`,
            options: { retryable: false },
          })
        : asApiError({ error, service: this.#service, mayRetry: !this.spoke });
      throw this.failure;
    } finally {
      deadline.stop();
    }
  }
}

/** A model of ours: its streams say why they failed. */
export abstract class Mind extends llm.LLM {
  abstract override chat(request: ChatRequest): MindStream;
}
