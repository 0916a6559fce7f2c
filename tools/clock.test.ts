/** The clock by its tools: times elsewhere, dates, and timers named, changed, taken back. */

import { beforeEach, describe, expect, test } from 'vitest';
import { portsInProcess } from '../tests/fakes/ports.ts';
import { findPlace } from './clock.places.ts';
import { loadTools, type Toolbox } from './core/load.ts';
import type { Timer, TimerPort } from './core/ports.ts';
import { runTool } from './core/run.ts';

const atMs = Date.UTC(2025, 10, 21, 14, 45);
let nowMs: number;
let kept: Map<string, Timer>;
let timers: TimerPort;
let toolbox: Toolbox;

const inMemory = (): TimerPort => ({
  set: async ({ ownerId, name, durationMs }) => {
    if (kept.size >= 50) throw Object.assign(new Error('full'), { code: 'too-many-timers' });
    const timer = {
      id: `t${kept.size + 1}`,
      ownerId,
      name,
      setAtMs: nowMs,
      dueAtMs: nowMs + durationMs,
    };
    kept.set(timer.id, timer);
    return timer;
  },
  list: async (ownerId) =>
    [...kept.values()].filter((t) => t.ownerId === ownerId).sort((a, b) => a.dueAtMs - b.dueAtMs),
  cancel: async (id) => {
    const timer = kept.get(id);
    kept.delete(id);
    return timer;
  },
  extend: async (id, byMs) => {
    const timer = kept.get(id);
    if (!timer) return undefined;
    const dueAtMs = timer.dueAtMs + byMs;
    if (dueAtMs <= nowMs) throw Object.assign(new Error('short'), { code: 'timer-length' });
    kept.set(id, { ...timer, dueAtMs });
    return kept.get(id);
  },
});

beforeEach(async () => {
  nowMs = atMs;
  kept = new Map();
  timers = inMemory();
  ({ toolbox } = await loadTools({ environment: {} }));
});

const as =
  (personId: string, language: string) =>
  (name: string, input: object = {}) =>
    runTool({
      ...{ ...portsInProcess({ timers }), name, input, language },
      // A copy has counts of its own: what a minute allows is tested with the kit.
      toolbox: { tools: new Map(toolbox.tools) },
      timeZone: 'Europe/Oslo',
      caller: { personId, name: 'Anna', role: 'guest', sure: 1, door: 'app', language },
      ...{ signal: new AbortController().signal, now: () => new Date(nowMs) },
    });
const run = (name: string, input: object = {}, language = 'en') =>
  as('anna', language)(name, input);

const said = async (...call: Parameters<typeof run>) => (await run(...call)).say;

test.each([
  [{}, 'en', "It's 3:45 p.m."],
  [{}, 'de', 'Es ist 15 Uhr 45.'],
  [{ place: 'Tokyo' }, 'en', "It's 11:45 p.m. in Tokyo."],
  [{ place: 'auckland' }, 'en', "It's 3:45 a.m. tomorrow in Auckland."],
  [{ place: 'Tokio' }, 'de', 'In Tokio ist es 23 Uhr 45.'],
  [{ place: 'San Fransisco' }, 'en', "It's 6:45 a.m. in San Francisco."],
  [
    { place: 'the United States' },
    'en',
    "It's 9:45 a.m. in New York. The United States has several time zones.",
  ],
  [{ place: 'Germany' }, 'en', "It's 3:45 p.m. in Germany."],
])('the time %j (%s)', async (input, language, sentence) => {
  expect(await said('clock_time', input, language)).toBe(sentence);
});

test('midnight, noon, full hours; yesterday on the other side of the world', async () => {
  nowMs = Date.UTC(2025, 10, 21, 11, 0);
  expect(await said('clock_time')).toBe("It's noon.");
  nowMs = Date.UTC(2025, 10, 20, 23, 0);
  expect(await said('clock_time')).toBe("It's midnight.");
  expect(await said('clock_time', { place: 'Honolulu' })).toBe(
    "It's 1 p.m. yesterday in Honolulu.",
  );
});

