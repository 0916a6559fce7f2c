/** Groq's fake through groq-sdk: words, measures, rules, and OpenAI's schemas. */
import { setTimeout as sleep } from 'node:timers/promises';
import Groq, { toFile } from 'groq-sdk';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { quiet, voice, writeWav } from '../rig/wav.ts';
import { startGroq } from './groq.ts';
import { assertMatchesOpenAI } from './openai-spec.ts';

const fake = await startGroq({ apiKey: 'right', models: ['whisper-large-v3-turbo'] });
const client = new Groq({ apiKey: 'right', baseURL: fake.url, maxRetries: 0 });

async function request(samples = voice(500, 16_000), sampleRateHz = 16_000) {
  const file = await toFile(writeWav(samples, sampleRateHz), 'utterance.wav');
  return { file, model: 'whisper-large-v3-turbo' };
}

beforeEach(() => fake.reset());
afterAll(() => fake.stop());

describe('transcription', () => {
  test('words in order of the script, after the delay', async () => {
    fake.next({ text: 'Turn on the light.' }, { text: 'Thank you.', transcriptionMs: 0 });
    const body = await request();
    const startedAtMs = performance.now();
    const first = await client.audio.transcriptions.create(body);
    const tookMs = performance.now() - startedAtMs;
    expect(first.text).toBe('Turn on the light.');
    expect(tookMs).toBeGreaterThanOrEqual(119);
    expect((await client.audio.transcriptions.create(await request())).text).toBe('Thank you.');
    // The client gives a connection back a moment after the answer.
    await sleep(20);
    await client.audio.transcriptions.create(await request());
    expect(fake.requests[2]?.earlierOnConnection).toBeGreaterThan(0);
  });

  test('words as a function of the sound', async () => {
    fake.always({
      text: ({ durationMs, rms, voicedMs }) =>
        rms < 50 ? '' : `${Math.round(durationMs)} ms, ${voicedMs} ms voiced`,
    });
    const speech = await client.audio.transcriptions.create(await request());
    expect(speech.text).toBe('500 ms, 500 ms voiced');
    const silence = await client.audio.transcriptions.create(await request(quiet(900, 16_000)));
    expect(silence.text).toBe('');
    expect(fake.requests[1]?.body.audio?.rms).toBeLessThan(10);
  });

  test('verbose_json has segments with the measures that gate noise', async () => {
    fake.next({ text: 'Thank you.', noSpeechProb: 0.8, avgLogprob: -1.1 });
    fake.next({ segments: [{ text: 'One.' }, { text: 'Two.', noSpeechProb: 0.9 }] });
    const ask = async () => {
      const body = { ...(await request()), response_format: 'verbose_json' as const };
      return (await client.audio.transcriptions.create(body)) as unknown as {
        text: string;
        duration: number;
        segments: Record<string, unknown>[];
      };
    };
    const first = await ask();
    expect(first).toMatchObject({ text: 'Thank you.', duration: 0.5 });
    expect(first.segments).toMatchObject([{ no_speech_prob: 0.8, avg_logprob: -1.1 }]);
    const second = await ask();
    expect(second.text).toBe('One. Two.');
    expect(second.segments.map((segment) => segment.no_speech_prob)).toEqual([0.01, 0.9]);
  });

  test('text format is plain text', async () => {
    fake.next({ text: 'Plain.' });
    const body = { ...(await request()), response_format: 'text' as const };
    expect(await client.audio.transcriptions.create(body)).toBe('Plain.');
  });
});

describe('refuses', () => {
  test.each([
    ['48 kHz sound', async () => request(voice(200, 48_000), 48_000), /16 kHz mono, got 48000/],
    ['a clip below 10 ms', async () => request(voice(5, 16_000)), /too short/],
    ['an unknown model', async () => ({ ...(await request()), model: 'whisper-9' }), /not exist/],
    ['a long prompt', async () => ({ ...(await request()), prompt: 'x'.repeat(900) }), /896/],
    ['heat', async () => ({ ...(await request()), temperature: 2 }), /between 0 and 1/],
    [
      'what is no WAV',
      async () => ({ ...(await request()), file: await toFile(Buffer.from('nonsense'), 'a.wav') }),
      /valid media file/,
    ],
    [
      'timestamps without verbose_json',
      async () => ({ ...(await request()), timestamp_granularities: ['word' as const] }),
      /requires response_format/,
    ],
  ])('%s', async (_what, make, reason) => {
    await expect(client.audio.transcriptions.create(await make())).rejects.toThrow(reason);
  });

  test('a wrong key', async () => {
    const stranger = new Groq({ apiKey: 'wrong', baseURL: fake.url, maxRetries: 0 });
    const failure = stranger.audio.transcriptions.create(await request());
    await expect(failure).rejects.toMatchObject({ status: 401 });
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401 });
  });
});

test('lists its models', async () => {
  const models = await client.models.list();
  expect(models.data.map(({ id }) => id)).toEqual(['whisper-large-v3-turbo']);
  assertMatchesOpenAI('listModels', { response: models });
});

test('fits the specification of the API that Groq copies', async () => {
  await client.audio.transcriptions.create({ ...(await request()), language: 'en', prompt: 'A' });
  const verbose = { ...(await request()), response_format: 'verbose_json' as const };
  await client.audio.transcriptions.create({ ...verbose, temperature: 0 });
  expect(fake.requests).toHaveLength(2);
  for (const { body, answered } of fake.requests) {
    const response = JSON.parse(String(answered));
    assertMatchesOpenAI('createTranscription', { request: body.fields, response });
  }
});
