/** Over a cap on spending the household's own mind answers: it costs nothing. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TextDoor } from '../agent/doors/text.ts';
import { type House, openHouse } from '../agent/house.ts';
import { startAnthropic } from './fakes/anthropic.ts';
import { startOpenAI } from './fakes/openai.ts';
import { embeddedFolder } from './rig/database-folder.ts';

const quick = { firstTokenMs: 0, tokensPerSecond: 1e6 };
let claude: Awaited<ReturnType<typeof startAnthropic>>;
let own: Awaited<ReturnType<typeof startOpenAI>>;
let house: House;
let folder: string;

beforeAll(async () => {
  [claude, own] = [await startAnthropic(quick), await startOpenAI({ ...quick, models: ['llama'] })];
  folder = await embeddedFolder();
  house = await openHouse('server', {
    ...{ BUTLER_DATA: folder, BUTLER_LOCAL_MODELS: 'off', BUTLER_LOG_LEVEL: 'silent' },
    ...{ ANTHROPIC_API_KEY: 'sk-ant-of-a-test', ANTHROPIC_BASE_URL: claude.url },
    ...{ BUTLER_LLM_URL: `${own.url}/v1`, BUTLER_LLM_MODEL: 'llama' },
  });
  const ada = { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' } as const;
  await house.memory.users.insertAll([ada]);
  claude.always({ text: 'Claude says so.' });
  own.always({ text: 'I say so myself.' });
});
afterAll(async () => {
  await house?.close();
  await Promise.all([claude?.stop(), own?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

it('is asked as long as the cap is reached, and Claude is not', async () => {
  const door = new TextDoor(house);
  const caller = { personId: 'ada', name: 'Ada', role: 'owner', sure: 1, door: 'app' } as const;
  const say = async (text: string): Promise<string> => {
    const { signal } = new AbortController();
    const turn = { caller: { ...caller, language: 'en' }, text, signal };
    for await (const part of door.chat(turn)) if (part.type === 'done') return part.text;
    return '';
  };
  expect(await say('tell me a story about bees')).toBe('Claude says so.');
  await house.household.change({ caps: { household: { day: 0 } } });
  const asked = claude.requests.length;
  expect(await say('tell me a story about wasps')).toBe('I say so myself.');
  expect(claude.requests).toHaveLength(asked);
  await house.household.change({ caps: null });
  expect(await say('tell me a story about ants')).toBe('Claude says so.');
  await door.close();
});
