/** The way in to the house's events: a ticket for a browser, a token for a program. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, bearerOf, declare } from '../access.ts';
import { socketOriginOf } from '../address.ts';
import { callerOf } from '../caller.ts';
import { type Connections, endSocket, type Holder, holderOf } from '../connections.ts';
import type { Doors, House } from '../house-view.ts';
import type { People } from '../people.ts';
import { ProblemError, ticketInvalid, websocketRequired } from '../problem.ts';
import { createSlots } from '../slots.ts';
import type { Tickets } from '../tickets.ts';
import type { Tokens } from '../tokens.ts';
import { createTopics } from '../topics.ts';

/** The route that gives tickets for this one. */
const ticketsFrom = '/api/v1/ws/ticket';

/** Every room, phone and tab of a household, and its programs: a socket costs some 20 kB. */
const socketsAtOnce = { perPersonMax: 100, overallMax: 256 };

const ticket = declare('post /api/v1/ws/ticket', {
  summary: 'A ticket for the WebSocket of events: it works once, for a minute.',
  responses: {
    200: {
      description: 'Where to go, and what lets you in.',
      content: {
        'application/json': { schema: z.object({ url: z.string(), ticket: z.string() }) },
      },
    },
  },
});

const events = declare('get /ws', {
  summary: 'The WebSocket of events: subscribe to topics, give commands.',
  request: {
    query: z.object({
      ticket: z.string().max(200).optional().meta({
        description: 'From /api/v1/ws/ticket; not needed with an Authorization header.',
      }),
    }),
  },
  responses: { 101: { description: 'The WebSocket is open.' } },
});

const socketsTaken = (): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'sockets-too-many',
    title: 'Too many connections are open',
    detail: 'Close Butler in another tab or on another device, then try again.',
    headers: { 'retry-after': '10' },
  });

interface TopicParts {
  house: House;
  doors: Doors;
  people: People;
  tokens: Tokens;
  connections: Connections;
  tickets: Tickets;
}

export const topicRoutes = ({ house, doors, people, tokens, connections, tickets }: TopicParts) => {
  const slots = createSlots(socketsAtOnce);
  const topics = createTopics({ house, doors });
  return new OpenAPIHono<AdminEnv>()
    .openapi(ticket, (c) => {
      const caller = callerOf(c.var.person, { door: 'app', settings: house.settings });
      const issued = tickets.issue({ caller, holder: holderOf(c.var.person, c.var.token) });
      return c.json({ url: `${socketOriginOf(c)}/ws`, ticket: issued }, 200);
    })
    .openapi(events, async (c) => {
      const upgrade = c.env?.upgrade;
      if (!upgrade) throw websocketRequired(ticketsFrom);
      const bearer = await bearerOf(c, { people, tokens });
      const holder: Holder | undefined = bearer
        ? holderOf(bearer.person, bearer.token)
        : tickets.take(c.req.valid('query').ticket ?? '')?.holder;
      const person = () =>
        holder && connections.stands(holder) ? people.byId(holder.token.personId) : undefined;
      const who = person();
      if (!holder || !who) throw ticketInvalid(ticketsFrom);
      const release = slots.take(who.id);
      if (!release) throw socketsTaken();
      const caller = callerOf(who, { door: 'app', settings: house.settings });
      let off: (() => void) | undefined;
      let uncount: (() => void) | undefined;
      upgrade.accepted = {
        open: (socket) => {
          uncount = house.metrics.http.socketOpened('events');
          off = connections.hold(holder, () => endSocket(socket));
          topics.serve(socket, { caller, person });
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
