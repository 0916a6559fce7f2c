/** Groq's speech to text over a real socket: multipart in, scripted words out, its rules kept. */
import { readWav, voicedMs, type Wav } from '../rig/wav.ts';
import {
  type Answer,
  type Fake,
  json,
  type RecordedRequest,
  readForm,
  type Scripted,
  startFake,
} from './fake.ts';

/** What was sent, decoded: 16 kHz mono 16-bit samples and two measures of them. */
interface HeardAudio {
  samples: Int16Array;
  durationMs: number;
  /** Root mean square of the samples, 0 to 32767. */
  rms: number;
  /** How long 20 ms frames were louder than a quiet room. */
  voicedMs: number;
}

export interface TranscriptionBody {
  fields: Record<string, string | File | string[]>;
  file?: { name: string; type: string; bytes: number };
  audio?: HeardAudio;
  /** The rule that the request broke, as the 400 answers it. */
  mistake?: { message: string; status: number };
}

export interface TranscriptionStep {
  /** The words, or what makes them from the audio. */
  text?: string | ((audio: HeardAudio) => string);
  /** Whisper's own measures, reported in verbose_json segments. */
  avgLogprob?: number;
  noSpeechProb?: number;
  language?: string;
  /** Several segments instead of one; their texts are joined for `text`. */
  segments?: { text: string; avgLogprob?: number; noSpeechProb?: number }[];
  transcriptionMs?: number;
}

export interface GroqOptions {
  transcriptionMs?: number;
  models?: string[];
  /** Only this key is accepted; without it any key is. */
  apiKey?: string;
  initial?: Scripted<TranscriptionStep, TranscriptionBody>;
}

const SAMPLE_RATE_HZ = 16_000;
const SHORTEST_MS = 10;
const PROMPT_CHARACTERS_MAX = 896;
const formats = ['json', 'text', 'verbose_json'];

function describe(wav: Wav): HeardAudio {
  const { samples, sampleRateHz } = wav;
  let power = 0;
  for (const sample of samples) power += sample * sample;
  return {
    samples,
    durationMs: (samples.length / sampleRateHz) * 1000,
    rms: Math.sqrt(power / Math.max(1, samples.length)),
    voicedMs: voicedMs(samples, sampleRateHz),
  };
}

async function parse(form: Record<string, string | File | string[]>, models: string[]) {
  const body: TranscriptionBody = { fields: form };
  const wrong = (message: string, status = 400) => {
    body.mistake ??= { message, status };
    return body;
  };
  const { file, model, response_format: format = 'json', prompt = '' } = form;
  if (typeof model !== 'string') return wrong('model is required');
  if (!models.includes(model)) {
    return wrong(`The model \`${model}\` does not exist or you do not have access to it.`, 404);
  }
  if (!(file instanceof File)) return wrong('file or url is required');
  body.file = { name: file.name, type: file.type, bytes: file.size };
  if (!/\.(flac|mp3|mp4|mpeg|mpga|m4a|ogg|opus|wav|webm)$/.test(file.name)) {
    return wrong(
      'file must be one of the following types: [flac mp3 mp4 mpeg mpga m4a ogg opus wav webm]',
    );
  }
  try {
    const wav = readWav(Buffer.from(await file.arrayBuffer()));
    body.audio = describe(wav);
    // Groq itself takes any rate; sending more than it resamples to only costs upload time.
    if (wav.sampleRateHz !== SAMPLE_RATE_HZ || wav.channels !== 1) {
      return wrong(`expected 16 kHz mono, got ${wav.sampleRateHz} Hz, ${wav.channels} channels`);
    }
  } catch (error) {
    return wrong(`could not process file - is it a valid media file? (${String(error)})`);
  }
  if (body.audio.durationMs < SHORTEST_MS) {
    return wrong('Audio file is too short. Minimum audio length is 0.01 seconds.');
  }
  if (!formats.includes(String(format)))
    return wrong(`response_format must be one of [${formats}]`);
  if (String(prompt).length > PROMPT_CHARACTERS_MAX) {
    return wrong(`prompt must be at most ${PROMPT_CHARACTERS_MAX} characters`);
  }
  const { temperature = '0' } = form;
  if (!(Number(temperature) >= 0 && Number(temperature) <= 1)) {
    return wrong('temperature must be between 0 and 1');
  }
  const granular = 'timestamp_granularities[]' in form;
  if (granular && format !== 'verbose_json') {
    return wrong('timestamp_granularities requires response_format verbose_json');
  }
  return body;
}

