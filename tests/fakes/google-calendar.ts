/** What the Google emulator lacks: sync tokens, 410, exceptions; checked by its discovery. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Shape {
  type?: string;
  $ref?: string;
  enum?: string[];
  items?: { type?: string; $ref?: string };
}

const discovery = JSON.parse(
  readFileSync(new URL('google-calendar.json', import.meta.url), 'utf8'),
) as {
  methods: Record<string, { parameters: Record<string, { location: string }> }>;
  parameters: string[];
  schemas: Record<string, Record<string, Shape>>;
};

/** What the document says must not stand beside a sync token. */
const notWithSyncToken = ['timeMin', 'timeMax', 'q', 'orderBy', 'updatedMin', 'iCalUID'];

const mistakesIn = (value: unknown, schema: string, at = schema): string[] => {
  const shapes = discovery.schemas[schema] ?? {};
  return Object.entries(value as Record<string, unknown>).flatMap(([key, one]) => {
    const shape = shapes[key];
    const where = `${at}.${key}`;
    if (!shape) return [`${where} is not in the discovery document`];
    if (shape.enum && !shape.enum.includes(String(one))) return [`${where} cannot be ${one}`];
    if (shape.$ref) return mistakesIn(one, shape.$ref, where);
    if (shape.type === 'array') {
      if (!Array.isArray(one)) return [`${where} must be a list`];
      const ref = shape.items?.$ref;
      return ref ? one.flatMap((item) => mistakesIn(item, ref, where)) : [];
    }
    return typeof one === shape.type ? [] : [`${where} must be of type ${shape.type}`];
  });
};

export type FakeEvent = Record<string, unknown> & { id: string };

export interface GoogleCalendarFake {
  url: string;
  account: { clientId: string; clientSecret: string; refreshToken: string };
  /** Events requests, as their query. */
  requests: URLSearchParams[];
  /** Adds an event, or changes the one with this id. */
  put(event: FakeEvent): void;
  /** It comes as `cancelled` in the next synchronization. */
  remove(id: string): void;
  /** Every sync token given so far is refused with 410. */
  expire(): void;
  /** Events answered per page; default: all. */
  pageSize(count: number): void;
  stop(): Promise<void>;
}

interface State {
  events: Map<string, { event: FakeEvent; version: number }>;
  version: number;
  expiredBefore: number;
  pageSize: number;
}

const errorBody = (status: number, reason: string) => ({
  error: { code: status, message: reason, errors: [{ domain: 'calendar', reason }] },
});

interface Answer {
  status: number;
  body: unknown;
}

const eventsAnswer = (query: URLSearchParams, state: State): Answer => {
  const token = query.get('syncToken');
  const bad = token === null ? [] : notWithSyncToken.filter((name) => query.has(name));
  if (bad.length > 0) return { status: 400, body: errorBody(400, `badRequest: ${bad.join()}`) };
  const since = token === null ? 0 : Number(token.replace('sync-', ''));
  if (token !== null && since < state.expiredBefore) {
    return { status: 410, body: errorBody(410, 'fullSyncRequired') };
  }
  const found = [...state.events.values()]
    .filter(({ version }) => version > since)
    .map(({ event }) => event)
    .filter(({ status, recurringEventId }) => {
      return token !== null || recurringEventId !== undefined || status !== 'cancelled';
    });
  const first = Number(query.get('pageToken')?.replace('page-', '') ?? 0);
  const next = first + state.pageSize;
  const items = found.slice(first, next);
  const end = next < found.length ? { nextPageToken: `page-${next}` } : undefined;
  const body = {
    ...{ kind: 'calendar#events', timeZone: 'Europe/Brussels', items },
    ...(end ?? { nextSyncToken: `sync-${state.version}` }),
  };
  return { status: 200, body };
};

const list = {
  kind: 'calendar#calendarList',
  items: [
    {
      ...{ id: 'maria@example.com', summary: 'Maria', timeZone: 'Europe/Brussels' },
      ...{ selected: true, primary: true, accessRole: 'owner' },
    },
  ],
};

const checkedAnswer = (url: URL, state: State, requests: URLSearchParams[]): Answer => {
  if (url.pathname === '/oauth2/token') {
    const body = { access_token: 'fake', expires_in: 3600, token_type: 'Bearer' };
    return { status: 200, body };
  }
  const isList = url.pathname === '/calendar/v3/users/me/calendarList';
  const isEvents = /^\/calendar\/v3\/calendars\/[^/]+\/events$/.test(url.pathname);
  if (!isList && !isEvents) return { status: 404, body: errorBody(404, 'notFound') };
  const method = discovery.methods[`calendar.${isList ? 'calendarList' : 'events'}.list`];
  const known = new Set([...Object.keys(method?.parameters ?? {}), ...discovery.parameters]);
  const unknown = [...url.searchParams.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) return { status: 400, body: errorBody(400, `unknown: ${unknown}`) };
  if (isEvents) requests.push(url.searchParams);
  const answer = isList ? { status: 200, body: list } : eventsAnswer(url.searchParams, state);
  const schema = isList ? 'CalendarList' : 'Events';
  const mistakes = answer.status === 200 ? mistakesIn(answer.body, schema) : [];
  if (mistakes.length > 0) throw new Error(`The fake differs from Google: ${mistakes.join('; ')}`);
  return answer;
};

export const startGoogleCalendarFake = async (): Promise<GoogleCalendarFake> => {
  const state: State = {
    ...{ events: new Map(), version: 1, expiredBefore: 0 },
    pageSize: Number.POSITIVE_INFINITY,
  };
  const requests: URLSearchParams[] = [];
  const handle = (message: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(message.url ?? '/', 'http://fake');
    let answer: Answer;
    try {
      answer = checkedAnswer(url, state, requests);
    } catch (error) {
      answer = { status: 500, body: errorBody(500, String(error)) };
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  };
  const server = createServer(handle).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    account: { clientId: 'butler', clientSecret: 'secret', refreshToken: 'refresh' },
    requests,
    put: (event) => void state.events.set(event.id, { event, version: ++state.version }),
    remove: (id) => {
      const event = { id, status: 'cancelled' };
      state.events.set(id, { event, version: ++state.version });
    },
    expire: () => {
      state.expiredBefore = state.version + 1;
      state.version++;
    },
    pageSize: (count) => {
      state.pageSize = count;
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
};
