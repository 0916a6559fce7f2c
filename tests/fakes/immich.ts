/** Immich's accounts, with state, as its own OpenAPI document (cut, 3.0.3) has them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';
import { type Asked, type Said, startAccountService } from './account-service.ts';

const document = JSON.parse(
  readFileSync(new URL('./immich.json', import.meta.url), 'utf8'),
) as Document;

export interface ImmichUser {
  id: string;
  email: string;
  name: string;
  password: string;
  isAdmin: boolean;
  shouldChangePassword: boolean;
  deletedAt: string | null;
}

const at = '2026-03-01T12:00:00.000Z';

const shown = ({ password: _, ...user }: ImmichUser) => ({
  ...{ ...user, avatarColor: 'primary', createdAt: at, updatedAt: at, profileChangedAt: at },
  ...{ license: null, oauthId: '', profileImagePath: '', quotaSizeInBytes: null },
  ...{ quotaUsageInBytes: 0, storageLabel: null, status: user.deletedAt ? 'deleted' : 'active' },
});

const unknown: Said = { status: 400, body: { message: 'User not found', statusCode: 400 } };

export const startImmich = async (apiKey: string) => {
  const users = new Map<string, ImmichUser>();
  const sessions = new Set<string>();
  const add = (user: Pick<ImmichUser, 'email' | 'name' | 'password'> & Partial<ImmichUser>) => {
    const id = randomUUID();
    const rest = { isAdmin: false, shouldChangePassword: true, deletedAt: null };
    const made = { ...rest, ...user, id };
    users.set(id, made);
    return made;
  };
  const byEmail = (email: unknown): ImmichUser | undefined =>
    [...users.values()].find((one) => one.email === email);

  const logIn = ({ body }: Asked): Said => {
    const user = byEmail(body.email);
    if (!user || user.deletedAt || user.password !== body.password) {
      return { status: 401, body: { message: 'Incorrect email or password', statusCode: 401 } };
    }
    const accessToken = randomUUID();
    sessions.add(accessToken);
    const { id: userId, email: userEmail, name, isAdmin, shouldChangePassword } = user;
    const rest = { name, isAdmin, shouldChangePassword, isOnboarded: false, profileImagePath: '' };
    return { status: 201, body: { accessToken, userId, userEmail, ...rest } };
  };
  const ofUser = ({ operation, body }: Asked, user: ImmichUser | undefined): Said | undefined => {
    if (!user) return unknown;
    if (operation === 'updateUserAdmin') Object.assign(user, body);
    else if (operation === 'restoreUserAdmin') user.deletedAt = null;
    else if (operation !== 'getUserAdmin') return undefined;
    return { status: 200, body: shown(user) };
  };
  const answer = (asked: Asked): Said | undefined => {
    const { operation, body, headers, params, query } = asked;
    if (operation === 'login') return logIn(asked);
    if (operation === 'logout') {
      const had = sessions.delete(headers.authorization?.slice('Bearer '.length) ?? '');
      if (!had) return { status: 401 };
      return { status: 200, body: { redirectUri: '/auth/login', successful: true } };
    }
    if (headers['x-api-key'] !== apiKey)
      return { status: 401, body: { message: 'Invalid API key' } };
    if (operation === 'searchUsersAdmin') {
      const seen = [...users.values()].filter(
        (one) => query.withDeleted === 'true' || !one.deletedAt,
      );
      return { status: 200, body: seen.map(shown) };
    }
    if (operation === 'createUserAdmin') {
      if (byEmail(body.email)) return { status: 400, body: { message: 'User exists' } };
      return { status: 201, body: shown(add(body)) };
    }
    return ofUser(asked, users.get(params.id ?? ''));
  };
  const service = await startAccountService({ document, prefix: '/api', answer });
  return Object.assign(service, { users, sessions, add });
};
