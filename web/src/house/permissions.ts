/** What a role may use where an owner has chosen nothing for the person. */
import type { Question } from '../api/ask.ts';

type Given = Question<'put /api/v1/users/:id/permissions'>['json']['permissions'];
export type Permission = NonNullable<Given>[number];

export const permissions = [
  ...['home', 'calendar', 'mail', 'location', 'media', 'books', 'photos', 'files', 'lists'],
  ...['network', 'messages', 'finance', 'health', 'admin'],
] as readonly Permission[];

const ofChild: readonly Permission[] = [
  ...(['home', 'media', 'books', 'photos', 'lists', 'calendar', 'location'] as const),
];

/** As the gate decides (tools/core/gate.ts); the test beside this compares the two. */
export function permissionsOf(role: string): readonly Permission[] {
  if (role === 'owner') return permissions;
  if (role === 'adult') return permissions.filter((one) => one !== 'admin');
  return role === 'child' ? ofChild : ['home'];
}

/** Of names that are kept, those that this Butler knows. */
export const knownOf = (kept: readonly string[]): Permission[] =>
  permissions.filter((one) => kept.includes(one));
