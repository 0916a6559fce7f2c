/** Which pages of the house somebody may ask for: those whose first question the house answers. */
import type { RouteKey } from '../api/ask.ts';

/** The route without which a page is empty. */
export const asks = {
  status: 'get /api/v1/health/metrics',
  turns: 'get /api/v1/turns',
  people: 'get /api/v1/auth/invitations',
  integrations: 'get /api/v1/integrations',
  ledger: 'get /api/v1/schedule',
  backups: 'get /api/v1/backups',
  audit: 'get /api/v1/audit/verify',
  settings: 'get /api/v1/configuration',
} as const satisfies Record<string, RouteKey>;

export type HousePage = keyof typeof asks;

/** As `admin/who-may-call.ts` has it for these routes; the test beside this compares them. */
const forOwners: ReadonlySet<HousePage> = new Set(['people', 'backups', 'audit', 'settings']);

export function pagesOf(role: string): HousePage[] {
  const all = Object.keys(asks) as HousePage[];
  return all.filter((page) => role === 'owner' || !forOwners.has(page));
}
