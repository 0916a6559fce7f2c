/** What is recorded and kept of people: the audit log, their export, their end. */
import { OpenAPIHono } from '@hono/zod-openapi';
import type { Belongings } from '../../agent/belongings.ts';
import type { AdminEnv } from '../access.ts';
import type { Audit } from '../audit.ts';
import type { Devices } from '../devices.ts';
import type { House } from '../house-view.ts';
import type { People } from '../people.ts';
import { createPurge, type PurgeParts } from '../purge.ts';
import { auditRoutes } from './audit.ts';
import { exportRoutes } from './export.ts';
import { purgeRoutes } from './purge.ts';

export interface RecordParts {
  house: House;
  people: People;
  devices: Devices;
  audit: Audit;
  belongings: Belongings;
  /** Switches a person's accounts on other services off. */
  release?: PurgeParts['release'];
}

export const recordRoutes = (parts: RecordParts, clock: () => number) =>
  new OpenAPIHono<AdminEnv>()
    .route('/', auditRoutes(parts))
    .route('/', exportRoutes({ ...parts, clock }))
    .route('/', purgeRoutes({ ...parts, purge: createPurge({ ...parts, clock }), clock }));
