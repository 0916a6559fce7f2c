// Every route of the OpenAPI document, asked by everybody who may not: refused, with a reason.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../admin/problem.ts';
import { isAtHomeOnly, type RouteKey } from '../admin/who-may-call.ts';
import { type FakeAdmin, fakeAdmin, json } from './rig/admin.ts';
import { forgeries } from './security/forgeries.ts';
import { filled, isStream, type Operation, readSurface } from './security/operations.ts';

const secret = 'a secret that only these tests know';
let admin: FakeAdmin;
let operations: Operation[];
let owner: Awaited<ReturnType<FakeAdmin['joinAs']>>;

beforeAll(async () => {
  admin = await fakeAdmin({ environment: { JWT_SECRET: secret } });
  owner = await admin.joinAs('owner', 'Ada');
  ({ operations } = await readSurface(admin.app));
});
afterAll(() => admin.forget());

const problemFrom = async (answer: Response) => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await answer.json());
};

const send = (
  { method, path }: Operation,
  headers: Record<string, string>,
  { address, query = '' }: { address?: string; query?: string } = {},
) => {
  const init = { method, headers: { ...json, ...headers } };
  const env = address && { incoming: { socket: { remoteAddress: address } } };
  return admin.app.request(filled(path, {}) + query, init, env || undefined);
};

const isClosed = ({ who }: Operation): boolean => who !== 'open' && who !== 'ticket';
const byToken = ({ who }: Operation): boolean => Array.isArray(who);

describe('without a token that counts', () => {
  const refused = async (authorization: string) => {
    const headers = authorization === '' ? {} : { authorization };
    for (const operation of operations.filter(isClosed)) {
      const answer = await send(operation, headers);
      const { code, detail } = await problemFrom(answer);
      expect([operation.key, answer.status, code]).toEqual([operation.key, 401, 'token-required']);
      expect(detail.length).toBeGreaterThan(20);
    }
  };

  it('walks all of them', () => {
    expect(operations.filter(isClosed).length).toBeGreaterThan(50);
  });

  it('refuses what is forged, expired or of another purpose', async () => {
    const { deviceId: device } = owner;
    const claims = { sub: owner.id, device, generation: 1 };
    const made = await forgeries(secret, claims, admin.now.ms);
    for (const token of Object.values(made)) await refused(token && `Bearer ${token}`);
  });

  it('takes one signed by the same hand, or the forgeries would prove nothing', async () => {
    const { authorization } = owner.bearer;
    const answer = await admin.app.request('/api/v1/me', { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  it('refuses the token of a revoked device, and of somebody who has gone', async () => {
    const eve = await admin.joinAs('owner', 'Eve');
    await admin.app.request(`/api/v1/devices/${eve.deviceId}`, {
      ...{ method: 'DELETE', headers: owner.bearer },
    });
    await refused(eve.bearer.authorization);
    const finn = await admin.joinAs('owner', 'Finn');
    await admin.memory.users.remove(finn.id);
    await refused(finn.bearer.authorization);
  });

  it('reads a token in its header alone', async () => {
    const token = owner.bearer.authorization.replace('Bearer ', '');
    for (const operation of operations.filter(byToken)) {
      for (const name of ['token', 'access_token', 'authorization', 'jwt', 'ticket']) {
        const answer = await send(operation, {}, { query: `?${name}=${token}` });
        expect([operation.key, answer.status]).toEqual([operation.key, 401]);
      }
      const cookie = { cookie: `token=${token}; authorization=Bearer ${token}` };
      expect((await send(operation, cookie)).status).toBe(401);
    }
  });

  it('leaves open what has to be, and nothing else', () => {
    const open = operations.filter(({ who }) => who === 'open').map(({ key }) => key);
    expect(open.sort()).toMatchInlineSnapshot(`
      [
        "get /docs",
        "get /docs/{file}",
        "get /health",
        "post /api/v1/auth/invitations/accept",
        "post /api/v1/auth/invitations/look",
        "post /api/v1/auth/login",
        "post /api/v1/auth/pairing/accept",
        "post /api/v1/auth/passkeys/login",
        "post /api/v1/auth/passkeys/login/options",
        "post /api/v1/auth/register",
        "post /api/v1/auth/register/{id}",
        "post /api/v1/setup",
      ]
    `);
  });
});

describe('with a token of too small a role', () => {
  it.each(['adult', 'child', 'guest'] as const)('refuses a person who is %s', async (role) => {
    const person = await admin.joinAs(role, `A ${role}`);
    const closed = operations.filter(({ who }) => Array.isArray(who) && !who.includes(role));
    expect(closed.length).toBeGreaterThan(5);
    for (const operation of closed) {
      const answer = await send(operation, person.bearer);
      const { code } = await problemFrom(answer);
      expect([operation.key, code]).toEqual([operation.key, 'role-insufficient']);
    }
  });
});

describe('from outside', () => {
  const address = '203.0.113.9';
  it('refuses an owner what rules the house, and lets people be people', async () => {
    const ruling = operations.filter(({ key }) => isAtHomeOnly(key as RouteKey));
    expect(ruling.length).toBeGreaterThan(5);
    for (const operation of ruling) {
      const { code } = await problemFrom(await send(operation, owner.bearer, { address }));
      expect([operation.key, code]).toEqual([operation.key, 'only-at-home']);
    }
    const me = operations.find(({ key }) => key === 'get /api/v1/me');
    expect((await send(me as Operation, owner.bearer, { address })).status).toBe(200);
  });
});

describe('as another site in the same browser', () => {
  const foreign = 'https://evil.example';
  const writes = () => operations.filter(({ method }) => method !== 'GET');

  it('lets it change nothing, also with a token', async () => {
    for (const headers of [
      { origin: foreign },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      for (const operation of writes()) {
        const answer = await send(operation, { ...owner.bearer, ...headers });
        const { code } = await problemFrom(answer);
        expect([operation.key, code]).toEqual([operation.key, 'origin-foreign']);
      }
    }
  });

  it('tells it nothing: no route says that another origin may read', async () => {
    for (const operation of operations.filter((one) => !isStream(one))) {
      const asked = { origin: foreign, 'access-control-request-method': operation.method };
      const before = await send({ ...operation, method: 'OPTIONS' }, asked);
      const reading = await send({ ...operation, method: 'GET' }, { origin: foreign });
      for (const { headers } of [before, reading]) {
        const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
        expect([operation.key, names]).toEqual([operation.key, []]);
      }
      expect(before.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('what an address may hold', () => {
  it('has no secret in a path or a query, but for tickets that work once', () => {
    const named = operations.flatMap(({ key, parameters }) =>
      parameters.map(({ name }) => ({ key, name })),
    );
    const secrets = named.filter(({ name }) => /token|secret|password|key|code|pin/i.test(name));
    expect(secrets).toEqual([]);
    const tickets = named.filter(({ name }) => name === 'ticket').map(({ key }) => key);
    expect(tickets.sort()).toEqual(['get /voice', 'get /ws']);
  });
});
