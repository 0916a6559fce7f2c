// Speech to text against the protocol fake: sound in, words out, and every way it can fail.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  APIConnectionError,
  APIStatusError,
  APITimeoutError,
  initializeLogger,
} from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startGroq } from '../../tests/fakes/groq.ts';
import { quiet, voice } from '../../tests/rig/wav.ts';
import { createWhisper, type RecognitionFacts, type WhisperOptions } from './whisper.ts';

initializeLogger({ pretty: false, level: 'silent' });
const fake = await startGroq({ transcriptionMs: 20 });
afterEach(() => fake.reset());
afterAll(() => fake.stop());

const frameOf = (samples: Int16Array, rate = 16_000, channels = 1) =>
  new AudioFrame(samples, rate, channels, samples.length / channels);
const speech = frameOf(voice(800, 16_000));

function whisper(options: Partial<WhisperOptions> = {}) {
  const facts: RecognitionFacts[] = [];
  const engine = createWhisper({
    baseUrl: fake.url,
    apiKey: 'key',
    model: 'whisper-large-v3-turbo',
    names: () => ['Ada', 'Bo'],
    label: 'Groq',
    onRequest: (fact) => facts.push(fact),
    ...options,
  });
  return { engine, facts };
}

const textOf = async (engine: ReturnType<typeof createWhisper>, frames = [speech]) =>
  (await engine.recognize(frames)).alternatives?.[0].text;

const failureOf = (engine: ReturnType<typeof createWhisper>) =>
  engine.recognize(speech).then(
    () => expect.fail('it must fail'),
    (error: unknown) => error,
  );

describe('a recognition', () => {
  it('sends what Whisper wants, and gives the words', async () => {
    fake.next({ text: 'What time is it?' });
    const { engine, facts } = whisper({ language: 'en-GB' });
    const { alternatives, requestId } = await engine.recognize(speech);
    expect(alternatives?.[0]).toMatchObject({ text: 'What time is it?', endTime: 0.8 });
    expect(alternatives?.[0].confidence).toBeCloseTo(Math.exp(-0.2));
    expect(requestId).toMatch(/^req_/);
    expect(fake.requests[0]?.body.fields).toMatchObject({
      response_format: 'verbose_json',
      temperature: '0',
      language: 'en',
      prompt: 'Ada, Bo.',
    });
    expect(facts).toMatchObject([{ outcome: 'heard', attempts: 1, audioMs: 800 }]);
  });

  it.each([
    ['one frame', [speech]],
    [
      'many frames',
      Array.from({ length: 40 }, (_, at) =>
        frameOf(voice(800, 16_000).slice(at * 320, at * 320 + 320)),
      ),
    ],
    ['24 kHz', [frameOf(voice(800, 24_000), 24_000)]],
    [
      '48 kHz stereo',
      [
        frameOf(
          Int16Array.from([...voice(800, 48_000)].flatMap((sample) => [sample, sample])),
          48_000,
          2,
        ),
      ],
    ],
  ])('makes 16 kHz mono of %s', async (_name, frames) => {
    await textOf(whisper().engine, frames);
    const audio = fake.requests[0]?.body.audio;
    expect(fake.requests[0]?.status).toBe(200);
    expect(Math.abs((audio?.durationMs ?? 0) - 800)).toBeLessThan(25);
    expect(audio?.voicedMs).toBeGreaterThan(700);
  });

  it('asks for at most twenty names, and for none when there are none', async () => {
    await textOf(
      whisper({ names: () => Array.from({ length: 50 }, (_, at) => `Name${at}`) }).engine,
    );
    await textOf(whisper({ names: () => [] }).engine);
    expect(String(fake.requests[0]?.body.fields.prompt).split(', ')).toHaveLength(20);
    expect(fake.requests[1]?.body.fields).not.toHaveProperty('prompt');
  });

  it.each([
    ['silence', quiet(1000, 16_000)],
    ['a click', voice(40, 16_000)],
    ['no frames', new Int16Array(0)],
  ])('asks nobody about %s', async (_name, samples) => {
    const { engine, facts } = whisper();
    expect(await textOf(engine, [frameOf(samples)])).toBe('');
    expect(fake.requests).toHaveLength(0);
    expect(facts).toMatchObject([{ attempts: 0, outcome: 'nothing', dropped: 'quiet' }]);
  });

  it('gives no words for a cough', async () => {
    fake.next({ text: 'Thank you.', noSpeechProb: 0.7 });
    const { engine, facts } = whisper();
    expect(await textOf(engine)).toBe('');
    expect(facts[0]).toMatchObject({ outcome: 'nothing', dropped: 'no-speech' });
  });

  it('keeps the connection', async () => {
    const { engine } = whisper();
    for (let turn = 0; turn < 3; turn++) {
      await textOf(engine);
      // The connection is free again a moment after the answer was read.
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const later = fake.requests.slice(1);
    expect(later.every(({ earlierOnConnection }) => earlierOnConnection > 0)).toBe(true);
  });

  it('works with a server that answers only text', async () => {
    const server = createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ text: ' Hello there. ' }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await textOf(whisper({ baseUrl }).engine)).toBe('Hello there.');
    server.closeAllConnections();
    server.close();
  });
});

