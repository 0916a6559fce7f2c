/** Accounts on Jellyfin (its OpenAPI document 12.0.0; 10.9 and newer have the same paths). */
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

const title = 'Jellyfin';
const read = readerOf(title);

/** A policy is replaced as a whole, so what we do not know of it is carried along. */
const policySchema = z.looseObject({ IsAdministrator: z.boolean().optional() });
const userSchema = z.object({ Id: z.string(), Name: z.string(), Policy: policySchema.nullish() });
const loginSchema = z.object({
  User: z.object({ Id: z.string() }),
  AccessToken: z.string().nullish(),
});

const foundOf = ({ Id, Policy }: z.infer<typeof userSchema>): Found => ({
  id: Id,
  isAdministrator: Policy?.IsAdministrator === true,
});

/** Without a session of its own a log-in is refused. */
const asDevice = 'MediaBrowser Client="Butler", Device="Butler", DeviceId="butler", Version="1"';

const logIn =
  (http: HttpClient): Provider['login'] =>
  async ({ username, password }, asking) => {
    const answer = await http.request('Users/AuthenticateByName', {
      ...{ ...asking, method: 'POST', body: { Username: username, Pw: password } },
      ...{ headers: { authorization: asDevice }, allow: [401, 403] },
    });
    if (answer.status >= 400) return undefined;
    const { User, AccessToken } = read(loginSchema, answer, asking);
    const authorization = `${asDevice}, Token="${AccessToken}"`;
    const leaving = { ...asking, method: 'POST', headers: { authorization } };
    await http.request('Sessions/Logout', leaving).catch(() => undefined);
    return User.Id;
  };

export const jellyfin = ({ url, apiKey }: { url: string; apiKey: string }): Provider => {
  const http = httpClient({
    ...{ service: { en: title, de: title }, base: url },
    headers: () => ({ authorization: `MediaBrowser Token="${apiKey}"` }),
    renew: 'In Jellyfin, Dashboard, API Keys, make a key and set JELLYFIN_API_KEY to it.',
  });
  const at = (id: string): string => `Users/${encodeURIComponent(id)}`;

  const userOf = async (id: string, asking: Asking) => {
    const answer = await http.request(at(id), { ...asking, allow: [404] });
    return answer.status === 404 ? undefined : read(userSchema, answer, asking);
  };
  const changePolicy = async (id: string, change: object, asking: Asking): Promise<void> => {
    const { Policy } = await http.json(at(id), userSchema, asking);
    const body = { ...Policy, ...change };
    await http.request(`${at(id)}/Policy`, { ...asking, method: 'POST', body });
  };

  return {
    title,
    find: async (username, asking) => {
      const users = await http.json('Users', z.array(userSchema), asking);
      const wanted = username.toLowerCase();
      const user = users.find(({ Name }) => Name.toLowerCase() === wanted);
      return user && foundOf(user);
    },
    byId: async (id, asking) => {
      const user = await userOf(id, asking);
      return user && foundOf(user);
    },
    create: async ({ username, password }, asking) => {
      const request = { ...asking, method: 'POST', body: { Name: username, Password: password } };
      const answer = await http.request('Users/New', { ...request, allow: [400, 409] });
      if (answer.status >= 400) {
        const said = saidBy(answer);
        throw isTakenText(said) ? new NameTaken(said) : new Refusal(title, said, asking.language);
      }
      return read(userSchema, answer, asking).Id;
    },
    settle: (id, asking) => {
      const none = { IsAdministrator: false, EnableContentDeletion: false };
      const folders = { EnableContentDeletionFromFolders: [] };
      return changePolicy(id, { ...none, ...folders, IsDisabled: false }, asking);
    },
    setPassword: async (id, password, asking) => {
      const body = { NewPw: password };
      const request = { ...asking, method: 'POST', query: { userId: id }, body };
      const answer = await http.request('Users/Password', { ...request, allow: [400] });
      if (answer.status === 400) throw new Refusal(title, saidBy(answer), asking.language);
    },
    disable: async (id, asking) => {
      await changePolicy(id, { IsDisabled: true }, asking);
      return 'off';
    },
    login: logIn(http),
  };
};
