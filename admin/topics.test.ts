/** The WebSocket of events over a real port: who gets in, who hears what, and who is cut off. */
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { TurnRecord } from '../agent/events.ts';
import { type FakeAdmin, fakeAdmin } from '../tests/rig/admin.ts';
import { type Listening, listen } from './listen.ts';

let admin: FakeAdmin;
let server: Listening;
let bearer: { authorization: string };
let ownerId: string;
const opened: WebSocket[] = [];

beforeAll(async () => {
  admin = await fakeAdmin({ parts: [{ name: 'voice', state: 'ready', sentence: 'It speaks.' }] });
  server = await listen({ app: admin.app, host: '127.0.0.1', port: 0, log: admin.house.log });
  const entered = await admin.enter();
  bearer = entered.bearer;
  ownerId = entered.user.id;
});
afterAll(async () => {
  for (const socket of opened) socket.terminate();
  await server.close();
  await admin.forget();
});

interface Said {
  type: string;
  [field: string]: unknown;
}

/** Connected; `next` gives its messages in order. */
const connect = async (address: string, headers: Record<string, string> = {}) => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${address}`, { headers });
  opened.push(socket);
  const said: Said[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    said.push(JSON.parse(String(data)));
    wake();
  });
  await once(socket, 'open');
  const next = async (): Promise<Said> => {
    while (said.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return said.shift() as Said;
  };
  return { socket, next, said, send: (message: object) => socket.send(JSON.stringify(message)) };
};
const ticket = async (headers = bearer): Promise<string> => {
  const answer = await admin.post('/api/v1/ws/ticket', {}, headers);
  return ((await answer.json()) as { ticket: string }).ticket;
};
const refused = async (address: string): Promise<number | undefined> => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}${address}`);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  return (response as { statusCode?: number }).statusCode;
};
const turnOf = (personId: string): TurnRecord => ({
  id: crypto.randomUUID(),
  at: '2026-03-01T12:00:00.000Z',
  door: 'app',
  transport: 'websocket',
  personId,
  clocks: { input: 'voice', transcriptMs: 200, commitMs: 350 },
  faults: [],
});

describe('the way in', () => {
  it('is a ticket that works once, or a token', async () => {
    const once = await ticket();
    const { next, send } = await connect(`/ws?ticket=${once}`);
    send({ type: 'ping', id: 7 });
    expect(await next()).toEqual({ type: 'pong', id: 7 });
    expect(await refused(`/ws?ticket=${once}`)).toBe(401);
    expect(await refused('/ws')).toBe(401);
    const program = await connect('/ws', bearer);
    program.send({ type: 'subscribe', topics: [] });
    expect(await program.next()).toEqual({ type: 'subscribed', topics: [] });
  });

  it('is another one than the way to talk', async () => {
    const answer = await admin.post('/api/v1/voice/session', { door: 'app' }, bearer);
    const voice = ((await answer.json()) as { ticket: string }).ticket;
    expect(await refused(`/ws?ticket=${voice}`)).toBe(401);
    expect(await refused(`/voice?ticket=${await ticket()}`)).toBe(401);
  });
});

