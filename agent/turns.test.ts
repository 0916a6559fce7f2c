/** The recent turns: over a restart, from another process, for so long and no longer. */
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TurnRecord } from './events.ts';
import { createLog } from './log.ts';
import { openTurns } from './turns.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'butler-turns-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const log = createLog('silent');
let made = 0;
const record = (facts: Partial<TurnRecord> = {}): TurnRecord => {
  made += 1;
  return {
    id: `turn-${made}`,
    at: new Date(Date.UTC(2026, 2, 1, 12, 0, made)).toISOString(),
    door: 'app',
    transport: 'websocket',
    personId: 'ada',
    clocks: { input: 'voice', firstHeardMs: 700 },
    faults: [],
    ...facts,
  };
};
const opened = (day: string, reads = true) =>
  openTurns({ folder, log, reads, now: () => new Date(`${day}T12:00:00Z`) });
const ids = (records: TurnRecord[]): string[] => records.map(({ id }) => id);

it('lists the newest first, of one door or one person', async () => {
  const turns = await opened('2026-03-01');
  const first = record();
  const second = record({ door: 'room' });
  const third = record({ personId: 'ben' });
  for (const one of [first, second, third]) turns.add(one);
  expect(ids(turns.list({ limit: 2 }))).toEqual(ids([third, second]));
  expect(ids(turns.list({ limit: 9, door: 'room' }))).toEqual([second.id]);
  expect(ids(turns.list({ limit: 9, personId: 'ben' }))).toEqual([third.id]);
  await turns.close();
});

it('knows them after a restart, torn lines apart, and keeps the last two hundred', async () => {
  const before = await opened('2026-03-01');
  for (let count = 0; count < 230; count++) before.add(record());
  await before.close();
  await appendFile(path.join(folder, '2026-03-01.jsonl'), '{"id":"torn","at":"20');
  const after = await opened('2026-03-02');
  const kept = after.list({ limit: 1_000 });
  expect(kept).toHaveLength(200);
  expect(kept[0]?.id).toBe(`turn-${made}`);
  await after.close();
});

it('hears of the turns of another process, once each, and of its own', async () => {
  const server = await opened('2026-03-01');
  const worker = await opened('2026-03-01', false);
  const heard: string[] = [];
  server.on(({ id }) => heard.push(id));
  const [own, theirs] = [record(), record({ transport: 'livekit' })];
  server.add(own);
  worker.add(theirs);
  await worker.close();
  await vi.waitFor(() => expect(heard).toEqual([own.id, theirs.id]), 3_000);
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(heard).toHaveLength(2);
  await server.close();
});

it('forgets after thirty days, and leaves other files alone', async () => {
  for (const name of ['2026-01-29', '2026-01-30'])
    await writeFile(path.join(folder, `${name}.jsonl`), '');
  await writeFile(path.join(folder, 'notes.txt'), '');
  const turns = await opened('2026-03-01');
  expect((await readdir(folder)).sort()).toEqual(['2026-01-30.jsonl', 'notes.txt']);
  await turns.close();
});

it('writes down no word', async () => {
  const turns = await opened('2026-03-01');
  turns.add(record());
  await turns.close();
  const line = JSON.parse(await readFile(path.join(folder, '2026-03-01.jsonl'), 'utf8'));
  expect(Object.keys(line).sort()).toEqual(
    ['at', 'clocks', 'door', 'faults', 'id', 'personId', 'transport'].sort(),
  );
});

it('forgets a person, also in files that another process goes on writing', async () => {
  const before = await opened('2026-02-28');
  const old = record({ personId: 'ben' });
  before.add(old);
  await before.close();
  await appendFile(path.join(folder, '2026-02-28.jsonl'), '{"id":"torn","personId":"ben');
  const server = await opened('2026-03-01');
  const worker = await opened('2026-03-01', false);
  const [kept, gone] = [record(), record({ personId: 'ben' })];
  for (const one of [kept, gone]) worker.add(one);
  await worker.close();
  const all = async (personId: string): Promise<TurnRecord[]> => {
    const found: TurnRecord[] = [];
    for await (const one of server.of(personId)) found.push(one);
    return found;
  };
  expect(ids(await all('ben'))).toEqual([old.id, gone.id]);
  expect(await server.forget('ben')).toBe(3);
  expect(server.list({ limit: 9, personId: 'ben' })).toEqual([]);
  expect(await all('ben')).toEqual([]);
  expect(ids(await all('ada'))).toEqual([kept.id]);

  // A conversation that ends after it.
  server.add(record({ personId: 'ben' }));
  const late = await opened('2026-03-01', false);
  late.add(record({ personId: 'ben' }));
  late.add(record());
  await late.close();
  await vi.waitFor(() => expect(server.list({ limit: 9 })).toHaveLength(2), 3_000);
  await server.close();
  for (const name of await readdir(folder)) {
    expect(await readFile(path.join(folder, name), 'utf8')).not.toContain('ben');
  }
});
