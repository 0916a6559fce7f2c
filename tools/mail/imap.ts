/** A mailbox over IMAP4 (RFC 3501, 9051): one connection, kept and made anew, that only looks. */
import { ImapFlow } from 'imapflow';
import { bodyOf, type Parts, partsOf } from './imap-parts.ts';
import { imapBroken, imapError, imapSlow } from './imap-wrong.ts';
import {
  type Asking,
  type Found,
  type Mail,
  type MailBody,
  type Mailbox,
  type MailQuery,
  partBytesMax,
} from './mailbox.ts';
import { sentBy } from './senders.ts';
import type { ImapAccount } from './settings.ts';

const connectWithinMs = 4_000;
/** Less than a tool may take, and too late for another try, so that a person hears why. */
const answerWithinMs = 7_200;
/** Providers end a quiet connection after half an hour; nobody needs it that long. */
const quietMs = 10 * 60_000;
const literalBytesMax = 2 * 1024 * 1024;

/** Mails whose senders are looked at by name. */
const sendersMax = 200;
const widerTimes = 5;

type Query = Parameters<ImapFlow['search']>[0];

/** A mail keeps its id in one mailbox until the server numbers it anew (UIDVALIDITY). */
const idOf = (client: ImapFlow, uid: number): string => {
  const validity = client.mailbox ? client.mailbox.uidValidity : 0;
  return `${validity}.${uid}`;
};

const uidOf = (client: ImapFlow, id: string): number | undefined => {
  const [validity, uid] = id.split('.');
  const current = client.mailbox ? String(client.mailbox.uidValidity) : '';
  return validity === current && /^\d{1,10}$/.test(uid ?? '') ? Number(uid) : undefined;
};

const dayMs = 86_400_000;

/** RFC 3501 6.4.4: all keys have to fit; days only, in the server's zone, so a day wider. */
const searchOf = ({ unread, from, subjectHas, since, before }: MailQuery): Query => {
  const [only, ...others] = subjectHas ?? [];
  return {
    ...(unread === true && { seen: false }),
    ...(from !== undefined && { from }),
    ...(only !== undefined && others.length === 0 && { subject: only }),
    ...(only !== undefined &&
      others.length > 0 && {
        or: [only, ...others].map((subject) => ({ subject })),
      }),
    ...(since && { since: new Date(since.getTime() - dayMs) }),
    ...(before && { before: new Date(before.getTime() + dayMs) }),
    deleted: false,
  };
};

class ImapMailbox implements Mailbox {
  readonly #account: ImapAccount;
  #connection: Promise<ImapFlow> | undefined;

  constructor(account: ImapAccount) {
    this.#account = account;
  }

