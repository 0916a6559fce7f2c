/** What is asked how it is, when it counts as down, and what becomes of that; tests drive time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openUsers } from '../memory/users.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { createHappenings, type Happening } from './happenings.ts';
import { healthOfServer, healthOfWorker } from './monitor/health.ts';
import { openIncidents } from './monitor/incidents.ts';
import { type Answer, Monitor, type Watched } from './monitor.ts';
import type { NewNotice } from './notices.ts';

const ready: Answer = { state: 'ready', sentence: 'It answers.' };
const failed: Answer = { state: 'failed', sentence: 'Nothing listens there.', mend: 'Start it.' };

const startMs = Date.parse('2026-03-01T12:00:00Z');

const houseWith = async (names: readonly string[], { forgets = true } = {}) => {
  const database = await (forgets ? sharedDatabase() : kept());
  held = database;
  const told: Happening[] = [];
  const notices: (NewNotice | string)[] = [];
  const answers = new Map<string, Answer | (() => Promise<Answer>)>();
  const asked: string[] = [];
  const state = { ms: startMs, away: false };
  const happenings = createHappenings();
  happenings.on((happening) => told.push(happening));
  const clock = () => new Date(state.ms);
  const incidents = openIncidents({
    database: {
      ...database,
      state: () => (state.away ? { state: 'failed', sentence: 'Away.' } : database.state()),
    },
    ...{ happenings, clock, log: { warn: () => undefined } },
    notices: {
      tell: async (notice) => void notices.push(notice),
      settle: async (key) => void notices.push(key),
    },
  });
  const watched = names.map(
    (part): Watched => ({
      part,
      kind: part === 'memory' ? 'part' : 'integration',
      look: async () => {
        asked.push(part);
        const answer = answers.get(part) ?? ready;
        return typeof answer === 'function' ? await answer() : answer;
      },
    }),
  );
  const monitor = new Monitor({
    ...{ watched: () => watched, clock, incidents, everyMs: 30_000, withinMs: 50 },
  });
  const look = async (times = 1) => {
    for (let time = 0; time < times; time++) {
      state.ms += 30_000;
      await monitor.look();
    }
  };
  return { monitor, incidents, answers, asked, told, notices, state, look, watched, database };
};

let held: Awaited<ReturnType<typeof sharedDatabase>>;
const kept = async () => held;

let house: Awaited<ReturnType<typeof houseWith>>;
beforeEach(async () => {
  house = await houseWith(['mail', 'memory']);
});
afterEach(() => house.monitor.close());
const stateOf = (part: string) => house.monitor.states().find((one) => one.part === part);
const events = () => house.told.map(({ event }) => `${event.state} ${event.part}`);

describe('the monitor', () => {
  it('knows of each part its state, since when, and how long it took', async () => {
    await house.look(3);
    expect(stateOf('mail')).toMatchObject({ ...ready, failures: 0, down: false });
    expect(stateOf('mail')?.since).toEqual(new Date(startMs + 30_000));
    expect(stateOf('mail')?.at).toEqual(new Date(startMs + 90_000));
    expect(stateOf('mail')?.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('opens an incident at the third failure in a row, closes it after two successes', async () => {
    house.answers.set('mail', failed);
    await house.look(2);
    expect(house.monitor.failing()).toEqual([]);
    expect(events()).toEqual([]);
    await house.look();
    expect(events()).toEqual(['opened mail']);
    expect(house.monitor.failing()).toEqual([{ integration: 'mail', forMs: 60_000 }]);
    await house.look(5);
    expect(events()).toEqual(['opened mail']);
    house.answers.set('mail', ready);
    await house.look();
    expect(events()).toEqual(['opened mail']);
    await house.look();
    expect(events()).toEqual(['opened mail', 'closed mail']);
    expect(house.monitor.failing()).toEqual([]);
    expect(await house.incidents.list({ limit: 9 })).toMatchObject([
      {
        ...{ part: 'mail', sentence: failed.sentence, mend: failed.mend, failures: 8 },
        openedAt: new Date(startMs + 30_000),
        closedAt: new Date(startMs + 300_000),
      },
    ]);
  });

  it('neither opens nor closes one while a part flaps', async () => {
    for (const answer of [failed, failed, ready, failed, failed, ready]) {
      house.answers.set('mail', answer);
      await house.look();
    }
    expect(events()).toEqual([]);
    house.answers.set('mail', failed);
    await house.look(3);
    for (const answer of [ready, failed, ready, failed]) {
      house.answers.set('mail', answer);
      await house.look();
    }
    expect(events()).toEqual(['opened mail']);
  });

  it('tells owners when it opens, and settles that when it closes', async () => {
    house.answers.set('memory', failed);
    await house.look(3);
    house.answers.set('memory', ready);
    await house.look(2);
    const kept = house.notices.map((one) => (typeof one === 'string' ? one : one.code));
    expect(kept).toEqual([
      ...['incident-closed:memory', 'incident-opened'],
      ...['incident:memory', 'incident-closed'],
    ]);
    const [, opened, , closed] = house.notices as NewNotice[];
    expect(opened?.words('en')).toEqual({
      title: 'The memory does not work',
      detail: 'Nothing listens there. Start it.',
    });
    expect(closed?.words('de')).toEqual({
      title: 'Das Gedächtnis funktioniert wieder',
      detail: 'Der Ausfall dauerte 2 Minuten.',
    });
    // Everybody hears that it happened; what was wrong is for owners.
    expect(JSON.stringify(house.told)).not.toContain('listens');
  });

  it('takes what hangs or throws for a failure, and asks it no second time meanwhile', async () => {
    house.answers.set('mail', () => new Promise(() => undefined));
    house.answers.set('memory', () => Promise.reject(new Error('It said no.')));
    await house.look(3);
    expect(stateOf('mail')).toMatchObject({ sentence: 'It did not answer in time.', failures: 3 });
    expect(stateOf('memory')).toMatchObject({ sentence: 'It said no.', failures: 3 });
    expect(house.asked.filter((part) => part === 'mail')).toHaveLength(1);
    expect(house.asked.filter((part) => part === 'memory')).toHaveLength(3);
  });

  it('corrects a part that believes it is well', async () => {
    const believed = [
      { name: 'memory', state: 'ready', sentence: 'All is well.' },
      { name: 'voice', state: 'off', sentence: 'There is none.' },
    ] as const;
    house.answers.set('memory', failed);
    await house.look(3);
    expect(house.monitor.corrected(believed)).toMatchObject([
      { name: 'memory', state: 'failed' },
      { name: 'voice', state: 'off' },
    ]);
  });

  it('asks what rests while it is well again as soon as it is not', async () => {
    const [mail] = house.watched;
    Object.assign(mail ?? {}, { restMs: 100_000 });
    await house.look(4);
    expect(house.asked.filter((part) => part === 'mail')).toHaveLength(1);
    house.answers.set('mail', failed);
    await house.look(4);
    expect(house.asked.filter((part) => part === 'mail')).toHaveLength(5);
  });

  it('opens none for what nobody set up', async () => {
    Object.assign(house.watched[0] ?? {}, { opensIncidents: false });
    house.answers.set('mail', failed);
    await house.look(4);
    expect(house.monitor.failing()).toHaveLength(1);
    expect(events()).toEqual([]);
  });
});

describe('a worker', () => {
  it('knows how the house is from what the server wrote, unless that is old', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'butler-health-'));
    const clock = () => new Date(house.state.ms);
    const server = healthOfServer({
      ...{ clock, folder, states: () => house.monitor.states() },
      since: (from) => house.incidents.since(from),
    });
    const worker = healthOfWorker(folder, clock);
    expect(worker.parts()).toEqual([]);
    house.answers.set('mail', failed);
    await house.look(3);
    await server.write();
    expect(worker.parts()).toEqual(server.parts());
    expect(worker.parts()).toMatchObject([
      { name: 'mail', state: 'failed', down: true },
      { name: 'memory', state: 'ready', down: false },
    ]);
    expect(worker.incidentsSince(clock())).toEqual([
      { part: 'mail', openedAt: new Date(startMs + 30_000), closedAt: null },
    ]);
    house.state.ms += 301_000;
    expect(worker.parts()).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

describe('incidents', () => {
  it('are still open after a restart, and close for what is configured no more', async () => {
    house.answers.set('mail', failed);
    house.answers.set('memory', failed);
    await house.look(3);
    await house.monitor.close();
    house = await houseWith(['mail'], { forgets: false });
    house.state.ms += 600_000;
    await house.look(2);
    expect(events()).toEqual(['closed memory', 'closed mail']);
    const all = await house.incidents.list({ limit: 9 });
    expect(all.map(({ part, closedAt }) => [part, closedAt !== null])).toEqual([
      ['memory', true],
      ['mail', true],
    ]);
    const [newest] = all;
    const rest = await house.incidents.list({ limit: 9, before: newest?.id ?? '' });
    expect(rest.map(({ part }) => part)).toEqual(['mail']);
  });

  it('that open and close while the database is away are written when it is back', async () => {
    await house.look();
    house.state.away = true;
    house.answers.set('mail', failed);
    await house.look(3);
    house.answers.set('mail', ready);
    await house.look(2);
    expect(events()).toEqual(['opened mail', 'closed mail']);
    expect(await house.incidents.list({ limit: 9 })).toEqual([]);
    house.state.away = false;
    await house.look(2);
    expect(await house.incidents.list({ limit: 9 })).toMatchObject([{ part: 'mail' }]);
  });

  it('say for how much of a day a part was up', async () => {
    const day = 86_400_000;
    const from = () => new Date(house.state.ms - day);
    expect(house.incidents.uptime('mail', from())).toBe(1);
    house.answers.set('mail', failed);
    await house.look(3);
    house.state.ms += day / 4 - 60_000;
    expect(house.incidents.uptime('mail', from())).toBeCloseTo(0.75, 3);
    expect(house.incidents.uptime('memory', from())).toBe(1);
    house.state.ms += day;
    expect(house.incidents.uptime('mail', from())).toBe(0);
  });

  it('are nobody’s: no row names a person', async () => {
    const users = await openUsers(house.database);
    expect(users.all()).toEqual([]);
    house.answers.set('mail', failed);
    await house.look(3);
    expect(house.incidents.count('mail')).toBe(1);
    expect(house.incidents.count('memory')).toBe(0);
  });
});
