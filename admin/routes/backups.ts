/** Backups for owners: what there is, one more now, taking one home. Going back is a command. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Backup, BackupsState } from '../../agent/backups.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { ProblemError } from '../problem.ts';

const backupSchema = z
  .object({
    name: z.string(),
    at: z.iso.datetime(),
    bytes: z.int(),
    tables: z
      .record(z.string(), z.int())
      .nullable()
      .meta({ description: 'Rows by table; null for one that nobody has read to its end.' }),
    files: z.int().nullable(),
    verified: z.boolean().meta({ description: 'Read to its end after it was written.' }),
    kept: z
      .enum(['daily', 'weekly', 'by hand'])
      .nullable()
      .meta({ description: 'Why it stays; null: it goes when the next one is made.' }),
  })
  .openapi('Backup');

const stateSchema = z
  .object({
    folder: z.string(),
    running: z
      .object({
        since: z.iso.datetime(),
        byHand: z.boolean(),
        table: z.string(),
        rows: z.int(),
      })
      .nullable()
      .meta({ description: 'The one that is being made: which table it is at.' }),
    lastSuccessAt: z.iso.datetime().nullable(),
    failure: z.object({ at: z.iso.datetime(), sentence: z.string() }).nullable(),
    nextAt: z.iso.datetime(),
  })
  .openapi('BackupsState');

const params = z.object({ name: z.string().min(1).max(100, 'must be at most 100 characters') });

const list = declare('get /api/v1/backups', {
  summary: 'The backups of this house, and how the making of them is.',
  responses: {
    200: {
      description: 'Newest first.',
      content: json(z.object({ backups: z.array(backupSchema), state: stateSchema })),
    },
  },
});

const make = declare('post /api/v1/backups', {
  summary: 'Make a backup now. Of those made so, the newest three are kept.',
  responses: {
    202: {
      description: 'It is being made: GET /api/v1/backups says how far it is.',
      content: json(z.object({ state: stateSchema })),
    },
  },
});

const take = declare('get /api/v1/backups/{name}', {
  summary: 'One backup, as a file. It holds what everybody here told Butler: keep it well.',
  request: { params },
  responses: {
    200: {
      description: 'The archive.',
      content: { 'application/gzip': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
});

const remove = declare('delete /api/v1/backups/{name}', {
  summary: 'Delete one backup.',
  request: { params },
  responses: { 204: { description: 'It is gone.' } },
});

const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'backup-unknown',
    title: 'There is no backup of this name',
    detail: 'Take a name from GET /api/v1/backups.',
  });

const busy = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'backup-busy',
    title: 'A backup is being made just now',
    detail: 'Wait until it is there: GET /api/v1/backups says how far it is.',
  });

const shown = ({ name, at, bytes, tables, files, verified, kept }: Backup) => ({
  ...{ name, at: at.toISOString(), bytes, verified },
  ...{ tables: tables ?? null, files: files ?? null, kept: kept ?? null },
});

const stateOf = ({ folder, running, lastSuccessAt, failure, nextAt }: BackupsState) => ({
  folder,
  running: running
    ? {
        ...{ since: running.since.toISOString(), byHand: running.isByHand },
        ...{ table: running.table, rows: running.rows },
      }
    : null,
  lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
  failure: failure ? { at: failure.at.toISOString(), sentence: failure.sentence } : null,
  nextAt: nextAt.toISOString(),
});

export const backupRoutes = ({ house: { backups } }: { house: House }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, (c) =>
      c.json({ backups: backups.list().map(shown), state: stateOf(backups.state()) }, 200),
    )
    .openapi(make, (c) => {
      if (backups.state().running) throw busy();
      // How it ends stands in the state, in the log and in a notice.
      backups.make().catch(() => undefined);
      return c.json({ state: stateOf(backups.state()) }, 202);
    })
    .openapi(take, (c) => {
      const { name } = c.req.valid('param');
      const found = backups.fileOf(name);
      if (!found) throw unknown();
      const headers = {
        'content-type': name.endsWith('.gz') ? 'application/gzip' : 'application/octet-stream',
        'content-length': String(found.bytes),
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      };
      const body = Readable.toWeb(createReadStream(found.file)) as ReadableStream<Uint8Array>;
      // A file is streamed: no schema of JSON describes it.
      return new Response(body, { status: 200, headers }) as never;
    })
    .openapi(remove, async (c) => {
      if (!(await backups.remove(c.req.valid('param').name))) throw unknown();
      return c.body(null, 204);
    });
