// LiveKit's rooms: what the token allows, and when an agent is asked for again.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dispose, Room, RoomEvent } from '@livekit/rtc-node';
import { decodeJwt } from 'jose';
import { AccessToken, AgentDispatchClient } from 'livekit-server-sdk';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAdmin, fakeAdmin, owner } from '../tests/rig/admin.ts';
import { startLiveKit } from '../tests/servers/livekit.ts';

const keys = { LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: 's'.repeat(32) };
const now = Date.parse('2026-03-01T12:00:00Z');
const nanoseconds = (ms: number) => String(BigInt(ms) * 1_000_000n);

interface Session {
  url: string;
  token: string;
  room: string;
}
const sessionOf = async (admin: FakeAdmin, headers: { authorization: string }) =>
  (await (await admin.post('/api/v1/voice/session', { door: 'room' }, headers)).json()) as Session;

/** LiveKit's Twirp API, scripted: answers by method, and keeps what it was asked. */
const answers: { [method: string]: object } = {};
const asked: { method: string; body: { [name: string]: unknown } }[] = [];
let twirp: Server;
let admin: FakeAdmin;
let bearer: { authorization: string };
let session: Session;

beforeEach(async () => {
  asked.length = 0;
  Object.assign(answers, {
    ListParticipants: { participants: [{ identity: 'person', kind: 'STANDARD' }] },
    ListDispatch: { agentDispatches: [] },
    DeleteDispatch: {},
    CreateDispatch: { id: 'made' },
  });
  twirp = createServer(async (request, response) => {
    let text = '';
    for await (const piece of request) text += piece;
    const method = request.url?.split('/').at(-1) ?? '';
    asked.push({ method, body: JSON.parse(text) });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[method] ?? {}));
  }).listen(0, '127.0.0.1');
  await once(twirp, 'listening');
  const { port } = twirp.address() as AddressInfo;
  const environment = { LIVEKIT_URL: `ws://127.0.0.1:${port}`, ...keys };
  admin = await fakeAdmin({ environment });
  ({ bearer } = await admin.enter());
  session = await sessionOf(admin, bearer);
});
afterEach(async () => {
  twirp.closeAllConnections();
  twirp.close();
  await admin.forget();
});
afterAll(() => dispose());

const dispatch = async (room = session.room, headers = bearer) => {
  const answer = await admin.post('/api/v1/voice/dispatch', { room }, headers);
  return (await answer.json()) as { dispatched?: boolean; why?: string; code?: string };
};
const methods = () => asked.map(({ method }) => method);
const withJob = (state: object) => ({
  agentDispatches: [{ id: 'old', agentName: 'butler', room: session.room, state }],
});

