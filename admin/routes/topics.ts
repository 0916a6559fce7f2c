/** The way in to the house's events: a ticket for a browser, a token for a program. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, bearerOf, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { Doors, House } from '../house-view.ts';
import type { People } from '../people.ts';
import { ProblemError, ticketInvalid, websocketRequired } from '../problem.ts';
import { socketOriginOf } from '../shield.ts';
import { createSlots } from '../slots.ts';
import type { Tickets } from '../tickets.ts';
import type { Tokens } from '../tokens.ts';
import { serveTopics } from '../topics.ts';

/** The route that gives tickets for this one. */
const ticketsFrom = '/api/v1/ws/ticket';

const socketsAtOnce = { perPersonMax: 8, overallMax: 64 };

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
  tickets: Tickets;
}

export const topicRoutes = ({ house, doors, people, tokens, tickets }: TopicParts) => {
  const slots = createSlots(socketsAtOnce);
  return new OpenAPIHono<AdminEnv>()
    .openapi(ticket, (c) => {
      const caller = callerOf(c.var.person, { door: 'app', settings: house.settings });
      const issued = tickets.issue({ caller, tokenId: c.var.token.tokenId });
      return c.json({ url: `${socketOriginOf(c)}/ws`, ticket: issued }, 200);
    })
    .openapi(events, async (c) => {
      const upgrade = c.env?.upgrade;
      if (!upgrade) throw websocketRequired(ticketsFrom);
      const bearer = await bearerOf(c, { people, tokens });
      const held = bearer
        ? { personId: bearer.person.id, tokenId: bearer.token.tokenId }
        : fromTicket(tickets, c.req.valid('query').ticket ?? '');
      const person = () =>
        held && !tokens.isRevoked(held.tokenId) ? people.byId(held.personId) : undefined;
      const who = person();
      if (!who) throw ticketInvalid(ticketsFrom);
      const release = slots.take(who.id);
      if (!release) throw socketsTaken();
      const caller = callerOf(who, { door: 'app', settings: house.settings });
      upgrade.accepted = {
        open: (socket) => serveTopics(socket, { house, doors, caller, person }),
        closed: release,
      };
      return c.body(null, 204);
    });
};

const fromTicket = (tickets: Tickets, ticket: string) => {
  const holder = tickets.take(ticket);
  return holder && { personId: holder.caller.personId, tokenId: holder.tokenId };
};
