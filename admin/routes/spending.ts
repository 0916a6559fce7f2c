/** What was spent, by day, person, door and trigger, and how far the caps are used up. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { CapStatus, Row } from '../../agent/spending.ts';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError } from '../problem.ts';

const dayMs = 86_400_000;
const shownDays = 30;
const daysMax = 731;

const day = z.iso.date('must be a day such as 2026-03-01');
const sums = {
  usd: z.number(),
  turns: z.int(),
  unpriced: z.int().meta({ description: 'Of which a price is not known: they count 0.' }),
};

const answer = z.object({
  from: z.string(),
  to: z.string(),
  ...sums,
  groups: z.array(z.object({ key: z.string(), ...sums })),
  caps: z
    .array(
      z.object({
        whose: z.enum(['household', 'person', 'door', 'trigger']),
        which: z.string().meta({ description: 'Id of the person, name of the door or trigger.' }),
        period: z.enum(['day', 'month']),
        limitUsd: z.number(),
        spentUsd: z.number(),
        until: z.string().meta({ description: 'When it begins anew.' }),
      }),
    )
    .meta({ description: 'Your own; an owner sees all of them.' }),
});

const spending = declare('get /api/v1/spending', {
  summary: 'What the mind and speech to text cost, US dollars; an owner sees the whole house.',
  request: {
    query: z.object({
      from: day.optional().meta({ description: 'The first day; unset: 30 days back.' }),
      to: day.optional().meta({ description: 'The last day; unset: today.' }),
      by: z.enum(['person', 'door', 'trigger', 'day']).default('day'),
    }),
  },
  responses: {
    200: { description: 'Sums.', content: { 'application/json': { schema: answer } } },
  },
});

const backwards = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'days-invalid',
    title: 'These days cannot be shown',
    detail: `\`from\` must not be after \`to\`, and at most ${daysMax} days lie between them.`,
  });

const added = (rows: readonly Row[]) => ({
  usd: rows.reduce((sum, { usd }) => sum + usd, 0),
  turns: rows.reduce((sum, { turns }) => sum + turns, 0),
  unpriced: rows.reduce((sum, { unpriced }) => sum + unpriced, 0),
});

const fieldOf = { person: 'personId', door: 'door', trigger: 'trigger', day: 'day' } as const;

const shownCap = ({ until, ...cap }: CapStatus) => ({ ...cap, until: until.toISOString() });

export const spendingRoutes = ({ house }: { house: House }) =>
  new OpenAPIHono<AdminEnv>().openapi(spending, async (c) => {
    const { person } = c.var;
    const { by, ...asked } = c.req.valid('query');
    const to = asked.to ?? house.spending.today;
    const before = new Date(Date.parse(to) - (shownDays - 1) * dayMs).toISOString().slice(0, 10);
    const from = asked.from ?? before;
    const days = (Date.parse(to) - Date.parse(from)) / dayMs;
    if (days < 0 || days > daysMax) throw backwards();
    const personId = person.role === 'owner' ? undefined : person.id;
    const rows = await withMemory(house, () => house.spending.rows({ from, to, personId }));
    const groups = [...Map.groupBy(rows, (row) => row[fieldOf[by]])];
    return c.json(
      {
        ...{ from, to, ...added(rows) },
        groups: groups.map(([key, members]) => ({ key, ...added(members) })),
        caps: house.spending.status(personId).map(shownCap),
      },
      200,
    );
  });
