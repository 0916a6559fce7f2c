/** The ways to talk: a LiveKit room or a WebSocket, and the ticket that opens it. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { socketOriginOf } from '../address.ts';
import { callerOf } from '../caller.ts';
import { type Claims, createClaims } from '../claims.ts';
import { type Connections, endSocket, holderOf } from '../connections.ts';
import type { Devices } from '../devices.ts';
import type { Doors, House } from '../house-view.ts';
import { type LiveKit, roomLifeMs } from '../livekit.ts';
import { ProblemError, ticketInvalid, websocketRequired } from '../problem.ts';
import { createSlots } from '../slots.ts';
import type { Tickets } from '../tickets.ts';
import type { TokenClaims } from '../tokens.ts';
import { nameSchema } from './entering.ts';

/** The route that gives tickets for this one. */
const ticketsFrom = '/api/v1/voice/session';

const socketsAtOnce = { perPersonMax: 4, overallMax: 16 };

const sessionSchema = z.discriminatedUnion('transport', [
  z.object({
    transport: z.literal('livekit'),
    url: z.string(),
    token: z.string(),
    room: z.string(),
  }),
  z.object({ transport: z.literal('websocket'), url: z.string(), ticket: z.string() }),
]);
const dispatchSchema = z.object({
  dispatched: z.boolean(),
  why: z.enum(['agent-present', 'agent-coming', 'room-empty', 'no-agent']),
});

const wakeSchema = z
  .strictObject({
    word: z.string().trim().min(1, 'must not be empty').max(60, 'must be at most 60 characters'),
    score: z.number().min(0).max(1).meta({ description: 'How sure the device is of the word.' }),
    loudness: z.number().min(0).max(1).meta({ description: 'Root mean square of the word.' }),
    agoMs: z.number().min(0).max(30_000).meta({
      description: 'How long ago it was heard: two devices never have the same time.',
    }),
  })
  .openapi('Wake');

const sessionAsked = z.strictObject({
  door: z.enum(['app', 'room']),
  area: nameSchema.optional().meta({
    description: 'The room that the device stands in; default: its own `location`.',
  }),
  wake: wakeSchema.optional().meta({
    description:
      'The word woke it: of several devices that heard the same one, the house lets one answer; ' +
      'the others get 409 `another-device-answers`.',
  }),
  transport: z.literal('websocket').optional().meta({
    description: 'Where LiveKit cannot be reached from the device; default: LiveKit, if there is.',
  }),
});

const session = declare('post /api/v1/voice/session', {
  summary: 'A way to talk: a LiveKit room, or a WebSocket with a ticket for one minute.',
  request: {
    body: { required: true, content: { 'application/json': { schema: sessionAsked } } },
  },
  responses: {
    200: {
      description: 'Where to go, and what lets you in.',
      content: { 'application/json': { schema: sessionSchema } },
    },
  },
});

const dispatch = declare('post /api/v1/voice/dispatch', {
  summary: 'Ask again for an agent, when none has joined the room.',
  request: {
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z.strictObject({ room: z.string().min(1, 'must not be empty').max(200) }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'Whether an agent was asked for, and why or why not.',
      content: { 'application/json': { schema: dispatchSchema } },
    },
  },
});

const voice = declare('get /voice', {
  summary: 'The voice WebSocket: 20 ms PCM frames both ways, events as JSON.',
  request: {
    query: z.object({
      ticket: z.string().max(200).optional().meta({ description: 'From /api/v1/voice/session.' }),
    }),
  },
  responses: { 101: { description: 'The WebSocket is open.' } },
});

const socketsTaken = (): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'voices-too-many',
    title: 'Too many conversations are open',
    detail: 'Close Butler in another tab or on another device, then try again.',
    headers: { 'retry-after': '10' },
  });

const noLiveKit = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'livekit-unused',
    title: 'This house does not use LiveKit',
    detail: 'Ask for a new session with POST /api/v1/voice/session; it says how to connect.',
  });

const answeredElsewhere = (device: string): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'another-device-answers',
    title: 'Another device answers',
    detail: `${device} has heard you best and answers there.`,
  });

interface Waking {
  claims: Claims;
  devices: Pick<Devices, 'byId'>;
}

/** Waits a moment for others that heard it. @throws {ProblemError} for all of them but one. */
const admit = async (
  { claims, devices }: Waking,
  { deviceId }: Pick<TokenClaims, 'deviceId'>,
  wake: z.infer<typeof wakeSchema>,
): Promise<void> => {
  const winner = await claims.claim({ deviceId, ...wake });
  if (winner === deviceId) return;
  throw answeredElsewhere(devices.byId(winner)?.name ?? 'Another device');
};

interface VoiceParts {
  house: House;
  doors: Doors;
  devices: Pick<Devices, 'byId'>;
  connections: Connections;
  tickets: Tickets;
  liveKit: LiveKit | undefined;
}

export const voiceRoutes = (parts: VoiceParts) => {
  const { house, doors, devices, connections, tickets, liveKit } = parts;
  const slots = createSlots(socketsAtOnce);
  const claims = createClaims();
  return new OpenAPIHono<AdminEnv>()
    .openapi(session, async (c) => {
      const { door, area, wake, transport } = c.req.valid('json');
      const { token: shown } = c.var;
      if (wake) await admit({ claims, devices }, shown, wake);
      const standsIn = area ?? devices.byId(shown.deviceId)?.location ?? undefined;
      const caller = callerOf(c.var.person, { door, settings: house.settings, area: standsIn });
      const holder = holderOf(c.var.person, c.var.token);
      if (liveKit && transport !== 'websocket') {
        const { url, token, room, end } = await liveKit.session(caller, shown.deviceId);
        connections.hold(holder, end, { forMs: roomLifeMs });
        return c.json({ transport: 'livekit' as const, url, token, room }, 200);
      }
      const ticket = tickets.issue({ caller, holder });
      const url = `${socketOriginOf(c)}/voice`;
      return c.json({ transport: 'websocket' as const, url, ticket }, 200);
    })
    .openapi(dispatch, async (c) => {
      if (!liveKit) throw noLiveKit();
      const { room } = c.req.valid('json');
      return c.json(await liveKit.dispatch({ room, personId: c.var.person.id }), 200);
    })
    .openapi(voice, (c) => {
      const upgrade = c.env?.upgrade;
      if (!upgrade) throw websocketRequired(ticketsFrom);
      const held = tickets.take(c.req.valid('query').ticket ?? '');
      // The ticket may be older than a log-out, or than the end of an account.
      if (!held || !connections.stands(held.holder)) throw ticketInvalid(ticketsFrom);
      const { caller, holder } = held;
      const release = slots.take(caller.personId);
      if (!release) throw socketsTaken();
      let off: (() => void) | undefined;
      let uncount: (() => void) | undefined;
      upgrade.accepted = {
        open: (socket) => {
          uncount = house.metrics.http.socketOpened('voice');
          off = connections.hold(holder, () => endSocket(socket));
          return doors.voice({ socket, caller });
        },
        closed: () => {
          uncount?.();
          off?.();
          release();
        },
      };
      return c.body(null, 204);
    });
};
