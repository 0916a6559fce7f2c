/** Speech to text by any Whisper behind OpenAI's transcriptions API: Groq's, or the house's own. */
import { APIConnectionError, type AudioBuffer, normalizeLanguage, stt } from '@livekit/agents';
import Groq from 'groq-sdk';
import { z } from 'zod';
import { asApiError, isTransientStatus, retryAfterMs, statusOf } from '../llm/errors.ts';
import { keepAliveOptions } from '../llm/keep-alive.ts';
import { type Dropped, type Judgement, judge, measure, type Segment, worthAsking } from './gate.ts';
import { monoSamples, SAMPLE_RATE_HZ, wavOf } from './wav.ts';

/** One recognition as it went: for clocks and metrics. No words in it. */
export interface RecognitionFacts {
  /** Length of the sound, milliseconds. */
  audioMs: number;
  tookMs: number;
  /** Requests made: 0 when the sound was too quiet to ask. */
  attempts: number;
  outcome: 'heard' | 'nothing' | 'failed' | 'aborted';
  /** Why there are no words. */
  dropped?: Dropped | 'quiet';
  status?: number;
}

export interface WhisperOptions {
  /** As groq-sdk takes it: without `/openai/v1`. */
  baseUrl?: string;
  apiKey: string;
  model: string;
  /** BCP 47, asked for at each recognition; unset: Whisper guesses. */
  language?: string | (() => string);
  /** Names of the house, asked for at each recognition. */
  names: () => string[];
  /** For one recognition; each attempt gets an equal share of what is left of it. */
  timeoutMs?: number;
  attempts?: number;
  label: string;
  onRequest?: (facts: RecognitionFacts) => void;
}

const NAMES_MAX = 20;
const RETRY_PAUSE_MS = 100;
const GROQ_URL = 'https://api.groq.com';

/** Loose on purpose: a server that answers only `{text}` is as good as Groq. */
const answerSchema = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        no_speech_prob: z.number().optional(),
        avg_logprob: z.number().optional(),
        compression_ratio: z.number().optional(),
      }),
    )
    .nullish(),
  x_groq: z.object({ id: z.string().optional() }).nullish(),
});
type Answer = z.infer<typeof answerSchema>;

const segmentsOf = ({ segments }: Answer): Segment[] =>
  (segments ?? []).map((segment) => ({
    text: segment.text,
    noSpeechProb: segment.no_speech_prob,
    avgLogprob: segment.avg_logprob,
    compressionRatio: segment.compression_ratio,
  }));

/** One short sentence: Whisper spells the names that it has just "heard". */
const promptOf = (names: string[]): string => (names.length > 0 ? `${names.join(', ')}.` : '');

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', leave, { once: true });
  });
}

interface Request {
  wav: Buffer<ArrayBuffer>;
  prompt: string;
  signal: AbortSignal;
}

class Whisper extends stt.STT {
  override readonly label: string;
  readonly #options: WhisperOptions & { timeoutMs: number; attempts: number };
  readonly #client: Groq;