describe('failures', () => {
  it.each([400, 401, 404, 413])('does not ask again after %i', async (status) => {
    fake.always({ fault: { status } });
    const { engine, facts } = whisper();
    const error = await failureOf(engine);
    expect(error).toBeInstanceOf(APIStatusError);
    expect(error).toMatchObject({ statusCode: status, retryable: false });
    expect(facts).toMatchObject([{ attempts: 1, outcome: 'failed', status }]);
  });

  it.each([
    { status: 408 },
    { status: 409 },
    { status: 429 },
    { status: 500 },
    'garbage',
    'half',
    'empty',
    'close',
  ] as const)('recovers from %j by asking again', async (fault) => {
    fake.next({ fault }, { text: 'Here.' });
    const { engine, facts } = whisper();
    expect(await textOf(engine)).toBe('Here.');
    expect(facts).toMatchObject([{ attempts: 2, outcome: 'heard' }]);
  });

  it.each(['garbage', 'half', 'empty', 'close'] as const)(
    'names %s a lost connection',
    async (fault) => {
      fake.always({ fault });
      const error = await failureOf(whisper().engine);
      expect(error).toBeInstanceOf(APIConnectionError);
      expect(error).toMatchObject({ retryable: true });
    },
  );

  it('waits as long as the service asks, but not longer than it may', async () => {
    fake.next({ fault: { status: 429, retryAfterSeconds: 0.4 } });
    const { engine, facts } = whisper({ timeoutMs: 2000 });
    await textOf(engine);
    expect(facts[0]?.tookMs).toBeGreaterThanOrEqual(390);
    fake.always({ fault: { status: 429, retryAfterSeconds: 30 } });
    await failureOf(engine);
    expect(facts[1]).toMatchObject({ attempts: 1, status: 429 });
    expect(facts[1]?.tookMs).toBeLessThan(1500);
  });

  it('gives up on silence in time, after a second try', async () => {
    fake.always({ fault: 'hang' });
    const { engine, facts } = whisper({ timeoutMs: 400 });
    expect(await failureOf(engine)).toBeInstanceOf(APITimeoutError);
    expect(facts[0]?.attempts).toBe(2);
    expect(facts[0]?.tookMs).toBeLessThan(1500);
    await expect.poll(() => fake.requests.every(({ aborted }) => aborted)).toBe(true);
  });

  it('answers by the second try when the first one hangs', async () => {
    fake.next({ fault: 'hang' }, { text: 'Late, but here.' });
    expect(await textOf(whisper({ timeoutMs: 600 }).engine)).toBe('Late, but here.');
  });

  it('closes the request when a guess is given up', async () => {
    fake.always({ transcriptionMs: 5000 });
    const { engine, facts } = whisper();
    const stop = new AbortController();
    const guess = engine.recognize(speech, stop.signal).catch((error: unknown) => error);
    await fake.waitForRequests(1);
    stop.abort();
    expect(await guess).toMatchObject({ name: 'AbortError' });
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
    expect(facts).toMatchObject([{ outcome: 'aborted', attempts: 1 }]);
    expect(
      await engine.recognize(speech, stop.signal).catch((error: unknown) => error),
    ).toMatchObject({
      name: 'AbortError',
    });
    expect(fake.requests).toHaveLength(1);
  });
});
