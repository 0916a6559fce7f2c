// The typed client: what the routes do not take does not compile, and what goes out is right.
import { afterEach, expect, test, vi } from 'vitest';
import { type AnswerOf, ask, type RouteKey } from './ask.ts';

const seen: string[] = [];
vi.stubGlobal('fetch', async (path: string, { method, headers, body }: RequestInit) => {
  const { authorization = '' } = headers as Record<string, string>;
  seen.push([method, path, authorization, body].filter(Boolean).join(' '));
  if (path !== '/api/v1/auth/token') return new Response('{}');
  const expiresAt = new Date(Date.now() + 900_000).toISOString();
  return Response.json({ access: 'short', expiresAt });
});
afterEach(() => {
  seen.length = 0;
});

test('path, query and body travel as the route says, with a short token', async () => {
  const token = 'first';
  await ask('patch /api/v1/auth/passkeys/:id', {
    param: { id: 'a/b' },
    json: { name: 'Key' },
    token,
  });
  await ask('get /api/v1/turns', { query: { limit: 3 }, token });
  await ask('post /api/v1/auth/passkeys/login/options', {});
  expect(seen).toEqual([
    'POST /api/v1/auth/token Bearer first',
    'PATCH /api/v1/auth/passkeys/a%2Fb Bearer short {"name":"Key"}',
    'GET /api/v1/turns?limit=3 Bearer short',
    'POST /api/v1/auth/passkeys/login/options',
  ]);
});

test('what the routes do not take does not compile', async () => {
  // @ts-expect-error No such path.
  await ask('get /api/v1/nothing', {});
  // @ts-expect-error No such method there.
  await ask('put /api/v1/me', {});
  // @ts-expect-error The body is missing.
  await ask('post /api/v1/auth/login', {});
  // @ts-expect-error The body has another shape.
  await ask('post /api/v1/auth/login', { json: { username: 'anna', passwort: 'x' } });
  // @ts-expect-error This route takes no body.
  await ask('get /api/v1/me', { json: { name: 'Anna' } });
  // @ts-expect-error The path needs an id.
  await ask('delete /api/v1/auth/passkeys/:id', {});
  // @ts-expect-error The answer has no such field.
  expect((await ask('get /api/v1/me', {})).token).toBeUndefined();
  // The compiler alone stands between these and the house.
  expect(seen).toHaveLength(7);
});

test('routes are known by name, and answers by type', () => {
  const key: RouteKey = 'get /api/v1/me';
  const answer: Pick<AnswerOf<'get /api/v1/me'>, 'user'> = {
    user: { id: '1', name: 'Anna', username: 'anna', role: 'adult' },
  };
  expect([key, answer.user.role]).toEqual(['get /api/v1/me', 'adult']);
});
