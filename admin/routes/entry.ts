/** The routes by which people and devices come in, are listed, changed and shown out. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { AdminEnv } from '../access.ts';
import type { Entry } from '../entry.ts';
import { deviceRoutes } from './devices.ts';
import { doorRoutes } from './doors.ts';
import { invitationRoutes, passwordLinkRoutes } from './invitations.ts';
import { loginRoutes } from './login.ts';
import { pairingRoutes } from './pairing.ts';
import { peopleRoutes } from './people.ts';
import { registrationRoutes } from './registration.ts';

export const entryRoutes = (entry: Entry) =>
  new OpenAPIHono<AdminEnv>()
    .route('/', loginRoutes(entry))
    .route('/', registrationRoutes(entry))
    .route('/', pairingRoutes(entry))
    .route('/', invitationRoutes(entry))
    .route('/', passwordLinkRoutes(entry))
    .route('/', deviceRoutes(entry))
    .route('/', peopleRoutes(entry))
    .route('/', doorRoutes(entry));