describe('topics', () => {
  it('tell what was asked for, and nothing else', async () => {
    const { next, send, said } = await connect(`/ws?ticket=${await ticket()}`);
    send({ type: 'subscribe', topics: ['turns', 'health'] });
    expect(await next()).toEqual({ type: 'subscribed', topics: ['turns', 'health'] });
    expect(await next()).toMatchObject({ type: 'health', parts: [{ name: 'voice' }] });
    admin.happenings.tell({ topic: 'devices', event: { type: 'device', id: 'light.hall' } });
    admin.turns.add(turnOf('somebody else'));
    expect(await next()).toMatchObject({
      type: 'turn',
      turn: { personId: 'somebody else', stages: [{ name: 'hear', fromMs: 0, toMs: 200 }, {}] },
    });
    send({ type: 'subscribe', topics: ['devices', 'notifications'] });
    expect((await next()).type).toBe('subscribed');
    admin.happenings.tell({ topic: 'devices', event: { type: 'device', id: 'light.hall' } });
    expect(await next()).toEqual({ type: 'device', id: 'light.hall' });
    const topic = 'notifications' as const;
    const event = { type: 'notification' };
    admin.happenings.tell({ topic, event, personId: 'somebody else' });
    admin.happenings.tell({ topic, event, personId: ownerId });
    expect((await next()).type).toBe('notification');
    expect(said).toEqual([]);
  });

  it('keep the turns of others from everybody but an owner', async () => {
    const guest = await admin.people.create({
      ...{ name: 'Ben', username: 'ben', password: 'correct horse battery' },
      role: 'guest',
    });
    const { bearer: theirs } = await admin.comeFrom(guest.id);
    const { next, send, said } = await connect('/ws', theirs);
    send({ type: 'subscribe', topics: ['turns'] });
    await next();
    admin.turns.add(turnOf(ownerId));
    admin.turns.add(turnOf(guest.id));
    expect(await next()).toMatchObject({ turn: { personId: guest.id } });
    expect(said).toEqual([]);
    const listed = async (headers: { authorization: string }) => {
      const answer = await admin.app.request('/api/v1/turns?limit=9', { headers });
      const { turns } = (await answer.json()) as { turns: TurnRecord[] };
      return new Set(turns.map(({ personId }) => personId));
    };
    expect(await listed(theirs)).toEqual(new Set([guest.id]));
    expect((await listed(bearer)).size).toBeGreaterThan(1);
    const metrics = (headers: object) => admin.app.request('/metrics', { headers: { ...headers } });
    expect((await metrics(theirs)).status).toBe(403);
    expect(await (await metrics(bearer)).text()).toContain('butler_turns_total');
  });
});

describe('commands', () => {
  it('are acknowledged, with a sentence, whatever becomes of them', async () => {
    const { next, send } = await connect(`/ws?ticket=${await ticket()}`);
    const outcomes: Said[] = [];
    for (const tool of ['lights_on', 'lock_open', 'boom']) {
      send({ type: 'command', id: tool, tool, input: {} });
      outcomes.push(await next());
    }
    expect(outcomes).toEqual([
      { type: 'ack', id: 'lights_on', ok: true, say: 'Ada Example did lights_on.' },
      { type: 'ack', id: 'lock_open', ok: false, say: 'Shall I?', code: 'needs-yes' },
      expect.objectContaining({ type: 'ack', id: 'boom', ok: false, code: 'failed' }),
    ]);
  });

  it('that are not understood are answered, and the connection lives', async () => {
    const { next, send, socket } = await connect(`/ws?ticket=${await ticket()}`);
    socket.send('no json');
    expect((await next()).code).toBe('message-malformed');
    send({ type: 'subscribe', topics: ['gossip'] });
    expect((await next()).detail).toContain('devices, notifications, calendar, health, turns');
    socket.send(Buffer.from([1, 2, 3]));
    expect((await next()).code).toBe('message-malformed');
  });
});

describe('a client', () => {
  it('that floods is cut off', async () => {
    const { socket, send } = await connect(`/ws?ticket=${await ticket()}`);
    for (let count = 0; count < 250; count++) send({ type: 'ping' });
    const [code] = await once(socket, 'close');
    expect(code).toBe(1008);
  });

  it('that does not read is cut off before it fills the memory', async () => {
    const { socket, send, next } = await connect(`/ws?ticket=${await ticket()}`);
    send({ type: 'subscribe', topics: ['devices'] });
    await next();
    const closed = once(socket, 'close');
    socket.pause();
    const event = { type: 'device', state: 'x'.repeat(200_000) };
    for (let count = 0; count < 100; count++) admin.happenings.tell({ topic: 'devices', event });
    socket.resume();
    await closed;
  });

  it('that has logged out hears no more', async () => {
    const { socket, send, next } = await connect('/ws', bearer);
    send({ type: 'subscribe', topics: ['turns'] });
    await next();
    const closed = once(socket, 'close');
    await admin.app.request('/api/v1/auth/logout', { method: 'POST', headers: bearer });
    admin.turns.add(turnOf(ownerId));
    const [code] = await closed;
    expect(code).toBe(1008);
  });
});
