/** Durable timers, shared by all processes of the house; each is delivered once, even if late. */
import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { type Claim, type Timer, TimerFiles, type TimerLog } from './timer-files.ts';

export type { Timer };

/** `later`: nobody could be told now; it is offered again in a second, here or elsewhere. */
export type Delivery = 'delivered' | 'later';

/** @param lateMs how long ago it was due; more than a second or two means it was missed. */
export type Deliver = (timer: Timer, lateMs: number) => Promise<Delivery>;

export interface Timers {
  /** @throws {TimerError} too-many-timers or timer-length. */
  set(timer: { ownerId: string; name?: string | undefined; durationMs: number }): Promise<Timer>;
  /** The person's running timers, soonest first. */
  list(ownerId: string): Promise<Timer[]>;
  /** @returns the timer as it was; undefined when it is gone or being delivered. */
  cancel(id: string): Promise<Timer | undefined>;
  /** @throws {TimerError} timer-length: less than a second or more than a day would be left. */
  extend(id: string, byMs: number): Promise<Timer | undefined>;
  /** Every timer of theirs that was not delivered, those that are overdue too. */
  all(ownerId: string): Promise<Timer[]>;
  /** Takes all of a person's timers away, for good. @returns how many there were. */
  forget(ownerId: string): Promise<number>;
  /** Timers of this person are delivered here from now on, those that were missed at once. */
  onDue(ownerId: string, deliver: Deliver): () => void;
  close(): Promise<void>;
}

class TimerError extends Error {
  readonly code: 'too-many-timers' | 'timer-length';
  constructor(code: 'too-many-timers' | 'timer-length', message: string) {
    super(message);
    this.name = 'TimerError';
    this.code = code;
  }
}

export const timersPerPersonMax = 50;
const durationMsMax = 86_400_000;
const durationMsMin = 1000;
const nameLengthMax = 60;
/** For file systems that do not report changes, and for a clock that jumped. */
const pollMs = 5000;
const settleMs = 20;
const retryMs = 1000;
const touchMs = 4000;
const closeWithinMs = 2000;
/** Nobody came for it in a week: it is swept. */
const forgottenAfterMs = 7 * 86_400_000;

const checkDuration = (durationMs: number): void => {
  if (!(durationMs >= durationMsMin && durationMs <= durationMsMax)) {
    throw new TimerError('timer-length', 'A timer runs between one second and 24 hours.');
  }
};

interface Options {
  /** Made when it is missing. */
  folder: string;
  now: () => Date;
  log?: TimerLog;
}

class Watchman implements Timers {
  readonly #files: TimerFiles;
  readonly #now: () => Date;
  readonly #log: TimerLog | undefined;
  readonly #subscribers = new Map<string, Set<Deliver>>();
  readonly #delivering = new Map<string, { done: Promise<void>; claim: Claim }>();
  readonly #retryAtMs = new Map<string, number>();
  #watcher: FSWatcher | undefined;
  #alarm: NodeJS.Timeout | undefined;
  #alarmAtMs = 0;
  #looking: { done: Promise<void> } | undefined;
  #lookAgain = false;
  #closed = false;

  constructor({ folder, now, log }: Options) {
    this.#files = new TimerFiles({ folder, now, log });
    this.#now = now;
    this.#log = log;
  }

