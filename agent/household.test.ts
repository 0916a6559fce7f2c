/** What the household says goes before the environment, at once, and only what may change does. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { readConfiguration } from './config.ts';
import { Household } from './household.ts';
import type { LocalModels } from './local-models.ts';
import { Speaking } from './speaking.ts';

const environment = {
  ...{ BUTLER_NAMES: 'Momo', ANTHROPIC_API_KEY: 'sk-ant-very-secret', BUTLER_MODEL: 'claude-x' },
  DATABASE_URL: 'postgres://butler:hush@db/butler',
};
const lines: unknown[][] = [];
const log = {
  info: (...line: unknown[]) => void lines.push(line),
  warn: (...line: unknown[]) => void lines.push(line),
} as never;

let database: Awaited<ReturnType<typeof sharedDatabase>>;
let household: Household;
let others: Household[];

const opened = async (): Promise<Household> => {
  const made = new Household({ given: readConfiguration(environment), log });
  await made.open(database);
  others.push(made);
  return made;
};

beforeEach(async () => {
  database = await sharedDatabase();
  [others, lines.length] = [[], 0];
  household = await opened();
});
afterEach(() => {
  for (const one of others) one.close();
});

describe('a change', () => {
  test('counts at once, in what reads the settings too, and null takes it back', async () => {
    const { settings } = household;
    let changes = 0;
    household.on(() => (changes += 1));
    expect([settings.BUTLER_LANGUAGE, settings.BUTLER_NAMES]).toEqual(['en', 'Momo']);
    await household.change({
      BUTLER_LANGUAGE: 'de',
      BUTLER_NAMES: 'Oskar',
      BUTLER_HISTORY_DAYS: 7,
    });
    expect([settings.BUTLER_LANGUAGE, settings.BUTLER_NAMES]).toEqual(['de', 'Oskar']);
    expect(settings.BUTLER_HISTORY_DAYS).toBe(7);
    await household.change({ BUTLER_NAMES: null });
    expect(settings.BUTLER_NAMES).toBe('Momo');
    expect(changes).toBe(2);
    expect(settings.BUTLER_MODEL).toBe('claude-x');
    expect(JSON.stringify(lines)).not.toContain('Oskar');
  });

  test('reaches other processes when they look', async () => {
    const worker = await opened();
    await household.change({ BUTLER_VOICE: 'bm_george', loginNeedsApproval: true });
    expect(worker.settings.BUTLER_VOICE).toBe('af_heart');
    await worker.refresh();
    expect(worker.settings.BUTLER_VOICE).toBe('bm_george');
    expect(worker.get('loginNeedsApproval')).toBe(true);
  });

  test.each([
    [{ BUTLER_PORT: 9000 }, 'setting-fixed', /BUTLER_PORT stands in \.env and needs a restart/],
    [{ ANTHROPIC_API_KEY: 'x' }, 'setting-fixed', /needs a restart/],
    [{ NONSENSE: 1 }, 'setting-unknown', /There is no setting "NONSENSE"/],
    [{ toString: 1 }, 'setting-unknown', /no setting/],
    [{ BUTLER_LANGUAGE: 'Deutsch!' }, 'setting-invalid', /must be a language/],
    [{ BUTLER_HISTORY_DAYS: 0 }, 'setting-invalid', /1 to 3650/],
    [{ BUTLER_HISTORY_DAYS: '7' }, 'setting-invalid', /BUTLER_HISTORY_DAYS/],
    [{ BUTLER_LOCATION: 'home' }, 'setting-invalid', /latitude,longitude/],
    [{ caps: { household: { day: -1 } } }, 'setting-invalid', /household day/],
    [{ caps: { doors: { window: { day: 1 } } } }, 'setting-invalid', /caps/],
    [{ caps: { household: { week: 1 } } }, 'setting-invalid', /week/],
    [{ loginNeedsApproval: 'yes' }, 'setting-invalid', /loginNeedsApproval/],
  ] as const)('%j is refused, and nothing of it is kept', async (wanted, code, message) => {
    const change = household.change({ BUTLER_VOICE: 'bm_george', ...wanted });
    await expect(change).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(household.settings.BUTLER_VOICE).toBe('af_heart');
  });
});

test('the list tells where each value comes from, and nothing of a secret', async () => {
  await household.change({ BUTLER_VOICE: 'bm_george', caps: { household: { day: 2 } } });
  const list = household.list();
  const of = (key: string) => list.find((one) => one.key === key);
  expect(of('BUTLER_VOICE')).toMatchObject({
    from: 'household',
    value: 'bm_george',
    change: 'now',
  });
  expect(of('BUTLER_NAMES')).toMatchObject({ from: 'environment', value: 'Momo', change: 'now' });
  expect(of('BUTLER_PORT')).toMatchObject({ from: 'default', value: 8000, change: 'restart' });
  expect(of('caps')).toMatchObject({ from: 'household', value: { household: { day: 2 } } });
  expect(of('loginNeedsApproval')).toMatchObject({ from: 'default', change: 'now' });
  for (const key of ['ANTHROPIC_API_KEY', 'DATABASE_URL']) {
    expect(of(key)).toMatchObject({ secret: true, set: true, value: null, from: 'environment' });
  }
  expect(of('JWT_SECRET')).toMatchObject({ secret: true, set: false });
  expect(JSON.stringify(list)).not.toMatch(/very-secret|hush|sk-ant/);
  for (const { about, key } of list) expect(about, key).toMatch(/\S{3}/);
});

test('what this Butler cannot use of another one is passed over, with one line', async () => {
  await database.sql`insert into butler.settings (key, value) values
    ('BUTLER_LANGUAGE', '17'), ('tomorrow', '"x"'), ('BUTLER_VOICE', '"bm_george"')`;
  await household.refresh();
  await household.change({ BUTLER_NAMES: 'Oskar' });
  expect(household.settings.BUTLER_LANGUAGE).toBe('en');
  expect(household.settings.BUTLER_VOICE).toBe('bm_george');
  const said = lines.filter(([, message]) => String(message).includes('passed over'));
  expect(said.map(([entry]) => entry)).toEqual([{ key: 'BUTLER_LANGUAGE' }, { key: 'tomorrow' }]);
});

test('a look that comes back late takes no newer one away', async () => {
  const answers: ((rows: unknown[]) => void)[] = [];
  const sql = () => new Promise((resolve) => void answers.push(resolve));
  const slow = new Household({ given: readConfiguration(environment), log });
  others.push(slow);
  const looks = [slow.open({ sql } as never), slow.refresh()];
  answers[1]?.([{ key: 'BUTLER_NAMES', value: 'Kiki' }]);
  await looks[1];
  answers[0]?.([]);
  await looks[0];
  expect(slow.get('BUTLER_NAMES')).toBe('Kiki');
});

test('without its database the environment counts', async () => {
  const alone = new Household({ given: readConfiguration({}), log });
  others.push(alone);
  await alone.open({ sql: (() => Promise.reject(new Error('away'))) as never });
  expect(alone.settings.BUTLER_LANGUAGE).toBe('en');
  expect(alone.get('caps')).toEqual({});
});

test('another voice answers from the next answer on', async () => {
  const { settings } = household;
  const address = { origin: 'http://127.0.0.1:1', key: 'k' };
  const models = { address: () => address } as unknown as LocalModels;
  const caller = { personId: 'p', name: 'P', role: 'adult', sure: 1, door: 'app' } as const;
  const speaking = new Speaking({ settings, models, log });
  const { voice, close } = speaking.voiceFor({ ...caller, language: 'en' }, {});
  const before = voice();
  expect(voice()).toBe(before);
  await household.change({ BUTLER_VOICE: 'bm_george' });
  expect(voice()).not.toBe(before);
  close();
});
