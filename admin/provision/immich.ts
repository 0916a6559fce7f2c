/** Accounts on Immich (its OpenAPI document 3.0.3). */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type HttpClient, httpClient } from '../../tools/core/http.ts';
import {
  type Asking,
  type Found,
  isTakenText,
  NameTaken,
  type Provider,
  Refusal,
  readerOf,
  saidBy,
} from './provider.ts';

const title = 'Immich';
const read = readerOf(title);

const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  isAdmin: z.boolean(),
  deletedAt: z.string().nullish(),
});
const loginSchema = z.object({ userId: z.string(), accessToken: z.string() });

const foundOf = ({ id, isAdmin }: z.infer<typeof userSchema>): Found => ({
  id,
  isAdministrator: isAdmin,
});

export interface ImmichSettings {
  url: string;
  adminApiKey: string;
  /** Immich knows people by e-mail address: the username, @ and this. */
  emailDomain: string;
}

const logIn = async (
  http: HttpClient,
  account: { email: string; password: string },
  asking: Asking,
): Promise<string | undefined> => {
  const answer = await http.request('auth/login', {
    ...{ ...asking, method: 'POST', body: account },
    allow: [400, 401],
  });
  if (answer.status >= 400) return undefined;
  const { userId, accessToken } = read(loginSchema, answer, asking);
  const headers = { authorization: `Bearer ${accessToken}`, 'x-api-key': '' };
  const leaving = { ...asking, method: 'POST', headers };
  await http.request('auth/logout', leaving).catch(() => undefined);
  return userId;
};

export const immich = ({ url, adminApiKey, emailDomain }: ImmichSettings): Provider => {
  const http = httpClient({
    ...{ service: { en: title, de: title }, base: `${url.replace(/(\/api)?\/*$/, '')}/api` },
    headers: () => ({ 'x-api-key': adminApiKey }),
    renew: 'In Immich, as an administrator, make an API key and set IMMICH_ADMIN_API_KEY to it.',
  });
  const emailOf = (username: string): string => `${username}@${emailDomain}`;
  const at = (id: string): string => `admin/users/${encodeURIComponent(id)}`;

  const userOf = async (id: string, asking: Asking) => {
    // An id that it does not know is a bad request there.
    const answer = await http.request(at(id), { ...asking, allow: [400, 404] });
    return answer.status >= 400 ? undefined : read(userSchema, answer, asking);
  };
  const setPassword: Provider['setPassword'] = async (id, password, asking) => {
    const body = { password, shouldChangePassword: false };
    const answer = await http.request(at(id), { ...asking, method: 'PUT', body, allow: [400] });
    if (answer.status === 400) throw new Refusal(title, saidBy(answer), asking.language);
  };

  return {
    title,
    find: async (username, asking) => {
      const query = { withDeleted: true };
      const users = await http.json('admin/users', z.array(userSchema), { ...asking, query });
      const user = users.find(({ email }) => email.toLowerCase() === emailOf(username));
      return user && foundOf(user);
    },
    byId: async (id, asking) => {
      const user = await userOf(id, asking);
      return user && foundOf(user);
    },
    create: async ({ username, name, password }, asking) => {
      const first = { email: emailOf(username), name, password };
      const body = { ...first, shouldChangePassword: false, notify: false, isAdmin: false };
      const request = { ...asking, method: 'POST', body, allow: [400, 409] };
      const answer = await http.request('admin/users', request);
      if (answer.status < 400) return read(userSchema, answer, asking).id;
      const said = saidBy(answer);
      throw isTakenText(said) ? new NameTaken(said) : new Refusal(title, said, asking.language);
    },
    settle: async (id, asking) => {
      const user = await userOf(id, asking);
      // In Immich's bin, from which it would be deleted for good.
      if (user?.deletedAt) await http.request(`${at(id)}/restore`, { ...asking, method: 'POST' });
    },
    setPassword,
    // Immich can only delete, which takes the photos along after some days.
    disable: async (id, asking) => {
      await setPassword(id, randomBytes(24).toString('base64url'), asking);
      return 'locked';
    },
    login: ({ username, password }, asking) =>
      logIn(http, { email: emailOf(username), password }, asking),
  };
};
