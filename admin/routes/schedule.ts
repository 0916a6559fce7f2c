/** What must happen at a time: the timers of the people here, and a way to call one off. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import type { House } from '../house-view.ts';
import { json } from '../json-declared.ts';
import type { People, Person } from '../people.ts';
import { ProblemError } from '../problem.ts';

const entrySchema = z
  .object({
    id: z.string(),
    kind: z.enum(['timer']),
    ownerId: z.string(),
    owner: z.string().meta({ description: 'What they are called.' }),
    isYours: z.boolean(),
    name: z.string().nullable().meta({
      description: 'Null: it has none, or it is the private timer of somebody else.',
    }),
    setAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    lengthMs: z.int(),
  })
  .openapi('ScheduleEntry');
type Entry = z.infer<typeof entrySchema>;

const list = declare('get /api/v1/schedule', {
  summary: 'What runs for you; for an owner also that something runs for others.',
  responses: {
    200: {
      description: 'Soonest first.',
      content: json(z.object({ entries: z.array(entrySchema) })),
    },
  },
});

const cancel = declare('delete /api/v1/schedule/{id}', {
  summary: 'Call off a timer of yours, or as an owner that of a child.',
  request: { params: z.object({ id: z.uuid() }) },
  responses: { 204: { description: 'It will not ring.' } },
});

const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'schedule-unknown',
    title: 'Nothing of yours is planned under this id',
    detail: 'It may be over already: ask GET /api/v1/schedule again.',
  });

/** Their own, and those of a child in an owner's house. */
const mayKnow = (person: Person, owner: Person): boolean =>
  person.id === owner.id || (person.role === 'owner' && owner.role === 'child');

interface Parts {
  house: Pick<House, 'timers'>;
  people: Pick<People, 'all' | 'byId'>;
}

export const scheduleRoutes = ({ house: { timers }, people }: Parts) => {
  const entriesOf = async (owner: Person, person: Person): Promise<Entry[]> =>
    (await timers.list(owner.id)).map(({ id, name, setAtMs, dueAtMs }) => ({
      ...{ id, kind: 'timer' as const, ownerId: owner.id, owner: owner.name },
      isYours: owner.id === person.id,
      name: mayKnow(person, owner) ? (name ?? null) : null,
      ...{ setAt: new Date(setAtMs).toISOString(), dueAt: new Date(dueAtMs).toISOString() },
      lengthMs: dueAtMs - setAtMs,
    }));
  return new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const { person } = c.var;
      const owners = person.role === 'owner' ? people.all() : [person];
      const all = await Promise.all(owners.map((owner) => entriesOf(owner, person)));
      const entries = all.flat().sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1));
      return c.json({ entries }, 200);
    })
    .openapi(cancel, async (c) => {
      const { person } = c.var;
      const { id } = c.req.valid('param');
      const reached = people.all().filter((owner) => mayKnow(person, owner));
      const theirs = (await Promise.all(reached.map((owner) => timers.list(owner.id)))).flat();
      if (!theirs.some((timer) => timer.id === id)) throw unknown();
      // It may have begun to ring meanwhile.
      if (!(await timers.cancel(id))) throw unknown();
      return c.body(null, 204);
    });
};
