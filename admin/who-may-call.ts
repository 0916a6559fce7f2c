/** THE table of routes: who may call what. What is not in it cannot be reached under /api. */
import { type Role, roles } from './people.ts';

const everyone: readonly Role[] = roles;

/**
 * `open`: anybody. `ticket`: a single-use ticket in the query. `password`: everybody who logs in,
 * by Basic or Bearer, which the route itself looks at. Else the roles, by Bearer token.
 */
export const whoMayCall = {
  'get /': 'open',
  'get /health': 'open',
  'get /openapi.json': 'open',
  'get /docs': 'open',
  'get /docs/{file}': 'open',
  'get /voice': 'ticket',
  'get /ws': 'ticket',
  'post /api/v1/setup': 'open',
  'post /api/v1/auth/login': 'open',
  'post /api/v1/auth/logout': everyone,

  // Devices, invitations, passkeys
  'post /api/v1/auth/register': 'open',
  'post /api/v1/auth/register/{id}': 'open',
  'get /api/v1/auth/requests': everyone,
  'post /api/v1/auth/requests/{id}': everyone,
  'post /api/v1/auth/pairing': everyone,
  'post /api/v1/auth/pairing/accept': 'open',
  'post /api/v1/auth/invitations': ['owner'],
  'get /api/v1/auth/invitations': ['owner'],
  'delete /api/v1/auth/invitations/{id}': ['owner'],
  'post /api/v1/auth/invitations/look': 'open',
  'post /api/v1/auth/invitations/accept': 'open',
  'post /api/v1/auth/token': everyone,
  'post /api/v1/auth/rotate': everyone,
  'post /api/v1/auth/revoke-all': everyone,
  'get /api/v1/devices': everyone,
  'patch /api/v1/devices/{id}': everyone,
  'delete /api/v1/devices/{id}': everyone,
  'put /api/v1/me/password': everyone,
  'patch /api/v1/users/{id}': ['owner'],
  'post /api/v1/users/{id}/password-reset': ['owner'],
  'get /api/v1/users/{id}/doors': everyone,
  'patch /api/v1/users/{id}/doors': everyone,
  'post /api/v1/auth/passkeys/login/options': 'open',
  'post /api/v1/auth/passkeys/login': 'open',
  'post /api/v1/auth/passkeys/options': everyone,
  'post /api/v1/auth/passkeys': everyone,
  'get /api/v1/auth/passkeys': everyone,
  'patch /api/v1/auth/passkeys/{id}': everyone,
  'delete /api/v1/auth/passkeys/{id}': everyone,

  'get /api/v1/me': everyone,
  'put /api/v1/me/pin': everyone,
  'get /api/v1/me/notifications': everyone,
  'put /api/v1/me/notifications': everyone,
  'post /api/v1/voice/session': everyone,
  'post /api/v1/voice/dispatch': everyone,
  'post /api/v1/chat': everyone,
  'post /api/v1/conversation': everyone,
  'post /api/v1/ws/ticket': everyone,
  'get /api/v1/turns': everyone,
  'get /api/v1/memory/facts': everyone,
  'post /api/v1/memory/facts': everyone,
  'delete /api/v1/memory/facts': everyone,
  'post /api/v1/memory/facts/restore': everyone,
  'patch /api/v1/memory/facts/{id}': everyone,
  'delete /api/v1/memory/facts/{id}': everyone,
  'get /api/v1/memory/history': everyone,
  'delete /api/v1/memory/history': everyone,
  'delete /api/v1/memory/history/{turn}': everyone,
  'get /api/v1/users': everyone,
  'get /api/v1/users/{id}/soul': everyone,
  'put /api/v1/users/{id}/soul': everyone,
  'patch /api/v1/users/{id}/soul': everyone,
  'post /api/v1/users/{id}/soul/preview': everyone,
  'get /api/v1/users/{id}/permissions': ['owner'],
  'put /api/v1/users/{id}/permissions': ['owner'],
  'get /api/v1/souls/presets': everyone,
  'get /api/v1/souls/export': ['owner'],
  'post /api/v1/souls/import': ['owner'],
  'get /api/v1/calendar/events': everyone,
  'get /api/v1/schedule': everyone,
  'delete /api/v1/schedule/{id}': everyone,
  // People's accounts
  'get /api/v1/onboarding': everyone,
  'post /api/v1/onboarding': everyone,
  'get /api/v1/accounts': everyone,
  'post /api/v1/accounts/{service}/retry': everyone,
  'post /api/v1/accounts/{service}/password': everyone,
  'put /api/v1/accounts/{service}/password': everyone,
  'get /api/v1/users/{id}/accounts': ['owner'],

  // Administration: audit, export, purge, configuration, spending, reasons, backups
  'get /api/v1/calls': everyone,
  'get /api/v1/turns/{id}/calls': everyone,
  'get /api/v1/spending': everyone,
  'get /api/v1/configuration': ['owner'],
  'patch /api/v1/configuration': ['owner'],
  'get /api/v1/backups': ['owner'],
  'post /api/v1/backups': ['owner'],
  'get /api/v1/backups/{name}': ['owner'],
  'delete /api/v1/backups/{name}': ['owner'],
  'get /api/v1/audit': everyone,
  'get /api/v1/audit/verify': ['owner'],
  'get /api/v1/export': everyone,
  'post /api/v1/purge': everyone,
  'delete /api/v1/users/{id}': ['owner'],

  // How the house is: integrations, incidents, notifications
  'get /api/v1/notifications': everyone,
  'post /api/v1/notifications/read': everyone,
  'get /api/v1/health/metrics': everyone,
  'get /api/v1/incidents': everyone,
  'get /api/v1/integrations': everyone,
  'get /api/v1/tools': everyone,
  'get /metrics': ['owner'],

  // Doors of other programs
  'post /api/v1/owntracks': 'password',
  'post /mcp': everyone,
  'get /mcp': everyone,
  'delete /mcp': everyone,
} as const satisfies Record<string, 'open' | 'ticket' | 'password' | readonly Role[]>;

export type RouteKey = keyof typeof whoMayCall;

const atHome: ReadonlySet<RouteKey> = new Set(['post /api/v1/setup']);

/** Whether a route rules the house, and is answered in the house's own network alone. */
export const isAtHomeOnly = (key: RouteKey): boolean => {
  const who: 'open' | 'ticket' | 'password' | readonly Role[] = whoMayCall[key];
  return atHome.has(key) || (typeof who !== 'string' && who.every((role) => role === 'owner'));
};