  async open(): Promise<this> {
    await this.#files.prepare();
    try {
      this.#watcher = watch(this.#files.folder, { persistent: false }, () =>
        this.#wakeIn(settleMs),
      );
      this.#watcher.on('error', (error) => this.#watchFailed(error));
    } catch (error) {
      this.#watchFailed(error);
    }
    return this;
  }

  #watchFailed(error: unknown): void {
    const code = (error as NodeJS.ErrnoException).code;
    this.#log?.warn({ code }, 'Timer files cannot be watched; they are looked at every 5 seconds.');
    this.#watcher?.close();
  }

  async set(wanted: { ownerId: string; name?: string | undefined; durationMs: number }) {
    checkDuration(wanted.durationMs);
    const running = await this.list(wanted.ownerId);
    if (running.length >= timersPerPersonMax) {
      const message = `${timersPerPersonMax} timers are running already; cancel one first.`;
      throw new TimerError('too-many-timers', message);
    }
    const setAtMs = this.#now().getTime();
    const name = wanted.name?.trim().slice(0, nameLengthMax);
    const timer: Timer = {
      id: randomUUID(),
      ownerId: wanted.ownerId,
      ...(name && { name }),
      setAtMs,
      dueAtMs: setAtMs + wanted.durationMs,
    };
    await this.#files.write(timer);
    this.#wakeIn(0);
    return timer;
  }

  async list(ownerId: string): Promise<Timer[]> {
    const nowMs = this.#now().getTime();
    const all = await this.#files.all();
    return all.filter((timer) => timer.ownerId === ownerId && timer.dueAtMs > nowMs);
  }

  async all(ownerId: string): Promise<Timer[]> {
    return (await this.#files.all()).filter((timer) => timer.ownerId === ownerId);
  }

  forget(ownerId: string): Promise<number> {
    return this.#files.forget(ownerId);
  }

  async cancel(id: string): Promise<Timer | undefined> {
    const claim = await this.#files.claim(id);
    await claim?.remove();
    return claim?.timer;
  }

  async extend(id: string, byMs: number): Promise<Timer | undefined> {
    const claim = await this.#files.claim(id);
    if (!claim) return undefined;
    const changed = { ...claim.timer, dueAtMs: claim.timer.dueAtMs + byMs };
    try {
      checkDuration(changed.dueAtMs - this.#now().getTime());
      await claim.putBack(changed);
    } catch (error) {
      await claim.putBack();
      throw error;
    }
    this.#wakeIn(0);
    return changed;
  }

  onDue(ownerId: string, deliver: Deliver): () => void {
    const mine = this.#subscribers.get(ownerId) ?? new Set();
    this.#subscribers.set(ownerId, mine.add(deliver));
    this.#wakeIn(0);
    return () => {
      mine.delete(deliver);
      if (mine.size === 0 && this.#subscribers.get(ownerId) === mine) {
        this.#subscribers.delete(ownerId);
      }
    };
  }

  #wakeIn(ms: number): void {
    if (this.#closed || this.#subscribers.size === 0) return;
    const waitMs = Math.max(0, Math.min(ms, pollMs));
    const atMs = performance.now() + waitMs;
    // An earlier look stays: many changes in a row must not push it away.
    if (this.#alarm && this.#alarmAtMs <= atMs) return;
    clearTimeout(this.#alarm);
    this.#alarmAtMs = atMs;
    this.#alarm = setTimeout(() => {
      this.#alarm = undefined;
      this.#look();
    }, waitMs);
    this.#alarm.unref();
  }

  #look(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    const done = this.#lookOnce()
      .catch((error: unknown) => {
        const code = (error as NodeJS.ErrnoException).code;
        this.#log?.error({ code }, 'Timer files cannot be read; trying again in a second.');
        return retryMs;
      })
      .then((waitMs) => {
        this.#looking = undefined;
        this.#wakeIn(this.#lookAgain ? 0 : waitMs);
        this.#lookAgain = false;
      });
    this.#looking = { done };
  }

  /** Starts the delivery of all that is due. @returns milliseconds until the next look. */
  async #lookOnce(): Promise<number> {
    await this.#files.recover();
    let waitMs = pollMs;
    for (const timer of await this.#files.all()) {
      const nowMs = this.#now().getTime();
      if (nowMs - timer.dueAtMs > forgottenAfterMs) await this.cancel(timer.id);
      if (!this.#subscribers.has(timer.ownerId) || this.#closed) continue;
      const dueAtMs = Math.max(timer.dueAtMs, this.#retryAtMs.get(timer.id) ?? 0);
      if (dueAtMs > nowMs) waitMs = Math.min(waitMs, dueAtMs - nowMs);
      else await this.#begin(timer.id);
    }
    return waitMs;
  }

  async #begin(id: string): Promise<void> {
    const claim = await this.#files.claim(id);
    if (!claim) return;
    // Between the look and the claim it may have been extended.
    if (claim.timer.dueAtMs > this.#now().getTime()) {
      await claim.putBack();
      return;
    }
    const done = this.#deliver(claim).finally(() => {
      this.#delivering.delete(id);
      this.#wakeIn(settleMs);
    });
    this.#delivering.set(id, { done, claim });
  }

  async #deliver(claim: Claim): Promise<void> {
    const { timer } = claim;
    const alive = setInterval(() => void claim.touch(), touchMs);
    alive.unref();
    try {
      for (const deliver of this.#subscribers.get(timer.ownerId) ?? []) {
        const lateMs = Math.max(0, this.#now().getTime() - timer.dueAtMs);
        const told = await deliver(timer, lateMs).catch((error: unknown): Delivery => {
          const reason = error instanceof Error ? error.name : 'unknown';
          this.#log?.error({ timer: timer.id, reason }, 'A timer could not be delivered.');
          return 'later';
        });
        if (told !== 'delivered') continue;
        this.#retryAtMs.delete(timer.id);
        await claim.remove();
        return;
      }
      this.#retryAtMs.set(timer.id, this.#now().getTime() + retryMs);
      await claim.putBack();
    } catch (error) {
      // The file stays claimed and is taken over once it counts as abandoned.
      const code = (error as NodeJS.ErrnoException).code;
      this.#log?.error({ timer: timer.id, code }, 'A timer file could not be changed.');
    } finally {
      clearInterval(alive);
    }
  }

  /** What is being delivered gets two seconds; then it is put back for another process. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#alarm);
    this.#watcher?.close();
    await this.#looking?.done;
    const unfinished = [...this.#delivering.values()];
    if (unfinished.length === 0) return;
    let limit: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      limit = setTimeout(resolve, closeWithinMs);
    });
    await Promise.race([Promise.allSettled(unfinished.map(({ done }) => done)), patience]);
    clearTimeout(limit);
    const left = [...this.#delivering.values()];
    await Promise.allSettled(left.map(({ claim }) => claim.putBack()));
  }
}

/** @param options.now the house's clock; waiting itself uses the machine's. */
export const openTimers = (options: Options): Promise<Timers> => new Watchman(options).open();
