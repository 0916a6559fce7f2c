/** Lets requests pass as the table of routes says: by Bearer token, and by role. */
import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { type Origin, onlyAtHome } from './address.ts';
import type { Below } from './engine/engine.ts';
import type { People, Person, Role } from './people.ts';
import { methodNotAllowed, notFound, ProblemError } from './problem.ts';
import type { TokenClaims, Tokens } from './tokens.ts';
import { isAtHomeOnly, type RouteKey, whoMayCall } from './who-may-call.ts';

type MethodOf<Key> = Key extends `${infer Method extends RouteConfig['method']} ${string}`
  ? Method
  : never;
type PathOf<Key> = Key extends `${string} ${infer Path}` ? Path : never;

/** What a request carries through the routes. */
export interface AdminEnv {
  /** All of it absent where there is no engine below: `app.request()`. */
  Bindings: Partial<Below>;
  Variables: {
    /** Who calls: set on every route whose access is a list of roles. */
    person: Person;
    token: TokenClaims;
    /** Set on every request. */
    origin: Origin;
    /** The row of the table, null where there is none; found out at the first question. */
    row: RouteKey | null;
  };
}

/** A route of the table with its schemas; method and path come from the key. */
export const declare = <
  const Key extends RouteKey,
  const Config extends Omit<RouteConfig, 'method' | 'path' | 'middleware'>,
>(
  key: Key,
  config: Config,
) => {
  const [method, path] = key.split(' ') as [MethodOf<Key>, PathOf<Key>];
  return createRoute({ ...config, method, path });
};

/** The key under which a matched route stands in the table (`{id}` there is `:id` here). */
const keyOf = (c: Context<AdminEnv>): RouteKey | null => {
  let row = c.get('row') as RouteKey | null | undefined;
  if (row === undefined) {
    row = rowOf(c);
    c.set('row', row);
  }
  return row;
};

const rowOf = (c: Context<AdminEnv>): RouteKey | null => {
  for (const route of matchedRoutes(c)) {
    let key = keys.get(route);
    if (key === undefined) {
      const { method, path } = route;
      const written = `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
      key = Object.hasOwn(whoMayCall, written) ? (written as RouteKey) : null;
      keys.set(route, key);
    }
    if (key) return key;
  }
  return null;
};

/** Written once for each route; null: not in the table. */
const keys = new WeakMap<object, RouteKey | null>();

/** The pattern of the route, for logs: an address itself may hold private text. */
export const patternOf = (c: Context<AdminEnv>): string => {
  const key = keyOf(c);
  return key ? key.slice(key.indexOf(' ') + 1) : '(file or unknown)';
};

/** @param challenge how one may come in, as `WWW-Authenticate` says it. */
export const unauthorized = (challenge = 'Bearer realm="butler"'): ProblemError =>
  new ProblemError({
    status: 401,
    code: 'token-required',
    title: 'You are not logged in',
    detail: 'Log in again and send the token as `Authorization: Bearer <token>`.',
    headers: { 'www-authenticate': challenge },
  });

const forbidden = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'role-insufficient',
    title: 'You may not do this',
    detail: 'Ask an owner of this household to do it, or to change your role.',
  });

export interface Bearer {
  person: Person;
  token: TokenClaims;
}

const bearer = /^Bearer +([\w.~+/=-]{1,4096}) *$/i;

/** Who the request's Bearer token belongs to; undefined when there is none, or none that counts. */
export const bearerOf = async (
  c: Context,
  { people, tokens }: { people: People; tokens: Tokens },
): Promise<Bearer | undefined> => {
  const written = bearer.exec(c.req.header('authorization') ?? '')?.[1];
  const token = written === undefined ? undefined : await tokens.verify(written);
  // The person as they are now: a token outlives a change of role.
  const person = token && people.byId(token.personId);
  return token && person ? { person, token } : undefined;
};

/** Lets a request pass only as the table says; unknown addresses end here. */
export const guard =
  ({ people, tokens }: { people: People; tokens: Tokens }): MiddlewareHandler<AdminEnv> =>
  (c, next) => {
    const key = keyOf(c);
    if (!key) {
      const allowed = methodsOf(c.req.path);
      if (allowed.length > 0) throw methodNotAllowed(allowed);
      if (c.req.path.startsWith('/api/')) throw notFound();
      return next();
    }
    if (isAtHomeOnly(key) && !c.get('origin').isNear) throw onlyAtHome();
    const who: 'open' | 'ticket' | 'password' | readonly Role[] = whoMayCall[key];
    if (typeof who === 'string') return next();
    return admitted(c, { who, people, tokens }, next);
  };

interface Admission {
  who: readonly Role[];
  people: People;
  tokens: Tokens;
}

const admitted = async (
  c: Context<AdminEnv>,
  { who, people, tokens }: Admission,
  next: () => Promise<void>,
): Promise<void> => {
  const caller = await bearerOf(c, { people, tokens });
  if (!caller) throw unauthorized();
  // Before the role is looked at: who was refused stands in the audit log.
  c.set('person', caller.person);
  c.set('token', caller.token);
  if (!who.includes(caller.person.role)) throw forbidden();
  await next();
};

const patterns = Object.keys(whoMayCall).map((key) => {
  const [method = '', path = ''] = key.split(' ');
  const pattern = path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
  return { method: method.toUpperCase(), pattern: new RegExp(`^${pattern}$`) };
});

/** The methods that an address takes; none when there is no such address in the table. */
const methodsOf = (path: string): string[] => {
  const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  return methods.includes('GET') ? [...methods, 'HEAD'] : methods;
};
