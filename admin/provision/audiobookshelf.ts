/** Accounts on Audiobookshelf: its published document lacks users, so this follows its source. */
import { z } from 'zod';
import { httpClient } from '../../tools/core/http.ts';
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

const title = 'Audiobookshelf';
const read = readerOf(title);

const userSchema = z.object({ id: z.string(), username: z.string(), type: z.string() });
const usersSchema = z.object({ users: z.array(userSchema) });
const madeSchema = z.object({ user: z.object({ id: z.string() }) });

const foundOf = ({ id, type }: z.infer<typeof userSchema>): Found => ({
  id,
  isAdministrator: type === 'root' || type === 'admin',
});

const permissions = { update: false, delete: false, upload: false };

export const audiobookshelf = ({ url, token }: { url: string; token: string }): Provider => {
  const http = httpClient({
    ...{ service: { en: title, de: title }, base: url },
    headers: () => ({ authorization: `Bearer ${token}` }),
    renew: 'In Audiobookshelf, Settings, API Keys, make a key and set AUDIOBOOKSHELF_TOKEN to it.',
  });
  const at = (id: string): string => `api/users/${encodeURIComponent(id)}`;
  const change = async (id: string, body: object, asking: Asking): Promise<void> => {
    const answer = await http.request(at(id), { ...asking, method: 'PATCH', body, allow: [400] });
    if (answer.status === 400) throw new Refusal(title, saidBy(answer), asking.language);
  };

  return {
    title,
    find: async (username, asking) => {
      const { users } = await http.json('api/users', usersSchema, asking);
      const wanted = username.toLowerCase();
      const user = users.find((one) => one.username.toLowerCase() === wanted);
      return user && foundOf(user);
    },
    byId: async (id, asking) => {
      const answer = await http.request(at(id), { ...asking, allow: [404] });
      return answer.status === 404 ? undefined : foundOf(read(userSchema, answer, asking));
    },
    create: async ({ username, password }, asking) => {
      const body = { username, password, type: 'user', isActive: true, permissions };
      const request = { ...asking, method: 'POST', body, allow: [400, 409] };
      const answer = await http.request('api/users', request);
      if (answer.status < 400) return read(madeSchema, answer, asking).user.id;
      const said = saidBy(answer);
      throw isTakenText(said) ? new NameTaken(said) : new Refusal(title, said, asking.language);
    },
    settle: (id, asking) => change(id, { isActive: true, type: 'user', permissions }, asking),
    setPassword: (id, password, asking) => change(id, { password }, asking),
    disable: async (id, asking) => {
      await change(id, { isActive: false }, asking);
      return 'off';
    },
    login: async (account, asking) => {
      const request = { ...asking, method: 'POST', body: account, headers: { authorization: '' } };
      const answer = await http.request('login', { ...request, allow: [400, 401] });
      return answer.status >= 400 ? undefined : read(madeSchema, answer, asking).user.id;
    },
  };
};
