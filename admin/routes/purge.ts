/** Deleting a person for good: oneself, somebody else as an owner, or with the last the house. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { onlyAtHome } from '../address.ts';
import type { Audit } from '../audit.ts';
import type { House } from '../house-view.ts';
import { body } from '../json-declared.ts';
import { slowDown } from '../login-lock.ts';
import { withMemory } from '../memory-access.ts';
import { foldUsername, type People, type Person } from '../people.ts';
import { ProblemError, personUnknown } from '../problem.ts';
import type { Purge, PurgeReport } from '../purge.ts';
import { createThrottle } from '../throttle.ts';

const everything = 'delete everything of this household';
const passwordTriesFree = 5;

const counts = z.record(z.string(), z.int());
const reportSchema = z
  .object({
    at: z.iso.datetime(),
    rows: counts.meta({ description: 'What was deleted, by table.' }),
    other: counts.meta({ description: 'Devices, timers, turns, PIN, old files.' }),
    accounts: z
      .array(z.object({ service: z.string(), ok: z.boolean(), sentence: z.string() }))
      .meta({ description: 'What became of accounts on other services.' }),
    remaining: z.int().meta({ description: 'Where the id is still found: 0 is the proof.' }),
    where: z.array(z.object({ where: z.string(), count: z.int() })),
    notReclaimed: z.array(z.string()),
    backupsUntil: z.iso.date().meta({ description: 'Until then a backup may hold the person.' }),
  })
  .openapi('PurgeReport');

const confirmed = {
  confirm: z
    .string()
    .min(1, 'must not be empty')
    .max(256)
    .meta({ description: 'Their username; of somebody without one their name.' }),
  password: z.string().min(1, 'must not be empty').max(1024).meta({ description: 'Yours.' }),
};
const purgeSchema = z.strictObject({
  userId: z.string().min(1).max(100).optional().meta({ description: 'Unset: you.' }),
  ...confirmed,
  everything: z
    .literal(true)
    .optional()
    .meta({ description: 'Everybody, and all that is the household’s; with confirmEverything.' }),
  confirmEverything: z.literal(everything, `must be "${everything}"`).optional(),
});

const answer = {
  200: {
    description: 'What was deleted, and what a search afterwards found.',
    content: { 'application/json': { schema: reportSchema } },
  },
};

const purgeRoute = declare('post /api/v1/purge', {
  summary: 'Delete yourself, or as an owner somebody else, with all that Butler keeps; for good.',
  request: body(purgeSchema),
  responses: answer,
});
const removeRoute = declare('delete /api/v1/users/{id}', {
  summary: 'Delete somebody with all that Butler keeps of them; for good.',
  request: {
    params: z.object({ id: z.string().min(1).max(100, 'must be at most 100 characters') }),
    ...body(z.strictObject(confirmed)),
  },
  responses: answer,
});

const wrongPassword = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'password-wrong',
    title: 'That is not your password',
    detail: 'Nothing was deleted. Send the password with which you log in yourself.',
  });

const notConfirmed = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'purge-not-confirmed',
    title: 'This does not name the person',
    detail: 'Nothing was deleted. Send their username as `confirm`, to show whom you mean.',
  });

const askOwner = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'role-insufficient',
    title: 'A child is not deleted by a child',
    detail: 'Ask an owner of this household to do it with you.',
  });

const lastOwner = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'purge-last-owner',
    title: 'Nobody would look after this household',
    detail:
      'Make somebody else an owner first. Or send `everything: true` and `confirmEverything: ' +
      `"${everything}"\`: then everybody and all that is the household's goes.`,
  });

interface Wanted {
  person: Person;
  userId: string;
  confirm: string;
  password: string;
  whole: boolean;
}

interface Parts {
  house: House;
  people: People;
  audit: Pick<Audit, 'record'>;
  purge: Purge;
  clock: () => number;
}

/** Checks everything before anything is touched. @throws {ProblemError} */
const createChecks = ({ house, people, clock }: Parts) => {
  const tries = createThrottle({ failuresFree: passwordTriesFree, clock });
  return async ({ person, userId, confirm, password, whole }: Wanted): Promise<void> => {
    const isOwn = userId === person.id;
    if (!isOwn && person.role !== 'owner') throw personUnknown();
    if (isOwn && person.role === 'child') throw askOwner();
    const user = await withMemory(house, ({ users }) => users.load(userId));
    if (!user) throw personUnknown();
    const waitSeconds = tries.attempt(person.id);
    if (waitSeconds > 0) throw slowDown(waitSeconds);
    const proven = await people.verifyPassword(person.username, password);
    if (proven?.id !== person.id) throw wrongPassword();
    tries.succeeded(person.id);
    if (foldUsername(confirm) !== foldUsername(user.username ?? user.name)) throw notConfirmed();
    if (whole && person.role !== 'owner') throw askOwner();
    if (!whole && people.isLastOwner(userId)) throw lastOwner();
  };
};

export const purgeRoutes = (parts: Parts) => {
  const { house, people, audit, purge } = parts;
  const check = createChecks(parts);
  /** Again when it is its turn: of two owners who go at once, one stays. */
  const checkOwner = (userId: string): void => {
    if (people.isLastOwner(userId)) throw lastOwner();
  };
  const run = async (wanted: Wanted): Promise<PurgeReport> => {
    await check(wanted);
    const { person, userId, whole } = wanted;
    const actor = { personId: person.id };
    // While it can still be said who: afterwards the line names nobody.
    const what = whole ? 'purge-household' : 'purge-person';
    await audit.record({ actor, what, target: { personId: userId }, outcome: 'done' });
    const report = await withMemory(house, () =>
      whole ? purge.household() : purge.person(userId, () => checkOwner(userId)),
    );
    if (!report) throw personUnknown();
    const detail = { remaining: report.remaining };
    await audit.record({ actor: { part: 'purge' }, what: `${what}-done`, outcome: 'done', detail });
    return report;
  };
  return new OpenAPIHono<AdminEnv>()
    .openapi(purgeRoute, async (c) => {
      const { person } = c.var;
      const sent = c.req.valid('json');
      const { userId = person.id, confirm, password, confirmEverything } = sent;
      const whole = sent.everything === true;
      if (whole !== (confirmEverything !== undefined)) throw notConfirmed();
      // What an owner does to others is done at home.
      if ((whole || userId !== person.id) && !c.var.origin.isNear) throw onlyAtHome();
      return c.json(await run({ person, userId, confirm, password, whole }), 200);
    })
    .openapi(removeRoute, async (c) => {
      const { id: userId } = c.req.valid('param');
      const { person } = c.var;
      return c.json(await run({ person, userId, ...c.req.valid('json'), whole: false }), 200);
    });
};