function words(step: TranscriptionStep, audio: HeardAudio): string {
  if (step.segments) return step.segments.map((segment) => segment.text).join(' ');
  return typeof step.text === 'function' ? step.text(audio) : (step.text ?? 'Hello.');
}

function verbose(step: TranscriptionStep, audio: HeardAudio, id: string) {
  const text = words(step, audio);
  const parts = step.segments ?? (text ? [{ text }] : []);
  const seconds = audio.durationMs / 1000;
  const segments = parts.map((part, index) => ({
    id: index,
    seek: 0,
    start: (seconds * index) / parts.length,
    end: (seconds * (index + 1)) / parts.length,
    text: ` ${part.text}`,
    tokens: [50_365],
    temperature: 0,
    avg_logprob: part.avgLogprob ?? step.avgLogprob ?? -0.2,
    compression_ratio: 1,
    no_speech_prob: part.noSpeechProb ?? step.noSpeechProb ?? 0.01,
  }));
  const language = step.language ?? 'English';
  return { task: 'transcribe', language, duration: seconds, text, segments, x_groq: { id } };
}

const error = (status: number, message: string) => ({
  error: {
    message,
    type: status >= 500 ? 'internal_server_error' : 'invalid_request_error',
    ...(status === 401 && { code: 'invalid_api_key' }),
    ...(status === 404 && { code: 'model_not_found' }),
    ...(status === 429 && { type: 'tokens', code: 'rate_limit_exceeded' }),
  },
});

const refuse = (status: number, message: string) => json(error(status, message), { status });

/** Bearer keys as Groq and OpenAI take them; shared by both fakes. */
export function bearerMistake(request: RecordedRequest, apiKey?: string): string | undefined {
  const [scheme, key] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Bearer' || !key || (apiKey !== undefined && key !== apiKey)) {
    return 'Invalid API Key';
  }
  return undefined;
}

/** `POST /openai/v1/audio/transcriptions` and `GET /openai/v1/models` on a loopback port. */
export function startGroq(
  options: GroqOptions = {},
): Promise<Fake<TranscriptionStep, TranscriptionBody>> {
  const { models = ['whisper-large-v3-turbo', 'whisper-large-v3'], apiKey } = options;
  let count = 0;
  return startFake<TranscriptionStep, TranscriptionBody>({
    operation: 'POST /openai/v1/audio/transcriptions',
    parse: async (message, raw) => {
      const form = await readForm(message, raw).catch(() => ({}));
      return parse(form, models);
    },
    error,
    initial: options.initial ?? {},
    refusal: (request) => {
      const mistake = bearerMistake(request, apiKey);
      return mistake ? refuse(401, mistake) : undefined;
    },
    answer: ({ body }, step): Answer => {
      if (body.mistake || !body.audio) {
        return refuse(body.mistake?.status ?? 400, body.mistake?.message ?? 'file is required');
      }
      const id = `req_fake${++count}`;
      const atMs = step.transcriptionMs ?? options.transcriptionMs ?? 120;
      const format = body.fields.response_format ?? 'json';
      if (format === 'verbose_json') return json(verbose(step, body.audio, id), { atMs });
      const text = words(step, body.audio);
      if (format === 'json') return json({ text, x_groq: { id } }, { atMs });
      const headers = { 'content-type': 'text/plain; charset=utf-8' };
      return { status: 200, headers, pieces: [{ atMs, data: text }] };
    },
    others: (request) => {
      if (`${request.method} ${request.path}` !== 'GET /openai/v1/models') return undefined;
      const data = models.map((id) => ({
        id,
        object: 'model',
        created: 1_728_413_088,
        owned_by: 'OpenAI',
        active: true,
      }));
      return json({ object: 'list', data });
    },
  });
}
