/** What hearing costs is asked before Groq is: over a cap the house's own ears hear, or none. */
import { AudioFrame } from '@livekit/rtc-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGroq } from '../tests/fakes/groq.ts';
import { readConfiguration } from './config.ts';
import { Hearing } from './hearing.ts';
import { Household } from './household.ts';
import type { LocalModels } from './local-models.ts';
import { createLog } from './log.ts';
import { localEndpointing, remoteEndpointing } from './stt/endpointing.ts';

type Groq = Awaited<ReturnType<typeof startGroq>>;
let groq: Groq;
let local: Groq;

beforeAll(async () => {
  [groq, local] = [
    await startGroq({ transcriptionMs: 0 }),
    await startGroq({ models: ['whisper-1'] }),
  ];
});
afterAll(async () => {
  await Promise.all([groq?.stop(), local?.stop()]);
});
beforeEach(() => {
  for (const fake of [groq, local]) fake.reset();
  groq.always({ text: 'Heard by Groq.' });
  local.always({ text: 'Heard at home.' });
});

const log = createLog('silent');
const models = (origin: string | undefined) =>
  ({
    address: (part: string) =>
      origin && part === 'transcription' ? { origin, key: 'key' } : undefined,
    state: () => ({ state: 'off', sentence: 'There are none.' }),
  }) as unknown as LocalModels;
const given = () =>
  readConfiguration({
    GROQ_API_KEY: 'gsk_of_a_test',
    GROQ_BASE_URL: groq.url,
    BUTLER_NAMES: 'Momo',
  });

/** A second of a loud tone. */
const frames = [
  new AudioFrame(
    Int16Array.from({ length: 16_000 }, (_, at) => 8_000 * Math.sin(at / 5)),
    ...([16_000, 1, 16_000] as const),
  ),
];
const { signal } = new AbortController();
const refuses = () => ({ whose: 'household', period: 'day' }) as const;
const sentTo = (fake: Groq) => fake.requests.map(({ body }) => body.fields);

describe('over a cap', () => {
  test('the local ears hear, and a turn ends as with them', async () => {
    const hearing = new Hearing({ settings: given(), models: models(local.url), log });
    expect(await hearing.transcribe(frames, signal)).toBe('Heard by Groq.');
    expect(await hearing.transcribe(frames, signal, { refuses })).toBe('Heard at home.');
    expect(groq.requests).toHaveLength(1);
    expect(hearing.endpointing()).toBe(remoteEndpointing);
    expect(hearing.endpointing(refuses)).toBe(localEndpointing);
  });

  test('without local ears nobody is asked, and it is said whose cap that is', async () => {
    const hearing = new Hearing({ settings: given(), models: models(undefined), log });
    await expect(hearing.transcribe(frames, signal, { refuses })).rejects.toMatchObject({
      ...{ code: 'hearing-capped', refusal: refuses() },
    });
    expect(groq.requests).toHaveLength(0);
  });
});

test('names and language that the household changes count at the next word', async () => {
  const household = new Household({ given: given(), log });
  const hearing = new Hearing({ settings: household.settings, models: models(local.url), log });
  await hearing.transcribe(frames, signal);
  const sql = async () => [
    { key: 'BUTLER_NAMES', value: 'Oskar' },
    { key: 'BUTLER_LANGUAGE', value: 'de' },
  ];
  await household.open({ sql: sql as never });
  await hearing.transcribe(frames, signal);
  household.close();
  expect(sentTo(groq)).toMatchObject([
    { prompt: expect.stringContaining('Momo'), language: 'en' },
    { prompt: expect.stringContaining('Oskar'), language: 'de' },
  ]);
  // The local model was chosen for the first language.
  await hearing.transcribe(frames, signal, { refuses });
  expect(sentTo(local)).toMatchObject([{ language: 'en' }]);
});
