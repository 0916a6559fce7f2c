/** One file per timer; whoever renames it first owns it, so several processes can share them. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const timerSchema = z.object({
  id: z.string(),
  ownerId: z.string().min(1),
  name: z.string().optional(),
  /** Milliseconds since 1970. */
  setAtMs: z.number(),
  dueAtMs: z.number(),
});

export type Timer = z.infer<typeof timerSchema>;

export interface TimerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A timer that is ours alone until it is put back or removed. */
export interface Claim {
  timer: Timer;
  /** Tells the other processes that we still live; due every few seconds. */
  touch(): Promise<void>;
  /** @param changed what the file shall say from now on. */
  putBack(changed?: Timer): Promise<void>;
  remove(): Promise<void>;
}

/** A claim nobody has touched for this long belonged to a process that died. */
const abandonedAfterMs = 15_000;
const idPattern = /^[A-Za-z0-9-]{1,64}$/;
/** `<timer id>.<claimed at>.<random>.claim` */
const claimPattern = /^([A-Za-z0-9-]{1,64})\.(\d+)\.[0-9a-f-]+\.claim$/;

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** @returns false where the file was gone already: somebody else was faster. */
const moved = async (from: string, to: string): Promise<boolean> => {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
};

const removed = async (file: string): Promise<void> => {
  await unlink(file).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
};

export class TimerFiles {
  readonly folder: string;
  readonly #now: () => Date;
  readonly #log: TimerLog | undefined;

  constructor(options: { folder: string; now: () => Date; log?: TimerLog | undefined }) {
    this.folder = options.folder;
    this.#now = options.now;
    this.#log = options.log;
  }

  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  #file(id: string): string {
    return path.join(this.folder, `${id}.json`);
  }

  /** Writes beside and renames, so that nobody ever reads half a file. */
  async write(timer: Timer, target = this.#file(timer.id)): Promise<void> {
    const beside = path.join(this.folder, `${timer.id}.${randomUUID()}.tmp`);
    try {
      const handle = await open(beside, 'wx', 0o600);
      try {
        await handle.writeFile(JSON.stringify(timer));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(beside, target);
    } catch (error) {
      await removed(beside).catch(() => {});
      throw error;
    }
  }

  /** @returns undefined where the file is gone, or could not be read and was set aside. */
  async #read(file: string, id: string): Promise<Timer | undefined> {
    try {
      const timer = timerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      if (timer.id !== id) throw new Error('The id differs from the name of the file.');
      return timer;
    } catch (error) {
      if (isGone(error)) return undefined;
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== undefined) throw error;
      const aside = `${id}.corrupt`;
      await moved(file, path.join(this.folder, aside));
      this.#log?.warn({ file: aside }, 'A timer file could not be read and was set aside.');
      return undefined;
    }
  }

  /** Every timer that nobody has claimed, soonest first. */
  async all(): Promise<Timer[]> {
    const names = await readdir(this.folder);
    const ids = names.flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
    const timers = await Promise.all(
      ids.filter((id) => idPattern.test(id)).map((id) => this.#read(this.#file(id), id)),
    );
    return timers
      .filter((timer) => timer !== undefined)
      .sort((a, b) => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1));
  }

  /** @returns undefined where the timer is gone or somebody else has it. */
  async claim(id: string): Promise<Claim | undefined> {
    if (!idPattern.test(id)) return undefined;
    const mine = path.join(
      this.folder,
      `${id}.${this.#now().getTime()}.${randomUUID().slice(0, 8)}.claim`,
    );
    if (!(await moved(this.#file(id), mine))) return undefined;
    const timer = await this.#read(mine, id);
    if (!timer) return undefined;
    return {
      timer,
      touch: async () => {
        const at = this.#now();
        await utimes(mine, at, at).catch(() => {});
      },
      putBack: async (changed) => {
        // The change goes into our own file first: at every moment there is exactly one of it.
        if (changed) await this.write(changed, mine);
        await moved(mine, this.#file(id));
      },
      remove: () => removed(mine),
    };
  }

  /** Removes a person's files, claimed, damaged and unfinished ones too. @returns how many. */
  async forget(ownerId: string): Promise<number> {
    let removedCount = 0;
    for (const name of await readdir(this.folder)) {
      const file = path.join(this.folder, name);
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        if (isGone(error)) return '';
        throw error;
      });
      // A damaged file cannot say whose it is: that their id stands in it has to do.
      if (!text.includes(JSON.stringify(ownerId))) continue;
      await removed(file);
      removedCount += 1;
    }
    return removedCount;
  }

  /** Gives back what processes that died had claimed, and sweeps their unfinished files. */
  async recover(): Promise<void> {
    const nowMs = this.#now().getTime();
    for (const name of await readdir(this.folder)) {
      const claimed = claimPattern.exec(name);
      if (!claimed && !name.endsWith('.tmp')) continue;
      const file = path.join(this.folder, name);
      const touchedAtMs = await stat(file).then(
        (found) => Math.max(found.mtimeMs, Number(claimed?.[2] ?? 0)),
        () => nowMs,
      );
      if (nowMs - touchedAtMs < abandonedAfterMs) continue;
      if (!claimed) await removed(file);
      else if (await moved(file, this.#file(claimed[1] ?? ''))) {
        this.#log?.warn({ timer: claimed[1] }, 'A timer of a process that died was taken over.');
      }
    }
  }
}
