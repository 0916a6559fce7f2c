/** Positions that the OwnTracks app posts: the person's own, by their password or a token. */
import { createHmac, randomBytes } from 'node:crypto';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type AdminEnv, bearerOf, declare, unauthorized } from '../access.ts';
import { addressOf } from '../address.ts';
import { callerOf } from '../caller.ts';
import type { Doors, House } from '../house-view.ts';
import {
  failuresFree,
  failuresFreePerAccount,
  failuresFreePerAddress,
  slowDown,
} from '../login-lock.ts';
import { foldUsername, type People, type Person } from '../people.ts';
import { ProblemError } from '../problem.ts';
import { createThrottle } from '../throttle.ts';
import type { Tokens } from '../tokens.ts';
import { wrongLogin } from './login.ts';

/** A phone on the road reports every few seconds: its password is not hashed each time. */
const rememberedMs = 10 * 60_000;
const rememberedMax = 200;

const message = z.record(z.string(), z.unknown()).openapi('OwnTracksMessage', {
  description: 'As the app writes it: `_type` is `location`, with `lat`, `lon`, `tst`, `acc`.',
});

const post = declare('post /api/v1/owntracks', {
  summary: "Keep where the person's phone is: the address that OwnTracks is given in HTTP mode.",
  request: { body: { required: true, content: { 'application/json': { schema: message } } } },
  responses: {
    200: {
      description: 'It was taken, or was no position. The app wants a list: Butler sends nothing.',
      content: { 'application/json': { schema: z.array(z.looseObject({})) } },
    },
  },
});

const basic = /^Basic +([\w+/=-]{1,4096}) *$/i;

/** RFC 7617; undefined for what is no login at all. */
const loginOf = (c: Context): { username: string; password: string } | undefined => {
  const written = basic.exec(c.req.header('authorization') ?? '')?.[1];
  const text = written === undefined ? '' : Buffer.from(written, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || colon > 256 || text.length > 1500) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
};

interface Entrance {
  people: People;
  tokens: Tokens;
  clock: () => number;
}

/** Who posts; wrong passwords are slowed as at the login, but close nothing there. */
const entering = ({ people, tokens, clock }: Entrance) => {
  const perName = createThrottle({ failuresFree, clock });
  const perAddress = createThrottle({ failuresFree: failuresFreePerAddress, clock });
  // From wherever: or this would be the door at which the account is never locked.
  const perAccount = createThrottle({ failuresFree: failuresFreePerAccount, clock });
  const secret = randomBytes(32);
  const remembered = new Map<string, { personId: string; untilMs: number }>();
  const remember = (key: string, { id }: Person): void => {
    const [oldest] = remembered.keys();
    if (remembered.size >= rememberedMax && oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, { personId: id, untilMs: clock() + rememberedMs });
  };
  return async (c: Context): Promise<Person> => {
    const login = loginOf(c);
    if (!login) {
      const caller = await bearerOf(c, { people, tokens });
      if (!caller) throw unauthorized('Basic realm="butler", Bearer realm="butler"');
      return caller.person;
    }
    const { username, password } = login;
    // With another password what was remembered is over.
    const told = [username, people.passwordMark(username), password].join('\n');
    const key = createHmac('sha256', secret).update(told).digest('base64');
    const known = remembered.get(key);
    const again = known && known.untilMs > clock() ? people.byId(known.personId) : undefined;
    if (again) return again;
    remembered.delete(key);
    const address = addressOf(c);
    const account = foldUsername(username);
    const name = `${address} ${account}`;
    const waitSeconds =
      perName.attempt(name) || perAddress.attempt(address) || perAccount.attempt(account);
    if (waitSeconds > 0) throw slowDown(waitSeconds);
    const person = await people.verifyPassword(username, password);
    if (!person) throw wrongLogin();
    perName.succeeded(name);
    perAddress.succeeded(address);
    perAccount.succeeded(account);
    remember(key, person);
    return person;
  };
};

const problems = [
  { code: 'owntracks-encrypted', status: 422, title: 'The position is encrypted' },
  { code: 'too-often', status: 429, title: 'Too many positions at once' },
] as const;

/** The app tries a position again that was not taken. */
const notKept = (outcome: { code?: string; say: string }): ProblemError => {
  const detail = outcome.say;
  const known = problems.find(({ code }) => code === outcome.code);
  if (known) return new ProblemError({ ...known, detail });
  const title = 'The position could not be kept';
  return new ProblemError({ status: 503, code: 'position-not-kept', title, detail });
};

export const ownTracksRoutes = ({
  house,
  doors,
  ...entrance
}: Entrance & { house: House; doors: Doors }) => {
  const enter = entering(entrance);
  const app = new OpenAPIHono<AdminEnv>();
  // Before the body is looked at: who may not post learns nothing of what would be right.
  app.use('/api/v1/owntracks', async (c, next) => {
    c.set('person', await enter(c));
    await next();
  });
  return app.openapi(post, async (c) => {
    const outcome = await doors.command({
      caller: callerOf(c.var.person, { door: 'app', settings: house.settings }),
      tool: 'location_report',
      input: { message: c.req.valid('json') },
      signal: c.req.raw.signal,
    });
    if (!outcome.ok) throw notKept(outcome);
    return c.json([], 200);
  });
};
