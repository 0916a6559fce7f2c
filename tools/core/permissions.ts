/** What a person may be allowed or refused; a tool names the one it needs. */

export const permissions = [
  ...['home', 'calendar', 'mail', 'location', 'media', 'books', 'photos', 'files', 'lists'],
  ...['network', 'messages', 'finance', 'health', 'admin'],
] as const;

export type Permission = (typeof permissions)[number];
