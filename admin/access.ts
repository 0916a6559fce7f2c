/** THE table of routes: who may call what. What is not in it cannot be reached under /api. */
import { createRoute, type RouteConfig } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Upgrade } from './listen.ts';
import { type People, type Person, type Role, roles } from './people.ts';
import { methodNotAllowed, notFound, ProblemError } from './problem.ts';
import type { TokenClaims, Tokens } from './tokens.ts';

const everyone: readonly Role[] = roles;

/**
 * `open`: anybody. `ticket`: a single-use ticket in the query. `password`: everybody who logs in,
 * by Basic or Bearer, which the route itself looks at. Else the roles, by Bearer token.
 */
export const whoMayCall = {
  'get /': 'open',
  'get /health': 'open',
  'get /openapi.json': 'open',
  'get /voice': 'ticket',
  'get /ws': 'ticket',
  'post /api/v1/setup': 'open',
  'post /api/v1/auth/login': 'open',
  'post /api/v1/auth/logout': everyone,
  'get /api/v1/me': everyone,
  'put /api/v1/me/pin': everyone,
  'post /api/v1/voice/session': everyone,
  'post /api/v1/voice/dispatch': everyone,
  'post /api/v1/chat': everyone,
  'post /api/v1/conversation': everyone,
  'post /api/v1/ws/ticket': everyone,
  'get /api/v1/turns': everyone,
  'get /api/v1/memory/facts': everyone,
  'post /api/v1/memory/facts': everyone,
  'delete /api/v1/memory/facts': everyone,
  'post /api/v1/memory/facts/restore': everyone,
  'patch /api/v1/memory/facts/{id}': everyone,
  'delete /api/v1/memory/facts/{id}': everyone,
  'get /api/v1/memory/history': everyone,
  'delete /api/v1/memory/history': everyone,
  'delete /api/v1/memory/history/{turn}': everyone,
  'get /api/v1/users': everyone,
  'get /api/v1/users/{id}/soul': everyone,
  'put /api/v1/users/{id}/soul': everyone,
  'patch /api/v1/users/{id}/soul': everyone,
  'post /api/v1/users/{id}/soul/preview': everyone,
  'get /api/v1/users/{id}/permissions': ['owner'],
  'put /api/v1/users/{id}/permissions': ['owner'],
  'get /api/v1/souls/presets': everyone,
  'get /api/v1/souls/export': ['owner'],
  'post /api/v1/souls/import': ['owner'],
  'get /api/v1/calendar/events': everyone,
  'get /metrics': ['owner'],
  'post /api/v1/owntracks': 'password',
  'post /mcp': everyone,
  'get /mcp': everyone,
  'delete /mcp': everyone,
} as const satisfies Record<string, 'open' | 'ticket' | 'password' | readonly Role[]>;

export type RouteKey = keyof typeof whoMayCall;
type MethodOf<Key> = Key extends `${infer Method extends RouteConfig['method']} ${string}`
  ? Method
  : never;
type PathOf<Key> = Key extends `${string} ${infer Path}` ? Path : never;

/** What a request carries through the routes. */
export interface AdminEnv {
  Bindings: {
    /** The raw request, where there is a socket below (node:http's own). */
    incoming?: { socket: { remoteAddress?: string | undefined } };
    /** Set while a WebSocket asks to be let in. */
    upgrade?: Upgrade;
  };
  Variables: {
    /** Who calls: set on every route whose access is a list of roles. */
    person: Person;
    token: TokenClaims;
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
const keyOf = (c: Context): RouteKey | undefined =>
  matchedRoutes(c)
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    .find((key): key is RouteKey => Object.hasOwn(whoMayCall, key));

/** The pattern of the route, for logs: an address itself may hold private text. */
export const patternOf = (c: Context): string => keyOf(c)?.split(' ')[1] ?? '(file or unknown)';

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
  async (c, next) => {
    const key = keyOf(c);
    if (!key) {
      const allowed = methodsOf(c.req.path);
      if (allowed.length > 0) throw methodNotAllowed(allowed);
      if (c.req.path.startsWith('/api/')) throw notFound();
      return await next();
    }
    const who: 'open' | 'ticket' | 'password' | readonly Role[] = whoMayCall[key];
    if (typeof who === 'string') return await next();
    const caller = await bearerOf(c, { people, tokens });
    if (!caller) throw unauthorized();
    if (!who.includes(caller.person.role)) throw forbidden();
    c.set('person', caller.person);
    c.set('token', caller.token);
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
