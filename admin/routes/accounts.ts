/** One's accounts on the household's services: how they are, mending them, their passwords. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import type { Accounts } from '../accounts.ts';
import { addressOf } from '../address.ts';
import type { Audit } from '../audit.ts';
import { holderOf } from '../holders.ts';
import type { House } from '../house-view.ts';
import { body, json } from '../json-declared.ts';
import { type LoginLock, slowDown } from '../login-lock.ts';
import { withMemory } from '../memory-access.ts';
import type { People } from '../people.ts';
import { ProblemError, personUnknown } from '../problem.ts';
import { type Service, services } from '../provision/provider.ts';
import { registry } from '../provision/registry.ts';
import type { Account } from '../provision/showing.ts';
import { createThrottle } from '../throttle.ts';

/** Guesses at a service through Butler: it would be Butler that is shut out there. */
const triesFree = 5;

const statuses = ['active', 'failed', 'skipped', 'decrypt_error'] as const;
export const accountSchema = z
  .object({
    service: z.enum(services),
    title: z.string(),
    status: z.enum(statuses),
    message: z.string().nullable().meta({ description: 'Why it is not active, as a sentence.' }),
    username: z.string().nullable(),
    working: z.boolean().meta({ description: 'Butler is at it: ask again in a second.' }),
    attempts: z.int(),
    changedAt: z.iso.datetime().nullable(),
  })
  .openapi('Account');
const statusSchema = accountSchema
  .pick({ service: true, title: true, status: true, working: true, changedAt: true })
  .openapi('AccountStatus');

/** What all four services take as a name. */
export const serviceUsername = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,62}$/, 'must be 2 to 63 letters a-z, digits and . _ -');
const visible = (text: string): boolean => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
export const servicePassword = z
  .string()
  .min(8, 'must be at least 8 characters')
  .max(128, 'must be at most 128 characters')
  .refine(visible, 'must not hold control characters');

const params = z.object({ service: z.enum(services, `must be one of ${services.join(', ')}`) });
const accountsSchema = z.object({ accounts: z.array(accountSchema) });

const list = declare('get /api/v1/accounts', {
  summary: 'Your accounts on the services of the household; one entry for each service.',
  responses: { 200: { description: 'Without passwords.', content: json(accountsSchema) } },
});

const retry = declare('post /api/v1/accounts/{service}/retry', {
  summary: 'Make or mend this account, in the background; `anew` with a new generated password.',
  request: {
    params,
    ...body(
      z.strictObject({
        username: serviceUsername.optional(),
        password: servicePassword.optional(),
        current: z
          .string()
          .min(1, 'must not be empty')
          .max(1024)
          .optional()
          .meta({ description: 'Your own password: the proof that goes with `password`.' }),
        anew: z.boolean().default(false),
      }),
    ),
  },
  responses: {
    202: { description: 'As it is now.', content: json(z.object({ account: accountSchema })) },
  },
});

const reveal = declare('post /api/v1/accounts/{service}/password', {
  summary: 'Show the password kept for this service; your own password is the proof.',
  request: {
    params,
    ...body(z.strictObject({ password: z.string().min(1, 'must not be empty').max(1024) })),
  },
  responses: {
    200: {
      description: 'Yours alone; every look is in the audit log.',
      content: json(z.object({ username: z.string(), password: z.string() })),
    },
  },
});

const correct = declare('put /api/v1/accounts/{service}/password', {
  summary: 'Tell the password that you set over there; it is tried before it is kept.',
  request: { params, ...body(z.strictObject({ password: z.string().min(1).max(128) })) },
  responses: { 204: { description: 'It opens the account, and is kept.' } },
});

const ofPerson = declare('get /api/v1/users/{id}/accounts', {
  summary: "How a person's accounts are: for an owner, without names and passwords.",
  request: { params: z.object({ id: z.string().min(1).max(100) }) },
  responses: {
    200: {
      description: 'One entry for each service.',
      content: json(z.object({ accounts: z.array(statusSchema) })),
    },
  },
});

interface Problem {
  status: 403 | 404 | 409 | 422 | 502;
  code: string;
  title: string;
  detail: string;
}
const problem = (content: Problem): ProblemError => new ProblemError(content);

const wrongPassword = (): ProblemError =>
  problem({
    status: 403,
    code: 'password-wrong',
    title: 'The password is wrong',
    detail: 'Send your own password, the one with which you log in to Butler.',
  });
const missing = (service: Service): ProblemError =>
  problem({
    status: 404,
    code: 'account-missing',
    title: `You have no account on ${registry[service].title}`,
    detail: 'GET /api/v1/accounts says why; POST /api/v1/onboarding makes what you may have.',
  });
