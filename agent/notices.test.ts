/** Notices: told once, kept for each person alone, settled; a database that is away loses none. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Database } from '../memory/database.ts';
import { notificationsOf, openUsers } from '../memory/users.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { createHappenings, type Happening } from './happenings.ts';
import { type NewNotice, openNotices } from './notices.ts';

const failed = (why = 'The disk is full.'): Omit<NewNotice, 'to'> => ({
  key: 'backup',
  code: 'backup-failed',
  words: (language) => ({
    title: language === 'de' ? 'Die Sicherung ist gescheitert' : 'The backup failed',
    detail: why,
  }),
  data: { attempts: 2 },
});

const boardOn = async (database: Database, at = '2026-03-01T12:00Z') => {
  const told: Happening[] = [];
  const warnings: string[] = [];
  const state: { away: boolean; ms: number } = { away: false, ms: Date.parse(at) };
  const gone = () => Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNREFUSED' }));
  const watched: Database = {
    ...database,
    state: () => (state.away ? { state: 'failed', sentence: 'Away.' } : database.state()),
    asPerson: (...given) => (state.away ? gone() : database.asPerson(...given)),
  };
  const users = await openUsers(database);
  const join = async (role: 'owner' | 'adult', language: string | null) =>
    (await users.insert({ id: randomUUID(), name: 'Somebody', role, language })).id;
  const happenings = createHappenings();
  happenings.on((happening) => told.push(happening));
  const notices = openNotices({
    ...{ database: watched, users, happenings, language: 'en', timeZone: 'UTC' },
    clock: () => new Date(state.ms),
    log: { warn: (_, message) => void warnings.push(message) },
  });
  return { notices, told, state, warnings, join, users, database };
};

eachEngine((open) => {
  let board: Awaited<ReturnType<typeof boardOn>>;
  let ada: string;
  let bob: string;
  let eve: string;
  let opened: Database | undefined;
  beforeEach(async () => {
    opened ??= await open();
    await opened.sql`truncate butler.users cascade`;
    board = await boardOn(opened);
    ada = await board.join('owner', null);
    bob = await board.join('owner', 'de');
    eve = await board.join('adult', null);
  });
  const titles = async (personId: string) =>
    (await board.notices.list(personId, { limit: 10 })).map(({ title }) => title);

  it('tells every owner, each in their language, and nobody else', async () => {
    await board.notices.tell({ to: 'owners', ...failed() });
    expect(await titles(ada)).toEqual(['The backup failed']);
    expect(await titles(bob)).toEqual(['Die Sicherung ist gescheitert']);
    expect(await titles(eve)).toEqual([]);
    expect(board.told.map(({ topic, personId }) => [topic, personId])).toEqual([
      ['notifications', ada],
      ['notifications', bob],
    ]);
    expect(board.told[0]?.event).toMatchObject({
      ...{ type: 'notification', code: 'backup-failed', key: 'backup', data: { attempts: 2 } },
      ...{ id: (await board.notices.list(ada, { limit: 1 }))[0]?.id },
    });
    await board.notices.close();
  });

  it('replaces the open one of a key, unread again, and says the same words once', async () => {
    const to = { personId: ada };
    await board.notices.tell({ to, ...failed() });
    const [first] = await board.notices.list(ada, { limit: 1 });
    await board.notices.tell({ to, ...failed() });
    expect(board.told).toHaveLength(1);
    expect(await board.notices.read(ada, [first?.id ?? ''])).toBe(1);
    await board.notices.tell({ to, ...failed('The target is away.') });
    const now = await board.notices.list(ada, { limit: 10, unread: true });
    expect(now).toMatchObject([{ detail: 'The target is away.', readAt: null }]);
    expect(await board.notices.read(ada, [first?.id ?? ''])).toBe(0);
    expect(board.told).toHaveLength(2);
    await board.notices.close();
  });

  it('settles a key for everybody, and begins anew after that', async () => {
    await board.notices.tell({ to: 'owners', ...failed() });
    await board.notices.settle('backup');
    expect(await board.notices.list(ada, { limit: 10, unread: true })).toEqual([]);
    expect(await board.notices.list(bob, { limit: 10 })).toMatchObject([
      { settledAt: new Date(board.state.ms) },
    ]);
    expect(board.told.slice(2).map(({ event }) => event.type)).toEqual([
      'notification-settled',
      'notification-settled',
    ]);
    await board.notices.tell({ to: 'owners', ...failed() });
    expect(await titles(ada)).toHaveLength(2);
    await board.notices.close();
  });

  it('pages by id, and reads for one person alone', async () => {
    for (const key of ['a', 'b', 'c']) {
      await board.notices.tell({ to: { personId: ada }, ...failed(key), key });
    }
    const page = await board.notices.list(ada, { limit: 2 });
    expect(page.map(({ detail }) => detail)).toEqual(['c', 'b']);
    const rest = await board.notices.list(ada, { limit: 2, before: page[1]?.id });
    expect(rest.map(({ detail }) => detail)).toEqual(['a']);
    const ids = [...page, ...rest].map(({ id }) => id);
    expect(await board.notices.read(eve, ids)).toBe(0);
    expect(await board.notices.read(ada, [...ids, 'no id', '99999999999999999999'])).toBe(3);
    expect(await board.notices.list(ada, { limit: 9, before: 'x' })).toEqual([]);
    await board.notices.close();
  });

  it('says it at once while the database is away, and writes it when that is back', async () => {
    board.state.away = true;
    await board.notices.tell({ to: { personId: ada }, ...failed() });
    await board.notices.tell({ to: { personId: ada }, ...failed(), key: 'second' });
    await board.notices.settle('second');
    expect(board.told.map(({ event }) => event.id)).toEqual([null, null]);
    expect(board.notices.waiting()).toBe(3);
    board.state.away = false;
    await board.notices.tell({ to: { personId: eve }, ...failed() });
    expect(board.notices.waiting()).toBe(0);
    const kept = await board.notices.list(ada, { limit: 10 });
    expect(kept.map(({ settledAt }) => settledAt === null)).toEqual([false, true]);
    // Told once: what was said while it could not be kept is not said again.
    expect(board.told.filter(({ event }) => event.type === 'notification')).toHaveLength(3);
    await board.notices.close();
  });

  it('drops the oldest of more than it may hold, and never throws', async () => {
    board.state.away = true;
    for (let time = 0; time < 203; time++) {
      await board.notices.tell({ to: { personId: ada }, ...failed(), key: `key ${time}` });
    }
    expect(board.notices.waiting()).toBe(200);
    expect(board.warnings).toHaveLength(3);
    board.state.away = false;
    await board.notices.tell({ to: { personId: randomUUID() }, ...failed() });
    await board.notices.tell({ to: { personId: ada }, ...failed(), key: '' });
    expect(board.warnings.at(-1)).toBe('a notice could not be written');
    await board.notices.close();
  });

  it('waits where it is quiet, tells nothing that is off, and keeps all of it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    board = await boardOn(board.database, '2026-03-01T23:00Z');
    const wishes = { ...notificationsOf({}), quiet: { from: '22:00', to: '07:00' } };
    await board.users.update(ada, { notifications: wishes });
    const topics = { ...wishes.topics, house: false };
    await board.users.update(bob, { notifications: { ...wishes, quiet: null, topics } });
    await board.notices.tell({ to: 'owners', ...failed() });
    await board.notices.tell({ to: { personId: ada }, ...failed(), key: 'over soon' });
    await board.notices.settle('over soon');
    await board.notices.tell({ to: 'owners', ...failed(), key: 'door', code: 'device-waits' });
    const told = () =>
      board.told
        .filter(({ event }) => event.type === 'notification')
        .map(({ personId, event }) => [personId, event.key]);
    // What is urgent is told at night, too.
    expect(told()).toEqual([
      [ada, 'door'],
      [bob, 'door'],
    ]);
    expect(await titles(ada)).toHaveLength(3);
    expect(await titles(bob)).toHaveLength(2);
    board.state.ms = Date.parse('2026-03-02T07:00Z');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told().slice(2)).toEqual([[ada, 'backup']]);
    await board.notices.close();
    vi.useRealTimers();
  });

  it('forgets what is older than ninety days', async () => {
    await board.notices.tell({ to: { personId: ada }, ...failed() });
    await board.notices.close();
    const soon = await boardOn(board.database, '2026-05-30T12:00Z');
    await soon.notices.tell({ to: { personId: ada }, ...failed(), key: 'newer' });
    await soon.notices.close();
    expect(await titles(ada)).toHaveLength(2);
    const later = await boardOn(board.database, '2026-05-30T12:01Z');
    await later.notices.tell({ to: { personId: ada }, ...failed(), key: 'new' });
    await expect.poll(() => titles(ada)).toHaveLength(2);
    await later.notices.close();
  });
});
