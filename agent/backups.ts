/** Backups of the house: each night at three, at the first chance after that, or when asked. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Cron } from 'croner';
import { BackupError } from '../memory/backup/error.ts';
import { backupFailed, type Making, makeBackup } from '../memory/backup/make.ts';
import type { Database } from '../memory/database.ts';
import { type Backup, BackupsFolder, backupName, backupsFolder } from './backups-folder.ts';
import { failedWords, missedWords } from './backups-words.ts';
import type { Settings } from './config.ts';
import type { Notices } from './notices.ts';
import type { Part } from './parts.ts';

export { type Backup, backupsFolder };

export interface BackupsState {
  /** Where they lie. */
  folder: string;
  /** The one that is being made. */
  running: { isByHand: boolean; since: Date; table: string; rows: number } | undefined;
  lastSuccessAt: Date | undefined;
  /** Why the last one failed; undefined once another one was made. */
  failure: { at: Date; sentence: string } | undefined;
  /** The next three o'clock. */
  nextAt: Date;
}

export interface Backups {
  /** Newest first. */
  list(): Backup[];
  /** Resolves when it is written and verified. @throws BackupError backup-busy, backup-failed. */
  make(): Promise<Backup>;
  /** @returns undefined where no backup has that name: names come from the list. */
  fileOf(name: string): { file: string; bytes: number } | undefined;
  /** @returns whether there was one. */
  remove(name: string): Promise<boolean>;
  /** Never throws and never waits. */
  state(): BackupsState;
  part(): Part;
  /** Looks whether one is due or was missed, as it does by itself each minute. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface BackupsOptions {
  /** BUTLER_DATA. */
  data: string;
  /** Where they lie. */
  folder: string;
  timeZone: string;
  /** DATABASE_URL. */
  url: string | undefined;
  /** BUTLER_BACKUP_KEY. */
  key: string | undefined;
  /** Butler's. */
  version: string;
  database: Making['database'] & Pick<Database, 'state'>;
  notices: Pick<Notices, 'tell' | 'settle'>;
  clock: () => Date;
  log: Record<'info' | 'warn', (about: object, message: string) => void>;
  /** False: a process beside the server, which makes them. */
  isServer: boolean;
}

const schedule = '0 3 * * *';
const lookEveryMs = 60_000;
const retryAfterMs = 30 * 60_000;
const hourMs = 60 * 60_000;
/** A day, and two hours for a night in which it had to be tried again. */
const missedAfterMs = 26 * hourMs;
/** A clock that was ahead made what lies further in the future than this: it tells nothing. */
const aheadMs = 5 * 60_000;

