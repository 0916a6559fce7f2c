/** The HTTP surface, put together: shields first, then the table of who may call, then routes. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { type AdminEnv, guard } from './access.ts';
import type { Accounts } from './accounts.ts';
import { locating } from './address.ts';
import { auditEffects, auditing } from './auditing.ts';
import type { Devices } from './devices.ts';
import { textAnswers } from './engine/text-answer.ts';
import { createEntry } from './entry.ts';
import { releasing, reviewing } from './holders.ts';
import type { Doors, House } from './house-view.ts';
import { layered } from './layers.ts';
import { createLiveKit } from './livekit.ts';
import { openApiDocument } from './openapi.ts';
import type { People } from './people.ts';
import { invalidRequest, notFound, problemOf, problemResponse } from './problem.ts';
import { accountRoutes } from './routes/accounts.ts';
import { backupRoutes } from './routes/backups.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { callRoutes } from './routes/calls.ts';
import { chatRoutes } from './routes/chat.ts';
import { configurationRoutes } from './routes/configuration.ts';
import { docsRoutes } from './routes/docs.ts';
import { entryRoutes } from './routes/entry.ts';
import { factRoutes } from './routes/facts.ts';
import { healthRoutes } from './routes/health.ts';
import { healthMetricsRoutes } from './routes/health-metrics.ts';
import { historyRoutes } from './routes/history.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { integrationRoutes } from './routes/integrations.ts';
import { mcpRoutes } from './routes/mcp.ts';
import { meRoutes } from './routes/me.ts';
import { metricsRoutes, scraping } from './routes/metrics.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { onboardingRoutes } from './routes/onboarding.ts';
import { ownTracksRoutes } from './routes/owntracks.ts';
import { pageRoutes } from './routes/pages.ts';
import { passkeyRoutes } from './routes/passkeys.ts';
import { permissionRoutes } from './routes/permissions.ts';
import { pinRoutes } from './routes/pin.ts';
import { type RecordParts, recordRoutes } from './routes/records.ts';
import { scheduleRoutes } from './routes/schedule.ts';
import { soulRoutes } from './routes/souls.ts';
import { spendingRoutes } from './routes/spending.ts';
import { toolRoutes } from './routes/tools.ts';
import { topicRoutes } from './routes/topics.ts';
import { turnRoutes } from './routes/turns.ts';
import { userRoutes } from './routes/users.ts';
import { voiceRoutes } from './routes/voice.ts';
import {
  addressCheck,
  bodyLimit,
  hostCheck,
  originCheck,
  requestLog,
  securityHeaders,
} from './shield.ts';
import { createTickets, type Tickets } from './tickets.ts';
import type { Tokens } from './tokens.ts';

export { type Listening, listen } from './listen.ts';

export interface AdminParts extends RecordParts {
  house: House;
  people: People;
  devices: Devices;
  tokens: Tokens;
  tickets: Tickets;
  doors: Doors;
  accounts: Accounts;
  /** Where Vite put the built page. */
  webFolder: string;
  /** Host names, besides localhost, under which Butler answers while it listens on loopback. */
  hosts?: string[];
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** What every request passes before it reaches a route, in this order. */
const shielded = ({ house, people, tokens, audit, hosts = [], clock = Date.now }: AdminParts) => {
  const { settings, log } = house;
  const app = new OpenAPIHono<AdminEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidRequest(result.target, result.error.issues);
    },
  });
  app.onError((error) => problemResponse(problemOf(error, log)));
  app.notFound(() => problemResponse(notFound().content));
  const outside = [textAnswers, locating(settings), requestLog(house, clock)];
  app.use(layered(...outside, securityHeaders(settings)));
  const doorman = [hostCheck(settings, hosts), originCheck, addressCheck];
  app.use(layered(...doorman, auditing({ audit, people, clock })));
  app.use('/metrics', scraping(house));
  app.use(layered(guard({ people, tokens }), bodyLimit));
  return app;
};

/**
 * The application as a fetch handler: `app.request()` tests it without a port, and its type makes
 * a typed client (`hc<ReturnType<typeof createAdmin>['app']>`).
 */
export const createAdmin = (parts: AdminParts) => {
  const { house, people, devices, tokens, tickets, accounts, audit, clock = Date.now } = parts;
  const doors = auditEffects(parts);
  const liveKit = createLiveKit({ settings: house.settings, clock });
  const release = releasing({ house, accounts });
  const changed = reviewing({ house, accounts });
  const entry = createEntry({ house, people, devices, tokens, audit, changed, clock });
  const { connections } = entry;
  // A ticket for the voice opens no events, and the other way round.
  const eventTickets = createTickets({ clock });

  const app = shielded(parts);
  const routes = app
    .route('/', healthRoutes({ house, people }))
    .route('/', entryRoutes(entry))
    .route('/', passkeyRoutes({ house, people, entrance: entry.entrance, audit, clock }))
    .route('/', meRoutes({ house, devices }))
    .route('/', scheduleRoutes({ house, people }))
    .route('/', pinRoutes({ house, people, lock: entry.lock }))
    .route('/', voiceRoutes({ house, doors, devices, connections, tickets, liveKit }))
    .route('/', chatRoutes({ house, doors }))
    .route('/', turnRoutes({ house }))
    .route('/', callRoutes({ house }))
    .route('/', spendingRoutes({ house }))
    .route('/', configurationRoutes({ house }))
    .route('/', factRoutes({ house, clock }))
    .route('/', historyRoutes({ house, clock }))
    .route('/', userRoutes({ house }))
    .route('/', permissionRoutes({ house, changed }))
    .route('/', soulRoutes({ house }))
    .route('/', onboardingRoutes({ house, accounts }))
    .route('/', accountRoutes({ house, people, accounts, audit, lock: entry.lock }))
    .route('/', recordRoutes({ release, ...parts }, clock))
    .route('/', backupRoutes({ house }))
    .route('/', metricsRoutes({ house }))
    .route('/', notificationRoutes({ house }))
    .route('/', healthMetricsRoutes({ house, clock }))
    .route('/', incidentRoutes({ house }))
    .route('/', integrationRoutes({ doors }))
    .route('/', toolRoutes({ house, doors }))
    .route('/', ownTracksRoutes({ house, doors, people, tokens, clock }))
    .route('/', mcpRoutes({ house, doors, clock }))
    .route('/', calendarRoutes({ house, doors }))
    .route('/', docsRoutes())
    .route('/', topicRoutes({ house, doors, people, tokens, connections, tickets: eventTickets }));
  const document = openApiDocument(app, house.version);
  app.get('/openapi.json', (c) => c.json(document));
  app.route('/', pageRoutes({ webFolder: parts.webFolder }));
  return { app: routes };
};
