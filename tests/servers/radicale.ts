/** A real CalDAV server (Radicale) on a loopback port of its own, in an empty folder. */
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts, listens } from './ports.ts';
import { end, launch } from './program.ts';
import { findRadicale } from './radicale/install.ts';

const START_WITHIN_MS = 30_000;

export interface RadicaleServer {
  url: string;
  account: { url: string; username: string; password: string };
  /** Makes a calendar. @returns its address, which ends in a slash. */
  makeCalendar(name: string): Promise<string>;
  /** Writes an iCalendar file, new or changed. */
  put(calendar: string, file: string, ics: string): Promise<void>;
  remove(calendar: string, file: string): Promise<void>;
  /** Sends any request as the account's owner. */
  request(method: string, url: string, body?: string): Promise<Response>;
  /** Ends the server; its port stays free for `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

const username = 'maria@example.com';
const password = 'only-for-tests';

const settingsOf = (folder: string, port: number): string[] => [
  ...['--server-hosts', `127.0.0.1:${port}`, '--logging-level', 'warning'],
  ...['--auth-type', 'htpasswd', '--auth-htpasswd-encryption', 'plain', '--auth-delay', '0'],
  ...['--auth-htpasswd-filename', join(folder, 'users')],
  ...['--storage-filesystem-folder', join(folder, 'store')],
];

const makeBody = (name: string): string =>
  '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">' +
  `<D:set><D:prop><D:displayname>${name}</D:displayname></D:prop></D:set></C:mkcalendar>`;

/** @throws with a sentence that says what to install. */
export const startRadicale = async (): Promise<RadicaleServer> => {
  const found = await findRadicale();
  if ('unavailable' in found) throw new Error(found.unavailable);
  const folder = mkdtempSync(join(tmpdir(), 'butler-radicale-'));
  writeFileSync(join(folder, 'users'), `${username}:${password}\n`);
  const [port = 0] = await freePorts(['tcp']);
  const run = () =>
    launch({
      ...{ name: 'Radicale', program: found.python },
      words: ['-m', 'radicale', ...settingsOf(folder, port)],
      isReady: () => listens(port),
      withinMs: START_WITHIN_MS,
    });
  let child: ChildProcess | undefined = await run();
  const url = `http://127.0.0.1:${port}/`;
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const request = (method: string, address: string, body?: string): Promise<Response> =>
    fetch(address, { method, headers: { authorization }, ...(body !== undefined && { body }) });
  const done = async (answer: Promise<Response>): Promise<void> => {
    const { ok, status, statusText } = await answer;
    if (!ok) throw new Error(`Radicale answered ${status} ${statusText}.`);
  };
  const stop = async (): Promise<void> => {
    await end(child);
    child = undefined;
  };
  return {
    ...{ url, account: { url, username, password }, request, stop },
    makeCalendar: async (name) => {
      const address = `${url}${encodeURIComponent(username)}/${encodeURIComponent(name)}/`;
      await done(request('MKCALENDAR', address, makeBody(name)));
      return address;
    },
    put: (calendar, file, ics) => done(request('PUT', `${calendar}${file}`, ics)),
    remove: (calendar, file) => done(request('DELETE', `${calendar}${file}`)),
    start: async () => {
      child ??= await run();
    },
    close: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
