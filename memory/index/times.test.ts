/** Time expressions are read as the days that a person means. */
import { describe, expect, it } from 'vitest';
import { timeIn } from './times.ts';

/** A Saturday, 15:00 in Berlin. */
const clock = { nowMs: Date.parse('2026-11-21T14:00:00Z'), timeZone: 'Europe/Berlin' };

/** As days in Berlin: the first, and the first that is not in it any more. */
const daysOf = (text: string): string | undefined => {
  const range = timeIn(text, clock);
  const day = (atMs: number): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: clock.timeZone }).format(atMs);
  return range && `${day(range.fromMs)} ${day(range.toMs)}`;
};

describe('timeIn', () => {
  it.each([
    ['What did I ask yesterday about Dune?', '2026-11-20 2026-11-21'],
    ['what did we talk about last week', '2026-11-09 2026-11-16'],
    ['two weeks ago', '2026-11-02 2026-11-09'],
    ['the day before yesterday', '2026-11-19 2026-11-20'],
    ['three days ago', '2026-11-18 2026-11-19'],
    ['on Monday', '2026-11-16 2026-11-17'],
    ['last weekend', '2026-11-14 2026-11-16'],
    ['last month', '2026-10-01 2026-11-01'],
    ['in May', '2026-05-01 2026-06-01'],
    ['in December', '2025-12-01 2026-01-01'],
    ['in May 2023', '2023-05-01 2023-06-01'],
    ['on 7 May', '2026-05-07 2026-05-08'],
    ['on 3 June, 2023', '2023-06-03 2023-06-04'],
    ['last summer', '2026-06-01 2026-09-01'],
    ['in the summer of 2023', '2023-06-01 2023-09-01'],
    ['in winter', '2025-12-01 2026-03-01'],
    ['in 2022', '2022-01-01 2023-01-01'],
    ['last year', '2025-01-01 2026-01-01'],
    ['from May 3 to May 5', '2026-05-03 2026-05-06'],
  ])('reads "%s"', (text, days) => {
    expect(daysOf(text)).toBe(days);
  });

  it.each([
    ['Was habe ich gestern gefragt?', '2026-11-20 2026-11-21'],
    ['letzte Woche', '2026-11-09 2026-11-16'],
    ['vor zwei Wochen', '2026-11-02 2026-11-09'],
    ['vorgestern', '2026-11-19 2026-11-20'],
    ['am Dienstag', '2026-11-17 2026-11-18'],
    ['im letzten Monat', '2026-10-01 2026-11-01'],
    ['im Mai', '2026-05-01 2026-06-01'],
    ['letzten Sommer', '2026-06-01 2026-09-01'],
    ['im März 2024', '2024-03-01 2024-04-01'],
    ['letztes Jahr', '2025-01-01 2026-01-01'],
  ])('reads German "%s"', (text, days) => {
    expect(daysOf(text)).toBe(days);
  });

  it.each([
    'May I ask you something?',
    'Play the second song',
    'Wake me at five',
    'How many times did Joanna hike?',
    'What is planned for tomorrow?',
    'Wie geht es dir?',
  ])('reads no past time in "%s"', (text) => {
    expect(timeIn(text, clock)).toBeUndefined();
  });

  it('ends a stretch of days now', () => {
    expect(timeIn('in the last three days', clock)?.toMs).toBe(clock.nowMs + 1);
  });

  it('takes a day as long as it is there, also when the clock changes', () => {
    const range = timeIn('on 25 October', clock);
    expect(((range?.toMs ?? 0) - (range?.fromMs ?? 0)) / 3_600_000).toBe(25);
  });
});
