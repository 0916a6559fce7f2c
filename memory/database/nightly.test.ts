/** When a dump is due, and how many are kept. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dropOldDumps, dumpFileFor, dumpsIn } from './backups.ts';
import { isDue } from './nightly.ts';

describe('a dump', () => {
  const at = (text: string) => new Date(`2026-11-${text}:00`);

  it.each([
    { when: 'there never was one', now: '21T14:00', last: undefined, due: true },
    {
      when: 'it is time, the last is from last night',
      now: '21T03:31',
      last: '20T03:31',
      due: true,
    },
    { when: 'tonight’s is made', now: '21T03:50', last: '21T03:31', due: false },
    { when: 'last night’s is there', now: '21T14:00', last: '21T03:31', due: false },
    { when: 'the house was off at night', now: '21T14:00', last: '20T03:31', due: true },
    { when: 'it is not yet time', now: '21T03:29', last: '20T03:31', due: false },
  ])('when $when', ({ now, last, due }) => {
    expect(isDue(at(now), last === undefined ? undefined : at(last))).toBe(due);
  });
});

describe('dumps', () => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-dumps-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps the seven newest, and nothing that is no dump is touched', () => {
    for (let day = 1; day <= 9; day++) {
      writeFileSync(dumpFileFor(folder, new Date(2026, 10, day, 3, 30)), '');
    }
    writeFileSync(join(folder, 'backups', 'mine.tar.gz'), '');
    dropOldDumps(folder);
    const left = dumpsIn(folder);
    expect(left).toHaveLength(7);
    expect(left[0]).toMatch(/database-2026-11-09\.tar\.gz$/);
    expect(left.at(-1)).toMatch(/database-2026-11-03\.tar\.gz$/);
  });
});