  constructor(options: WhisperOptions) {
    super({ streaming: false, interimResults: false });
    this.label = options.label;
    this.#options = {
      ...options,
      timeoutMs: options.timeoutMs ?? 4000,
      attempts: options.attempts ?? 2,
    };
    this.#client = new Groq({
      apiKey: options.apiKey,
      baseURL: options.baseUrl ?? GROQ_URL,
      maxRetries: 0,
      logLevel: 'off',
      fetchOptions: keepAliveOptions(),
    });
  }

  override get model(): string {
    return this.#options.model;
  }

  override get provider(): string {
    return this.label;
  }

  override stream(): stt.SpeechStream {
    throw new Error(`${this.label} does not stream: wrap it in stt.StreamAdapter with a VAD.`);
  }

  /**
   * @throws {APIError} when no attempt helped; the abort's reason when `signal` is aborted, with
   * the HTTP request closed.
   */
  protected override async _recognize(
    buffer: AudioBuffer,
    signal?: AbortSignal,
  ): Promise<stt.SpeechEvent> {
    signal?.throwIfAborted();
    const startedAtMs = performance.now();
    const samples = monoSamples(buffer);
    const loudness = measure(samples, SAMPLE_RATE_HZ);
    const facts: RecognitionFacts = {
      audioMs: loudness.durationMs,
      tookMs: 0,
      attempts: 0,
      outcome: 'nothing',
    };
    try {
      if (!worthAsking(loudness)) {
        facts.dropped = 'quiet';
        return this.#event({ text: '', confidence: 0 }, loudness.durationMs);
      }
      const names = this.#options.names().slice(0, NAMES_MAX);
      const prompt = promptOf(names);
      const answer = await this.#ask(samples, { prompt, facts, signal });
      const heard = { text: answer.text, segments: segmentsOf(answer) };
      const judgement = judge(heard, { loudness, names, prompt });
      facts.outcome = judgement.text ? 'heard' : 'nothing';
      if (judgement.dropped) facts.dropped = judgement.dropped;
      return this.#event(judgement, loudness.durationMs, answer.x_groq?.id);
    } catch (error) {
      facts.outcome = signal?.aborted ? 'aborted' : 'failed';
      const status = statusOf(error) ?? (error as { statusCode?: number }).statusCode;
      if (status !== undefined) facts.status = status;
      throw error;
    } finally {
      facts.tookMs = performance.now() - startedAtMs;
      this.#options.onRequest?.(facts);
    }
  }

  get #language(): string | undefined {
    const { language } = this.#options;
    return typeof language === 'function' ? language() : language;
  }

  #event(judgement: Judgement, durationMs: number, requestId?: string): stt.SpeechEvent {
    const { text, confidence } = judgement;
    const language = normalizeLanguage(this.#language ?? 'en');
    const endTime = durationMs / 1000;
    return {
      type: stt.SpeechEventType.FINAL_TRANSCRIPT,
      ...(requestId && { requestId }),
      alternatives: [{ text, confidence, language, startTime: 0, endTime }],
    };
  }

  /** Asks until an answer is there, the time is up, or asking again cannot help. */
  async #ask(
    samples: Int16Array,
    {
      prompt,
      facts,
      signal,
    }: { prompt: string; facts: RecognitionFacts; signal?: AbortSignal | undefined },
  ): Promise<Answer> {
    const wav = wavOf(samples);
    const { attempts, timeoutMs } = this.#options;
    const endsAtMs = performance.now() + timeoutMs;
    for (let attempt = 1; ; attempt++) {
      facts.attempts = attempt;
      const shareMs = (endsAtMs - performance.now()) / (attempts - attempt + 1);
      const limit = AbortSignal.timeout(Math.max(1, Math.round(shareMs)));
      const either = signal ? AbortSignal.any([signal, limit]) : limit;
      try {
        return await this.#request({ wav, prompt, signal: either });
      } catch (error) {
        signal?.throwIfAborted();
        const failure = limit.aborted ? new Error('The request timed out.') : error;
        const waitMs = retryAfterMs(error) ?? RETRY_PAUSE_MS;
        const status = statusOf(error);
        const helps = status === undefined || isTransientStatus(status);
        if (!helps || attempt >= attempts || performance.now() + waitMs >= endsAtMs) {
          throw asApiError({ error: failure, service: this.label, mayRetry: true });
        }
        if (!limit.aborted) await pause(waitMs, signal ?? AbortSignal.timeout(timeoutMs));
      }
    }
  }

  async #request({ wav, prompt, signal }: Request): Promise<Answer> {
    const { model } = this.#options;
    const language = this.#language;
    const answer: unknown = await this.#client.audio.transcriptions.create(
      {
        file: new File([wav], 'speech.wav', { type: 'audio/wav' }),
        model,
        response_format: 'verbose_json',
        temperature: 0,
        // Whisper knows languages, not regions: `en-GB` would be refused.
        ...(language && { language: language.split('-')[0] ?? language }),
        ...(prompt && { prompt }),
      },
      { signal },
    );
    const parsed = answerSchema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new APIConnectionError({
      message: `${this.label} answered something that is no transcript.`,
    });
  }
}

/** A non-streaming LiveKit STT; one utterance may be asked about several times, each abortable. */
export const createWhisper = (options: WhisperOptions): stt.STT => new Whisper(options);
