/** Puts restored state in the place of what was there; broken off anywhere, it can be finished. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Restored files wait here until all of them are there. */
export const stageOf = (folder: string): string => join(folder, '.restoring');
const planOf = (folder: string): string => join(folder, 'restore.json');

const names = z.array(z.string().min(1));
const planSchema = z.object({
  /** The folder, below BUTLER_DATA, for what was there before. */
  aside: z.string().regex(/^before-[0-9A-Za-z-]+$/),
  /** Paths below BUTLER_DATA that go aside. */
  out: names,
  /** Paths below the stage that take their places. */
  in: names,
});
export type Plan = z.infer<typeof planSchema>;

const move = (from: string, to: string): void => {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  renameSync(from, to);
};

/** Each step looks whether it was done: what comes in comes after all that goes out. */
const carryOut = (folder: string, plan: Plan): void => {
  for (const path of plan.out) {
    const [here, there] = [join(folder, path), join(folder, plan.aside, path)];
    if (existsSync(here) && !existsSync(there)) move(here, there);
  }
  for (const path of plan.in) {
    const [from, to] = [join(stageOf(folder), path), join(folder, path)];
    if (existsSync(from)) move(from, to);
  }
  rmSync(planOf(folder), { force: true });
  rmSync(stageOf(folder), { recursive: true, force: true });
};

/** On the disk before anything is moved. */
export const changeOver = (folder: string, plan: Plan): void => {
  const partial = `${planOf(folder)}.partial`;
  writeFileSync(partial, JSON.stringify(plan), { mode: 0o600 });
  const handle = openSync(partial, 'r+');
  fsyncSync(handle);
  closeSync(handle);
  renameSync(partial, planOf(folder));
  carryOut(folder, plan);
};

/** What was laid ready for nothing; once things are being moved, it is still needed. */
export const dropStage = (folder: string): void => {
  if (existsSync(planOf(folder))) return;
  rmSync(stageOf(folder), { recursive: true, force: true });
};

/**
 * Finishes what a killed restore had begun to move, for the process that
 * is to use the folder, before it opens anything in it.
 */
export const finishChangeOver = (folder: string): void => {
  let text: string;
  try {
    text = readFileSync(planOf(folder), 'utf8');
  } catch {
    return;
  }
  carryOut(folder, planSchema.parse(JSON.parse(text)));
};
