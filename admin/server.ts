/** The HTTP surface, put together: shields first, then the table of who may call, then routes. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { type AdminEnv, guard } from './access.ts';
import type { Doors, House } from './house-view.ts';
import { createLiveKit } from './livekit.ts';
import { openApiDocument } from './openapi.ts';
import type { People } from './people.ts';
import { invalidRequest, notFound, problemOf, problemResponse } from './problem.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { chatRoutes } from './routes/chat.ts';
import { factRoutes } from './routes/facts.ts';
import { healthRoutes } from './routes/health.ts';
import { historyRoutes } from './routes/history.ts';
import { loginRoutes } from './routes/login.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { ownTracksRoutes } from './routes/owntracks.ts';
import { pageRoutes } from './routes/pages.ts';
import { permissionRoutes } from './routes/permissions.ts';
import { pinRoutes } from './routes/pin.ts';
import { soulRoutes } from './routes/souls.ts';
import { topicRoutes } from './routes/topics.ts';
import { turnRoutes } from './routes/turns.ts';
import { userRoutes } from './routes/users.ts';
import { voiceRoutes } from './routes/voice.ts';
import { bodyLimit, hostCheck, originCheck, requestLog, securityHeaders } from './shield.ts';
import { createTickets, type Tickets } from './tickets.ts';
import type { Tokens } from './tokens.ts';

export { type Listening, listen } from './listen.ts';

export interface AdminParts {
  house: House;
  people: People;
  tokens: Tokens;
  tickets: Tickets;
  doors: Doors;
  /** Where Vite put the built page. */
  webFolder: string;
  /** Host names, besides localhost, under which Butler answers while it listens on loopback. */
  hosts?: string[];
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/**
 * The application as a fetch handler: `app.request()` tests it without a port, and its type makes
 * a typed client (`hc<ReturnType<typeof createAdmin>['app']>`).
 */
export const createAdmin = (parts: AdminParts) => {
  const { house, people, tokens, tickets, doors, webFolder, hosts = [], clock = Date.now } = parts;
  const { settings, log } = house;
  const liveKit = createLiveKit({ settings, clock });

  const app = new OpenAPIHono<AdminEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.target, result.error.issues);
    },
  });
  app.onError((error) => problemResponse(problemOf(error, log)));
  app.notFound(() => problemResponse(notFound().content));
  app.use(requestLog(log, clock));
  app.use(securityHeaders(settings));
  app.use(hostCheck(settings, hosts));
  app.use(originCheck);
  app.use(guard({ people, tokens }));
  app.use(bodyLimit);

  const routes = app
    .route('/', healthRoutes({ house, people }))
    .route('/', loginRoutes({ people, tokens, clock }))
    .route('/', pinRoutes({ house, people }))
    .route('/', voiceRoutes({ house, doors, people, tokens, tickets, liveKit }))
    .route('/', chatRoutes({ house, doors }))
    .route('/', turnRoutes({ house }))
    .route('/', factRoutes({ house, clock }))
    .route('/', historyRoutes({ house, clock }))
    .route('/', userRoutes({ house }))
    .route('/', permissionRoutes({ house }))
    .route('/', soulRoutes({ house }))
    .route('/', metricsRoutes({ house }))
    .route('/', ownTracksRoutes({ house, doors, people, tokens, clock }))
    .route('/', mcpRoutes({ house, doors, clock }))
    .route('/', calendarRoutes({ house, doors }))
    // A ticket for the voice opens no events, and the other way round.
    .route('/', topicRoutes({ house, doors, people, tokens, tickets: createTickets({ clock }) }));
  const document = openApiDocument(app, house.version);
  app.get('/openapi.json', (c) => c.json(document));
  app.route('/', pageRoutes({ webFolder }));
  return { app: routes };
};
