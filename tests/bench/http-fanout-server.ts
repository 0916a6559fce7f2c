/** `/ws` as Butler serves it, with people in memory, and a device that changes again and again. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '../../admin/access.ts';
import { createConnections } from '../../admin/connections.ts';
import type { Doors, House } from '../../admin/house-view.ts';
import { listen } from '../../admin/listen.ts';
import type { People, Person } from '../../admin/people.ts';
import { topicRoutes } from '../../admin/routes/topics.ts';
import { createTickets } from '../../admin/tickets.ts';
import type { TokenClaims, Tokens } from '../../admin/tokens.ts';
import { readConfiguration } from '../../agent/config.ts';
import { createHappenings } from '../../agent/happenings.ts';
import { createLog } from '../../agent/log.ts';
import { createMetrics } from '../../agent/metrics.ts';

export interface FanOutOrder {
  eventsPerSecond: number;
  events: number;
}
/** As the event carries it. */
export interface DeviceEvent {
  type: 'device';
  number: number;
  /** Milliseconds since 1970, with fractions. */
  saidAtMs: number;
}

const log = createLog('silent');
const happenings = createHappenings();
const person = { id: 'ada', name: 'Ada', role: 'adult', permissions: {} } as unknown as Person;
const claims = { personId: 'ada', tokenId: 'one', deviceId: 'tablet' } as TokenClaims;
const people = { byId: () => person } as unknown as People;
const tokens = { verify: async () => claims, isRevoked: () => false } as unknown as Tokens;
const house = {
  settings: readConfiguration({}),
  log,
  happenings,
  metrics: createMetrics(),
  turns: { on: () => () => undefined },
  parts: () => [],
} as unknown as House;

const app = new OpenAPIHono<AdminEnv>();
const connections = createConnections({ people, tokens, devices: { on: () => () => undefined } });
const doors = {} as Doors;
const tickets = createTickets({});
app.route('/', topicRoutes({ house, doors, people, tokens, connections, tickets }));

/** Keeps the pace however late a timer comes. */
const tellAll = ({ eventsPerSecond, events }: FanOutOrder): void => {
  const startedAtMs = performance.now();
  let number = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAtMs) / 1000) * eventsPerSecond;
    for (; number < Math.min(due, events); number++) {
      const saidAtMs = performance.timeOrigin + performance.now();
      const event: DeviceEvent = { type: 'device', number, saidAtMs };
      happenings.tell({ topic: 'devices', event: { ...event, id: 'light.hall', state: 'on' } });
    }
    if (number >= events) clearInterval(timer);
  }, 5);
};

const [engine = 'auto'] = process.argv.slice(2);
const server = await listen({
  ...{ app, host: '127.0.0.1', port: 0, log },
  engine: engine as 'auto' | 'node' | 'uws',
});
process.on('message', (order) => tellAll(order as FanOutOrder));
process.once('disconnect', () => process.exit());
console.log(`Up at ${server.url}`);
