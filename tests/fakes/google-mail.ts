/** What the Google emulator lacks of Gmail: "one of these", old charsets, long mails, faults. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Shape {
  type?: string;
  $ref?: string;
  items?: { type?: string; $ref?: string };
}

const discovery = JSON.parse(
  readFileSync(new URL('google-mail.json', import.meta.url), 'utf8'),
) as {
  methods: Record<string, { parameters: Record<string, { enum?: string[] }> }>;
  parameters: string[];
  schemas: Record<string, Record<string, Shape>>;
};

/** What an answer has that the discovery document does not know, or has in another form. */
const mistakesIn = (value: unknown, schema: string, at = schema): string[] =>
  Object.entries(value as Record<string, unknown>).flatMap(([key, one]) => {
    const shape = discovery.schemas[schema]?.[key];
    const where = `${at}.${key}`;
    if (!shape) return [`${where} is not in the discovery document`];
    if (shape.$ref) return mistakesIn(one, shape.$ref, where);
    if (shape.type === 'array') {
      if (!Array.isArray(one)) return [`${where} must be a list`];
      const ref = shape.items?.$ref;
      return ref ? one.flatMap((item) => mistakesIn(item, ref, where)) : [];
    }
    const type = shape.type === 'integer' ? 'number' : shape.type;
    return typeof one === type ? [] : [`${where} must be of type ${shape.type}`];
  });

export interface FakeMail {
  id: string;
  from: string;
  subject: string;
  at: string;
  /** As Google hands it on: `data` is base64url of the bytes. */
  payload: Record<string, unknown>;
}

/** Instead of the next answers. */
export interface FakeFault {
  status?: number;
  body?: string;
  headers?: Record<string, string>;
  /** Nothing is answered at all. */
  silent?: boolean;
}

export interface GoogleMailFake {
  account: Record<'clientId' | 'clientSecret' | 'refreshToken' | 'baseUrl', string>;
  /** Queries of lists, in order. */
  queries: string[];
  requests(): number;
  fail(fault: FakeFault | undefined): void;
  stop(): Promise<void>;
}

const plain = (text: string): string => text.toLowerCase();

/** Of Gmail's language: quoted words, from:, subject:, after:, before: and {one of these}. */
const fits = (mail: FakeMail, query: string): boolean => {
  const any = /\{([^}]*)\}/.exec(query)?.[1];
  const one = (term: string): boolean => {
    const [, operator = '', value = ''] = /^(-?[a-z]+:)?"?([^"]*)"?$/.exec(term) ?? [];
    const at = Date.parse(mail.at) / 1000;
    if (operator === 'from:') return plain(mail.from).includes(plain(value));
    if (operator === 'subject:') return plain(mail.subject).includes(plain(value));
    if (operator === 'after:') return at > Number(value);
    if (operator === 'before:') return at < Number(value);
    if (operator !== '') return true;
    return plain(mail.subject).includes(plain(value));
  };
  const terms = (text: string) => text.match(/(?:[a-z-]+:)?(?:"[^"]*"|[^\s"]+)/g) ?? [];
  const all = terms(query.replace(/\{[^}]*\}/g, ' ')).every(one);
  return all && (any === undefined || terms(any).some(one));
};

const messageOf = (mail: FakeMail, isFull: boolean) => ({
  ...{ id: mail.id, threadId: mail.id, labelIds: ['INBOX', 'UNREAD'] },
  internalDate: String(Date.parse(mail.at)),
  payload: {
    ...(isFull ? mail.payload : { mimeType: 'text/plain' }),
    headers: [
      { name: 'From', value: mail.from },
      { name: 'Subject', value: mail.subject },
      ...((mail.payload.headers as object[] | undefined) ?? []),
    ],
  },
});

const notFound = { error: { code: 404, message: 'Requested entity was not found.' } };

/** What Google would answer; throws where this would be something else than Google's. */
const answerTo = (url: URL, mails: readonly FakeMail[], queries: string[]) => {
  const id = /^\/gmail\/v1\/users\/me\/messages(?:\/([^/]+))?$/.exec(url.pathname);
  if (!id) return { status: 404, body: notFound };
  const isList = id[1] === undefined;
  const method = discovery.methods[`gmail.users.messages.${isList ? 'list' : 'get'}`];
  const known = { ...method?.parameters };
  for (const [name, value] of url.searchParams) {
    const allowed = known[name]?.enum;
    if (!known[name] && !discovery.parameters.includes(name)) throw new Error(`unknown: ${name}`);
    if (allowed && !allowed.includes(value)) throw new Error(`${name} cannot be ${value}`);
  }
  const found = mails.find((one) => one.id === id[1]);
  if (!isList && !found) return { status: 404, body: notFound };
  const query = url.searchParams.get('q') ?? '';
  if (isList) queries.push(query);
  const listed = mails.filter((mail) => fits(mail, query)).map((one) => ({ id: one.id }));
  const body = found
    ? messageOf(found, url.searchParams.get('format') === 'full')
    : { resultSizeEstimate: listed.length, ...(listed.length > 0 && { messages: listed }) };
  const mistakes = mistakesIn(body, found ? 'Message' : 'ListMessagesResponse');
  if (mistakes.length > 0) throw new Error(`The fake differs from Google: ${mistakes.join('; ')}`);
  return { status: 200, body };
};

export const startGoogleMailFake = async (mails: readonly FakeMail[]): Promise<GoogleMailFake> => {
  const queries: string[] = [];
  let requests = 0;
  let fault: FakeFault | undefined;
  const handle = (message: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(message.url ?? '/', 'http://fake');
    const send = (status: number, body: string, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    };
    if (url.pathname === '/oauth2/token') {
      const token = { access_token: 'fake', expires_in: 3600, token_type: 'Bearer' };
      send(200, JSON.stringify(token));
      return;
    }
    requests++;
    if (fault?.silent) return;
    if (fault) {
      send(fault.status ?? 200, fault.body ?? '', fault.headers);
      return;
    }
    try {
      const { status, body } = answerTo(url, mails, queries);
      send(status, JSON.stringify(body));
    } catch (error) {
      send(500, JSON.stringify({ error: { code: 500, message: String(error) } }));
    }
  };
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    account: { clientId: 'butler', clientSecret: 'secret', refreshToken: 'refresh', baseUrl },
    queries,
    requests: () => requests,
    fail: (next) => {
      fault = next;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
};
