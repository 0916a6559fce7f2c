// Whoever may no longer be here is out within a second: real sockets, tickets, other devices.
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type FakeAdmin, fakeAdmin, json } from '../tests/rig/admin.ts';
import { type Listening, listen } from './listen.ts';

type Bearer = { authorization: string };
let admin: FakeAdmin;
let server: Listening;
let ada: Bearer;
const opened: WebSocket[] = [];

beforeEach(async () => {
  admin = await fakeAdmin();
  ({ bearer: ada } = await admin.enter());
  const { app, house } = admin;
  server = await listen({ app, host: '127.0.0.1', port: 0, log: house.log });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await server.close();
  await admin.forget();
});

const ask = (request: string, bearer: Bearer, body: object = {}) => {
  const [method = '', path] = request.split(' ');
  const headers = { ...json, ...bearer };
  const text = method === 'DELETE' ? {} : { body: JSON.stringify(body) };
  return fetch(`${server.url}/api/v1/${path}`, { method, headers, ...text });
};
const urlOf = async (path: string, bearer: Bearer): Promise<string> => {
  const answer = await ask(`POST ${path}`, bearer, path.startsWith('voice') ? { door: 'app' } : {});
  const { url, ticket } = (await answer.json()) as { url: string; ticket: string };
  return `${url}?ticket=${ticket}`;
};
const dial = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(url);
  opened.push(socket);
  await once(socket, 'open');
  return socket;
};
/** Both sockets of one device, the close codes to come, and unused tickets for both. */
const holdAll = async (bearer: Bearer) => {
  const sockets = [
    await dial(await urlOf('voice/session', bearer)),
    await dial(await urlOf('ws/ticket', bearer)),
  ];
  const closed = sockets.map(async (socket) => {
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  });
  const unused = [await urlOf('voice/session', bearer), await urlOf('ws/ticket', bearer)];
  return { sockets, closed: Promise.all(closed), unused };
};
const statusOf = (url: string): Promise<number> =>
  new Promise((resolve) => {
    const socket = new WebSocket(url);
    opened.push(socket);
    socket.once('open', () => resolve(101));
    // Of one that was refused: it ends before it was open.
    socket.on('error', () => undefined);
    socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
  });
const withinASecond = async (ended: Promise<number[]>): Promise<number[] | 'late'> =>
  await Promise.race([ended, after(1000, 'late' as const)]);

type Ben = Awaited<ReturnType<FakeAdmin['joinAs']>>;
const endings: [string, (ben: Ben, other: Bearer) => Promise<unknown>][] = [
  ['revoked by another device', (ben, other) => ask(`DELETE devices/${ben.deviceId}`, other)],
  ['revoked by an owner', (ben) => ask(`DELETE devices/${ben.deviceId}`, ada)],
  ['given another role', (ben) => ask(`PATCH users/${ben.id}`, ada, { role: 'guest' })],
  ['removed', (ben) => admin.house.memory.users.remove(ben.id)],
  [
    'logged out everywhere by a new password',
    (_ben, other) => {
      const change = { current: 'correct horse battery', password: 'another password' };
      return ask('PUT me/password', other, { ...change, everywhere: true });
    },
  ],
];

it.each(endings)('%s: sockets end, tickets die, others stay', async (_how, end) => {
  const ben = await admin.joinAs('adult', 'Ben');
  const { bearer: other } = await admin.comeFrom(ben.id);
  const his = await holdAll(ben.bearer);
  const hers = await holdAll(ada);
  await end(ben, other);
  expect(await withinASecond(his.closed)).toEqual([1008, 1008]);
  for (const url of his.unused) expect(await statusOf(url)).toBe(401);
  expect(hers.sockets.map(({ readyState }) => readyState)).toEqual([1, 1]);
  for (const url of hers.unused) expect(await statusOf(url)).toBe(101);
});

it('stays open while the token is rotated', async () => {
  const his = await holdAll(ada);
  const { token } = (await (await ask('POST auth/rotate', ada)).json()) as { token: string };
  await ask('POST auth/token', { authorization: `Bearer ${token}` });
  expect(await Promise.race([his.closed, after(600, 'open')])).toBe('open');
});
