/** The files of turns, one for each day: read line by line, and lines blanked for good. */
import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { doorNames } from './caller.ts';
import type { TurnRecord } from './events.ts';

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

export const readRecord = (line: string): TurnRecord | undefined => {
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
export const readFrom = async (
  file: string,
  from: number,
): Promise<{ lines: string[]; to: number }> => {
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

/** The last ones of a day. */
export const recordsOf = async (file: string, most: number): Promise<TurnRecord[]> => {
  const records: TurnRecord[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = readRecord(line);
    if (record) records.push(record);
  }
  return records.slice(-most);
};

/** Their names, the oldest day first. */
export const turnFilesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();

/** This person's turns of one day, as they were written. */
export async function* turnsOf(file: string, personId: string): AsyncIterable<TurnRecord> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = readRecord(line);
    if (record?.personId === personId) yield record;
  }
}

/** Theirs; of a torn line it is enough that their id stands in it. */
const isTheirs = (line: string, personId: string): boolean => {
  const record = readRecord(line);
  return record ? record.personId === personId : line.includes(personId);
};

/**
 * Writes spaces over a person's lines, where they stand: nothing moves, so that a process that adds
 * to the file meanwhile loses nothing, and one that reads on finds its place.
 * @returns how many lines there were.
 */
export const blankTurns = async (file: string, personId: string): Promise<number> => {
  const handle = await open(file, 'r+');
  try {
    const theirs: { at: number; length: number }[] = [];
    let at = 0;
    // By bytes: a torn line may hold half a letter.
    for (const line of (await handle.readFile('latin1')).split('\n')) {
      const text = Buffer.from(line, 'latin1').toString('utf8');
      if (isTheirs(text, personId)) theirs.push({ at, length: line.length });
      at += line.length + 1;
    }
    for (const { at: from, length } of theirs) {
      await handle.write(Buffer.alloc(length, ' '), 0, length, from);
    }
    if (theirs.length > 0) await handle.sync();
    return theirs.length;
  } finally {
    await handle.close();
  }
};
