/** Calls are written after their turn, without secrets, and read by whose they are. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openUsers } from '../memory/users.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import type { ToolOutcome } from '../tools/core/outcome.ts';
import { kept, keptText } from './reasons/left-out.ts';
import { Reasoning } from './reasons/reasoning.ts';
import { type NewCall, Reasons } from './reasons.ts';

const now = new Date('2026-03-10T12:00:00Z');
const dayMs = 86_400_000;
const lines: unknown[][] = [];
const log = {
  info: (...line: unknown[]) => void lines.push(line),
  warn: (...line: unknown[]) => void lines.push(line),
} as never;
const outcome: ToolOutcome = {
  ...{ ok: true, say: 'It is on.', effect: 'write', verdict: 'run', verified: true },
  receipt: { is: 'on' },
};
const call = (more: Partial<NewCall> = {}): NewCall => ({
  ...{ personId: 'ada', guest: false, at: now, turn: 't1', door: 'app', tool: 'lamp_set' },
  ...{ path: 'fast', said: 'lamp on', tainted: false, input: { to: 'on' }, outcome, ...more },
});

let database: Awaited<ReturnType<typeof sharedDatabase>>;
let reasons: Reasons;
let days: number;

beforeEach(async () => {
  database = await sharedDatabase();
  await (await openUsers(database)).insertAll([
    { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' },
    { id: 'ben', name: 'Ben', username: 'ben', role: 'adult' },
  ]);
  [days, lines.length] = [30, 0];
  reasons = new Reasons({ now: () => now, log, historyDays: () => days });
  reasons.open(database, { cleans: false });
});
afterEach(() => reasons.close());

describe('calls', () => {
  test('are kept with all that led to them, newest first, and paged', async () => {
    reasons.note(call());
    reasons.note(call({ tool: 'door_open', path: 'yes', question: 'Shall I?', turn: 't2' }));
    reasons.note(call({ personId: 'ben', door: 'room' }));
    const all = await reasons.list({ limit: 10 });
    expect(all.map(({ personId }) => personId)).toEqual(['ben', 'ada', 'ada']);
    expect(all[1]).toMatchObject({ tool: 'door_open', question: 'Shall I?', path: 'yes', at: now });
    expect(all[2]).toMatchObject({ said: 'lamp on', input: { to: 'on' }, receipt: { is: 'on' } });
    const before = all[1]?.id;
    expect(await reasons.list({ limit: 10, before })).toHaveLength(1);
    expect(await reasons.list({ limit: 10, tool: 'door_open' })).toHaveLength(1);
    expect(await reasons.list({ limit: 10, door: 'room', personId: 'ada' })).toEqual([]);
    expect(await reasons.list({ limit: 10, turn: 't1', personId: 'ada' })).toHaveLength(1);
  });

  test('of one person are seen by nobody else, whatever is asked', async () => {
    reasons.note(call());
    reasons.note(call({ personId: 'ben' }));
    await reasons.write();
    const seen = await database.asPerson(
      'ben',
      (sql) => sql`select user_id from butler.tool_calls`,
    );
    expect(seen.map((row) => row.user_id)).toEqual(['ben']);
  });

  test('that only read are no effects', async () => {
    reasons.note(call({ outcome: { ...outcome, effect: 'read' } }));
    reasons.note(call());
    expect(await reasons.list({ limit: 10, effects: true })).toHaveLength(1);
  });

  test('wait while the database is away, and go with whoever is gone', async () => {
    const { sql } = database;
    await sql`alter table butler.tool_calls rename to away`;
    reasons.note(call());
    await reasons.write();
    expect(lines).toHaveLength(1);
    await sql`alter table butler.away rename to tool_calls`;
    reasons.note(call({ personId: 'nobody' }));
    expect(await reasons.list({ limit: 10 })).toHaveLength(1);
    await sql`delete from butler.users where id = 'ada'`;
    expect(await reasons.list({ limit: 10 })).toEqual([]);
  });

  test('are kept though one beside them is refused for good', async () => {
    reasons.note(call());
    // PostgreSQL reads no year of six digits from this form.
    reasons.note(call({ tool: 'odd', at: new Date('+275760-09-13T00:00:00Z') }));
    reasons.note(call({ tool: 'named', input: { 'a\0b': 1 } }));
    const kept = await reasons.list({ limit: 10 });
    expect(kept.map(({ tool }) => tool)).toEqual(['named', 'lamp_set']);
    expect(kept[0]?.input).toEqual({ ab: 1 });
  });

  test('are deleted with the talk of their time', async () => {
    reasons.note(call({ at: new Date(now.getTime() - 8 * dayMs) }));
    reasons.note(call());
    await reasons.write();
    await reasons.clean();
    expect(await reasons.list({ limit: 10 })).toHaveLength(2);
    days = 7;
    await reasons.clean();
    expect(await reasons.list({ limit: 10 })).toHaveLength(1);
  });
});

describe('what is left out', () => {
  test.each([
    [
      { pin: '2468', to: 'on' },
      { pin: '(left out)', to: 'on' },
    ],
    [{ code: 1234 }, { code: '(left out)' }],
    [
      { a: { apiKey: 'x', password: 'y' } },
      { a: { apiKey: '(left out)', password: '(left out)' } },
    ],
    [{ text: 'the door code is 4711' }, { text: '(left out)' }],
    [
      { text: 'buy milk', amount: 2, at: now },
      { text: 'buy milk', amount: 2, at: now.toISOString() },
    ],
    [{ list: [1, undefined, { b: undefined }] }, { list: [1, null, {}] }],
    [
      { keyword: 'tea', monkey: 'Momo' },
      { keyword: 'tea', monkey: 'Momo' },
    ],
    [undefined, undefined],
    [
      { id: '2a592fe3-5b06-4f62-ab53-3e9d62ca333a' },
      { id: '2a592fe3-5b06-4f62-ab53-3e9d62ca333a' },
    ],
  ])('%j is kept as %j', (given, expected) => {
    expect(kept(given)).toEqual(expected);
  });

  test('is what is too long, and a number that no JSON has', () => {
    expect(JSON.stringify(kept({ text: 'a '.repeat(600) })).length).toBeLessThan(600);
    const long = kept(Array.from({ length: 40 }, () => 'b '.repeat(200)));
    expect(long).toEqual({ cut: expect.stringContaining('too much to keep') });
    expect(kept(Number.NaN)).toBeNull();
    expect(keptText('a\0b')).toBe('ab');
  });
});

describe('what led to a call', () => {
  const noted: NewCall[] = [];
  const said = { turn: 't1', said: 'read my mail' as string | undefined };
  const caller = { personId: 'ada', role: 'adult', door: 'app' } as const;
  const reasoning = new Reasoning({
    ...{ reasons: { note: (one) => void noted.push(one) }, caller, now: () => now },
    turn: () => said,
  });
  const began = (path: NewCall['path'], tainted: boolean, input: unknown = { to: 'Ben' }) =>
    reasoning.begun({ tool: 'mail_send', input, path, tainted });
  const ask = { by: 'yes', digest: 'd', question: 'Shall I?', tool: 'mail_send' } as const;
  const asking: ToolOutcome = { ...outcome, ok: false, verdict: 'ask' };

  test('is, for a yes, what led to its question', () => {
    reasoning.begun({ tool: 'mail_read', input: {}, path: 'mind', tainted: false })({
      ...{ ...outcome, effect: 'read', outside: true },
    });
    began('mind', true)({ ...asking, ask: { ...ask, input: { to: 'Ben' } } });
    Object.assign(said, { turn: 't2', said: 'yes' });
    began('yes', false)(outcome);
    expect(noted.at(-1)).toMatchObject({
      ...{ path: 'yes', turn: 't2', said: 'read my mail', question: 'Shall I?' },
      ...{ tainted: true, source: 'mail_read' },
    });
    began('yes', false, { to: 'Mallory' })(outcome);
    expect(noted.at(-1)).toMatchObject({ said: 'yes', tainted: false });
  });

  test('is told once for a call that goes on in the background', () => {
    const became = began('fast', false);
    const before = noted.length;
    became({ ...outcome, pending: true });
    expect(noted).toHaveLength(before);
    became(outcome);
    expect(noted).toHaveLength(before + 1);
  });
});