describe('the token', () => {
  it('opens one room, to a microphone and ears, and brings the butler', () => {
    const claims = decodeJwt(session.token) as { [name: string]: never };
    expect(claims.video).toEqual({
      room: session.room,
      roomJoin: true,
      canPublish: true,
      canPublishSources: ['microphone'],
      canPublishData: true,
      canSubscribe: true,
    });
    expect(session.room).toMatch(/^butler-[0-9a-f]{24}$/);
    expect(claims.sub).toMatch(/^person:[\w-]+:[\w-]+:[0-9a-f]{12}$/);
    expect(claims.name).toBe(owner.name);
    expect(Number(claims.exp) - Date.now() / 1000).toBeLessThanOrEqual(600);
    const { agents } = claims.roomConfig as never as {
      agents: { agentName: string; metadata: string }[];
    };
    expect(agents.map(({ agentName }) => agentName)).toEqual(['butler']);
    expect(JSON.parse(agents[0]?.metadata ?? '')).toMatchObject({
      caller: { name: owner.name, role: 'owner', sure: 1, door: 'room', language: 'en' },
      participantIdentity: claims.sub,
      conversationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('gives way to a WebSocket where a device cannot reach LiveKit', async () => {
    const asks = (transport: string) =>
      admin.post('/api/v1/voice/session', { door: 'app', transport }, bearer);
    const given = (await (await asks('websocket')).json()) as { [name: string]: unknown };
    expect(given).toMatchObject({ transport: 'websocket', ticket: expect.any(String) });
    expect((await asks('livekit')).status).toBe(400);
  });

  it('leads to the address that browsers use, and never twice to one room', async () => {
    const environment = { LIVEKIT_URL: 'ws://livekit:7880', ...keys };
    const other = await fakeAdmin({
      environment: { ...environment, LIVEKIT_PUBLIC_URL: 'wss://live.example' },
    });
    const entered = await other.enter();
    const [one, two] = [
      await sessionOf(other, entered.bearer),
      await sessionOf(other, entered.bearer),
    ];
    expect(one.url).toBe('wss://live.example');
    expect(one.room).not.toBe(two.room);
    await other.forget();
  });
});

describe('asking for an agent again', () => {
  it('does, with the same metadata, when none came; clears what failed', async () => {
    answers.ListDispatch = withJob({ createdAt: nanoseconds(now - 4000), jobs: [] });
    expect(await dispatch()).toEqual({ dispatched: true, why: 'no-agent' });
    expect(methods()).toEqual([
      'ListParticipants',
      'ListDispatch',
      'DeleteDispatch',
      'CreateDispatch',
    ]);
    const { roomConfig } = decodeJwt(session.token) as never as {
      roomConfig: { agents: { metadata: string }[] };
    };
    const { metadata } = roomConfig.agents[0] ?? {};
    expect(asked.at(-1)?.body).toMatchObject({ room: session.room, agentName: 'butler', metadata });
  });

  it('does not when an agent is there, is coming, or nobody is', async () => {
    answers.ListDispatch = withJob({
      jobs: [{ state: { status: 'JS_RUNNING', startedAt: nanoseconds(now - 5000) } }],
    });
    expect(await dispatch()).toEqual({ dispatched: false, why: 'agent-coming' });
    answers.ListDispatch = withJob({ createdAt: nanoseconds(now - 5000), jobs: [{ state: {} }] });
    expect(await dispatch()).toEqual({ dispatched: false, why: 'agent-coming' });
    answers.ListParticipants = { participants: [{ identity: 'agent-1', kind: 'AGENT' }] };
    expect(await dispatch()).toEqual({ dispatched: false, why: 'agent-present' });
    answers.ListParticipants = {};
    expect(await dispatch()).toEqual({ dispatched: false, why: 'room-empty' });
    expect(methods()).not.toContain('CreateDispatch');
  });

  it('does when the job failed, or began long ago without an agent in the room', async () => {
    for (const state of [
      { status: 'JS_FAILED', startedAt: nanoseconds(now - 1000) },
      { status: 'JS_RUNNING', startedAt: nanoseconds(now - 11_000) },
    ]) {
      answers.ListDispatch = withJob({ jobs: [{ state }] });
      expect((await dispatch()).dispatched).toBe(true);
      admin.now.ms += 3000;
    }
  });

  it('brings one agent, however often it is asked at once', async () => {
    const all = await Promise.all([dispatch(), dispatch(), dispatch()]);
    expect(all.filter(({ dispatched }) => dispatched)).toHaveLength(1);
    expect(methods().filter((method) => method === 'CreateDispatch')).toHaveLength(1);
  });

  it('does only for the person who was given the room, for an hour', async () => {
    const second = { name: 'Bo', username: 'bo', password: 'long enough', role: 'adult' as const };
    const { id } = await admin.people.create(second);
    const { bearer: other } = await admin.comeFrom(id);
    expect(await dispatch(session.room, other)).toMatchObject({ code: 'room-unknown' });
    expect(await dispatch('butler-elsewhere')).toMatchObject({ code: 'room-unknown' });
    expect(await dispatch('')).toMatchObject({ code: 'request-invalid' });
    admin.now.ms += 60 * 60_000;
    expect(await dispatch()).toMatchObject({ code: 'room-unknown' });
    expect(asked).toEqual([]);
  });

  it('says so when LiveKit does not answer', async () => {
    twirp.closeAllConnections();
    twirp.close();
    const answer = await admin.post('/api/v1/voice/dispatch', { room: session.room }, bearer);
    expect([answer.status, (await answer.json()) as object]).toMatchObject([
      503,
      { code: 'livekit-unreachable', detail: expect.stringContaining('LIVEKIT_URL') },
    ]);
  });
});

it('agrees with a real LiveKit server', { timeout: 15 * 60_000 }, async (test) => {
  const server = await startLiveKit();
  if ('unavailable' in server) return test.skip(server.unavailable); // no LiveKit here
  const { url, apiKey, apiSecret } = server;
  const real = await fakeAdmin({
    environment: { LIVEKIT_URL: url, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret },
  });
  const person = new Room();
  const agent = new Room();
  try {
    real.now.ms = Date.now();
    const entered = await real.enter();
    const { room, token } = await sessionOf(real, entered.bearer);
    const ask = async () =>
      (await real.post('/api/v1/voice/dispatch', { room }, entered.bearer)).json();
    expect(await ask()).toEqual({ dispatched: false, why: 'room-empty' });
    await person.connect(url, token, { autoSubscribe: true, dynacast: false });
    // No worker runs: what the token asked for came to nothing.
    expect(await ask()).toEqual({ dispatched: true, why: 'no-agent' });
    expect(await ask()).toEqual({ dispatched: false, why: 'agent-coming' });
    const dispatches = new AgentDispatchClient(url, apiKey, apiSecret);
    expect(await dispatches.listDispatch(room)).toHaveLength(1);
    const grant = new AccessToken(apiKey, apiSecret, { identity: 'agent' });
    grant.kind = 'agent';
    grant.addGrant({ room, roomJoin: true, agent: true });
    await agent.connect(url, await grant.toJwt(), { autoSubscribe: true, dynacast: false });
    expect(await ask()).toEqual({ dispatched: false, why: 'agent-present' });
    // A revoked device is shown out, and its token does not bring it back for long.
    const gone = once(person, RoomEvent.Disconnected);
    const startedAt = performance.now();
    await real.app.request('/api/v1/auth/logout', { method: 'POST', headers: entered.bearer });
    await gone;
    expect(performance.now() - startedAt).toBeLessThan(1000);
    await person.connect(url, token, { autoSubscribe: true, dynacast: false });
    await vi.waitFor(() => expect(person.isConnected).toBe(false), 5_000);
    await vi.waitFor(() => expect(agent.remoteParticipants.size).toBe(0), 5_000);
  } finally {
    await agent.disconnect();
    await person.disconnect();
    await server.stop();
    await real.forget();
  }
});
