/** Purging people by the routes: who may, what must be confirmed, and that nothing is left. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { tracesInFiles, tracesInTables } from '../../memory/purge.ts';
import { type FakeAdmin, fakeAdmin, json, owner } from '../../tests/rig/admin.ts';
import type { PurgeReport } from '../purge.ts';

let admin: FakeAdmin;
afterEach(() => admin.forget());

const { password } = owner;
const all = 'delete everything of this household';

const codeOf = async (answer: Response): Promise<string> => {
  const { code } = (await answer.json()) as { code: string };
  return `${answer.status} ${code}`;
};

it('deletes a person with all that is theirs, in tables and files, and proves it', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  const zed = await admin.joinAs('adult', 'Zedquux');
  const purge = (body: object, headers = zed.bearer) => admin.post('/api/v1/purge', body, headers);
  await admin.post('/api/v1/memory/facts', { fact: 'x', category: 'personal' }, zed.bearer);
  await admin.memory.database.sql`
    insert into butler.user_facts (user_id, category, fact, source, confidence)
    values (${zed.id}, 'personal', 'Hums sea shanties', 'explicit', 1)`;
  const at = new Date(admin.now.ms).toISOString();
  const turn = { id: 't1', at, door: 'app', transport: 'text' } as const;
  admin.turns.add({ ...turn, personId: zed.id, clocks: { input: 'text' }, faults: [] });
  await admin.timers.set({ ownerId: zed.id, name: 'Zedquux tea', durationMs: 60_000 });
  admin.house.setPin(zed.id, '4711');
  await writeFile(join(admin.folder, 'people.json.imported'), JSON.stringify({ id: zed.id }));

  expect(await codeOf(await purge({ confirm: 'ada', password }))).toBe('422 purge-not-confirmed');
  expect(await codeOf(await purge({ confirm: 'zedquux', password: 'no' }))).toBe(
    '403 password-wrong',
  );
  const other = await purge({ userId: 'x', confirm: 'x', password });
  expect(await codeOf(other)).toBe('404 person-unknown');

  const answer = await purge({ confirm: ' ZedQuux', password });
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as PurgeReport;
  expect(report).toMatchObject({ remaining: 0, where: [], notReclaimed: [] });
  expect(report.rows).toMatchObject({ users: 1, user_facts: 1, devices: 1 });
  expect(report.other).toEqual({ devices: 1, pin: 1, timers: 1, turns: 1, files: 1 });
  expect(report.backupsUntil).toBe('2026-03-29');

  expect((await admin.app.request('/api/v1/me', { headers: zed.bearer })).status).toBe(401);
  await admin.audit.record({ actor: { personId: zed.id }, what: 'late', outcome: 'done' });
  const texts = [zed.id, 'Zedquux', 'zedquux', 'sea shanties'];
  expect(await tracesInTables(admin.memory.database.sql, texts)).toEqual([]);
  expect(await tracesInFiles(admin.folder, texts)).toEqual([]);
  expect(JSON.stringify(admin.lines)).not.toContain(zed.id);
  expect(await admin.audit.verify()).toMatchObject({ ok: true });
  expect((await admin.app.request('/api/v1/me', { headers: bearer })).status).toBe(200);
});

it('lets owners delete others, with their own password; nobody else; no child itself', async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  const ben = await admin.joinAs('child', 'Ben');
  const eve = await admin.joinAs('guest', 'Eve');
  const remove = (id: string, body: object, headers: Record<string, string>) =>
    admin.app.request(`/api/v1/users/${id}`, {
      method: 'DELETE',
      headers: { ...json, ...headers },
      body: JSON.stringify(body),
    });
  const right = { confirm: 'ben', password };
  expect((await remove(ben.id, right, eve.bearer)).status).toBe(403);
  expect((await admin.post('/api/v1/purge', right, ben.bearer)).status).toBe(403);
  const stranger = await admin.post('/api/v1/purge', { ...right, userId: ben.id }, eve.bearer);
  expect(await codeOf(stranger)).toBe('404 person-unknown');
  expect(await codeOf(await remove(ben.id, { ...right, confirm: 'eve' }, bearer))).toBe(
    '422 purge-not-confirmed',
  );
  expect((await remove(ben.id, right, bearer)).status).toBe(200);
  expect(await codeOf(await remove(ben.id, right, bearer))).toBe('404 person-unknown');
  expect(await codeOf(await remove(user.id, { confirm: 'ada', password }, bearer))).toBe(
    '409 purge-last-owner',
  );
  await admin.audit.record({ actor: { part: 'test' }, what: 'now', outcome: 'done' });
  const own = await admin.audit.list({ limit: 50, actor: user.id, what: 'delete' });
  expect(own.map(({ outcome }) => outcome)).toContain('done');
});

it('slows down who guesses the password', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  const codes: string[] = [];
  for (let tries = 0; tries < 7; tries++) {
    const body = { confirm: 'ada', password: `guess ${tries}` };
    codes.push(await codeOf(await admin.post('/api/v1/purge', body, bearer)));
  }
  expect(codes.at(0)).toBe('403 password-wrong');
  expect(codes.at(-1)).toBe('429 login-slowed');
});

it('with the last owner the whole household goes, if that was said twice', async () => {
  admin = await fakeAdmin();
  const { bearer } = await admin.enter();
  await admin.joinAs('adult', 'Ben');
  const { sql } = admin.memory.database;
  await sql`insert into butler.documents (space, key, value) values ('lists', 'l', '["milk"]')`;
  const purge = (more: object) =>
    admin.post('/api/v1/purge', { confirm: 'ada', password, ...more }, bearer);
  expect(await codeOf(await purge({}))).toBe('409 purge-last-owner');
  expect((await purge({ everything: true })).status).toBe(422);
  expect((await purge({ confirmEverything: all })).status).toBe(422);
  const answer = await purge({ everything: true, confirmEverything: all });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ remaining: 0, rows: { users: 2, documents: 1 } });
  expect(await tracesInTables(sql, ['milk', 'Ada Example', 'ben'])).toEqual([]);
  expect(admin.people.count()).toBe(0);
  expect((await admin.post('/api/v1/setup', owner)).status).toBe(201);
});