const busy = (): ProblemError =>
  problem({
    status: 409,
    code: 'account-busy',
    title: 'Butler is at this account already',
    detail: 'Wait some seconds, look at GET /api/v1/accounts, then try again.',
  });
const doesNotOpen = (service: Service): ProblemError =>
  problem({
    status: 422,
    code: 'account-password-wrong',
    title: `That password does not open your account on ${registry[service].title}`,
    detail: 'Type it again; or let POST /api/v1/accounts/{service}/retry set a new one.',
  });
const unreadable = (): ProblemError =>
  problem({
    status: 409,
    code: 'account-unreadable',
    title: 'The kept password cannot be opened',
    detail:
      'The house’s secret changed. An owner puts the former one into BUTLER_FORMER_SECRET and ' +
      'runs npm run rotate-key; or set the password anew: POST /api/v1/accounts/{service}/retry.',
  });
const serviceFailed = (sentence: string): ProblemError =>
  problem({
    status: 502,
    code: 'account-service-failed',
    title: 'The service did not answer as it should',
    detail: sentence,
  });
export const shownAccount = ({ changedAt, ...account }: Account) => ({
  ...account,
  changedAt: changedAt?.toISOString() ?? null,
});

export interface AccountRouteParts {
  house: House;
  people: People;
  accounts: Accounts;
  lock: LoginLock;
  audit: Pick<Audit, 'record'>;
}

type Request = Parameters<typeof addressOf>[0];

/** @throws {ProblemError} A found device guesses no faster than anybody at the door. */
const prove = async (c: Request, password: string, parts: AccountRouteParts): Promise<void> => {
  const { people, lock } = parts;
  const { id, username } = c.var.person;
  const from = { address: addressOf(c), username };
  lock.attempt(from);
  const proven = await people.verifyPassword(username, password);
  if (proven?.id !== id) {
    lock.failed(username);
    throw wrongPassword();
  }
  lock.succeeded(from);
};

/** Every look is noted, also one that was refused. */
const show = async (
  c: Request,
  { service, password }: { service: Service; password: string },
  parts: AccountRouteParts,
) => {
  const { house, accounts, audit } = parts;
  const { person, token } = c.var;
  const note = (outcome: 'done' | 'refused') =>
    audit.record({
      ...{ actor: { personId: person.id }, device: token.deviceId, what: 'account-password-shown' },
      ...{ target: { id: service }, outcome },
    });
  try {
    await prove(c, password, parts);
  } catch (error) {
    await note('refused');
    throw error;
  }
  const kept = await withMemory(house, () => accounts.password(holderOf(person, house), service));
  if (kept === 'missing') throw missing(service);
  if (kept === 'unreadable') throw unreadable();
  await note('done');
  return kept;
};

export const accountRoutes = (parts: AccountRouteParts) => {
  const { house, accounts } = parts;
  const tries = createThrottle({ failuresFree: triesFree });
  return new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const all = await withMemory(house, () => accounts.list(holderOf(c.var.person, house)));
      return c.json({ accounts: all.map(shownAccount) }, 200);
    })
    .openapi(retry, async (c) => {
      const { service } = c.req.valid('param');
      const { current, ...wish } = c.req.valid('json');
      // A password of one's own choice opens what is over there: a found device must not set one.
      if (wish.password !== undefined) await prove(c, current ?? '', parts);
      const order = { ...wish, service };
      const holder = holderOf(c.var.person, house);
      const account = await withMemory(house, () => accounts.retry(holder, order));
      return c.json({ account: shownAccount(account) }, 202);
    })
    .openapi(reveal, async (c) => {
      const { service } = c.req.valid('param');
      return c.json(await show(c, { service, ...c.req.valid('json') }, parts), 200);
    })
    .openapi(correct, async (c) => {
      const { service } = c.req.valid('param');
      const { password } = c.req.valid('json');
      const holder = holderOf(c.var.person, house);
      const key = `${holder.id} ${service}`;
      const waitSeconds = tries.attempt(key);
      if (waitSeconds > 0) throw slowDown(waitSeconds);
      const outcome = await withMemory(house, () =>
        accounts.correct(holder, { service, password }),
      );
      if (outcome !== 'wrong') tries.succeeded(key);
      if (outcome === 'missing') throw missing(service);
      if (outcome === 'busy') throw busy();
      if (outcome === 'wrong') throw doesNotOpen(service);
      if (outcome !== 'kept') throw serviceFailed(outcome.failed);
      return c.body(null, 204);
    })
    .openapi(ofPerson, async (c) => {
      const { id } = c.req.valid('param');
      const all = await withMemory(house, async ({ users }) => {
        const user = await users.load(id);
        if (!user) throw personUnknown();
        return await accounts.list(holderOf(user, house));
      });
      const shown = all.map((each) => statusSchema.parse(shownAccount(each)));
      return c.json({ accounts: shown }, 200);
    });
};
