/** Kokoro-FastAPI over a real socket: streamed PCM with an exact onset, or the test's own sound. */
import { voice } from '../rig/wav.ts';
import {
  type Answer,
  type Fake,
  json,
  type Piece,
  readJson,
  type Scripted,
  startFake,
} from './fake.ts';

export interface SpeechBody {
  model: string;
  input: string;
  voice: string;
  response_format?: string;
  speed?: number;
  stream?: boolean;
}

export interface SpeechStep {
  /** 24 kHz mono samples to send instead of the voiced tone. */
  samples?: Int16Array;
  speechFirstByteMs?: number;
  /** How many times faster than it plays the sound is made, after its first chunk. */
  speechRealTimeFactor?: number;
  /** Bytes per chunk; an odd number splits samples across chunks. */
  chunkBytes?: number;
}

export interface KokoroOptions {
  speechFirstByteMs?: number;
  speechRealTimeFactor?: number;
  chunkBytes?: number;
  /** How fast the tone "speaks". */
  charactersPerSecond?: number;
  voices?: string[];
  initial?: Scripted<SpeechStep, SpeechBody>;
}

const SPEECH_SAMPLE_RATE_HZ = 24_000;
const BYTES_PER_MS = (SPEECH_SAMPLE_RATE_HZ * 2) / 1000;
const SHORTEST_MS = 250;

const error = (status: number, message: string) => ({
  detail: { error: status >= 500 ? 'processing_error' : 'validation_error', message },
});

const refuse = (status: number, message: string) => json(error(status, message), { status });

/** FastAPI's own words for a body that does not fit the model. */
function unprocessable(field: string, message: string): Answer {
  const detail = [{ type: 'value_error', loc: ['body', field], msg: message }];
  return json({ detail }, { status: 422 });
}

function mistake(body: SpeechBody, voices: string[]): Answer | undefined {
  if (body === null || typeof body !== 'object') return unprocessable('body', 'JSON decode error');
  if (typeof body.input !== 'string') return unprocessable('input', 'Field required');
  const { speed = 1, response_format: format = 'mp3' } = body;
  if (!(speed >= 0.25 && speed <= 4)) {
    return unprocessable('speed', 'Input should be between 0.25 and 4');
  }
  if (!body.input.trim()) return refuse(400, 'Text is empty after preprocessing');
  // Voices mix as `af_bella+af_sky`, with weights in brackets.
  const parts = String(body.voice).split(/[+-]/);
  const strange = parts.find((part) => !voices.includes(part.replace(/\([\d.]+\)$/, '')));
  if (strange !== undefined) {
    return refuse(400, `Voice '${strange}' not found. Available voices: ${voices.join(', ')}`);
  }
  if (format !== 'pcm')
    return refuse(400, `This fake speaks only pcm; it was asked for ${format}.`);
  return undefined;
}

/** Little-endian bytes of the samples, whatever the machine. */
function bytesOf(samples: Int16Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(samples.length * 2));
  samples.forEach((sample, index) => {
    view.setInt16(index * 2, sample, true);
  });
  return new Uint8Array(view.buffer);
}

/** How long the tone for a text lasts: the bench needs it to know when speech should end. */
export function toneMs(text: string, { charactersPerSecond = 22, speed = 1 } = {}): number {
  return Math.max(SHORTEST_MS, (text.trim().length / charactersPerSecond / speed) * 1000);
}

const defaultVoices = ['af_heart', 'af_bella', 'af_sky', 'am_michael', 'bf_emma', 'bm_george'];

/** `POST /v1/audio/speech`, `GET /v1/audio/voices`, `/v1/models`, `/health` on a loopback port. */
export function startKokoro(options: KokoroOptions = {}): Promise<Fake<SpeechStep, SpeechBody>> {
  const { voices = defaultVoices, charactersPerSecond = 22 } = options;
  let count = 0;
  return startFake<SpeechStep, SpeechBody>({
    operation: 'POST /v1/audio/speech',
    parse: (incoming, raw) => readJson(incoming, raw) as SpeechBody,
    error,
    initial: options.initial ?? {},
    answer: ({ body }, step) => {
      const refused = mistake(body, voices);
      if (refused) return refused;
      const pitchHz = 150 + 20 * (count++ % 5);
      const durationMs = toneMs(body.input, { charactersPerSecond, speed: body.speed ?? 1 });
      const samples = step.samples ?? voice(durationMs, SPEECH_SAMPLE_RATE_HZ, pitchHz);
      const firstMs = step.speechFirstByteMs ?? options.speechFirstByteMs ?? 90;
      const factor = step.speechRealTimeFactor ?? options.speechRealTimeFactor ?? 5;
      const size = step.chunkBytes ?? options.chunkBytes ?? 100 * BYTES_PER_MS;
      const bytes = bytesOf(samples);
      const pieces: Piece[] = [];
      for (let at = 0; at < bytes.length; at += size) {
        const atMs = firstMs + at / BYTES_PER_MS / factor;
        pieces.push({ atMs, data: bytes.subarray(at, at + size) });
      }
      return { status: 200, headers: { 'content-type': 'audio/pcm' }, pieces };
    },
    others: ({ method, path }) => {
      if (method !== 'GET') return undefined;
      if (path === '/v1/audio/voices') return json({ voices });
      if (path === '/health') return json({ status: 'healthy' });
      if (path !== '/v1/models') return undefined;
      const model = { id: 'kokoro', object: 'model', created: 1_686_935_002, owned_by: 'kokoro' };
      return json({ object: 'list', data: [model] });
    },
  });
}
