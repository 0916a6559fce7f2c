/** The recent turns of the house, whichever process spoke: in memory, and a file for each day. */
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TurnRecord } from './events.ts';
import type { Logger } from './log.ts';
import { blankTurns, readFrom, readRecord, recordsOf, turnFilesIn, turnsOf } from './turn-files.ts';

const keptMax = 200;
const keptDays = 30;
const lookEveryMs = 500;

export interface TurnsWanted {
  limit: number;
  door?: string | undefined;
  /** Of this person alone. */
  personId?: string | undefined;
}

export interface Turns {
  add(record: TurnRecord): void;
  /** Newest first. */
  list(wanted: TurnsWanted): TurnRecord[];
  /** Every turn of this person that is on the disk, oldest first. */
  of(personId: string): AsyncIterable<TurnRecord>;
  /**
   * Takes a person's turns out of this process and of every file, for good; those that another
   * process still writes are taken out as they arrive. @returns how many there were.
   */
  forget(personId: string): Promise<number>;
  /** Turns of every process, as they end; @returns a function that takes the listener off. */
  on(listener: (record: TurnRecord) => void): () => void;
  /** Resolves when what was added is on the disk. */
  close(): Promise<void>;
}

interface TurnsOptions {
  folder: string;
  now: () => Date;
  log: Logger;
  /** False in a process that only writes: nobody asks it. */
  reads: boolean;
}

const fileOf = (folder: string, at: Date): string =>
  path.join(folder, `${at.toISOString().slice(0, 10)}.jsonl`);

class HouseTurns implements Turns {
  readonly #forgotten = new Set<string>();
  readonly #options: TurnsOptions;
  readonly #kept = new Map<string, TurnRecord>();
  readonly #listeners = new Set<(record: TurnRecord) => void>();
  #writing: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #file = '';
  #readTo = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  async open(): Promise<this> {
    const { folder, now, reads } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!reads) return this;
    await this.#forgetOld();
    const days = await turnFilesIn(folder);
    let records: TurnRecord[] = [];
    for (const day of days.toReversed()) {
      if (records.length >= keptMax) break;
      records = [...(await recordsOf(path.join(folder, day), keptMax)), ...records];
    }
    for (const record of records) this.#keep(record);
    this.#file = fileOf(folder, now());
    this.#readTo = (await readFrom(this.#file, 0)).to;
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, lookEveryMs);
    this.#timer.unref();
    return this;
  }

  add(record: TurnRecord): void {
    const { folder, now, log } = this.#options;
    if (this.#forgotten.has(record.personId)) return;
    this.#arrived(record);
    const file = fileOf(folder, now());
    const line = `${JSON.stringify(record)}\n`;
    this.#writing = this.#writing
      .then(() => appendFile(file, line, { mode: 0o600 }))
      .catch((error: NodeJS.ErrnoException) => {
        log.warn({ error: error.code }, 'a turn could not be written down');
      });
  }

  list({ limit, door, personId }: TurnsWanted): TurnRecord[] {
    const wanted = [...this.#kept.values()].filter(
      (record) =>
        (door === undefined || record.door === door) &&
        (personId === undefined || record.personId === personId),
    );
    return wanted.sort((a, b) => b.at.localeCompare(a.at)).slice(0, limit);
  }

  on(listener: (record: TurnRecord) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    await this.#writing;
  }

  /** What other processes have written since the last look. */
  async #look(): Promise<void> {
    const today = fileOf(this.#options.folder, this.#options.now());
    await this.#readOn();
    if (today === this.#file) return;
    this.#file = today;
    this.#readTo = 0;
    await this.#readOn();
    await this.#forgetOld();
  }

  async #readOn(): Promise<void> {
    const { lines, to } = await readFrom(this.#file, this.#readTo);
    this.#readTo = to;
    for (const line of lines) {
      const record = readRecord(line);
      if (!record || this.#kept.has(record.id)) continue;
      if (this.#forgotten.has(record.personId)) await blankTurns(this.#file, record.personId);
      else this.#arrived(record);
    }
  }

  async *of(personId: string): AsyncIterable<TurnRecord> {
    const { folder } = this.#options;
    await this.#writing;
    for (const name of await turnFilesIn(folder)) yield* turnsOf(path.join(folder, name), personId);
  }

  async forget(personId: string): Promise<number> {
    const { folder } = this.#options;
    this.#forgotten.add(personId);
    for (const [id, record] of this.#kept) if (record.personId === personId) this.#kept.delete(id);
    await this.#writing;
    let blanked = 0;
    for (const name of await turnFilesIn(folder)) {
      blanked += await blankTurns(path.join(folder, name), personId);
    }
    return blanked;
  }

  #arrived(record: TurnRecord): void {
    this.#keep(record);
    for (const listener of this.#listeners) {
      try {
        listener(record);
      } catch {
        // One listener's trouble is not the turn's.
      }
    }
  }

  #keep(record: TurnRecord): void {
    this.#kept.set(record.id, record);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptMax && oldest !== undefined) this.#kept.delete(oldest);
  }

  async #forgetOld(): Promise<void> {
    const { folder, now } = this.#options;
    const firstKept = new Date(now().getTime() - keptDays * 86_400_000).toISOString().slice(0, 10);
    for (const name of await readdir(folder)) {
      const day = /^(\d{4}-\d{2}-\d{2})\.jsonl$/.exec(name)?.[1];
      if (day !== undefined && day < firstKept) await rm(path.join(folder, name), { force: true });
    }
  }
}

/** @param options.folder made where it is missing. */
export const openTurns = (options: TurnsOptions): Promise<Turns> => new HouseTurns(options).open();
