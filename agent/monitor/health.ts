/** How the house is, for tools: what the server knows, and for its worker the file it writes. */
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { HealthPort } from '../../tools/core/health-port.ts';
import type { PartHealth } from '../monitor.ts';
import type { Incident } from './incidents.ts';

/** Longer than between two looks; older than this it says nothing of now. */
const staleMs = 300_000;
const weekMs = 7 * 86_400_000;

const noteSchema = z.object({
  at: z.coerce.date(),
  parts: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['part', 'integration']),
      state: z.enum(['ready', 'starting', 'failed']),
      since: z.coerce.date(),
      down: z.boolean(),
    }),
  ),
  incidents: z.array(
    z.object({
      part: z.string(),
      openedAt: z.coerce.date(),
      closedAt: z.coerce.date().nullable(),
    }),
  ),
});
type Note = z.infer<typeof noteSchema>;

const partsOf = (states: readonly PartHealth[]): Note['parts'] =>
  states.flatMap(({ part: name, kind, state, since, down }) =>
    state === 'off' ? [] : [{ name, kind, state, since, down }],
  );

export interface ServerHealth extends HealthPort {
  /** For the worker. Never throws. */
  write(): Promise<void>;
}

const fileIn = (folder: string): string => path.join(folder, 'health.json');

export const healthOfServer = (known: {
  states: () => readonly PartHealth[];
  since: (from: Date) => readonly Incident[];
  clock: () => Date;
  /** BUTLER_DATA. */
  folder: string;
}): ServerHealth => {
  const incidentsSince = (from: Date) =>
    known.since(from).map(({ part, openedAt, closedAt }) => ({ part, openedAt, closedAt }));
  const parts = () => partsOf(known.states());
  return {
    ...{ parts, incidentsSince },
    write: async () => {
      const at = known.clock();
      const incidents = incidentsSince(new Date(at.getTime() - weekMs));
      const note: Note = { at, parts: parts(), incidents };
      const file = fileIn(known.folder);
      try {
        await writeFile(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch {
        // A disk that is full is told of by the part that looks at it.
      }
    },
  };
};

export const healthOfWorker = (folder: string, clock: () => Date): HealthPort => {
  const read = (): Note | undefined => {
    try {
      const note = noteSchema.parse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
      return clock().getTime() - note.at.getTime() > staleMs ? undefined : note;
    } catch {
      return undefined;
    }
  };
  return {
    parts: () => read()?.parts ?? [],
    incidentsSince: (from) =>
      (read()?.incidents ?? []).filter(({ closedAt }) => closedAt === null || closedAt > from),
  };
};
