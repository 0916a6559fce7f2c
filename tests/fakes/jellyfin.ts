/** Jellyfin's accounts, with state, as its own OpenAPI document (cut, 12.0.0) has them. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';
import { type Asked, type Said, startAccountService } from './account-service.ts';

const document = JSON.parse(
  readFileSync(new URL('./jellyfin.json', import.meta.url), 'utf8'),
) as Document;

export interface JellyfinUser {
  Id: string;
  Name: string;
  password: string;
  Policy: Record<string, unknown> & { IsAdministrator: boolean; IsDisabled: boolean };
}

const newPolicy = () => ({
  ...{ IsAdministrator: false, IsDisabled: false, EnableContentDeletion: false },
  ...{ EnableAllFolders: true, EnableMediaPlayback: true, SyncPlayAccess: 'CreateAndJoinGroups' },
  AuthenticationProviderId: 'Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider',
  PasswordResetProviderId: 'Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider',
});

const shown = ({ password: _, ...user }: JellyfinUser) => ({ ...user, HasPassword: true });

const tokenOf = ({ headers }: Asked): string | undefined =>
  /Token="([^"]*)"/.exec(headers.authorization ?? '')?.[1];

export const startJellyfin = async (apiKey: string) => {
  const users = new Map<string, JellyfinUser>();
  const sessions = new Set<string>();
  const add = (Name: string, password: string, policy: object = {}): JellyfinUser => {
    const Id = randomUUID().replaceAll('-', '');
    const user = { Id, Name, password, Policy: { ...newPolicy(), ...policy } };
    users.set(Id, user);
    return user;
  };
  const byName = (name: unknown): JellyfinUser | undefined =>
    [...users.values()].find((one) => one.Name.toLowerCase() === String(name).toLowerCase());

  const logIn = ({ body, headers }: Asked): Said => {
    const user = byName(body.Username);
    // A log-in without the client's own description is refused.
    if (!/DeviceId=/.test(headers.authorization ?? '')) return { status: 400 };
    if (!user || user.password !== body.Pw) return { status: 401 };
    if (user.Policy.IsDisabled) return { status: 403 };
    const AccessToken = randomUUID();
    sessions.add(AccessToken);
    return { status: 200, body: { User: shown(user), AccessToken } };
  };
  const ofUser = ({ operation, body }: Asked, user: JellyfinUser | undefined): Said | undefined => {
    if (!user) return { status: 404, body: 'User not found' };
    if (operation === 'GetUserById') return { status: 200, body: shown(user) };
    if (operation === 'UpdateUserPolicy') user.Policy = body;
    else if (operation === 'UpdateUserPassword') user.password = body.NewPw;
    else return undefined;
    return { status: 204 };
  };
  const answer = (asked: Asked): Said | undefined => {
    const { operation, body, params, query } = asked;
    if (operation === 'AuthenticateUserByName') return logIn(asked);
    const token = tokenOf(asked) ?? '';
    if (operation === 'ReportSessionEnded') {
      return { status: sessions.delete(token) ? 204 : 401 };
    }
    if (token !== apiKey) return { status: 401 };
    if (operation === 'GetUsers') return { status: 200, body: [...users.values()].map(shown) };
    if (operation === 'CreateUserByName') {
      const said = `A user with the name '${body.Name}' already exists.`;
      if (byName(body.Name)) return { status: 400, body: said };
      return { status: 200, body: shown(add(body.Name, body.Password)) };
    }
    return ofUser(asked, users.get(params.userId ?? query.userId ?? ''));
  };
  return Object.assign(await startAccountService({ document, answer }), { users, sessions, add });
};
