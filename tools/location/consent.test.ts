// Who may know of whom: the whole table, the change and its undo, and until when.
import { describe, expect, test } from 'vitest';
import { changed, consentFrom, levelOf, restored, usual } from './consent.ts';
import { untilOf } from './until.ts';

const roles = ['owner', 'adult', 'child', 'guest'] as const;
const nowMs = Date.UTC(2026, 2, 1, 12);
const anna = (role: (typeof roles)[number]) => ({ id: 'anna', role });
const ben = (role: (typeof roles)[number]) => ({ id: 'ben', role });

/** Rows: who asks; columns: about whom: owner, adult, child, guest. */
const table = (consent: typeof usual) =>
  roles.map((viewer) =>
    roles.map((subject) =>
      levelOf({ viewer: anna(viewer), subject: ben(subject) }, consent, nowMs),
    ),
  );

describe('who may know', () => {
  test('as it is where nobody has said anything', () => {
    expect(table(usual)).toEqual([
      ['home', 'home', 'where', 'nothing'],
      ['home', 'home', 'where', 'nothing'],
      ['nothing', 'nothing', 'nothing', 'nothing'],
      ['nothing', 'nothing', 'nothing', 'nothing'],
    ]);
  });

  test('a stop is one, but for a child whose owner does not allow it', () => {
    const stopped = { ...usual, stopped: true };
    expect(table(stopped)[0]).toEqual(['nothing', 'nothing', 'where', 'nothing']);
    expect(table({ ...stopped, mayStop: true })[0]).toEqual(Array(4).fill('nothing'));
  });

  test('a grant is for whom it names, until it ends, and never for guests', () => {
    const grant = (to: string, untilMs?: number) =>
      table({ ...usual, stopped: true, grants: [{ to, ...(untilMs && { untilMs }) }] });
    expect(grant('anna').map((row) => row[1])).toEqual(['where', 'where', 'where', 'nothing']);
    expect(grant('everyone').map((row) => row[1])).toEqual(['where', 'where', 'where', 'nothing']);
    expect(grant('cleo').map((row) => row[1])).toEqual(Array(4).fill('nothing'));
    expect(grant('anna', nowMs + 1)[1]?.[1]).toBe('where');
    expect(grant('anna', nowMs)[1]?.[1]).toBe('nothing');
  });

  test('everybody knows where they are themselves', () => {
    for (const role of roles) {
      const both = { viewer: ben(role), subject: ben(role) };
      expect(levelOf(both, { ...usual, stopped: true }, nowMs)).toBe('where');
    }
  });

  test('what cannot be read on the shelf counts as a stop', () => {
    for (const kept of [null, 'yes', { stopped: 'no' }, { ...usual, grants: [{ to: 7 }] }]) {
      expect(consentFrom(kept).stopped).toBe(true);
    }
    expect(consentFrom(undefined)).toEqual(usual);
  });
});

test('a change can be taken back once, and only while nothing followed it', () => {
  const shared = changed(usual, { stopped: false, grants: [{ to: 'anna' }] });
  const stopped = changed({ ...shared, mayStop: true }, { stopped: true, grants: [] });
  expect(restored(stopped, shared.revision)).toBeUndefined();
  const back = restored(stopped, stopped.revision);
  expect(back).toMatchObject({ stopped: false, grants: [{ to: 'anna' }], mayStop: true });
});

describe('until when', () => {
  const at = (iso: string, timeZone = 'Europe/Oslo') => ({ now: () => new Date(iso), timeZone });
  const until = (wanted: object, clock: ReturnType<typeof at>) => {
    const ms = untilOf(wanted, clock);
    return ms === undefined ? undefined : new Date(ms).toISOString();
  };
  test.each([
    ['for two hours', { seconds: 7200 }, '2026-03-01T12:00:00Z', '2026-03-01T14:00:00.000Z'],
    ['until six', { time: '18:00' }, '2026-03-01T12:00:00Z', '2026-03-01T17:00:00.000Z'],
    ['until six, past six', { time: '18:00' }, '2026-03-01T19:00:00Z', '2026-03-02T17:00:00.000Z'],
    ['tonight', { until: 'tonight' }, '2026-03-01T12:00:00Z', '2026-03-01T23:00:00.000Z'],
    ['tomorrow', { until: 'tomorrow' }, '2026-03-01T12:00:00Z', '2026-03-02T12:00:00.000Z'],
    [
      'tomorrow, in spring',
      { until: 'tomorrow' },
      '2026-03-28T12:00:00Z',
      '2026-03-29T11:00:00.000Z',
    ],
    [
      'six, after the change',
      { time: '06:00' },
      '2026-03-28T22:00:00Z',
      '2026-03-29T04:00:00.000Z',
    ],
  ])('%s', (...[, wanted, now, expected]) => {
    expect(until(wanted, at(now))).toBe(expected);
  });
  test('no end is no end', () => {
    expect(untilOf({}, at('2026-03-01T12:00:00Z'))).toBeUndefined();
  });
});
