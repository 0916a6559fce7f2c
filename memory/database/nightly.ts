/** Dumps the embedded database each night, or at the first chance after a day without one. */
import { statSync } from 'node:fs';
import { dumpsIn } from './backups.ts';
import { messageOf } from './error.ts';
import type { MemoryLog } from './health.ts';

interface NightlyParts {
  folder: string;
  log: MemoryLog;
  now: () => Date;
  dump: () => Promise<unknown>;
}

const lookEveryMs = 5 * 60_000;
const nightMinutes = 3 * 60 + 30;
/** A house that is off at night still gets its dump: a day and this much later. */
const graceMs = 6 * 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

/** Whether a dump is due: past 03:30 with none since then, or none for a day and six hours. */
export const isDue = (now: Date, lastAt: Date | undefined): boolean => {
  if (!lastAt) return true;
  const night = new Date(now);
  night.setHours(0, nightMinutes, 0, 0);
  const isNight =
    now.getTime() - night.getTime() >= 0 && now.getTime() - night.getTime() < graceMs / 6;
  if (isNight && lastAt < night) return true;
  return now.getTime() - lastAt.getTime() > dayMs + graceMs;
};

const lastDumpAt = (folder: string): Date | undefined => {
  const [newest] = dumpsIn(folder);
  return newest ? statSync(newest).mtime : undefined;
};

/** @returns what stops it. */
export const startNightly = ({ folder, log, now, dump }: NightlyParts): (() => void) => {
  let isRunning = false;
  const look = async (): Promise<void> => {
    if (isRunning || !isDue(now(), lastDumpAt(folder))) return;
    isRunning = true;
    await dump().catch((error: unknown) =>
      log.warn({ error: messageOf(error) }, 'the database could not be dumped'),
    );
    isRunning = false;
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
};
