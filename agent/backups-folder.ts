/** The folder in which backups lie: names say when and why, a note beside each what is in it. */
import { constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Dated, keptOf, type Reason } from '../memory/backup/retention.ts';
import type { Settings } from './config.ts';

export interface Backup extends Dated {
  bytes: number;
  /** Rows by table; undefined while nobody has read it to its end. */
  tables: Record<string, number> | undefined;
  files: number | undefined;
  /** It was read to its end after it was written, and every sum was right. */
  verified: boolean;
  /** Undefined: it goes when the next one is made. */
  kept: Reason | undefined;
}

const pattern =
  /^butler-(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2})Z-(daily|hand)\.tar\.gz(\.sealed)?$/;
const noteSchema = z.object({ tables: z.record(z.string(), z.number()), files: z.number() });
type Note = z.infer<typeof noteSchema>;

/** BUTLER_BACKUPS, or its place in BUTLER_DATA. */
export const backupsFolder = (settings: Pick<Settings, 'BUTLER_BACKUPS' | 'BUTLER_DATA'>): string =>
  path.resolve(settings.BUTLER_BACKUPS ?? path.join(settings.BUTLER_DATA, 'backups'));

/** The name of one that is made now; the time is UTC, so that no hour of a year comes twice. */
export const backupName = ({
  at,
  isByHand,
  isSealed,
}: Pick<Dated, 'at' | 'isByHand'> & { isSealed: boolean }): string => {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-');
  return `butler-${time}Z-${isByHand ? 'hand' : 'daily'}.tar.gz${isSealed ? '.sealed' : ''}`;
};

const datedOf = (name: string): Dated | undefined => {
  const [, day, hour, minute, second, kind] = pattern.exec(name) ?? [];
  const at = new Date(`${day}T${hour}:${minute}:${second}Z`);
  if (kind === undefined || Number.isNaN(at.getTime())) return undefined;
  return { name, at, isByHand: kind === 'hand' };
};

export class BackupsFolder {
  readonly path: string;
  readonly #timeZone: string;

  constructor(folder: string, timeZone: string) {
    this.path = folder;
    this.#timeZone = timeZone;
  }

  /** Newest first; a folder that is not there has none. */
  dated(): Dated[] {
    let names: string[] = [];
    try {
      names = readdirSync(this.path);
    } catch {
      // Not there yet, or a disk that is away: the next backup says so.
    }
    return names
      .flatMap((name) => datedOf(name) ?? [])
      .sort((one, other) => other.at.getTime() - one.at.getTime());
  }

  list(): Backup[] {
    const all = this.dated();
    const kept = keptOf(all, this.#timeZone);
    return all.flatMap((one) => {
      const status = statSync(this.fileOf(one.name), { throwIfNoEntry: false });
      if (!status?.isFile()) return [];
      const note = this.#noteOf(one.name);
      const { tables, files } = note ?? { tables: undefined, files: undefined };
      const about = { bytes: status.size, tables, files, verified: note !== undefined };
      return [{ ...one, ...about, kept: kept.get(one.name) }];
    });
  }

  fileOf(name: string): string {
    return path.join(this.path, name);
  }

  #noteFile(name: string): string {
    return path.join(this.path, `${name}.json`);
  }

  #noteOf(name: string): Note | undefined {
    try {
      return noteSchema.parse(JSON.parse(readFileSync(this.#noteFile(name), 'utf8')));
    } catch {
      return undefined;
    }
  }

  async note(name: string, { tables, files }: Note): Promise<void> {
    const partial = `${this.#noteFile(name)}.partial`;
    await writeFile(partial, JSON.stringify({ tables, files }), { mode: 0o600 });
    await rename(partial, this.#noteFile(name));
  }

  /** @param name one of the list. */
  async remove(name: string): Promise<void> {
    await rm(this.fileOf(name), { force: true });
    await rm(this.#noteFile(name), { force: true });
  }

  /** Removes what need not be kept, and what a killed process left half-written. */
  async tidy(): Promise<void> {
    const all = this.dated();
    const kept = keptOf(all, this.#timeZone);
    for (const { name } of all) if (!kept.has(name)) await this.remove(name);
    const left = readdirSync(this.path).filter((name) => /^butler-.*\.partial$/.test(name));
    for (const name of left) await rm(this.fileOf(name), { force: true });
  }

  /** @throws the system's error where nothing can be written. */
  async check(): Promise<void> {
    if (!existsSync(this.path)) await mkdir(this.path, { recursive: true, mode: 0o700 });
    await access(this.path, constants.W_OK | constants.X_OK);
  }
}
