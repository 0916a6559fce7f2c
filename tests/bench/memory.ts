/** What memory is worth: what it finds, how fast, how clean it stays, and what a crash costs. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crash } from './memory-crash.ts';
import { hygiene } from './memory-hygiene.ts';
import { latency } from './memory-latency.ts';
import { locomo } from './memory-locomo.ts';
import { table } from './table.ts';

/** One part of the benchmark: a table under a title, and lines that say how to read it. */
export interface MemoryPart {
  title: string;
  /** In the order of the columns; the first column names the row. */
  rows: Record<string, string | number | undefined>[];
  /** What must be known to read the table; a line that says why there is none. */
  notes: string[];
}

/** Given the command's options; a part that cannot run here says so in its notes. */
export type RunMemoryPart = (options: readonly string[]) => Promise<MemoryPart>;

const parts: Record<string, RunMemoryPart> = { locomo, latency, hygiene, crash };

/** `--only NAME` runs one part. */
const chosen = (options: readonly string[]): string[] => {
  const at = options.indexOf('--only');
  const only = options[at + 1];
  if (at < 0) return Object.keys(parts);
  if (only !== undefined && only in parts) return [only];
  throw new Error(`Say which part: --only ${Object.keys(parts).join(' | ')}`);
};

const file = fileURLToPath(new URL('../../.butler/bench/memory.json', import.meta.url));

/** The figures of the last run: those of parts that do not run now are kept. */
const earlier = (): Record<string, unknown> => {
  const figures = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return Object.fromEntries(
    Object.keys(parts).flatMap((name) => (name in figures ? [[name, figures[name]]] : [])),
  );
};

export default async (options: string[]): Promise<object> => {
  const kept = earlier();
  for (const name of chosen(options)) {
    const run = parts[name] as RunMemoryPart;
    const part = await run(options);
    kept[name] = { at: new Date().toISOString(), ...part };
    console.log(`\n${part.title}\n`);
    if (part.rows.length > 0) console.log(table(part.rows));
    for (const note of part.notes) console.log(note);
  }
  return kept;
};
