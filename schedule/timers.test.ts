/** Timers survive what processes do: restarts, kills, each other. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTimers, type Timer, type Timers, timersPerPersonMax } from './timers.ts';

let folder: string;
const opened: Timers[] = [];
const children: ChildProcess[] = [];
const lines: string[] = [];
const write = (_: object, message: string) => void lines.push(message);
const log = { info: write, warn: write, error: write };
const systemNow = () => new Date();
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const open = async (now = systemNow): Promise<Timers> => {
  const timers = await openTimers({ folder, now, log });
  opened.push(timers);
  return timers;
};

const until = async (holds: () => boolean | Promise<boolean>, withinMs = 4000): Promise<void> => {
  for (const startedAt = Date.now(); !(await holds()); await wait(10)) {
    if (Date.now() - startedAt > withinMs) throw new Error('It did not happen in time.');
  }
};

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'butler-timers-'));
  lines.length = 0;
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((timers) => timers.close()));
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** A listener that notes what it was told. */
const notesIn =
  (told: string[]) =>
  async (timer: Timer): Promise<'delivered'> => {
    told.push(timer.name ?? timer.id);
    return 'delivered';
  };

/** Another process of the house that runs this body with `timers` opened. */
const inAnotherProcess = (body: string): ChildProcess => {
  const module = JSON.stringify(path.join(import.meta.dirname, 'timers.ts'));
  const code =
    `import { openTimers } from ${module};` +
    `const folder = ${JSON.stringify(folder)};` +
    'const timers = await openTimers({ folder, now: () => new Date() });' +
    `setInterval(() => {}, 1000);${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
};

const outputOf = (child: ChildProcess): { text: string } => {
  const output = { text: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    output.text += chunk.toString();
  });
  return output;
};

describe('keeping', () => {
  test('sets, lists soonest first, extends, cancels; each person sees their own', async () => {
    const timers = await open();
    const tea = await timers.set({ ownerId: 'anna', name: ' tea ', durationMs: 60_000 });
    await timers.set({ ownerId: 'anna', durationMs: 30_000 });
    await timers.set({ ownerId: 'ben', durationMs: 30_000 });
    expect((await timers.list('anna')).map((timer) => timer.name)).toEqual([undefined, 'tea']);
    expect((await timers.extend(tea.id, -50_000))?.dueAtMs).toBe(tea.dueAtMs - 50_000);
    expect((await timers.list('anna')).map((timer) => timer.name)).toEqual(['tea', undefined]);
    expect((await timers.cancel(tea.id))?.name).toBe('tea');
    expect(await timers.cancel(tea.id)).toBeUndefined();
    expect(await timers.extend(tea.id, 1000)).toBeUndefined();
    expect(await timers.list('anna')).toHaveLength(1);
  });

  test.each([0, -5, 999, 86_400_001, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a timer of %d ms',
    async (durationMs) => {
      const timers = await open();
      await expect(timers.set({ ownerId: 'anna', durationMs })).rejects.toMatchObject({
        code: 'timer-length',
      });
    },
  );

  test('a refused change leaves the timer as it was', async () => {
    const timers = await open();
    const timer = await timers.set({ ownerId: 'anna', durationMs: 60_000 });
    await expect(timers.extend(timer.id, -60_000)).rejects.toMatchObject({ code: 'timer-length' });
    expect(await timers.list('anna')).toEqual([timer]);
  });

  test(`takes ${timersPerPersonMax} per person and no more`, async () => {
    const timers = await open();
    for (let count = 0; count < timersPerPersonMax; count++) {
      await timers.set({ ownerId: 'anna', durationMs: 60_000 });
    }
    await expect(timers.set({ ownerId: 'anna', durationMs: 60_000 })).rejects.toMatchObject({
      code: 'too-many-timers',
    });
    await timers.set({ ownerId: 'ben', durationMs: 60_000 });
  });

  test.each(['../../passwd', '', 'a/b', 'x'.repeat(65), '.'])('the id %j is nobody', async (id) => {
    expect(await (await open()).cancel(id)).toBeUndefined();
  });

  test('a file that cannot be read is set aside with a line, and the rest goes on', async () => {
    await writeFile(path.join(folder, 'broken.json'), '{"id":"broken","ownerId":');
    await writeFile(path.join(folder, 'wrong.json'), '{"id":"other","ownerId":"anna"}');
    const timers = await open();
    const good = await timers.set({ ownerId: 'anna', durationMs: 60_000 });
    expect(await timers.list('anna')).toEqual([good]);
    expect(await readdir(folder)).toEqual(
      expect.arrayContaining(['broken.corrupt', 'wrong.corrupt', `${good.id}.json`]),
    );
    expect(lines.filter((line) => line.includes('set aside'))).toHaveLength(2);
  });
});

describe('delivering', () => {
  test('is on time and once', async () => {
    const timers = await open();
    const late: number[] = [];
    timers.onDue('anna', async (_, lateMs) => {
      late.push(lateMs);
      return 'delivered';
    });
    await timers.set({ ownerId: 'anna', durationMs: 1000 });
    await until(() => late.length > 0);
    await wait(200);
    expect(late).toHaveLength(1);
    console.log(`timer delivered ${late[0]} ms after it was due`);
    expect(late[0]).toBeLessThan(400);
    expect(await readdir(folder)).toEqual([]);
  });

  test('of two processes that both listen, one delivers', async () => {
    const body =
      "timers.onDue('anna', async (timer) => {" +
      "console.log('told ' + timer.name); return 'delivered'; });";
    const outputs = [outputOf(inAnotherProcess(body)), outputOf(inAnotherProcess(body))];
    const timers = await open();
    await wait(400);
    for (let count = 0; count < 8; count++) {
      await timers.set({ ownerId: 'anna', name: `t${count}`, durationMs: 1000 });
    }
    const told = () => outputs.flatMap((output) => output.text.match(/told t\d/g) ?? []);
    await until(() => told().length >= 8, 8000);
    await wait(300);
    expect(told().sort()).toEqual([...Array(8).keys()].map((count) => `told t${count}`));
  }, 15_000);

  test('later: offered again, and to another listener', async () => {
    const timers = await open();
    const told: string[] = [];
    let calls = 0;
    timers.onDue('anna', async (timer) => (++calls < 2 ? 'later' : notesIn(told)(timer)));
    await timers.set({ ownerId: 'anna', durationMs: 1000 });
    await until(() => calls === 1);
    const other = await open();
    other.onDue('anna', notesIn(told));
    await until(() => told.length > 0);
    await wait(200);
    expect(told).toHaveLength(1);
  });

  test('a listener that fails is logged, and the timer is not lost', async () => {
    const timers = await open();
    let calls = 0;
    timers.onDue('anna', async () => {
      if (++calls === 1) throw new Error('no voice');
      return 'delivered';
    });
    await timers.set({ ownerId: 'anna', durationMs: 1000 });
    await until(() => calls === 2);
    expect(lines).toContain('A timer could not be delivered.');
  });

  test('after downtime it is reported with how late, by an injected clock', async () => {
    const timers = await open();
    await timers.set({ ownerId: 'anna', name: 'bread', durationMs: 60_000 });
    await timers.close();
    const afterwards = await open(() => new Date(Date.now() + 60_000 + 20 * 60_000));
    const told: [Timer, number][] = [];
    afterwards.onDue('anna', async (timer, lateMs) => {
      told.push([timer, lateMs]);
      return 'delivered';
    });
    await until(() => told.length === 1);
    expect(told[0]?.[0].name).toBe('bread');
    expect(Math.round((told[0]?.[1] ?? 0) / 60_000)).toBe(20);
  });

  test('a process killed while it delivers does not take the timer with it', async () => {
    const timers = await open();
    const body =
      "timers.onDue('anna', () => { console.log('begun'); return new Promise(() => {}); });";
    const child = inAnotherProcess(body);
    const output = outputOf(child);
    await timers.set({ ownerId: 'anna', durationMs: 1000 });
    await until(() => output.text.includes('begun'), 8000);
    child.kill('SIGKILL');
    const told: string[] = [];
    const soon = await open();
    soon.onDue('anna', notesIn(told));
    await wait(300);
    expect(told).toEqual([]);
    const aMinuteLater = await open(() => new Date(Date.now() + 60_000));
    aMinuteLater.onDue('anna', notesIn(told));
    await until(() => told.length === 1);
    expect(lines).toContain('A timer of a process that died was taken over.');
  }, 15_000);

  test('nobody listens any more: it waits; closing puts back what was not told', async () => {
    const timers = await open();
    const calls: string[] = [];
    const off = timers.onDue('anna', notesIn(calls));
    off();
    timers.onDue('ben', () => new Promise(() => {}));
    await timers.set({ ownerId: 'anna', durationMs: 1000 });
    await timers.set({ ownerId: 'ben', durationMs: 1000 });
    await until(async () => (await readdir(folder)).some((name) => name.endsWith('.claim')));
    expect(calls).toEqual([]);
    await timers.close();
    expect((await readdir(folder)).every((name) => name.endsWith('.json'))).toBe(true);
  });
});

test('all of a person, overdue and damaged ones too, are forgotten; nobody else’s', async () => {
  let nowMs = Date.parse('2026-03-01T12:00:00Z');
  const timers = await open(() => new Date(nowMs));
  await timers.set({ ownerId: 'anna', name: 'tea', durationMs: 1000 });
  await timers.set({ ownerId: 'anna', durationMs: 60_000 });
  await timers.set({ ownerId: 'ben', durationMs: 60_000 });
  await writeFile(path.join(folder, 'x.corrupt'), '{"id":"x","ownerId":"anna","na');
  nowMs += 5000;
  expect(await timers.list('anna')).toHaveLength(1);
  expect((await timers.all('anna')).map(({ name }) => name)).toEqual(['tea', undefined]);
  expect(await timers.forget('anna')).toBe(3);
  expect(await timers.all('anna')).toEqual([]);
  expect(await timers.all('ben')).toHaveLength(1);
  expect(await readdir(folder)).toHaveLength(1);
});
