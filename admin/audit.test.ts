/** The audit log: a chain that never forks, finds every change, and outlives people unnamed. */
import { expect, it, vi } from 'vitest';
import { createLog } from '../agent/log.ts';
import type { Database } from '../memory/database.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { type Audit, openAudit } from './audit.ts';

const log = createLog('silent');
const clock = () => Date.parse('2026-03-01T12:00:00Z');
const opened = (database: Database): Audit => openAudit({ database, log, clock });
const join = (database: Database, id: string) =>
  database.sql`insert into butler.users (id, name, role) values (${id}, ${`N ${id}`}, 'adult')`;
const door = { part: 'door' };

/** As whoever owns the database could. */
const tamper = (database: Database, change: string) =>
  database.sql.begin(async (sql) => {
    await sql`alter table butler.audit disable trigger audit_is_append_only`;
    await sql.unsafe(change);
    await sql`alter table butler.audit enable trigger audit_is_append_only`;
  });

eachEngine((open) => {
  it('keeps one chain under twenty writers of two logs', async () => {
    const database = await open();
    await join(database, 'ada');
    const logs = [opened(database), opened(database)];
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let count = 0; count < 5; count++) {
        const detail = { writer, count, when: 1.5, none: null, yes: true };
        const actor = { personId: 'ada' };
        await logs[writer % 2]?.record({ actor, what: 'test', outcome: 'done', detail });
      }
    });
    await Promise.all(writers);
    for (const one of logs) await one.close();
    expect(await logs[0]?.verify()).toEqual({ ok: true, entries: 100 });
    const lines = await logs[0]?.list({ limit: 200 });
    expect(lines?.map(({ number }) => number)).toEqual(
      Array.from({ length: 100 }, (_, index) => 100 - index),
    );
    expect(new Set(lines?.map(({ detail }) => `${detail.writer} ${detail.count}`)).size).toBe(100);
  });

  it('refuses to change a line, and finds one that was changed all the same', async () => {
    const database = await open();
    const audit = opened(database);
    const recorded = Array.from({ length: 12 }, (_, count) =>
      audit.record({ actor: door, what: `step-${count}`, outcome: 'done' }),
    );
    await Promise.all(recorded);
    const { sql } = database;
    await expect(sql`update butler.audit set what = 'x'`).rejects.toThrow('only ever added to');
    await expect(sql`delete from butler.audit`).rejects.toThrow('only ever added to');
    await expect(sql`truncate butler.audit`).rejects.toThrow('only ever added to');
    const anchor = await audit.newest();
    if (!anchor) throw new Error('nothing was recorded');
    expect(anchor.number).toBe(12);

    await tamper(database, `update butler.audit set outcome = 'refused' where number = 7`);
    expect(await audit.verify()).toEqual({ ok: false, entries: 6, brokenAt: 7 });
    await tamper(database, `update butler.audit set outcome = 'done' where number = 7`);
    expect(await audit.verify()).toEqual({ ok: true, entries: 12 });
    await tamper(database, `update butler.audit set detail = '{"a": 1}' where number = 3`);
    expect(await audit.verify()).toMatchObject({ brokenAt: 3 });
    await tamper(database, `update butler.audit set detail = '{}' where number = 3`);

    await tamper(database, 'delete from butler.audit where number = 12');
    // The chain alone cannot tell that its end is gone; who noted it can.
    expect(await audit.verify()).toEqual({ ok: true, entries: 11 });
    expect(await audit.verify(anchor)).toEqual({ ok: false, entries: 11, brokenAt: 12 });
    await tamper(database, 'delete from butler.audit where number = 5');
    expect(await audit.verify()).toEqual({ ok: false, entries: 4, brokenAt: 5 });
    await audit.close();
  });

  it('names people while they are here, and nobody afterwards', async () => {
    const database = await open();
    const audit = opened(database);
    for (const id of ['ada', 'ben']) await join(database, id);
    const [ada, ben] = [{ personId: 'ada' }, { personId: 'ben' }];
    await audit.record({ actor: ada, what: 'look', outcome: 'done', target: ben });
    const hidden = { id: 'ben' };
    const odd = { word: 'ben', '\0': 'x\0\uD800', bad: Number.NaN };
    await audit.record({
      actor: door,
      what: 'odd',
      outcome: 'failed',
      target: hidden,
      detail: odd,
    });
    await audit.record({ actor: ben, what: 'own', outcome: 'refused', device: 'phone' });
    const own = await audit.list({ limit: 9, concerning: 'ben' });
    expect(own.map(({ what }) => what)).toEqual(['own', 'odd', 'look']);
    expect(own[2]).toMatchObject({ actor: { name: 'N ada' }, target: { name: 'N ben' } });
    const did = await audit.list({ limit: 9, actor: 'ben' });
    expect(did.map(({ what }) => what)).toEqual(['own']);

    await database.sql`delete from butler.users where id = 'ben'`;
    await audit.record({ actor: ben, what: 'late', outcome: 'done', target: ben });
    expect(await audit.list({ limit: 9, concerning: 'ben' })).toEqual([]);
    expect(await audit.list({ limit: 1 })).toMatchObject([
      { actor: { id: 'somebody' }, target: { id: 'somebody' } },
    ]);
    const text = JSON.stringify(await database.sql`select * from butler.audit`);
    expect(text).not.toMatch(/\bben\b/);
    expect(await audit.verify()).toEqual({ ok: true, entries: 4 });
    const page = await audit.list({ limit: 9, before: 3, what: 'lo', to: new Date(clock() + 1) });
    expect(page.map(({ number }) => number)).toEqual([1]);
    await audit.close();
  });
});

/** Takes lines only while `away` is undefined. */
const shaky = () => {
  const state = { away: true, taken: 0 };
  const sql = {
    begin: async () => {
      if (state.away) throw Object.assign(new Error('away'), { code: 'database-unreachable' });
      state.taken += 1;
    },
  };
  return { state, database: { sql } as unknown as Database };
};

it('keeps what a database that is away does not take, and never throws', async () => {
  vi.useFakeTimers();
  try {
    const { state, database } = shaky();
    const warned = vi.spyOn(log, 'warn');
    const audit = opened(database);
    const first = audit.record({ actor: door, what: 'a', outcome: 'done' });
    await vi.advanceTimersByTimeAsync(150);
    await first;
    await audit.record({ actor: door, what: 'b', outcome: 'done' });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(warned).toHaveBeenCalledOnce();
    state.away = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.taken).toBe(1);
    state.away = true;
    void audit.record({ actor: door, what: 'c', outcome: 'done' });
    const failed = vi.spyOn(log, 'error');
    await audit.close();
    expect(failed).toHaveBeenCalledWith({ lost: 1 }, expect.any(String));
    await expect(
      audit.record({ actor: door, what: 'd', outcome: 'done' }),
    ).resolves.toBeUndefined();
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
  }
});
