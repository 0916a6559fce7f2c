/** Which backups are kept, in calendars with gaps, with daylight saving and with wrong clocks. */
import { describe, expect, it } from 'vitest';
import { type Dated, keptOf } from './retention.ts';

const zone = 'Europe/Oslo';
const at = (text: string, isByHand = false): Dated => ({
  name: text,
  at: new Date(text),
  isByHand,
});
/** 03:00 in winter of each day, the newest first. */
const nights = (newest: string, days: number): Dated[] =>
  Array.from({ length: days }, (_, back) =>
    at(new Date(Date.parse(`${newest}T02:00:00Z`) - back * 86_400_000).toISOString()),
  );
const kept = (backups: Dated[], reason: string): string[] =>
  [...keptOf(backups, zone)].flatMap(([name, why]) => (why === reason ? [name.slice(0, 10)] : []));

describe('backups of forty nights', () => {
  // Saturday the 21st; its week began on Monday the 16th.
  const backups = nights('2026-11-21', 40);
  it('keeps the last seven, and the newest of the four weeks', () => {
    expect(kept(backups, 'daily')).toEqual(
      ['21', '20', '19', '18', '17', '16', '15'].map((day) => `2026-11-${day}`),
    );
    // The weeks of the 16th and the 9th have theirs among the days: the 21st and the 15th.
    expect(kept(backups, 'weekly')).toEqual(['2026-11-08', '2026-11-01']);
  });

  it('grows to no more than ten, night after night, and always has one of four weeks', () => {
    let here: Dated[] = [];
    for (const night of nights('2026-12-31', 60).reverse()) {
      here = [...here, night];
      const reasons = keptOf(here, zone);
      here = here.filter(({ name }) => reasons.has(name));
    }
    expect(here).toHaveLength(7 + 2);
    // Thursday the 31st: the newest Sundays before its week are the 27th, the 20th and the 13th.
    expect(here.map(({ name }) => name.slice(0, 10)).slice(0, 3)).toEqual([
      '2026-12-13',
      '2026-12-20',
      '2026-12-25',
    ]);
  });
});

describe('backups', () => {
  it.each([
    { when: 'there are none', backups: [], names: [] },
    {
      when: 'the house was off for months',
      backups: ['2026-03-02T02:00:00Z', '2026-11-20T02:00:00Z', '2026-11-21T02:00:00Z'],
      names: ['2026-11-21', '2026-11-20', '2026-03-02'],
    },
    {
      when: 'two were made on a day: the newer',
      backups: ['2026-11-21T02:00:00Z', '2026-11-21T17:00:00Z'],
      names: ['2026-11-21'],
    },
    {
      when: 'two lie on two days of the house, though on one of UTC',
      backups: ['2026-11-20T22:30:00Z', '2026-11-20T23:30:00Z'],
      names: ['2026-11-20', '2026-11-20'],
    },
    {
      when: 'clocks go forward in the night (28 to 29 March)',
      backups: ['2026-03-28T02:00:00Z', '2026-03-29T01:00:00Z', '2026-03-30T01:00:00Z'],
      names: ['2026-03-30', '2026-03-29', '2026-03-28'],
    },
    {
      when: 'clocks go back in the night: both of 25 October are of one day',
      backups: ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-26T02:00:00Z'],
      names: ['2026-10-26', '2026-10-25'],
    },
    {
      when: 'a clock was years ahead once: it costs a place, and nothing else is lost',
      backups: ['2030-01-01T02:00:00Z', '2026-11-20T02:00:00Z', '2026-11-21T02:00:00Z'],
      names: ['2030-01-01', '2026-11-21', '2026-11-20'],
    },
  ])('when $when', ({ backups, names }) => {
    const reasons = keptOf(
      backups.map((text) => at(text)),
      zone,
    );
    expect([...reasons.keys()].map((name) => name.slice(0, 10))).toEqual(names);
  });

  it('keeps three that were asked for, apart from the nightly ones', () => {
    const asked = ['18', '19', '20', '21'].map((day) => at(`2026-11-${day}T12:00:00Z`, true));
    const backups = [...asked, ...nights('2026-11-21', 3)];
    expect(kept(backups, 'by hand')).toEqual(['2026-11-21', '2026-11-20', '2026-11-19']);
    expect(kept(backups, 'daily')).toHaveLength(3);
  });
});
