/** The recent turns of the house, whichever process spoke: in memory, and a file for each day. */
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { doorNames } from './caller.ts';
import type { TurnRecord } from './events.ts';
import type { Logger } from './log.ts';

const keptMax = 200;
const keptDays = 30;
const lookEveryMs = 500;
/** So much of a day's file is read at once; a turn is far shorter. */
const readMax = 4 * 1024 * 1024;

/** What must hold of a line; a newer Butler may have written more. */
const recordSchema = z.looseObject({
  id: z.string(),
  at: z.iso.datetime(),
  door: z.enum(doorNames),
  transport: z.enum(['websocket', 'livekit', 'text']),
  personId: z.string(),
  clocks: z.looseObject({ input: z.enum(['voice', 'hold', 'text']) }),
  faults: z.array(z.string()),
});

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

const readRecord = (line: string): TurnRecord | undefined => {
  try {
    const parsed = recordSchema.safeParse(JSON.parse(line));
    // The clocks were written by ourselves: only what is filtered by is checked.
    return parsed.success ? (parsed.data as unknown as TurnRecord) : undefined;
  } catch {
    // A line may be torn where a process died while writing it.
    return undefined;
  }
};

/** What stands in the file from `from` on, up to its last whole line. */
const readFrom = async (file: string, from: number): Promise<{ lines: string[]; to: number }> => {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return { lines: [], to: from };
  try {
    const { size } = await handle.stat();
    if (size <= from) return { lines: [], to: Math.min(from, size) };
    const bytes = Buffer.alloc(Math.min(size - from, readMax));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    const end = bytes.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
    const lines = bytes.subarray(0, end).toString('utf8').split('\n');
    return { lines: lines.filter((line) => line !== ''), to: from + end };
  } finally {
    await handle.close();
  }
};

const recordsOf = async (file: string): Promise<TurnRecord[]> => {
  const records: TurnRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = readRecord(line);
    if (record) records.push(record);
  }
  return records.slice(-keptMax);
};

class HouseTurns implements Turns {
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
    const days = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
    let records: TurnRecord[] = [];
    for (const day of days.toReversed()) {
      if (records.length >= keptMax) break;
      records = [...(await recordsOf(path.join(folder, day))), ...records];
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
      if (record && !this.#kept.has(record.id)) this.#arrived(record);
    }
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
