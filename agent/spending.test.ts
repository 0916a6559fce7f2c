/** Caps hold before a call, side by side too, and money is counted by the household's days. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUsers } from '../memory/users.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import type { TurnCost } from './events.ts';
import type { NewNotice } from './notices.ts';
import type { Caps } from './spending/caps.ts';
import { dayOf, endOf } from './spending/days.ts';
import { purseOf, Spending } from './spending.ts';

const timeZone = 'Europe/Oslo';
const warned: string[] = [];
const log = { warn: (...told: unknown[]) => void warned.push(String(told.at(-1))) } as never;

let caps: Caps;
let now: Date;
let told: NewNotice[];
let settled: string[];
let database: Awaited<ReturnType<typeof sharedDatabase>>;
let open: Spending[];

const notices = {
  tell: async (notice: NewNotice) => {
    told.push(notice);
    const { key, code } = notice;
    await database.sql`insert into butler.notices (user_id, key, code, title, detail)
      values ('ada', ${key}, ${code}, 'a', 'b')`;
  },
  settle: async (key: string) => {
    settled.push(key);
    await database.sql`update butler.notices set settled_at = now() where key = ${key}`;
  },
};

const opened = async (tells = false): Promise<Spending> => {
  const spending = new Spending({ timeZone, now: () => now, log, caps: () => caps });
  await spending.open(database, tells ? notices : undefined);
  open.push(spending);
  return spending;
};

const turn = (usd: number | undefined, personId = 'ada', door = 'app') => {
  const cost: TurnCost = usd === undefined ? { voiceUsd: 0 } : { mindUsd: usd, totalUsd: usd };
  return { personId, door, clocks: { input: 'text', cost } } as Parameters<Spending['spent']>[0];
};
const ada = { personId: 'ada', door: 'app' };

beforeEach(async () => {
  database = await sharedDatabase();
  const users = await openUsers(database);
  await users.insertAll([
    { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' },
    { id: 'ben', name: 'Ben', username: 'ben', role: 'adult' },
  ]);
  [caps, now, told, settled, open] = [{}, new Date('2026-03-10T12:00:00Z'), [], [], []];
});
afterEach(async () => {
  for (const spending of open) await spending.close();
});

describe('a cap', () => {
  test('of each kind refuses whom it is for, and nobody else', async () => {
    const spending = await opened();
    spending.spent(turn(1));
    const refused = (given: Caps, spender = ada) => {
      caps = given;
      return spending.refuses(spender)?.whose;
    };
    const limit = { day: 1 };
    expect(refused({})).toBeUndefined();
    expect(refused({ household: { day: 1.01 } })).toBeUndefined();
    expect(refused({ household: limit })).toBe('household');
    expect(refused({ household: { month: 1 } })).toBe('household');
    expect(refused({ everyone: limit })).toBe('person');
    expect(refused({ everyone: limit, people: { ada: { day: 9 } } })).toBeUndefined();
    expect(refused({ everyone: limit }, { personId: 'ben', door: 'app' })).toBeUndefined();
    expect(refused({ doors: { app: limit } })).toBe('door');
    expect(refused({ doors: { room: limit } })).toBeUndefined();
    expect(refused({ triggers: { person: limit } })).toBe('trigger');
    expect(refused({ triggers: { schedule: limit } })).toBeUndefined();
    expect(refused({ people: { ben: { day: 0 } } }, { personId: 'ben', door: 'mcp' })).toBe(
      'person',
    );
  });

  test('ends with its day and month, by the clocks of the household', async () => {
    const spending = await opened();
    caps = { household: { day: 1 } };
    now = new Date('2026-03-10T22:59:59Z');
    spending.spent(turn(1));
    expect(spending.refuses(ada)).toEqual({ whose: 'household', period: 'day' });
    expect(spending.status()[0]?.until.toISOString()).toBe('2026-03-10T23:00:00.000Z');
    now = new Date('2026-03-10T23:00:00Z');
    expect(spending.refuses(ada)).toBeUndefined();
    caps = { household: { month: 1 } };
    expect(spending.refuses(ada)).toEqual({ whose: 'household', period: 'month' });
    now = new Date('2026-03-31T22:00:00Z');
    expect(spending.refuses(ada)).toBeUndefined();
  });

  test('counts turns side by side by what they may cost', async () => {
    const spending = await opened();
    caps = { household: { day: 1 } };
    for (let turns = 0; turns < 4; turns += 1) spending.spent(turn(0.2));
    // 0.80 is spent and a turn costs 0.20: one may begin, and no second beside it.
    const [first, second] = [purseOf(spending, ada), purseOf(spending, { ...ada, door: 'room' })];
    expect(first.refusesTurn()).toBeUndefined();
    expect(second.refusesTurn()).toEqual({ whose: 'household', period: 'day' });
    // The next step of the same turn goes on.
    expect(first.refusesTurn()).toBeUndefined();
    first.close();
    expect(second.refusesTurn()).toBeUndefined();
    second.spent({ ...turn(0.2) } as never);
    expect(first.refusesTurn()).toEqual({ whose: 'household', period: 'day' });
  });

  test('sees what other processes spent, and counts nothing twice', async () => {
    const [here, there] = [await opened(), await opened()];
    caps = { household: { day: 1 } };
    here.spent(turn(0.6));
    there.spent(turn(0.6, 'ben', 'room'));
    expect(here.refuses(ada)).toBeUndefined();
    await there.refresh();
    await here.refresh();
    await here.refresh();
    expect(here.status()[0]?.spentUsd).toBeCloseTo(1.2, 9);
    expect(here.refuses(ada)).toEqual({ whose: 'household', period: 'day' });
    const rows = await here.rows({ from: '2026-03-01', to: '2026-03-31' });
    expect(rows).toEqual([
      { day: '2026-03-10', ...ada, trigger: 'person', usd: 0.6, turns: 1, unpriced: 0 },
      {
        day: '2026-03-10',
        personId: 'ben',
        door: 'room',
        trigger: 'person',
        usd: 0.6,
        turns: 1,
        unpriced: 0,
      },
    ]);
    expect(await here.rows({ from: '2026-03-01', to: '2026-03-31', personId: 'ben' })).toHaveLength(
      1,
    );
  });
});

test('a turn without a known price counts 0 and is counted; one of nobody is not', async () => {
  const spending = await opened();
  spending.spent(turn(undefined));
  spending.spent(turn(0.1));
  spending.spent(turn(0.1, 'somebody who left'));
  spending.spent({ ...turn(1), clocks: { input: 'text' } });
  await spending.refresh();
  const [row, ...more] = await spending.rows({ from: '2026-03-10', to: '2026-03-10' });
  expect(row).toMatchObject({ usd: 0.1, turns: 2, unpriced: 1 });
  expect(more).toEqual([]);
});

test('owners are told near and at a cap, once in its time; then it is settled', async () => {
  const spending = await opened(true);
  caps = { people: { ben: { day: 1 } } };
  spending.spent(turn(0.79, 'ben'));
  await spending.refresh();
  expect(told).toEqual([]);
  spending.spent(turn(0.01, 'ben'));
  await spending.refresh();
  await spending.refresh();
  expect(told.map(({ code, to }) => [code, to])).toEqual([['spending-cap-near', 'owners']]);
  expect(told[0]?.words('en').detail).toContain('For Ben, $0.80 of $1.00 were spent today.');
  expect(told[0]?.words('de').detail).toContain('Ben');
  spending.spent(turn(0.3, 'ben'));
  await spending.refresh();
  expect(told.map(({ code }) => code)).toEqual(['spending-cap-near', 'spending-cap-reached']);
  expect(settled).toEqual([expect.stringContaining('spending-cap-near:person:ben:day')]);
  await opened(true);
  expect(told).toHaveLength(2);
  caps = { people: { ben: { day: 5 } } };
  await spending.refresh();
  expect(settled).toHaveLength(2);
});

test('two looks at once tell once', async () => {
  const spending = await opened(true);
  caps = { household: { day: 1 } };
  spending.spent(turn(1));
  await Promise.all([spending.refresh(), spending.refresh()]);
  expect(told.map(({ code }) => code)).toEqual(['spending-cap-reached']);
});

test('while the database is away, what is known counts, and nothing is lost', async () => {
  const spending = await opened();
  caps = { household: { day: 1 } };
  const { sql } = database;
  await sql`alter table butler.spending rename to spending_away`;
  try {
    spending.spent(turn(1));
    await spending.refresh();
    expect(spending.refuses(ada)).toEqual({ whose: 'household', period: 'day' });
    expect(warned).toContain('spending cannot be written now; it is kept');
  } finally {
    await sql`alter table butler.spending_away rename to spending`;
  }
  await spending.refresh();
  expect(await spending.rows({ from: '2026-03-10', to: '2026-03-10' })).toHaveLength(1);
  expect(spending.status()[0]?.spentUsd).toBe(1);
});

test.each([
  ['day', '2026-03-28T23:30:00Z', '2026-03-29T22:00:00.000Z'],
  ['day', '2026-10-25T12:00:00Z', '2026-10-25T23:00:00.000Z'],
  ['month', '2026-02-10T12:00:00Z', '2026-02-28T23:00:00.000Z'],
  ['month', '2026-12-31T22:59:59Z', '2026-12-31T23:00:00.000Z'],
] as const)('the %s of %s ends at %s', (period, at, end) => {
  expect(endOf(period, { at: new Date(at), timeZone }).toISOString()).toBe(end);
  expect(dayOf(new Date(end), timeZone)).not.toBe(dayOf(new Date(at), timeZone));
});
