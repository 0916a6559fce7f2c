/** One speech server behind OpenAI's speech API: text in, samples out as they come. */
import {
  APIConnectionError,
  type APIError,
  APIStatusError,
  APITimeoutError,
} from '@livekit/agents';
import OpenAI from 'openai';
import { NoSoundError, PcmReader, SAMPLES_PER_MS } from './pcm.ts';

export interface EngineOptions {
  /** With `/v1`. */
  baseUrl: string;
  apiKey?: string;
  model?: string;
  /** Said when the wanted voice is unknown here; every Kokoro has `af_heart`. */
  defaultVoice?: string;
  speed?: number;
  /** Until the first sound, and between two pieces of it, milliseconds. */
  firstByteWithinMs?: number;
  /** Requests for one clause, as long as nothing of it was heard. */
  attempts?: number;
  label?: string;
}

export interface Speaking {
  text: string;
  voice: string;
  signal: AbortSignal;
  /** The voice that spoke instead of an unknown one. */
  onVoiceUnknown?: (unknown: string, instead: string) => void;
}

const RETRY_PAUSE_MS = 100;
const RETRY_AFTER_MS_MAX = 1000;
const SHORTEST_MS = 40;

const isTransient = (status: number): boolean =>
  status === 408 || status === 409 || status === 429 || status >= 500;

/** Any failure in LiveKit's words; not retryable there, since a text stream is read only once. */
function asApiError(error: unknown, label: string): APIError {
  if (error instanceof APIConnectionError || error instanceof APIStatusError) return error;
  const retryable = false;
  const { status: statusCode } = error as { status?: number };
  if (statusCode !== undefined) {
    const said = String((error as Error).message).slice(0, 200);
    const message = `${label} answered ${statusCode}: ${said}`;
    return new APIStatusError({ message, options: { statusCode, retryable } });
  }
  if (error instanceof NoSoundError) {
    const message = `${label} answered without sound: ${error.message}.`;
    return new APIConnectionError({ message, options: { retryable } });
  }
  const { cause, message } = error as Error;
  const inner = cause as { message?: string; cause?: { code?: string } } | undefined;
  const reason = inner?.cause?.code ?? inner?.message ?? message;
  return new APIConnectionError({
    message: `${label} was lost: ${reason}`,
    options: { retryable },
  });
}

function waitAfter(error: unknown): number {
  const headers = (error as { headers?: { get(name: string): string | null } }).headers;
  const seconds = Number.parseFloat(headers?.get?.('retry-after') ?? '');
  return Number.isNaN(seconds) ? RETRY_PAUSE_MS : seconds * 1000;
}

/** A pause that ends early, without a word, when the signal is aborted. */
const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });

/** Aborted from outside, or after silence. */
class Patience {
  readonly controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #withinMs: number;
  #timer: NodeJS.Timeout;
  expired = false;

  constructor(outer: AbortSignal, withinMs: number) {
    this.#outer = outer;
    this.#withinMs = withinMs;
    outer.addEventListener('abort', this.#leave, { once: true });
    if (outer.aborted) this.#leave();
    this.#timer = setTimeout(this.#expire, withinMs);
  }

  readonly #leave = () => this.controller.abort();
  readonly #expire = () => {
    this.expired = true;
    this.controller.abort();
  };

  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#expire, this.#withinMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#leave);
    // Also closes the connection of an answer that nobody read to its end.
    this.controller.abort();
  }
}

export class SpeechEngine {
  readonly label: string;
  readonly #client: OpenAI;
  readonly #options: Required<Omit<EngineOptions, 'apiKey' | 'label' | 'baseUrl'>>;
  readonly #unknownVoices = new Set<string>();

  constructor({ apiKey, baseUrl, label, ...options }: EngineOptions) {
    this.label = label ?? 'Kokoro';
    const defaults = { model: 'kokoro', defaultVoice: 'af_heart', speed: 1, attempts: 2 };
    this.#options = { ...defaults, firstByteWithinMs: 3000, ...options };
    this.#client = new OpenAI({
      baseURL: baseUrl,
      apiKey: apiKey ?? 'none',
      organization: null,
      project: null,
      maxRetries: 0,
      logLevel: 'off',
    });
  }

  /**
   * The sound of one text, in pieces. An abort closes the request and ends without an error.
   * @throws {APIError} what was yielded before is all there is; it is never repeated.
   */
  async *speak(speaking: Speaking): AsyncGenerator<Int16Array> {
    const { signal } = speaking;
    for (let attempt = 1; !signal.aborted; attempt++) {
      let heard = false;
      try {
        for await (const samples of this.#once(speaking)) {
          heard = true;
          yield samples;
        }
        return;
      } catch (error) {
        if (signal.aborted) return;
        const status = (error as { status?: number }).status;
        const waitMs = waitAfter(error);
        const helps = status === undefined || isTransient(status);
        const timeLeft = !(error instanceof APITimeoutError) && waitMs <= RETRY_AFTER_MS_MAX;
        if (heard || !helps || !timeLeft || attempt >= this.#options.attempts) {
          throw asApiError(error, this.label);
        }
        await pause(waitMs, signal);
      }
    }
  }

  /** One request; a second one with the default voice when the wanted one is not there. */
  async *#once({ text, voice, signal, onVoiceUnknown }: Speaking): AsyncGenerator<Int16Array> {
    const { defaultVoice } = this.#options;
    const known = this.#unknownVoices.has(voice) ? defaultVoice : voice;
    try {
      yield* this.#request({ text, voice: known, signal });
    } catch (error) {
      const status = (error as { status?: number }).status ?? 0;
      if (known === defaultVoice || ![400, 404, 422].includes(status)) throw error;
      // Servers name the voice in different ways; if another one works, the voice it was.
      for await (const samples of this.#request({ text, voice: defaultVoice, signal })) {
        if (!this.#unknownVoices.has(voice)) {
          this.#unknownVoices.add(voice);
          onVoiceUnknown?.(voice, defaultVoice);
        }
        yield samples;
      }
    }
  }

  async *#request({ text, voice, signal }: Speaking): AsyncGenerator<Int16Array> {
    const { model, speed, firstByteWithinMs } = this.#options;
    const patience = new Patience(signal, firstByteWithinMs);
    const reader = new PcmReader();
    // `stream` is Kokoro-FastAPI's own: sound while it is being made.
    const body = {
      model,
      voice,
      input: text,
      response_format: 'pcm' as const,
      speed,
      stream: true,
    };
    try {
      const request = { signal: patience.controller.signal };
      const response = await this.#client.audio.speech.create(body, request);
      const type = response.headers.get('content-type') ?? '';
      if (/json|text\//.test(type) || !response.body) throw new NoSoundError(type || 'nothing');
      for await (const chunk of response.body) {
        patience.touch();
        const samples = reader.push(chunk);
        if (samples.length > 0) yield samples;
      }
      const rest = reader.end();
      if (reader.samples < SHORTEST_MS * SAMPLES_PER_MS) throw new NoSoundError('hardly any bytes');
      if (rest.length > 0) yield rest;
    } catch (error) {
      if (!patience.expired) throw error;
      const message = `${this.label} was silent for ${firstByteWithinMs} ms.`;
      throw new APITimeoutError({ message, options: { retryable: false } });
    } finally {
      patience.stop();
    }
  }
}
