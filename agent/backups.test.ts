/** When backups are made, what is told of them, and that a full disk costs none of the old ones. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../tests/rig/database-folder.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { type Backups, type BackupsOptions, openBackups } from './backups.ts';
import type { NewNotice } from './notices.ts';

const hourMs = 60 * 60_000;
const key = undefined;
let data = '';
let told: string[] = [];
let words: string[] = [];
let backups: Backups | undefined;
const clock = { at: new Date(0) };
const notices = {
  tell: async ({ code, words: say }: NewNotice) => {
    told.push(code);
    words.push(say('en').detail);
  },
  settle: async (code: string) => void told.push(`settled ${code}`),
};
/** A database that is not there yet: nothing is tried, so that only the clock counts. */
const away = {
  engine: 'pglite' as const,
  state: () => ({ state: 'starting', sentence: '' }) as const,
};

const open = (options: Partial<BackupsOptions> = {}): Backups => {
  const folder = join(data, 'backups');
  const given = { timeZone: 'Europe/Oslo', url: undefined, key, version: '9.9.9' };
  const house = { ...given, data, folder, notices, clock: () => clock.at, log: silent };
  backups = openBackups({ ...house, database: away, isServer: true, ...options });
  return backups;
};
const fake = (...names: string[]): void => {
  mkdirSync(join(data, 'backups'), { recursive: true });
  for (const name of names) writeFileSync(join(data, 'backups', name), 'x');
};
const since = (at: string) =>
  writeFileSync(join(data, 'backups.json'), JSON.stringify({ since: at }));

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'butler-backups-'));
  clock.at = new Date('2026-11-21T12:00:00Z');
  told = [];
  words = [];
});
const remove: (() => void)[] = [];
afterEach(async () => {
  await backups?.close();
  backups = undefined;
  rmSync(data, { recursive: true, force: true });
});
afterAll(() => {
  for (const one of remove) one();
});

/** What it would do now: a server that cannot be reached says that it was tried. */
const tries = async (): Promise<boolean> => {
  const database = {
    engine: 'postgres' as const,
    state: () => ({ state: 'ready', sentence: '' }) as const,
  };
  const one = open({ database, url: 'postgres://nobody@127.0.0.1:1/nothing' });
  await one.look();
  return told.includes('backup-failed');
};

describe('a daily backup', () => {
  it.each([
    { when: 'a new house waits for three', began: '2026-11-21T11:00:00Z', last: [], due: false },
    { when: 'three o’clock has passed', began: '2026-11-20T11:00:00Z', last: [], due: true },
    {
      when: 'tonight’s is there',
      began: '2026-11-01T11:00:00Z',
      last: ['2026-11-21T02-00-05Z-daily'],
      due: false,
    },
    {
      when: 'the house was off at three',
      began: '2026-11-01T11:00:00Z',
      last: ['2026-11-20T02-00-05Z-daily'],
      due: true,
    },
    {
      when: 'somebody asked for one since three',
      began: '2026-11-01T11:00:00Z',
      last: ['2026-11-21T08-00-00Z-hand'],
      due: false,
    },
    {
      when: 'the only one is of a clock that was years ahead',
      began: '2030-01-01T00:00:00Z',
      last: ['2030-01-01T02-00-00Z-daily'],
      // It begins anew: due from the next three o'clock on.
      due: false,
    },
  ])('$when: $due', async ({ began, last, due }) => {
    since(began);
    fake(...last.map((name) => `butler-${name}.tar.gz`));
    expect(await tries()).toBe(due);
  });

  it('comes at three by the household’s clock, also when clocks go back', () => {
    clock.at = new Date('2026-10-24T12:00:00Z');
    expect(open().state().nextAt.toISOString()).toBe('2026-10-25T02:00:00.000Z');
  });

  it('is told as failed once with a sentence, and tried again half an hour later', async () => {
    since('2026-11-20T11:00:00Z');
    expect(await tries()).toBe(true);
    expect(words[0]).toMatch(/^No backup was made\. .*The backups before it are kept\.$/);
    expect(backups?.part()).toMatchObject({ name: 'backups', state: 'failed' });
    await backups?.look();
    expect(told).toEqual(['backup-failed']);
    clock.at = new Date(clock.at.getTime() + 31 * 60_000);
    await backups?.look();
    expect(told).toEqual(['backup-failed', 'backup-failed']);
  });
});