  find(query: MailQuery, asking: Asking): Promise<Found> {
    return this.#look(asking, async (client) => {
      const found = await this.#search(client, query, asking.language);
      const { from, limit, before } = query;
      if (found.length === 0 && from !== undefined) return this.#bySender(client, query, asking);
      // Days are searched a day wider: what lies beyond must not take the place of what is meant.
      const looked = found.slice(-(before ? limit * widerTimes : limit));
      const mails = await this.#envelopes(client, looked);
      const fitting = mails.filter(({ at }) => before === undefined || at < before);
      const total = found.length - (mails.length - fitting.length);
      return { total, mails: fitting.slice(0, limit) };
    });
  }

  mail(id: string, asking: Asking): Promise<Mail | undefined> {
    return this.#look(asking, async (client) => {
      const uid = uidOf(client, id);
      return uid === undefined ? undefined : (await this.#envelopes(client, [uid]))[0];
    });
  }

  bodies(ids: readonly string[], asking: Asking): Promise<Map<string, MailBody>> {
    return this.#look(asking, async (client) => {
      const uids = ids.flatMap((id) => uidOf(client, id) ?? []);
      return uids.length === 0 ? new Map() : await this.#bodies(client, uids);
    });
  }

  unread(asking: Asking): Promise<number> {
    return this.#look(asking, async (client) => {
      const uids = await this.#search(client, { unread: true, limit: 1 }, asking.language);
      return uids.length;
    });
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    // Nothing is owed to a server from which one has only read.
    connection?.then(
      (client) => client.close(),
      () => {},
    );
  }

  /** Servers that find no "Bjorn" where "Bjørn" wrote: the newest mails are looked through. */
  async #bySender(client: ImapFlow, query: MailQuery, { language }: Asking): Promise<Found> {
    const { from = '', limit, ...others } = query;
    const uids = await this.#search(client, { ...others, limit }, language);
    const mails = sentBy(await this.#envelopes(client, uids.slice(-sendersMax)), from);
    return { total: mails.length, mails: mails.slice(0, limit) };
  }

  async #search(client: ImapFlow, query: MailQuery, language: string): Promise<number[]> {
    const base = searchOf(query);
    const words = query.words ?? [];
    // IMAP takes one TEXT key from imapflow: what has all of the words is in every answer.
    const wanted = words.length === 0 ? [base] : words.map((text) => ({ ...base, text }));
    let found: number[] | undefined;
    for (const one of wanted) {
      const uids = await client.search(one, { uid: true });
      // A name that is no address is refused by some: then its sender is found another way.
      if (!uids && query.from === undefined) throw imapBroken(language);
      const before = found;
      const both = before === undefined ? uids : (uids || []).filter((uid) => before.includes(uid));
      found = both || [];
    }
    return found ?? [];
  }

  async #envelopes(client: ImapFlow, uids: readonly number[]): Promise<Mail[]> {
    if (uids.length === 0) return [];
    const wanted = { envelope: true, internalDate: true, flags: true, uid: true } as const;
    const fetched = await client.fetchAll(uids.join(','), wanted, { uid: true });
    return fetched
      .map(({ uid, envelope, internalDate, flags }) => {
        const sender = envelope?.from?.[0] ?? envelope?.sender?.[0];
        return {
          id: idOf(client, uid),
          from: { name: sender?.name ?? '', address: sender?.address ?? '' },
          subject: envelope?.subject ?? '',
          at: new Date(internalDate ?? envelope?.date ?? 0),
          unread: !flags?.has('\\Seen'),
        };
      })
      .sort((a, b) => b.at.getTime() - a.at.getTime());
  }

  /** First what the mails are made of, then the beginnings of their words and nothing else. */
  async #bodies(client: ImapFlow, uids: readonly number[]): Promise<Map<string, MailBody>> {
    const structures = await client.fetchAll(
      uids.join(','),
      { bodyStructure: true, uid: true },
      { uid: true },
    );
    const groups = new Map<string, { parts: Map<number, Parts>; keys: string[] }>();
    for (const { uid, bodyStructure } of structures) {
      const parts = partsOf(bodyStructure);
      const keys = parts.texts.map(({ key }) => key);
      const group = groups.get(keys.join()) ?? { parts: new Map(), keys };
      group.parts.set(uid, parts);
      groups.set(keys.join(), group);
    }
    const bodies = new Map<string, MailBody>();
    for (const { parts, keys } of groups.values()) {
      const bodyParts = keys.map((key) => ({ key, start: 0, maxLength: partBytesMax }));
      const range = [...parts.keys()].join(',');
      const fetched =
        keys.length === 0
          ? [...parts.keys()].map((uid) => ({ uid, bodyParts: undefined }))
          : await client.fetchAll(range, { bodyParts, uid: true }, { uid: true });
      for (const { uid, bodyParts: bytes } of fetched) {
        const known = parts.get(uid);
        if (known) bodies.set(idOf(client, uid), await bodyOf(known, bytes ?? new Map()));
      }
    }
    return bodies;
  }

  /** The work with the mailbox open to look at, within its time; once more where it was cut off. */
  async #look<Result>(
    { signal, language }: Asking,
    work: (client: ImapFlow) => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    const asked = { signal, language, limit: AbortSignal.timeout(answerWithinMs) };
    const kept = this.#connection !== undefined;
    try {
      return await this.#within(asked, work);
    } catch (error) {
      signal.throwIfAborted();
      const failure = imapError(error, language);
      // A kept connection may have ended unseen; only a new one tells whether the server is there.
      const mayBeBack = kept && failure.code === 'unreachable' && this.#connection === undefined;
      if (!mayBeBack || asked.limit.aborted) throw failure;
      return await this.#within(asked, work).catch((again: unknown) => {
        signal.throwIfAborted();
        throw imapError(again, language);
      });
    }
  }

  async #within<Result>(
    { signal, language, limit }: Asking & { limit: AbortSignal },
    work: (client: ImapFlow) => Promise<Result>,
  ): Promise<Result> {
    const over = AbortSignal.any([signal, limit]);
    let release = () => {};
    const ended = new Promise<never>((_, reject) => {
      const end = () => reject(limit.aborted ? imapSlow(language) : signal.reason);
      over.addEventListener('abort', end, { once: true });
      release = () => over.removeEventListener('abort', end);
    });
    try {
      return await Promise.race([this.#opened(work), ended]);
    } catch (error) {
      // A server that is silent now stays so: the next question gets a connection of its own.
      if (limit.aborted) this.close();
      throw error;
    } finally {
      release();
    }
  }

  async #opened<Result>(work: (client: ImapFlow) => Promise<Result>): Promise<Result> {
    const client = await this.#connected();
    // Read-only is EXAMINE: the server itself then changes no flag.
    const lock = await client.getMailboxLock(this.#account.mailbox, { readOnly: true });
    try {
      // What came since is announced in an answer.
      await client.noop();
      return await work(client);
    } finally {
      lock.release();
    }
  }

  #connected(): Promise<ImapFlow> {
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  #connect(): Promise<ImapFlow> {
    const { host, port, secure, username, password } = this.#account;
    const client = new ImapFlow({
      ...{ host, port, secure, auth: { user: username, pass: password } },
      // Its log has whole mails in it.
      ...{ logger: false, disableAutoIdle: true, clientInfo: { name: 'Butler' } },
      ...{ connectionTimeout: connectWithinMs, greetingTimeout: connectWithinMs },
      ...{ socketTimeout: quietMs, maxLiteralSize: literalBytesMax },
    });
    const forget = () => {
      if (this.#connection === connection) this.#connection = undefined;
    };
    client.on('close', forget);
    // Without a listener it would end the process; whoever waits hears it from their own call.
    client.on('error', forget);
    const connection: Promise<ImapFlow> = client.connect().then(
      () => client,
      (error: unknown) => {
        forget();
        client.close();
        throw error;
      },
    );
    return connection;
  }
}

/** Nothing is connected before the first question. */
export const imapMailbox = (account: ImapAccount): Mailbox => new ImapMailbox(account);
