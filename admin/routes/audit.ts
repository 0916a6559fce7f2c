/** Who did what: everything for an owner, for everybody else what they did or had done to them. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { onlyAtHome } from '../address.ts';
import type { Audit } from '../audit.ts';
import { outcomes } from '../audit-chain.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError } from '../problem.ts';

const namedSchema = z.union([
  z.object({ personId: z.string(), name: z.string() }),
  z.object({ id: z.string() }),
]);
const lineSchema = z
  .object({
    number: z.int(),
    at: z.iso.datetime(),
    actor: namedSchema.meta({ description: 'A person, or a part of Butler, or an old alias.' }),
    device: z.string().nullable(),
    what: z.string(),
    target: namedSchema.nullable(),
    outcome: z.enum(outcomes),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('AuditLine');

const anchorSchema = z.object({ number: z.int(), hash: z.string() });

const list = declare('get /api/v1/audit', {
  summary: 'The audit log, newest first; without `own` for an owner only.',
  request: {
    query: z.object({
      own: z
        .enum(['true', 'false'])
        .optional()
        .meta({ description: 'Only what you did and what was done to you.' }),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
      actor: z.string().max(100).optional().meta({ description: 'The id of a person.' }),
      what: z.string().max(200).optional().meta({ description: 'How it begins.' }),
      from: z.iso.datetime().optional(),
      to: z.iso.datetime().optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page; the next one is `before` the last number of this one.',
      content: json(z.object({ lines: z.array(lineSchema) })),
    },
  },
});

const verify = declare('get /api/v1/audit/verify', {
  summary: 'Whether the audit log holds: no line was changed, taken out or put in.',
  description:
    'A log whose end was cut off holds all the same. Give a number and hash as they stand in ' +
    'the log or in a backup to prove that it still reaches as far.',
  request: {
    query: z
      .object({
        number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
        hash: z
          .string()
          .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
          .optional(),
      })
      .refine(({ number, hash }) => (number === undefined) === (hash === undefined), {
        message: 'send number and hash, or neither',
      }),
  },
  responses: {
    200: {
      description: 'The first number that does not hold, where one does not.',
      content: json(
        z.object({
          ok: z.boolean(),
          entries: z.int(),
          brokenAt: z.int().optional(),
          newest: anchorSchema.optional(),
        }),
      ),
    },
  },
});

const ownersOnly = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'role-insufficient',
    title: 'You may not see what others did',
    detail: 'Add `own=true` to see your own lines, or ask an owner.',
  });

const dateOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

export const auditRoutes = ({ house, audit }: { house: House; audit: Audit }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const { own, from, to, ...wanted } = c.req.valid('query');
      const { person } = c.var;
      if (own !== 'true' && person.role !== 'owner') throw ownersOnly();
      if (own !== 'true' && !c.var.origin.isNear) throw onlyAtHome();
      const concerning = own === 'true' ? person.id : undefined;
      const times = { from: dateOf(from), to: dateOf(to) };
      const lines = await withMemory(house, () => audit.list({ ...wanted, ...times, concerning }));
      return c.json({ lines: lines.map((line) => ({ ...line, at: line.at.toISOString() })) }, 200);
    })
    .openapi(verify, async (c) => {
      const { number, hash } = c.req.valid('query');
      const anchor = number === undefined || hash === undefined ? undefined : { number, hash };
      const verified = await withMemory(house, () => audit.verify(anchor));
      const newest = await withMemory(house, () => audit.newest());
      return c.json({ ...verified, ...(newest && { newest }) }, 200);
    });
