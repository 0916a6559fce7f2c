/** Whose mailboxes these are: nobody's question ever reaches the mailbox of somebody else. */
import { type Cache, cached } from '../core/cache.ts';
import { type ToolContext, ToolError } from '../core/define.ts';
import type { GoogleAccount } from '../core/google.ts';
import type { Delivery } from './deliveries.ts';
import type { Flight } from './flights.ts';
import type { Asking, Found, Mail, MailBody, Mailbox, MailQuery } from './mailbox.ts';
import type { ImapAccount } from './settings.ts';
import { mailSentences } from './words.ts';

/** What was found in a mail; a mail never changes. */
export interface Extract {
  flights: Flight[];
  deliveries: Delivery[];
}

export interface Account {
  /** "imap", "imap-2", "google": what ids of its mails begin with. */
  key: string;
  /** User name; unset: the household's. */
  person: string | undefined;
  mailbox: Mailbox;
  found: Cache<Found>;
  bodies: Cache<MailBody | undefined>;
  /** By id, the oldest first. */
  extracts: Map<string, Extract>;
}

export interface MailClient {
  accounts: readonly Account[];
}

export type Context = ToolContext<MailClient>;

const keptMs = 60_000;

const account = (
  key: string,
  { person, mailbox }: { person: string | undefined; mailbox: Mailbox },
): Account => {
  const nowMs = () => performance.now();
  return {
    ...{ key, person, mailbox, extracts: new Map() },
    found: cached({ ttlMs: keptMs, max: 40, nowMs }),
    bodies: cached({ ttlMs: keptMs, max: 20, nowMs }),
  };
};

const keyOf = (kind: string, index: number): string =>
  index === 0 ? kind : `${kind}-${index + 1}`;

/** Nothing is connected before the first question; a kind without accounts is not even loaded. */
export const mailClient = async (sources: {
  google: readonly GoogleAccount[];
  imap: readonly ImapAccount[];
}): Promise<MailClient> => {
  const accounts: Account[] = [];
  for (const [index, one] of sources.google.entries()) {
    const { gmailMailbox } = await import('./gmail.ts');
    const mailbox = gmailMailbox(one);
    accounts.push(account(keyOf('google', index), { person: one.person, mailbox }));
  }
  for (const [index, one] of sources.imap.entries()) {
    const { imapMailbox } = await import('./imap.ts');
    const mailbox = imapMailbox(one);
    accounts.push(account(keyOf('imap', index), { person: one.person, mailbox }));
  }
  return { accounts };
};

/** The mailboxes that this caller may read: their own, and those that the household shares. */
const accountsOf = async (context: Context): Promise<readonly Account[]> => {
  const { client, caller, people, language } = context;
  const everybody = await people.all();
  const own = everybody.find(({ id }) => id === caller.personId)?.username ?? undefined;
  const mine = client.accounts.filter(
    ({ person }) =>
      person === undefined || (own !== undefined && person.toLowerCase() === own.toLowerCase()),
  );
  if (mine.length === 0) {
    throw new ToolError(mailSentences(language).noAccount, 'no-account');
  }
  return mine;
};

/** A mail with the account it is in. */
export interface Held {
  account: Account;
  mail: Mail;
}

export const asking = ({ signal, language }: Context): Asking => ({ signal, language });

/** A shared answer may end with the other's interruption: then it is asked for anew. */
const shared = async <Value>(
  cache: Cache<Value>,
  { key, signal }: { key: string; signal: AbortSignal },
  make: () => Promise<Value>,
): Promise<Value> => {
  try {
    return await cache.get(key, make);
  } catch (error) {
    if (error instanceof ToolError || signal.aborted) throw error;
    return cache.get(key, make);
  }
};

export interface Gathered<Value> {
  values: { account: Account; value: Value }[];
  /** Some other account could not be asked. */
  partly: boolean;
}

/**
 * Asks all of the caller's accounts at once.
 * @throws what the first one failed with, where all failed.
 */
export const fromEach = async <Value>(
  accounts: readonly Account[],
  ask: (account: Account) => Promise<Value>,
): Promise<Gathered<Value>> => {
  const answers = await Promise.allSettled(accounts.map(ask));
  const values = answers.flatMap((answer, index) => {
    const from = accounts[index];
    return answer.status === 'fulfilled' && from ? [{ account: from, value: answer.value }] : [];
  });
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed && values.length === 0) throw failed.reason;
  return { values, partly: failed !== undefined };
};

const within = ({ since, before }: MailQuery, { at }: Mail): boolean =>
  (since === undefined || at >= since) && (before === undefined || at < before);

/** "My bank" and "der Schule" are how people say who wrote. */
const article = /^(?:the|my|our|an?|der|die|das|dem|den|(?:mein|unser|ein)(?:e[mnrs]?)?)\s+/i;

/** Newest first over all of the caller's mailboxes; kept for a minute. */
export const findMails = async (
  wanted: MailQuery,
  context: Context,
): Promise<{ total: number; held: Held[]; partly: boolean }> => {
  const from = wanted.from?.replace(article, '');
  const query: MailQuery = { ...wanted, ...(from && { from }) };
  const accounts = await accountsOf(context);
  const key = JSON.stringify(query);
  const { values, partly } = await fromEach(accounts, ({ found, mailbox }) =>
    shared(found, { key, signal: context.signal }, () => mailbox.find(query, asking(context))),
  );
  let total = 0;
  const held = values.flatMap(({ account: from, value }) => {
    // Servers count whole days: what lies outside is taken off again, as far as it was looked at.
    const fitting = value.mails.filter((mail) => within(query, mail));
    total += value.total - (value.mails.length - fitting.length);
    return fitting.map((mail) => ({ account: from, mail }));
  });
  held.sort((a, b) => b.mail.at.getTime() - a.mail.at.getTime());
  return { total, held: held.slice(0, query.limit), partly };
};

export const heldId = ({ account: { key }, mail: { id } }: Held): string => `${key}:${id}`;

/** The mail of an id that a search gave, in a mailbox of the caller's. */
export const mailById = async (id: string, context: Context): Promise<Held | undefined> => {
  const [key = '', ...rest] = id.split(':');
  const from = (await accountsOf(context)).find((one) => one.key === key);
  const mail = await from?.mailbox.mail(rest.join(':'), asking(context));
  return from && mail && { account: from, mail };
};

export const bodyOf = (
  { account: { bodies, mailbox }, mail: { id } }: Held,
  context: Context,
): Promise<MailBody | undefined> =>
  shared(bodies, { key: id, signal: context.signal }, async () =>
    (await mailbox.bodies([id], asking(context))).get(id),
  );