test.each([
  [{}, 'en', "It's Friday, November 21."],
  [{ day: 'tomorrow' }, 'en', 'Tomorrow is Saturday, November 22.'],
  [{ day: 'day_before_yesterday' }, 'en', 'The day before yesterday was Wednesday, November 19.'],
  [{ day: 'friday' }, 'en', 'That is Friday, November 21.'],
  [{ day: 'thursday' }, 'en', 'That is Thursday, November 27.'],
  [{ part: 'year' }, 'en', "It's 2025."],
  [{ part: 'month' }, 'de', 'Es ist November.'],
  [{}, 'de', 'Heute ist Freitag, der 21. November.'],
  [{ place: 'Sydney' }, 'en', "In Sydney it's Saturday, November 22."],
])('the date %j (%s)', async (input, language, sentence) => {
  expect(await said('clock_date', input, language)).toBe(sentence);
});

test('days around a change of the clocks and the end of a year', async () => {
  nowMs = Date.UTC(2025, 2, 29, 23, 30);
  expect(await said('clock_date', { day: 'tomorrow' })).toBe('Tomorrow is Monday, March 31.');
  nowMs = Date.UTC(2025, 11, 31, 23, 30);
  expect(await said('clock_date', { part: 'year' })).toBe("It's 2026.");
});

describe('places', () => {
  test.each([
    ['Tokeyo', 'Asia/Tokyo'],
    ['NYC', 'America/New_York'],
    ['München', 'Europe/Berlin'],
    ['muenchen', 'Europe/Berlin'],
    ['Sidney', 'Australia/Sydney'],
    ['Los Angelos', 'America/Los_Angeles'],
    ['Rekyavik', 'Atlantic/Reykjavik'],
    ['São Paulo', 'America/Sao_Paulo'],
    ['perth australia', 'Australia/Perth'],
    ['portland oregon', 'America/Los_Angeles'],
    ['Südafrika', 'Africa/Johannesburg'],
    ['UK', 'Europe/London'],
    ['the Netherlands', 'Europe/Amsterdam'],
    ['Bali', 'Asia/Makassar'],
    ['Mosco', 'Europe/Moscow'],
    ['city of Chicago', 'America/Chicago'],
    ['Saint Petersburg', 'Europe/Moscow'],
  ])('%s', (spoken, zone) => {
    expect(findPlace(spoken, new Date(atMs))?.zone).toBe(zone);
  });
  test.each([
    'Narnia',
    'Mordor',
    'the kitchen',
    'my office',
    'paris texas',
    'bed',
    'an hour',
    '',
    '...',
    'the movie when he dies',
    'x'.repeat(5000),
    'constructor',
  ])('nowhere: %s', (spoken) => {
    expect(findPlace(spoken, new Date(atMs))).toBeUndefined();
  });
  test('an unknown place is said so, and left to the mind where there is one', async () => {
    const outcome = await run('clock_time', { place: 'Narnia' });
    expect(outcome.say).toBe(
      "I don't know where Narnia is on the clock. Try the nearest big city.",
    );
    expect(outcome.error).toMatchObject({ code: 'unknown-place', handOver: true });
  });
  test('every zone that is named resolves', () => {
    for (const place of ['Japan', 'Korea', 'Kyiv', 'Yangon', 'Mumbai', 'GMT', 'Ho Chi Minh City']) {
      const zone = findPlace(place, new Date(atMs))?.zone;
      expect(() => new Intl.DateTimeFormat('en', { timeZone: zone }), place).not.toThrow();
      expect(zone, place).toBeDefined();
    }
  });
});

