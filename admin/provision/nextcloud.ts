/** Accounts on Nextcloud by its provisioning API over OCS (administration manual, "User API"). */
import { z } from 'zod';
import { type HttpAnswer, type HttpClient, httpClient } from '../../tools/core/http.ts';
import {
  type Asking,
  type Found,
  NameTaken,
  type Provider,
  Refusal,
  readerOf,
  saidBy,
} from './provider.ts';

const title = 'Nextcloud';
const read = readerOf(title);
const users = 'ocs/v2.php/cloud/users';
const json = { format: 'json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** OCS's own code for a name that is there already. */
const nameTaken = 102;

const envelope = <Data extends z.ZodType>(data: Data) =>
  z.object({
    ocs: z.object({
      meta: z.object({ statuscode: z.number(), message: z.string().nullish() }),
      data,
    }),
  });
const anything = envelope(z.unknown());
const userSchema = envelope(z.object({ id: z.string(), groups: z.array(z.string()).default([]) }));
const madeSchema = envelope(z.object({ id: z.string() }));

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export interface NextcloudSettings {
  url: string;
  username: string;
  password: string;
}

/** What OCS says of a refusal; its code is another than HTTP's. */
const refusalOf = (answer: HttpAnswer): { code: number; said: string } => {
  try {
    const { meta } = anything.parse(JSON.parse(new TextDecoder().decode(answer.bytes))).ocs;
    return { code: meta.statuscode, said: meta.message || `${meta.statuscode}` };
  } catch {
    return { code: answer.status, said: saidBy(answer) };
  }
};

/** Forms, as its manual has them. @throws {NameTaken} {Refusal} with OCS's own words. */
const sender =
  (http: HttpClient) =>
  async (
    { path, method, fields = {} }: { path: string; method: string; fields?: object },
    asking: Asking,
  ): Promise<HttpAnswer> => {
    const body = new URLSearchParams({ ...fields }).toString();
    const request = { ...asking, method, query: json, body, headers: form, allow: [400, 409] };
    const answer = await http.request(path, request);
    if (answer.status < 400) return answer;
    const { code, said } = refusalOf(answer);
    throw code === nameTaken && method === 'POST'
      ? new NameTaken(said)
      : new Refusal(title, said, asking.language);
  };

export const nextcloud = ({ url, username: admin, password }: NextcloudSettings): Provider => {
  const http = httpClient({
    ...{ service: { en: title, de: title }, base: url },
    headers: () => ({ authorization: basic(admin, password), 'OCS-APIRequest': 'true' }),
    renew:
      'In Nextcloud, as an administrator, Settings, Security, make a new app password and set ' +
      'NEXTCLOUD_ADMIN_PASSWORD to it.',
  });
  const at = (id: string): string => `${users}/${encodeURIComponent(id)}`;

  const send = sender(http);
  const byId = async (id: string, asking: Asking): Promise<Found | undefined> => {
    const answer = await http.request(at(id), { ...asking, query: json, allow: [404] });
    if (answer.status === 404) return undefined;
    const { data } = read(userSchema, answer, asking).ocs;
    return { id: data.id, isAdministrator: data.groups.includes('admin') };
  };

  return {
    title,
    // There the name is the id.
    find: byId,
    byId,
    create: async ({ username, name, password: first }, asking) => {
      const fields = { userid: username, password: first, displayName: name, quota: 'default' };
      const answer = await send({ path: users, method: 'POST', fields }, asking);
      return read(madeSchema, answer, asking).ocs.data.id;
    },
    settle: async (id, asking) => {
      await send({ path: `${at(id)}/enable`, method: 'PUT' }, asking);
    },
    setPassword: async (id, value, asking) => {
      await send({ path: at(id), method: 'PUT', fields: { key: 'password', value } }, asking);
    },
    disable: async (id, asking) => {
      await send({ path: `${at(id)}/disable`, method: 'PUT' }, asking);
      return 'off';
    },
    login: async (account, asking) => {
      const answer = await http.request('ocs/v2.php/cloud/user', {
        ...{ ...asking, query: json, allow: [401] },
        headers: { authorization: basic(account.username, account.password) },
      });
      if (answer.status === 401) return undefined;
      return read(madeSchema, answer, asking).ocs.data.id;
    },
  };
};
