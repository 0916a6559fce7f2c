/** Audiobookshelf's accounts, with state; no document of theirs describes them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';
import { type Asked, type Said, startAccountService } from './account-service.ts';

const document = JSON.parse(
  readFileSync(new URL('./audiobookshelf.json', import.meta.url), 'utf8'),
) as Document;

export interface ShelfUser {
  id: string;
  username: string;
  password: string;
  type: string;
  isActive: boolean;
  permissions: Record<string, boolean>;
}

const shown = ({ password: _, ...user }: ShelfUser) => user;

export const startAudiobookshelf = async (token: string) => {
  const users = new Map<string, ShelfUser>();
  const add = (user: Pick<ShelfUser, 'username' | 'password'> & Partial<ShelfUser>) => {
    // As the service has it: without a word an account is off.
    const rest = { type: 'user', isActive: false, permissions: { download: true } };
    const made = { ...rest, ...user, id: randomUUID() };
    users.set(made.id, made);
    return made;
  };
  const byName = (username: unknown): ShelfUser | undefined =>
    [...users.values()].find((one) => one.username === username);

  const answer = ({ operation, body, headers, params }: Asked): Said | undefined => {
    if (operation === 'login') {
      const user = byName(body.username);
      const opens = user?.isActive && user.password === body.password;
      return opens ? { status: 200, body: { user: shown(user) } } : { status: 401, body: 'no' };
    }
    if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: 'Unauthorized' };
    if (operation === 'findAll') {
      return { status: 200, body: { users: [...users.values()].map(shown) } };
    }
    if (operation === 'create') {
      if (byName(body.username)) return { status: 400, body: 'Username already taken' };
      return { status: 200, body: { user: shown(add(body)) } };
    }
    const user = users.get(params.id ?? '');
    if (!user) return { status: 404, body: 'Not Found' };
    if (operation === 'findOne') return { status: 200, body: shown(user) };
    if (operation !== 'update') return undefined;
    const permissions = { ...user.permissions, ...body.permissions };
    Object.assign(user, body, { permissions });
    return { status: 200, body: { success: true, user: shown(user) } };
  };
  return Object.assign(await startAccountService({ document, answer }), { users, add });
};
