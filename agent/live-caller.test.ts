// A conversation that is open goes on with what its person has set in the meantime.
import { expect, it } from 'vitest';
import type { User } from '../memory/users.ts';
import { callerSchema } from './caller.ts';
import { liveCaller } from './live-caller.ts';

const caller = callerSchema.parse({
  ...{ personId: 'p1', name: 'Kim', role: 'adult', sure: 1, door: 'room', language: 'en' },
});
type Kept = Pick<User, 'language' | 'ttsVoice' | 'permissions'>;

it('follows language, voice and permissions, also when another process changed them', async () => {
  let [kept, stored]: (Kept | undefined)[] = [];
  let [now, asked, isAway] = [0, 0, false];
  const users = {
    byId: () => kept as User | undefined,
    load: async () => {
      asked += 1;
      if (isAway) throw new Error('the database is away');
      kept = stored;
      return kept as User | undefined;
    },
  };
  const house = { memory: { users }, settings: { BUTLER_LANGUAGE: 'fr' } };
  const live = liveCaller(caller, house, () => now);
  expect([live.language, live.voice, live.permissions]).toEqual(['en', undefined, undefined]);
  stored = { language: 'de', ttsVoice: 'df_anna', permissions: ['mail'] };
  expect([live.language, asked]).toEqual(['en', 1]);
  now += 1_000;
  void live.language;
  await Promise.resolve();
  expect([live.language, live.voice, live.permissions]).toEqual(['de', 'df_anna', ['mail']]);
  expect(callerSchema.parse(live)).toMatchObject({
    language: 'de',
    voice: 'df_anna',
    door: 'room',
  });
  [stored, isAway] = [{ language: null, ttsVoice: null, permissions: null }, true];
  now += 1_000;
  void live.language;
  await Promise.resolve();
  expect(live.language).toBe('de');
  isAway = false;
  now += 1_000;
  void live.language;
  await Promise.resolve();
  expect([live.language, live.voice, live.permissions]).toEqual(['fr', undefined, undefined]);
  const echo = { ...caller, door: 'echo' as const };
  expect(liveCaller(echo, house)).toBe(echo);
});
