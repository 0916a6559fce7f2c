// The voice against the protocol fake: order, early start, kept phrases, and every way it can fail.
import {
  APIConnectionError,
  APIStatusError,
  APITimeoutError,
  initializeLogger,
  tts,
} from '@livekit/agents';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startKokoro, toneMs } from '../tests/fakes/kokoro.ts';
import { createKokoro, type Kokoro, type KokoroOptions } from './kokoro.ts';
import type { VoiceNotice } from './speaker.ts';

initializeLogger({ pretty: false, level: 'silent' });
const fake = await startKokoro({ speechFirstByteMs: 20, speechRealTimeFactor: 40 });
const second = await startKokoro({ speechFirstByteMs: 20, speechRealTimeFactor: 40 });
afterEach(() => {
  fake.reset();
  second.reset();
});
afterAll(async () => {
  await fake.stop();
  await second.stop();
});

const baseUrl = `${fake.url}/v1`;

function voiceWith(options: Partial<KokoroOptions> = {}) {
  const errors: { error: Error; recoverable: boolean }[] = [];
  const notices: VoiceNotice[] = [];
  const clauses: { text: string; atMs: number }[] = [];
  const sounds: { silenceMs: number; atMs: number }[] = [];
  const kokoro = createKokoro({
    baseUrl,
    voice: 'af_heart',
    onClause: (text) => clauses.push({ text, atMs: performance.now() }),
    onFirstSound: (silenceMs) => sounds.push({ silenceMs, atMs: performance.now() }),
    onNotice: (notice) => notices.push(notice),
    ...options,
  });
  kokoro.on('error', (error) => errors.push(error));
  return { kokoro, errors, notices, clauses, sounds };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function hear(stream: tts.SynthesizeStream) {
  const parts: Int16Array[] = [];
  const finals: boolean[] = [];
  let ended = false;
  for await (const audio of stream) {
    if (audio === tts.SynthesizeStream.END_OF_STREAM) {
      ended = true;
      continue;
    }
    parts.push(audio.frame.data);
    finals.push(audio.final);
  }
  const samples = Int16Array.from(parts.flatMap((part) => [...part]));
  return {
    samples,
    ms: samples.length / 24,
    frames: parts.map(({ length }) => length),
    finals,
    ended,
  };
}

async function say(kokoro: Kokoro | tts.TTS, text: string) {
  const stream = kokoro.stream();
  const heard = hear(stream);
  stream.pushText(text);
  stream.endInput();
  return heard;
}

const inputs = () => fake.requests.map(({ body }) => body.input);

describe('a reply', () => {
  it('asks clause by clause, plays in order, in frames of 20 ms', async () => {
    const { kokoro, clauses } = voiceWith();
    fake.always({ chunkBytes: 1001 });
    const text =
      'Good morning, Ada. It is 9:30 in the morning. The second sentence is a longer one.';
    const { ms, frames, finals, ended } = await say(kokoro, text);
    expect(inputs()[0]).toBe('Good morning,');
    expect(inputs().join(' ')).toBe(text.replace('9:30', '9 30'));
    expect(clauses.map((clause) => clause.text).join('')).toBe(text);
    const expectedMs = inputs().reduce((sum, input) => sum + toneMs(input), 0);
    expect(Math.abs(ms - expectedMs)).toBeLessThan(25);
    expect(new Set(frames)).toEqual(new Set([480]));
    expect(finals.filter(Boolean)).toHaveLength(1);
    expect(finals.at(-1)).toBe(true);
    expect(ended).toBe(true);
    expect(fake.requests[0]?.body).toMatchObject({ response_format: 'pcm', voice: 'af_heart' });
  });

  it('keeps every sample whatever the chunks', async () => {
    const samples = Int16Array.from({ length: 5000 }, (_, at) => ((at * 7919) % 20_000) - 10_000);
    for (const chunkBytes of [333, 961, 20_000]) {
      fake.next({ samples, chunkBytes });
      const { samples: heard } = await say(voiceWith().kokoro, 'Done.');
      expect([...heard.subarray(0, 5000)]).toEqual([...samples]);
    }
  });

  it('plays in order even when the second clause is ready first', async () => {
    const one = new Int16Array(4800).fill(1000);
    const two = new Int16Array(4800).fill(2000);
    fake.next({ samples: one, speechFirstByteMs: 150 }, { samples: two, speechFirstByteMs: 0 });
    const { samples } = await say(voiceWith().kokoro, 'One. This is the second sentence.');
    expect([samples[0], samples[4799], samples[4800], samples[9599]]).toEqual([
      1000, 1000, 2000, 2000,
    ]);
  });

  it.each([1, 2, 3])('has at most %i requests at a time', async (concurrency) => {
    const { kokoro } = voiceWith({ concurrency });
    const sentences = [
      'First of all, good day.',
      'This is the second sentence.',
      'And this is the third sentence.',
    ];
    await say(
      kokoro,
      `${sentences.join(' ')} ${'Here is another long sentence with many words in it. '.repeat(6)}`,
    );
    expect(fake.requests.length).toBeGreaterThan(3);
    const most = fake.requests.map(
      (request) =>
        fake.requests.filter(
          (other) =>
            other.arrivedAtMs <= request.arrivedAtMs &&
            (other.finishedAtMs ?? 0) > request.arrivedAtMs,
        ).length,
    );
    expect(Math.max(...most)).toBe(concurrency);
  });

  it('hands a clause over within milliseconds of its last token', async () => {
    const tokens = 'It is half past nine, and the weather is fine today.'.match(/\s*\S+/g) ?? [];
    const lags: number[] = [];
    const soundLags: number[] = [];
    for (let run = 0; run < 5; run++) {
      const { kokoro, clauses, sounds } = voiceWith();
      const stream = kokoro.stream();
      const heard = hear(stream);
      let markAtMs = 0;
      for (const token of tokens) {
        stream.pushText(token);
        if (token.endsWith(',')) markAtMs = performance.now();
        await pause(12);
      }
      stream.endInput();
      await heard;
      const request = fake.requests[fake.requests.length - 2];
      lags.push((clauses[0]?.atMs ?? 0) - markAtMs);
      soundLags.push((sounds[0]?.atMs ?? 0) - (request?.marks.first ?? 0));
      expect(clauses[0]?.text).toBe('It is half past nine,');
    }
    const shown = (values: number[]) => values.map((value) => value.toFixed(1)).join(', ');
    console.log(`last token of the clause → request: ${shown(lags)} ms`);
    console.log(`first byte sent → first sound: ${shown(soundLags)} ms`);
    expect(lags.every((lag) => lag >= 0)).toBe(true);
  });

  it('begins a reply without the silence of the model, and only the reply', async () => {
    const samples = new Int16Array(24_000);
    samples.fill(3000, 7200);
    fake.next({ samples }, { samples });
    const { kokoro, sounds } = voiceWith();
    const { ms } = await say(kokoro, 'One. This is the second sentence.');
    expect(sounds.map(({ silenceMs }) => silenceMs)).toEqual([300]);
    expect(ms).toBe(740 + 1000 - 20 + 20);
  });

  it('knows what was heard, also while the next reply is made', async () => {
    const { kokoro } = voiceWith();
    const reply = kokoro.stream();
    reply.pushText('Good morning, Ada. The light in the kitchen is off.');
    reply.endInput();
    const { ms } = await hear(reply);
    await say(kokoro, 'All right.');
    const first = toneMs('Good morning,');
    expect(reply.spokenText(0)).toBe('');
    expect(reply.spokenText(first)).toBe('Good morning,');
    expect(reply.spokenText((first + ms) / 2)).toMatch(/^Good morning, Ada\. The light/);
    expect(reply.spokenText(ms)).toBe('Good morning, Ada. The light in the kitchen is off.');
  });

  it('says nothing for text without words', async () => {
    const { kokoro, errors } = voiceWith();
    const { ms, ended } = await say(kokoro, '👍 --- ');
    expect([ms, ended, errors.length, fake.requests.length]).toEqual([0, true, 0, 0]);
  });

  it('takes a WAV header off', async () => {
    const head = Buffer.alloc(44);
    head.write(
      'RIFF\u0000\u0000\u0000\u0000WAVEfmt \u0010\u0000\u0000\u0000\u0001\u0000\u0001\u0000',
      'latin1',
    );
    head.writeUInt32LE(24_000, 24);
    head.writeUInt16LE(16, 34);
    head.write('data\u00ff\u00ff\u00ff\u00ff', 36, 'latin1');
    const samples = new Int16Array(2422).fill(4000);
    samples.set(new Int16Array(new Uint8Array(head).buffer));
    fake.next({ samples });
    const heard = await say(voiceWith().kokoro, 'Done.');
    expect(heard.samples[0]).toBe(4000);
    expect(heard.ms).toBe(120);
  });

  it('changes the voice from clause to clause', async () => {
    const { kokoro } = voiceWith();
    kokoro.setVoice('bf_emma');
    await say(kokoro, 'Done.');
    expect(fake.requests[0]?.body.voice).toBe('bf_emma');
  });
});

describe('failures', () => {
  it.each([
    [401, 1],
    [404, 1],
    [429, 2],
    [500, 2],
  ])('%i is an error after %i requests', async (status, requests) => {
    fake.always({ fault: { status } });
    const { kokoro, errors } = voiceWith();
    const { ms, ended } = await say(kokoro, 'Done.');
    expect([ms, ended]).toEqual([0, false]);
    expect(errors).toMatchObject([{ recoverable: false, error: { statusCode: status } }]);
    expect(errors[0]?.error).toBeInstanceOf(APIStatusError);
    expect(fake.requests).toHaveLength(requests);
  });

  it.each(['garbage', 'empty', 'close'] as const)('%s is an error, tried twice', async (fault) => {
    fake.always({ fault });
    const { kokoro, errors } = voiceWith();
    await say(kokoro, 'Done.');
    expect(errors[0]?.error).toBeInstanceOf(APIConnectionError);
    expect(fake.requests).toHaveLength(2);
  });

  it('recovers from one bad answer', async () => {
    fake.next({ fault: { status: 500 } });
    const { kokoro, errors } = voiceWith();
    const { ms } = await say(kokoro, 'Done.');
    expect(ms).toBeGreaterThan(200);
    expect(errors).toEqual([]);
  });

  it('gives up on a silent server in time', async () => {
    fake.always({ fault: 'hang' });
    const { kokoro, errors } = voiceWith({ firstByteWithinMs: 120 });
    const startedAt = performance.now();
    await say(kokoro, 'Done.');
    expect(errors[0]?.error).toBeInstanceOf(APITimeoutError);
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await expect.poll(() => fake.requests[0]?.aborted).toBe(true);
  });

  it('says so when nobody listens at the address', async () => {
    await fake.refuse();
    const { kokoro, errors } = voiceWith();
    await say(kokoro, 'Done.').finally(() => fake.accept());
    expect(errors[0]?.error.message).toContain('ECONNREFUSED');
  });

  it('skips a clause that breaks off after sound was heard, and goes on', async () => {
    fake.next({}, { fault: 'half' }, {});
    const { kokoro, errors, notices } = voiceWith({ concurrency: 1 });
    const middle =
      'This is the second sentence, which is long enough to be alone in here, as it should be.';
    const last =
      'And here comes the third one, long enough to be alone as well, so that three are asked.';
    const { ended, finals } = await say(kokoro, `One. ${middle} ${last}`);
    expect(fake.requests).toHaveLength(3);
    expect(errors).toMatchObject([{ recoverable: true }]);
    expect(notices.map(({ code }) => code)).toEqual(['voice-clause-lost']);
    expect([ended, finals.at(-1)]).toEqual([true, true]);
    expect(JSON.stringify(notices)).not.toContain('second sentence');
  });

  it('closes its requests at once when it is aborted', async () => {
    fake.always({ speechRealTimeFactor: 1 });
    const { kokoro, errors } = voiceWith();
    const stream = kokoro.stream();
    stream.pushText('This is a long first sentence. This is a second one that is longer still. ');
    await fake.waitForRequests(2);
    await pause(50);
    stream.close();
    await expect.poll(() => fake.requests.every(({ aborted }) => aborted)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('speaks with the default voice when the wanted one is unknown, and says so once', async () => {
    const { kokoro, notices } = voiceWith({ voice: 'zz_nobody' });
    await say(kokoro, 'One. This is the second sentence.');
    const { ms } = await say(kokoro, 'Done.');
    expect(ms).toBeGreaterThan(200);
    expect(notices).toMatchObject([
      { code: 'voice-unknown', voice: 'zz_nobody', instead: 'af_heart' },
    ]);
    expect(fake.requests.at(-1)?.body.voice).toBe('af_heart');
  });
});
