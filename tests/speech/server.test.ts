/** The real models server with its real weights, through its own HTTP interface. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelsServer, startModelsServer } from '../../models/supervise.ts';
import { bargeIn, bytesOf, household, nonSpeech } from './clips.ts';
import { canRunModels, preparedModels } from './models.ts';

const SENTENCE = 'The train to the coast leaves in an hour, and it will be on time today. ';
const LONG_TEXT = SENTENCE.repeat(12);

let server: ModelsServer;
let prepared: Awaited<ReturnType<typeof preparedModels>>;

const authorization = () => ({ authorization: `Bearer ${server.key}` });

const post = (path: string, body: object, signal?: AbortSignal) =>
  fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { ...authorization(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });

const transcribe = (audio: Uint8Array, fields: Record<string, string> = {}) => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(audio)]), 'speech.wav');
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const headers = authorization();
  return fetch(`${server.url}/audio/transcriptions`, { method: 'POST', headers, body: form });
};

const textOf = async (audio: Uint8Array, fields: Record<string, string> = {}) => {
  const answer = (await (await transcribe(audio, fields)).json()) as { text: string };
  return answer.text.toLowerCase();
};

const speak = (input: string, more: object = {}, signal?: AbortSignal) =>
  post('/audio/speech', { model: 'kokoro', input, ...more }, signal);

const health = async () =>
  (await (await fetch(new URL('/health', server.url))).json()) as {
    ok: boolean;
    rss_mb: number;
    waiting: Record<string, number>;
    chosen: { measured: { transcription: Record<string, { seconds: number }> } };
  };

const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { message: string; type: string } };
  expect(error.type).toBe('invalid_request_error');
  return `${response.status} ${error.message}`;
};

describe.skipIf(!(await canRunModels()))('the models server', () => {
  beforeAll(async () => {
    prepared = await preparedModels();
    server = startModelsServer({ ...prepared, language: 'en' });
    await server.ready;
  });
  afterAll(() => server?.stop());

  it('is healthy, and says what it chose from which figures', async () => {
    const { ok, rss_mb, chosen } = await health();
    expect(ok).toBe(true);
    expect(rss_mb).toBeGreaterThan(100);
    expect(chosen.measured.transcription['tiny.en']?.seconds).toBeGreaterThan(0);
  });

  it('asks for its key', async () => {
    expect((await fetch(`${server.url}/models`)).status).toBe(401);
    const answer = await fetch(`${server.url}/models`, { headers: authorization() });
    const { data } = (await answer.json()) as { data: { id: string }[] };
    expect(data.map(({ id }) => id)).toEqual(expect.arrayContaining(['tiny.en', 'kokoro']));
  });

  it.each([
    ['household-01', ['what time is it']],
    ['household-03', ['tokyo']],
    ['household-07', ['cancel', 'pasta timer']],
    ['household-08', ['kitchen lights']],
    ['barge-in-2', ['not that one']],
  ])('understands %s', async (id, words) => {
    const clip = [...household, ...bargeIn].find((one) => one.id === id);
    const text = await textOf(bytesOf(clip!.wav));
    for (const word of words) expect(text).toContain(word);
  });

  it('answers as text and with segments too', async () => {
    const audio = bytesOf(household[2]!.wav);
    const plain = await transcribe(audio, { response_format: 'text', model: 'tiny.en' });
    expect(await plain.text()).toMatch(/^What time is it in Tokyo/);
    const verbose = await transcribe(audio, { response_format: 'verbose_json' });
    const { segments, duration, language } = (await verbose.json()) as {
      segments: { avg_logprob: number; no_speech_prob: number }[];
      duration: number;
      language: string;
    };
    expect(language).toBe('en');
    expect(duration).toBeCloseTo(1.65, 1);
    expect(segments[0]?.avg_logprob).toBeGreaterThan(-0.8);
    expect(segments[0]?.no_speech_prob).toBeLessThan(0.5);
  });

  it('hears nothing where nobody speaks, and says so quickly, prompt or not', async () => {
    for (const clip of nonSpeech) {
      const startedAt = performance.now();
      const prompt = 'Names in this home: Tado, Plejd, Ragnhild.';
      expect(await textOf(bytesOf(clip.wav), { prompt }), clip.id).toBe('');
      expect(performance.now() - startedAt, clip.id).toBeLessThan(500);
    }
  });

  it('speaks so that it understands itself', async () => {
    const wav = await speak('The kitchen light is on.', { voice: 'bm_george' });
    const bytes = Buffer.from(await wav.arrayBuffer());
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
    expect(await textOf(bytes)).toContain('kitchen light is on');
  });

  it('streams the first piece long before the last, in whole samples', async () => {
    const startedAt = performance.now();
    const reader = (await speak(LONG_TEXT.slice(0, 290), { response_format: 'pcm' })).body!;
    let firstMs = 0;
    let bytes = 0;
    for await (const chunk of reader) {
      firstMs ||= performance.now() - startedAt;
      bytes += chunk.length;
    }
    expect(firstMs).toBeLessThan((performance.now() - startedAt) / 2);
    expect(bytes % 2).toBe(0);
    expect(bytes / 48_000).toBeGreaterThan(10);
  });

  it('stops at once when the client goes', async () => {
    const leaving = new AbortController();
    const response = await speak(LONG_TEXT, { response_format: 'pcm' }, leaving.signal);
    await response.body!.getReader().read();
    leaving.abort();
    const startedAt = performance.now();
    await expect
      .poll(async () => (await health()).waiting['speech'], { interval: 20, timeout: 3_000 })
      .toBe(0);
    expect((await speak('Yes?')).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it('refuses what it has no place for, and says when to come back', async () => {
    const leaving = new AbortController();
    const asked = Array.from({ length: 12 }, () => speak(LONG_TEXT, {}, leaving.signal));
    const refused = await Promise.any(
      asked.map(async (one) => {
        const response = await one;
        if (response.status !== 503) throw new Error(`${response.status}`);
        return response;
      }),
    );
    expect(refused.headers.get('retry-after')).toBe('1');
    leaving.abort();
    await Promise.allSettled(asked);
    await expect.poll(async () => (await health()).waiting['speech'], { timeout: 5_000 }).toBe(0);
  });

  it('places sentences that mean the same next to each other', async () => {
    const input = ['Switch the lamp on.', 'Turn on the light.', 'A recipe for banana bread.'];
    const vectorsOf = async (encoding_format: string) => {
      const answer = await post('/embeddings', { input, encoding_format });
      const { data } = (await answer.json()) as { data: { embedding: number[] | string }[] };
      return data.map(({ embedding }) =>
        typeof embedding === 'string'
          ? [...new Float32Array(new Uint8Array(Buffer.from(embedding, 'base64')).buffer)]
          : embedding,
      );
    };
    const [lamp, light, bread] = await vectorsOf('float');
    const dot = (a: number[], b: number[]) => a.reduce((sum, one, at) => sum + one * b[at]!, 0);
    expect(lamp).toHaveLength(384);
    expect(dot(lamp!, lamp!)).toBeCloseTo(1, 4);
    expect(dot(lamp!, light!)).toBeGreaterThan(dot(lamp!, bread!) + 0.3);
    const [sameLamp] = await vectorsOf('base64');
    expect(dot(lamp!, sameLamp!)).toBeCloseTo(1, 4);
  });

  it('answers 404 to a model or voice it does not have', async () => {
    const audio = bytesOf(household[0]!.wav);
    expect(await errorOf(await transcribe(audio, { model: 'large' }))).toMatch(/^404 .*tiny\.en/);
    expect(await errorOf(await speak('Hello', { model: 'tts-9' }))).toMatch(/^404 .*kokoro/);
    expect(await errorOf(await speak('Hello', { voice: 'nobody' }))).toMatch(/^404 .*af_heart/);
    const embedding = await post('/embeddings', { input: 'x', model: 'ada' });
    expect(await errorOf(embedding)).toMatch(/^404 .*minilm/i);
    expect(await errorOf(await post('/completions', {}))).toMatch(/^404/);
  });

  it('answers 400 to broken audio, too much text, and odd options', async () => {
    const audio = bytesOf(household[0]!.wav);
    expect(await errorOf(await transcribe(Buffer.from('not audio')))).toMatch(/^400 .*not audio/);
    expect(await errorOf(await transcribe(Buffer.alloc(0)))).toMatch(/^400 .*empty/);
    expect(await errorOf(await transcribe(audio.subarray(0, 20)))).toMatch(/^400/);
    expect(await errorOf(await transcribe(audio, { temperature: 'hot' }))).toMatch(/^400/);
    expect(await errorOf(await transcribe(audio, { language: 'klingon' }))).toMatch(/^400/);
    expect(await errorOf(await speak('a'.repeat(4_097)))).toMatch(/^400 .*4096/);
    expect(await errorOf(await speak('  '))).toMatch(/^400/);
    expect(await errorOf(await speak('Hi', { response_format: 'mp3' }))).toMatch(/^400 .*pcm/);
    expect(await errorOf(await post('/embeddings', { input: [1, 2] }))).toMatch(/^400/);
    const bare = { method: 'POST', headers: authorization(), body: 'nothing' };
    expect(await errorOf(await fetch(`${server.url}/audio/speech`, bare))).toMatch(/^400/);
  });

  it('answers 413 to an upload over 25 MB', async () => {
    expect(await errorOf(await transcribe(Buffer.alloc(26_000_000)))).toMatch(/^413 .*25 MB/);
  });

  it('serves embeddings alone, in a third of the memory, and refuses the rest', async () => {
    const few = startModelsServer({ ...prepared, language: 'en', parts: ['embeddings'] });
    try {
      await few.ready;
      const headers = { authorization: `Bearer ${few.key}`, 'content-type': 'application/json' };
      const ask = (path: string, body: object) =>
        fetch(`${few.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
      expect((await ask('/embeddings', { input: 'A lamp.' })).status).toBe(200);
      expect(await errorOf(await ask('/audio/speech', { input: 'Yes?' }))).toMatch(
        /^404 .*without speech/,
      );
      expect(await errorOf(await ask('/audio/transcriptions', {}))).toMatch(/^404 .*transcription/);
      await ask('/embeddings', { input: Array(16).fill(LONG_TEXT.repeat(2)) });
      const state = await (await fetch(new URL('/health', few.url))).json();
      expect(state).toMatchObject({ ok: true, parts: ['embeddings'], waiting: { embeddings: 0 } });
      expect((state as { rss_mb: number }).rss_mb).toBeLessThan(300);
    } finally {
      await few.stop();
    }
  });

  it('leaves no process behind when Butler is killed', async () => {
    const supervise = join(import.meta.dirname, '../../models/supervise.ts');
    const options = JSON.stringify({ ...prepared, language: 'en' });
    const program = `import { startModelsServer } from ${JSON.stringify(supervise)};
      startModelsServer({ ...${options}, onEvent: (event) => console.log(JSON.stringify(event)) });
      setInterval(() => {}, 1000);`;
    const butler = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) => butler.stdout.once('data', resolve));
    const { pid } = JSON.parse(String(line).split('\n')[0]!) as { pid: number };
    expect(isAlive(pid)).toBe(true);
    butler.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