/** When this house began to make backups: none was missed before. */
const sinceOf = (data: string, now: Date): Date => {
  const file = path.join(data, 'backups.json');
  try {
    const since = new Date((JSON.parse(readFileSync(file, 'utf8')) as { since: string }).since);
    // Of a clock that was ahead, as some are until they have asked the network: it counts anew.
    if (since.getTime() <= now.getTime() + aheadMs) return since;
  } catch {
    // The first time, or a file that says nothing: from now on.
  }
  mkdirSync(data, { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify({ since: now.toISOString() }), { mode: 0o600 });
  return now;
};

class HouseBackups implements Backups {
  readonly #options: BackupsOptions;
  readonly #folder: BackupsFolder;
  readonly #cron: Cron;
  readonly #end = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  #since: Date;
  #running: BackupsState['running'];
  #beginning: Promise<void> | undefined;
  #work: Promise<Backup> | undefined;
  #failure: BackupsState['failure'];
  #lastSuccessAt: Date | undefined;
  #isMissed = false;

  constructor(options: BackupsOptions) {
    this.#options = options;
    this.#folder = new BackupsFolder(options.folder, options.timeZone);
    this.#cron = new Cron(schedule, { timezone: options.timeZone, paused: true });
    const now = options.clock();
    this.#since = options.isServer ? sinceOf(options.data, now) : now;
    this.#refresh();
    if (!options.isServer) return;
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
    this.#timer.unref();
    this.#beginning = this.#begin();
  }

  /** What is wrong from the start is said at the start. */
  async #begin(): Promise<void> {
    try {
      await this.#folder.check();
    } catch (error) {
      if (this.#end.signal.aborted) return;
      await this.#fail(backupFailed(this.#folder.path, error));
    }
    if (!this.#end.signal.aborted) await this.#watchForMissed();
  }

  #refresh(): void {
    const latest = this.#options.clock().getTime() + aheadMs;
    const newest = this.#folder.dated().find(({ at }) => at.getTime() <= latest);
    this.#lastSuccessAt = newest?.at;
  }

  list(): Backup[] {
    return this.#folder.list();
  }

  fileOf(name: string): { file: string; bytes: number } | undefined {
    const found = this.list().find((one) => one.name === name);
    return found && { file: this.#folder.fileOf(name), bytes: found.bytes };
  }

  async remove(name: string): Promise<boolean> {
    if (!this.fileOf(name)) return false;
    await this.#folder.remove(name);
    this.#refresh();
    return true;
  }

  async make(): Promise<Backup> {
    return await this.#once(true);
  }

  async #once(isByHand: boolean): Promise<Backup> {
    if (this.#work || this.#end.signal.aborted) {
      const sentence = 'A backup is being made just now: wait until it is there.';
      throw new BackupError({ code: 'backup-busy' }, sentence);
    }
    this.#work = this.#make(isByHand);
    try {
      return await this.#work;
    } catch (error) {
      const failed = backupFailed(this.#folder.path, error);
      if (!this.#end.signal.aborted) await this.#fail(failed);
      throw failed;
    } finally {
      this.#work = undefined;
      this.#running = undefined;
    }
  }

  async #make(isByHand: boolean): Promise<Backup> {
    const { data, timeZone, url, key, version, database, clock, log } = this.#options;
    const at = clock();
    const name = backupName({ at, isByHand, isSealed: key !== undefined });
    this.#running = { isByHand, since: at, table: '', rows: 0 };
    const startedAtMs = performance.now();
    const made = await makeBackup({
      ...{ database, url, key, timeZone, butler: version, at: at.toISOString() },
      ...{ folder: data, backups: this.#folder.path, file: this.#folder.fileOf(name) },
      progress: (done) => {
        this.#running = { isByHand, since: at, ...done };
      },
      signal: this.#end.signal,
    });
    await this.#folder.note(name, made);
    await this.#folder.tidy();
    this.#failure = undefined;
    this.#isMissed = false;
    this.#refresh();
    const tookMs = Math.round(performance.now() - startedAtMs);
    const blockedMs = Math.round(made.blockedMs);
    log.info({ backup: name, tookMs, blockedMs }, 'a backup was made');
    const { notices } = this.#options;
    await Promise.all([notices.settle('backup-failed'), notices.settle('backup-missed')]);
    const found = this.list().find((one) => one.name === name);
    if (!found) throw new Error('it was removed again at once');
    return found;
  }

  async #fail({ message }: BackupError): Promise<void> {
    const { notices, clock, log } = this.#options;
    this.#failure = { at: clock(), sentence: message };
    log.warn({ folder: this.#folder.path }, message);
    const words = failedWords(message);
    const code = 'backup-failed';
    await notices.tell({ to: 'owners', key: code, code, words });
  }

  state(): BackupsState {
    const nextAt = this.#cron.nextRun(this.#options.clock()) ?? this.#options.clock();
    const [running, failure] = [this.#running, this.#failure];
    const folder = this.#folder.path;
    return { folder, running, lastSuccessAt: this.#lastSuccessAt, failure, nextAt };
  }

  part(): Part {
    const name = 'backups';
    if (this.#failure) return { name, state: 'failed', sentence: this.#failure.sentence };
    const at = this.#lastSuccessAt;
    if (this.#isMissed) {
      const sentence = `No backup was made for ${this.#hours()} hours; one is tried soon.`;
      return { name, state: 'failed', sentence };
    }
    if (!at) return { name, state: 'ready', sentence: 'The first backup is made at three.' };
    const { timeZone } = this.#options;
    const when = at.toLocaleString('en-GB', { timeZone, dateStyle: 'medium', timeStyle: 'short' });
    return { name, state: 'ready', sentence: `The newest backup is of ${when}.` };
  }

  /** Since the last one, or since this house makes any. */
  #sinceMs(): number {
    return this.#options.clock().getTime() - (this.#lastSuccessAt ?? this.#since).getTime();
  }

  #hours(): number {
    return Math.floor(this.#sinceMs() / hourMs);
  }

  async #watchForMissed(): Promise<void> {
    if (this.#isMissed || this.#sinceMs() <= missedAfterMs) return;
    this.#isMissed = true;
    const code = 'backup-missed';
    const words = missedWords(this.#hours());
    await this.#options.notices.tell({ to: 'owners', key: code, code, words });
  }

  /** Three o'clock has passed since the last one; a failed one is tried again a little later. */
  #isDue(now: Date): boolean {
    const [due] = this.#cron.previousRuns(1, now);
    const waits = this.#failure && now.getTime() - this.#failure.at.getTime() < retryAfterMs;
    return due !== undefined && !waits && (this.#lastSuccessAt ?? this.#since) < due;
  }

  async look(): Promise<void> {
    if (this.#work || this.#end.signal.aborted) return;
    const { data, clock } = this.#options;
    this.#since = sinceOf(data, clock());
    this.#refresh();
    await this.#watchForMissed();
    const isThere = this.#options.database.state().state === 'ready';
    if (!isThere || !this.#isDue(clock())) return;
    // What went wrong was told.
    await this.#once(false).catch(() => undefined);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#end.abort();
    await this.#beginning;
    await this.#work?.catch(() => undefined);
  }
}

export const openBackups = (options: BackupsOptions): Backups => new HouseBackups(options);

/** As the household's settings want them. */
export const houseBackups = (
  settings: Settings,
  parts: Pick<BackupsOptions, 'version' | 'database' | 'notices' | 'clock' | 'log' | 'isServer'>,
): Backups =>
  openBackups({
    ...parts,
    data: path.resolve(settings.BUTLER_DATA),
    folder: backupsFolder(settings),
    timeZone: settings.BUTLER_TIMEZONE,
    url: settings.DATABASE_URL,
    key: settings.BUTLER_BACKUP_KEY,
  });
