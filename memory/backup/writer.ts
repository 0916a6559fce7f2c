/** The process that writes a backup: reading, packing and checking, and no conversation waits. */
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { openApart } from '../database/apart.ts';
import { messageOf } from '../database/error.ts';
import { connect, type Sql } from '../database/sql.ts';
import type { Summary, WriterOrder } from './make.ts';
import { checkArchive } from './open.ts';
import { writeBackup } from './write.ts';

/** What it says, one JSON object a line. */
export type WriterWord =
  | { kind: 'progress'; table: string; rows: number }
  | { kind: 'done'; summary: Summary }
  | { kind: 'failed'; why: string; code?: string };

const say = (word: WriterWord): void => void process.stdout.write(`${JSON.stringify(word)}\n`);
/** Behind everything else on this machine. */
const niceness = 10;

const openServer = (url: string): { sql: Sql; close: () => Promise<void> } => {
  const sql = connect(url, {
    max: 1,
    connection: { application_name: 'butler-backup', statement_timeout: 60_000 },
  });
  return { sql, close: () => sql.end({ timeout: 2 }) };
};

/** On the disk, not only in the system's memory. */
const sync = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  await handle.sync();
  await handle.close();
};

const write = async (order: WriterOrder): Promise<Summary> => {
  const { source } = order;
  const opened = 'url' in source ? openServer(source.url) : await openApart(source.cluster);
  try {
    const progress = (done: { table: string; rows: number }) => say({ kind: 'progress', ...done });
    await writeBackup({ sql: opened.sql, order, progress });
  } finally {
    await opened.close();
  }
  await sync(order.file);
  const { tables, members } = await checkArchive(order);
  const counts = Object.entries(tables).map(([name, { rows }]) => [name, rows] as const);
  const files = members.filter(({ path }) => path !== undefined).length;
  return { tables: Object.fromEntries(counts), files };
};

const main = async (): Promise<void> => {
  const lines = createInterface({ input: process.stdin });
  const [line] = (await once(lines, 'line')) as [string];
  // Our end of the pipe closes with the process that asked.
  lines.once('close', () => process.exit(1));
  try {
    setPriority(niceness);
  } catch {
    // Without it, it takes a little more of the machine.
  }
  try {
    say({ kind: 'done', summary: await write(JSON.parse(line) as WriterOrder) });
  } catch (error) {
    const { code } = error as { code?: string };
    say({ kind: 'failed', why: messageOf(error), ...(code && { code }) });
  }
  // What was said is in the pipe before the process ends.
  process.stdout.write('', () => process.exit(0));
};

if (import.meta.main) await main();