describe('timers', () => {
  test('set, read back, counted down, taken back', async () => {
    const outcome = await run('clock_set_timer', { seconds: 10, name: 'the tea timer' });
    expect(outcome).toMatchObject({
      say: 'Your tea timer is set for 10 seconds.',
      receipt: { id: 't1', name: 'tea', dueAt: '2025-11-21T14:45:10.000Z' },
      undo: { tool: 'clock_cancel_timer', input: { id: 't1' } },
    });
    nowMs += 4000;
    expect(await said('clock_timers')).toBe('There are 6 seconds left on the tea timer.');
    const undone = await run(outcome.undo?.tool ?? '', outcome.undo?.input);
    expect(undone.say).toBe('I cancelled the tea timer.');
    expect(kept.size).toBe(0);
    await run(undone.undo?.tool ?? '', undone.undo?.input);
    expect([...kept.values()][0]).toMatchObject({ name: 'tea', dueAtMs: nowMs + 6000 });
  });

  test('several: by name as heard, by length, all, and "which one?"', async () => {
    await run('clock_set_timer', { seconds: 600, name: 'pasta' });
    await run('clock_set_timer', { seconds: 180, name: 'tea' });
    await run('clock_set_timer', { seconds: 300 });
    expect(await said('clock_timers')).toBe(
      'You have 3 timers: tea with 3 minutes left, the 5 minute one with 5 minutes left ' +
        'and pasta with 10 minutes left.',
    );
    expect(await said('clock_timers', { name: 'Pesta' })).toBe(
      'There are 10 minutes left on the pasta timer.',
    );
    const unclear = await run('clock_cancel_timer');
    expect(unclear.say).toBe('Which one: tea, the 5 minute one or pasta?');
    expect(unclear.error?.code).toBe('which-timer');
    expect(await said('clock_cancel_timer', { name: 'bread' })).toMatch(
      /^There is no timer called bread\. Running: tea/,
    );
    expect(await said('clock_cancel_timer', { seconds: 300 })).toBe(
      'I cancelled the 5 minute timer.',
    );
    expect(await said('clock_cancel_timer', { all: true })).toBe('All 2 timers are cancelled.');
    expect(await said('clock_cancel_timer')).toBe('No timer is running.');
    expect(await said('clock_cancel_timer', { all: true }, 'de')).toBe('Es läuft kein Timer.');
  });

  test('time added and taken off, and both taken back', async () => {
    await run('clock_set_timer', { seconds: 300, name: 'tea' });
    const more = await run('clock_change_timer', { seconds: 120, name: 'tea' });
    expect(more.say).toBe('I added 2 minutes. 7 minutes left on the tea timer.');
    expect((await run(more.undo?.tool ?? '', more.undo?.input)).say).toContain('5 minutes left');
    const outcome = await run('clock_change_timer', { seconds: 300, less: true });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'timer-length' } });
  });

  test('what one person set, another neither sees nor cancels', async () => {
    await run('clock_set_timer', { seconds: 300, name: 'tea' });
    expect((await as('ben', 'en')('clock_timers')).say).toBe('No timer is running.');
    expect((await as('ben', 'en')('clock_cancel_timer', { id: 't1' })).ok).toBe(false);
    expect(kept.size).toBe(1);
  });

  test.each([[{}], [{ seconds: 0 }], [{ seconds: 86_401 }], [{ seconds: 1.5 }]])(
    '%j says how long',
    async (input) => {
      expect(await said('clock_set_timer', input)).toContain('from one second to 24 hours');
    },
  );

  test('fifty are enough; a store that forgets is not believed', async () => {
    for (let count = 0; count < 50; count++) await run('clock_set_timer', { seconds: 60 });
    expect((await run('clock_set_timer', { seconds: 60 })).error?.code).toBe('too-many-timers');
    expect((await said('clock_timers')).length).toBeLessThanOrEqual(300);
    timers = { ...timers, list: async () => [] };
    kept.clear();
    expect(await run('clock_set_timer', { seconds: 60 })).toMatchObject({ ok: false });
  });
});
