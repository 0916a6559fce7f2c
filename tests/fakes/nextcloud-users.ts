/** Nextcloud's accounts over OCS, with state: by its manual, as no document of it is published. */
import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';
import { type Asked, type Said, startAccountService } from './account-service.ts';

const document = JSON.parse(
  readFileSync(new URL('./nextcloud-users.json', import.meta.url), 'utf8'),
) as Document;

export interface CloudUser {
  id: string;
  displayname: string;
  password: string;
  enabled: boolean;
  groups: string[];
  quota: string;
}

/** Version 2 of OCS: success is 200; its own codes beside HTTP's 400. */
const ocs = (status: number, data: unknown, { code = status, message = 'OK' } = {}): Said => ({
  status,
  body: {
    ocs: { meta: { status: status < 300 ? 'ok' : 'failure', statuscode: code, message }, data },
  },
});

const shown = ({ password: _, ...user }: CloudUser) => user;
const passwordMin = 10;
const weak = (): Said => {
  const message = `Password needs to be at least ${passwordMin} characters long.`;
  return ocs(400, [], { code: 107, message });
};

const login = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export const startNextcloudUsers = async (admin: { username: string; password: string }) => {
  const users = new Map<string, CloudUser>();
  const add = (user: Pick<CloudUser, 'id' | 'password'> & Partial<CloudUser>): CloudUser => {
    const rest = { displayname: user.id, enabled: true, groups: [], quota: 'default' };
    const made = { ...rest, ...user };
    users.set(made.id, made);
    return made;
  };
  const ofUser = ({ operation, body }: Asked, user: CloudUser | undefined): Said | undefined => {
    if (!user) return ocs(404, [], { message: 'User does not exist' });
    if (operation === 'getUser') return ocs(200, shown(user));
    if (operation === 'enableUser') user.enabled = true;
    else if (operation === 'disableUser') user.enabled = false;
    else if (operation !== 'editUser') return undefined;
    if (operation === 'editUser' && body.key === 'password') {
      if (body.value.length < passwordMin) return weak();
      user.password = body.value;
    }
    return ocs(200, []);
  };
  const answer = (asked: Asked): Said | undefined => {
    const { operation, headers, params, body } = asked;
    if (headers['ocs-apirequest'] !== 'true') return { status: 412, body: 'CSRF check failed' };
    if (operation === 'me') {
      const user = [...users.values()].find(
        ({ id, password, enabled }) => enabled && headers.authorization === login(id, password),
      );
      return user ? ocs(200, shown(user)) : ocs(401, [], { code: 997, message: 'Not logged in' });
    }
    if (headers.authorization !== login(admin.username, admin.password)) {
      return ocs(401, [], { code: 997, message: 'Unauthorised' });
    }
    if (operation !== 'addUser') return ofUser(asked, users.get(params.id ?? ''));
    const { userid, password, displayName, quota } = body;
    if (users.has(userid)) return ocs(400, [], { code: 102, message: 'User already exists' });
    if (password.length < passwordMin) return weak();
    add({ id: userid, password, displayname: displayName ?? userid, quota: quota ?? 'default' });
    return ocs(200, { id: userid });
  };
  return Object.assign(await startAccountService({ document, answer }), { users, add });
};
