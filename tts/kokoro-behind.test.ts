// What stands behind the first voice: kept phrases, a second engine, LiveKit's own adapter.
import { APIConnectionError, initializeLogger, tts } from '@livekit/agents';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startKokoro } from '../tests/fakes/kokoro.ts';
import { createKokoro, type Kokoro, type KokoroOptions } from './kokoro.ts';
import { Phrases, usualPhrases } from './phrases.ts';
import type { VoiceNotice } from './speaker.ts';

initializeLogger({ pretty: false, level: 'silent' });
const quick = { speechFirstByteMs: 20, speechRealTimeFactor: 40 };
const fake = await startKokoro(quick);
const second = await startKokoro(quick);
afterEach(() => {
  fake.reset();
  second.reset();
});
afterAll(async () => {
  await fake.stop();
  await second.stop();
});

const baseUrl = `${fake.url}/v1`;
const fallback = { baseUrl: `${second.url}/v1`, label: 'Local voice', voice: 'am_michael' };

function voiceWith(options: Partial<KokoroOptions> = {}) {
  const notices: VoiceNotice[] = [];
  const onNotice = (notice: VoiceNotice) => notices.push(notice);
  const kokoro = createKokoro({ baseUrl, voice: 'af_heart', onNotice, ...options });
  const errors: Error[] = [];
  kokoro.on('error', ({ error }) => errors.push(error));
  return { kokoro, notices, errors };
}

async function say(voice: Kokoro | tts.TTS, text: string) {
  const stream = voice.stream();
  stream.pushText(text);
  stream.endInput();
  const samples: number[] = [];
  const startedAtMs = performance.now();
  let firstMs = Number.POSITIVE_INFINITY;
  for await (const audio of stream) {
    if (audio === tts.SynthesizeStream.END_OF_STREAM) continue;
    firstMs = Math.min(firstMs, performance.now() - startedAtMs);
    samples.push(...audio.frame.data);
  }
  const heard = 'spokenText' in stream ? stream.spokenText(99_999) : undefined;
  return { samples, ms: samples.length / 24, firstMs, text: heard };
}

describe('kept phrases', () => {
  it('are asked for twice, and then said at once', async () => {
    const { kokoro } = voiceWith({ phrases: new Phrases() });
    const all = [];
    for (let use = 0; use < 4; use++) all.push(await say(kokoro, 'It is on.'));
    expect(fake.requests).toHaveLength(2);
    expect(all[3]?.samples.length).toBe(all[1]?.samples.length);
    expect(all[3]?.firstMs).toBeLessThan(all[0]?.firstMs ?? 0);
    expect(all[3]?.text).toBe('It is on.');
  });

  it('belong to a voice, and are warmed up while nobody talks', async () => {
    const phrases = new Phrases();
    const { kokoro } = voiceWith({ phrases });
    const { signal } = new AbortController();
    await kokoro.warmUp({ phrases, isBusy: () => false, signal, more: ['It is 20 °C.'] });
    expect(fake.requests).toHaveLength((usualPhrases.en?.length ?? 0) + 1);
    const { ms } = await say(kokoro, 'One moment.');
    expect(ms).toBeGreaterThan(200);
    await say(kokoro, 'It is 20 °C.');
    expect(fake.requests).toHaveLength((usualPhrases.en?.length ?? 0) + 1);
    kokoro.setVoice('bf_emma');
    await say(kokoro, 'One moment.');
    expect(fake.requests.at(-1)?.body).toMatchObject({ voice: 'bf_emma', input: 'One moment.' });
  });

  it('never hold the sound of a broken answer or of another engine', async () => {
    const phrases = new Phrases();
    const { kokoro } = voiceWith({ phrases, fallback });
    fake.always({ fault: { status: 500 } });
    for (let use = 0; use < 3; use++) await say(kokoro, 'Done.');
    expect(phrases.bytes).toBe(0);
  });
});

