/** A real IMAP server with mailboxes of its own, on loopback for one test, gone afterwards. */
import type { ChildProcess } from 'node:child_process';
import { ImapFlow } from 'imapflow';
import { findGreenMail } from './greenmail/install.ts';
import { freePorts, listens } from './ports.ts';
import { end, launch } from './program.ts';

export interface MailUser {
  username: string;
  password: string;
}

export interface MailServer {
  /** IMAP without TLS. */
  port: number;
  /** IMAP with TLS, under a certificate that nobody has signed. */
  securePort: number;
  /** Puts a mail into a mailbox as it is, byte by byte; unread unless flags say otherwise. */
  append(
    user: MailUser,
    mails: readonly { raw: Buffer; at: Date; seen?: boolean }[],
  ): Promise<void>;
  /** How many mails are unread, asked by another client. */
  unread(user: MailUser): Promise<number>;
  /** Ends it with no grace; mailboxes are lost, as they live in memory. */
  kill(): Promise<void>;
  /** Starts it again, empty, on the same ports. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

interface Launch {
  jar: string;
  settings: readonly string[];
  port: number;
  user: MailUser;
}

/** It listens before it knows its users. */
const isReady = async (port: number, user: MailUser): Promise<boolean> =>
  (await listens(port)) && (await as(port, user, async () => true).catch(() => false));

const launchMail = ({ jar, settings, port, user }: Launch): Promise<ChildProcess> => {
  const given = settings.map((setting) => `-Dgreenmail.${setting}`);
  const memory = ['-Xmx700m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  return launch({
    ...{ name: 'GreenMail', program: 'java', words: [...memory, ...given, '-jar', jar] },
    isReady: () => isReady(port, user),
    withinMs: READY_WITHIN_MS,
  });
};

const countOf = (status: false | { unseen?: number | undefined }): number =>
  status === false ? Number.NaN : (status.unseen ?? 0);

/** Talks to a mailbox as somebody's own mail program would. */
const as = async <Result>(
  port: number,
  { username, password }: MailUser,
  work: (client: ImapFlow) => Promise<Result>,
): Promise<Result> => {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port, secure: false, logger: false },
    auth: { user: username, pass: password },
  });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
};

/** A server with these users; `unavailable` says what would help. */
export const startGreenMail = async (
  users: readonly MailUser[],
): Promise<MailServer | { unavailable: string }> => {
  const found = await findGreenMail();
  if ('unavailable' in found) return found;
  const ports = await freePorts(['tcp', 'tcp', 'tcp']);
  const [port = 0, securePort = 0, apiPort = 0] = ports;
  const settings = [
    ...[`imap.hostname=127.0.0.1`, `imap.port=${port}`],
    ...[`imaps.hostname=127.0.0.1`, `imaps.port=${securePort}`],
    ...['api.hostname=127.0.0.1', `api.port=${apiPort}`],
    `users=${users.map((one) => `${one.username}:${one.password}@example.com`).join(',')}`,
  ];
  const [user] = users;
  if (!user) throw new Error('A mail server without a user has no mailbox.');
  let child: ChildProcess | undefined;
  const start = async () => {
    child = await launchMail({ jar: found.jar, settings, port, user });
  };
  try {
    await start();
  } catch (error) {
    return { unavailable: error instanceof Error ? error.message : String(error) };
  }
  return {
    ...{ port, securePort, start },
    append: (user, mails) =>
      as(port, user, async (client) => {
        for (const { raw, at, seen } of mails) {
          await client.append('INBOX', raw, seen ? ['\\Seen'] : [], at);
        }
      }),
    unread: (user) =>
      as(port, user, async (client) => countOf(await client.status('INBOX', { unseen: true }))),
    kill: () => end(child),
    stop: () => end(child),
  };
};