describe('a missed backup', () => {
  it('is told after twenty-six hours, once, and settled by the next one', async () => {
    since('2026-11-21T11:59:00Z');
    const database = await sharedDatabase();
    let isThere = false;
    const state = () => (isThere ? database.state() : away.state());
    const one = open({ database: { ...database, state } });
    clock.at = new Date(clock.at.getTime() + 25 * hourMs);
    await one.look();
    expect(told).toEqual([]);
    clock.at = new Date(clock.at.getTime() + 2 * hourMs);
    await one.look();
    await one.look();
    expect(told).toEqual(['backup-missed']);
    expect(one.part()).toMatchObject({ state: 'failed', sentence: expect.stringContaining('27') });
    isThere = true;
    await one.look();
    expect(told).toEqual(['backup-missed', 'settled backup-failed', 'settled backup-missed']);
    expect(one.part().state).toBe('ready');
    expect(one.state().lastSuccessAt).toEqual(clock.at);
    const [made] = one.list();
    expect(made).toMatchObject({ isByHand: false, verified: true, kept: 'daily' });
    expect(made?.tables?.users).toBe(0);
  });

  it('is told at the start, too', async () => {
    since('2026-11-01T00:00:00Z');
    fake('butler-2026-11-20T02-00-05Z-daily.tar.gz');
    open();
    await expect.poll(() => told).toEqual(['backup-missed']);
  });
});

describe('a folder', () => {
  it('that cannot be written is told at the start', async () => {
    writeFileSync(join(data, 'file'), '');
    open({ folder: join(data, 'file', 'backups') });
    await expect.poll(() => told).toEqual(['backup-failed']);
    expect(words[0]).toContain('BUTLER_BACKUPS');
  });

  it('keeps three that were asked for, and drops what a killed process left', async () => {
    const database = await sharedDatabase();
    fake(
      ...['18', '19', '20'].map((day) => `butler-2026-11-${day}T12-00-00Z-hand.tar.gz`),
      'butler-2026-11-20T02-00-00Z-daily.tar.gz.partial',
      'mine.tar.gz',
    );
    const one = open({ database });
    const making = one.make();
    await expect(one.make()).rejects.toMatchObject({ code: 'backup-busy' });
    expect(one.state().running).toMatchObject({ isByHand: true });
    expect(await making).toMatchObject({ kept: 'by hand', verified: true });
    expect(one.list().map(({ name }) => name.slice(0, 17))).toEqual([
      'butler-2026-11-21',
      'butler-2026-11-20',
      'butler-2026-11-19',
    ]);
    const left = readdirSync(join(data, 'backups')).filter((name) => /partial|mine/.test(name));
    expect(left).toEqual(['mine.tar.gz']);
    expect(one.fileOf('mine.tar.gz')).toBeUndefined();
    expect(one.fileOf('../backups.json')).toBeUndefined();
  });
});

/** A disk of 16 kB, which only root may make. */
const smallDisk = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-disk-'));
  remove.push(() => rmSync(folder, { recursive: true, force: true }));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  remove.unshift(() => execFileSync('umount', [folder]));
  return folder;
};
const disk = smallDisk();

it.skipIf(!disk)('says that the disk is full, and keeps the old ones (needs root)', async () => {
  const database = await sharedDatabase();
  await database.sql`insert into butler.settings (key, value)
    select md5(n::text), to_jsonb(md5((n * 2)::text)) from generate_series(1, 1000) n`;
  const old = 'butler-2026-11-21T02-00-00Z-daily.tar.gz';
  writeFileSync(join(disk ?? '', old), 'x');
  const one = open({ database, folder: disk ?? '' });
  await expect(one.make()).rejects.toMatchObject({
    code: 'backup-failed',
    message: expect.stringMatching(/is full: make room, or set BUTLER_BACKUPS/),
  });
  expect(readdirSync(disk ?? '')).toEqual([old]);
  expect(told).toEqual(['backup-failed']);
});