describe('a second engine', () => {
  it.each([{ status: 401 }, { status: 500 }, 'close'] as const)(
    'speaks after %j',
    async (fault) => {
      fake.always({ fault });
      const { kokoro, notices, errors } = voiceWith({ fallback });
      const { ms, firstMs } = await say(kokoro, 'Done. The light in the kitchen is off.');
      expect(ms).toBeGreaterThan(1000);
      expect(firstMs).toBeLessThan(1500);
      expect(second.requests.map(({ body }) => body.input)).toContain('Done.');
      expect(second.requests[0]?.body.voice).toBe('am_michael');
      expect(notices[0]).toMatchObject({ code: 'voice-engine-failed', engine: 'Kokoro' });
      expect(errors).toEqual([]);
    },
  );

  it('takes over in the middle of a reply, and the first one rests for a while', async () => {
    let now = 0;
    const { kokoro } = voiceWith({ fallback, concurrency: 1, restMs: 1000, now: () => now });
    fake.next({}, { fault: { status: 401 } });
    await say(kokoro, 'Done. The light in the kitchen is off.');
    expect(second.requests.map(({ body }) => body.input)).toEqual([
      'The light in the kitchen is off.',
    ]);
    await say(kokoro, 'Again.');
    expect(second.requests).toHaveLength(2);
    now = 1001;
    await say(kokoro, 'Back.');
    expect(fake.requests.at(-1)?.body.input).toBe('Back.');
  });

  it('is also tried when both rest, and its error is the one that is told', async () => {
    const { kokoro, errors } = voiceWith({ fallback });
    fake.always({ fault: { status: 401 } });
    second.always({ fault: { status: 404 } });
    await say(kokoro, 'Done.');
    await say(kokoro, 'Done.');
    expect(errors).toMatchObject([{ statusCode: 404 }, { statusCode: 401 }]);
  });
});

describe('for LiveKit', () => {
  it('synthesizes a text in one piece', async () => {
    const { kokoro } = voiceWith();
    const frame = await kokoro.synthesize('Good morning, Ada. It is 9:30.').collect();
    expect(frame.samplesPerChannel / 24).toBeGreaterThan(1000);
    expect(fake.requests.map(({ body }) => body.input).join(' ')).toBe(
      'Good morning, Ada. It is 9 30.',
    );
  });

  it('ends a synthesis that fails without taking the process down', async () => {
    fake.always({ fault: { status: 401 } });
    const { kokoro, errors } = voiceWith();
    const frames = [];
    for await (const audio of kokoro.synthesize('Done.')) frames.push(audio);
    expect(frames).toEqual([]);
    expect(errors).toMatchObject([{ statusCode: 401 }]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it("falls back in LiveKit's adapter, and comes back to a recovered voice", async () => {
    fake.always({ fault: { status: 500 } });
    const { kokoro } = voiceWith();
    const { kokoro: local } = voiceWith({ baseUrl: fallback.baseUrl });
    const adapter = new tts.FallbackAdapter({
      ttsInstances: [kokoro, local],
      maxRetryPerTTS: 0,
      recoveryDelayMs: 50,
    });
    adapter.on('error', () => {});
    const { ms, firstMs } = await say(adapter, 'Done. The light in the kitchen is off.');
    expect(ms).toBeGreaterThan(1000);
    expect(firstMs).toBeLessThan(1500);
    fake.always({});
    await expect.poll(() => adapter.status[0]?.available, { timeout: 5000 }).toBe(true);
    const before = second.requests.length;
    await say(adapter, 'Done.');
    expect(second.requests).toHaveLength(before);
    await adapter.close();
  });

  it('is an error when every voice fails', async () => {
    fake.always({ fault: { status: 500 } });
    second.always({ fault: { status: 500 } });
    const { kokoro } = voiceWith();
    const { kokoro: local } = voiceWith({ baseUrl: fallback.baseUrl });
    const adapter = new tts.FallbackAdapter({
      ttsInstances: [kokoro, local],
      recoveryDelayMs: 60_000,
    });
    const errors: Error[] = [];
    adapter.on('error', ({ error }) => errors.push(error));
    expect((await say(adapter, 'Done.')).ms).toBe(0);
    expect(errors.some((error) => error instanceof APIConnectionError)).toBe(true);
    await adapter.close();
  });
});
