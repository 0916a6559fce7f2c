/** A Gmail mailbox over Google's own interface, with a scope that may only read. */
import { gmail, type gmail_v1 } from '@googleapis/gmail';
import { type GoogleAccount, googleError, googleRoot } from '../core/google.ts';
import { googleAuth } from '../core/google-client.ts';
import {
  type Asking,
  decodeText,
  type Found,
  type Mail,
  type MailBody,
  type Mailbox,
  type MailQuery,
  partBytesMax,
} from './mailbox.ts';

/** Less than a tool may take, and too late for another try, so that a person hears why. */
const answerWithinMs = 7_200;
/** Google's own most for one page of ids. */
const idsMax = 500;
const atOnceMax = 6;
const partsMax = 50;

interface Options {
  signal: AbortSignal;
  timeout: number;
  retry: false;
}

type Part = gmail_v1.Schema$MessagePart;
type Message = gmail_v1.Schema$Message;

/** One word stands for itself; quotes would end a phrase, and the rest has no meaning within it. */
const phrase = (text: string): string => {
  const plain = text.replace(/["\\]/g, ' ').trim();
  return /^[\p{L}\p{N}]+$/u.test(plain) ? plain : `"${plain}"`;
};

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/** https://support.google.com/mail/answer/7190 */
const queryOf = ({ unread, from, words, subjectHas, since, before }: MailQuery): string =>
  [
    unread ? 'is:unread in:inbox' : '-label:sent -label:draft',
    from === undefined ? '' : `from:${phrase(from)}`,
    ...(words ?? []).map(phrase),
    subjectHas ? `{${subjectHas.map((one) => `subject:${phrase(one)}`).join(' ')}}` : '',
    since ? `after:${seconds(since)}` : '',
    before ? `before:${seconds(before)}` : '',
  ]
    .filter(Boolean)
    .join(' ');

const headerOf = (part: Part | undefined, name: string): string =>
  part?.headers?.find((one) => one.name?.toLowerCase() === name)?.value ?? '';

/** `"Berg, Anna" <anna@example.net>`; Google has decoded the name. */
const senderOf = (header: string): { name: string; address: string } => {
  const found = /^\s*"?(.*?)"?\s*<([^<>]*)>\s*$/.exec(header);
  if (!found) return { name: '', address: header.trim() };
  return { name: (found[1] ?? '').replace(/\\(.)/g, '$1'), address: found[2] ?? '' };
};

const mailOf = (message: Message): Mail => ({
  id: message.id ?? '',
  from: senderOf(headerOf(message.payload, 'from')),
  subject: headerOf(message.payload, 'subject'),
  at: new Date(Number(message.internalDate ?? 0)),
  unread: message.labelIds?.includes('UNREAD') ?? false,
});

const partsOf = (root: Part | undefined): Part[] => {
  const found: Part[] = [];
  const visit = (part: Part): void => {
    if (found.length >= partsMax) return;
    found.push(part);
    for (const one of part.parts ?? []) visit(one);
  };
  if (root) visit(root);
  return found;
};

/** Google hands most texts on as UTF-8 whatever their header says, but not all. */
const textOf = (part: Part): string => {
  const bytes = Buffer.from(part.body?.data ?? '', 'base64url').subarray(0, partBytesMax);
  const charset = /charset="?([\w.:-]+)/i.exec(headerOf(part, 'content-type'))?.[1];
  const escapes = /^iso-2022/i.test(charset ?? '') && bytes.includes(0x1b);
  try {
    if (!escapes) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // It is in the charset that its header names, or was cut within a letter.
  }
  return decodeText(bytes, bytes.length === partBytesMax ? 'utf-8' : charset);
};

const bodyOf = (message: Message): MailBody => {
  const parts = partsOf(message.payload);
  const ofType = (type: string) =>
    parts.filter((part) => part.mimeType?.toLowerCase() === type && !part.filename);
  const words = (type: string) => ofType(type).map(textOf).join('\n');
  const isLong = (part: Part) =>
    (part.body?.size ?? 0) > partBytesMax || part.body?.attachmentId !== undefined;
  return {
    text: words('text/plain'),
    html: words('text/html'),
    attachments: parts.flatMap(({ filename }) => filename || []),
    cut: [...ofType('text/plain'), ...ofType('text/html')].some(isLong),
  };
};

class GmailMailbox implements Mailbox {
  readonly #messages: gmail_v1.Resource$Users$Messages;

  constructor(account: GoogleAccount) {
    const auth = googleAuth(account);
    this.#messages = gmail({ version: 'v1', auth, ...googleRoot(account) }).users.messages;
  }

  async find(query: MailQuery, asking: Asking): Promise<Found> {
    const { ids, total } = await this.#ids(queryOf(query), asking);
    const mails = await this.#each(ids.slice(0, query.limit), (id) => this.mail(id, asking));
    const newestFirst = mails.sort((a, b) => b.at.getTime() - a.at.getTime());
    return { total, mails: newestFirst };
  }

  async mail(id: string, asking: Asking): Promise<Mail | undefined> {
    const metadataHeaders = ['From', 'Subject'];
    const message = await this.#get({ id, format: 'metadata', metadataHeaders }, asking);
    return message && mailOf(message);
  }

  async bodies(ids: readonly string[], asking: Asking): Promise<Map<string, MailBody>> {
    const read = await this.#each(ids, async (id) => {
      // What is attached is only named in it; its bytes would have to be asked for.
      const message = await this.#get({ id, format: 'full' }, asking);
      return message && ([id, bodyOf(message)] as const);
    });
    return new Map(read);
  }

  async unread(asking: Asking): Promise<number> {
    return (await this.#ids(queryOf({ unread: true, limit: 1 }), asking)).total;
  }

  close(): void {
    // Each question is a request of its own: nothing is kept open.
  }

  async #ids(q: string, asking: Asking): Promise<{ ids: string[]; total: number }> {
    const answer = await this.#ask(asking, (options) =>
      this.#messages.list({ userId: 'me', q, maxResults: idsMax }, options),
    );
    const ids = (answer.messages ?? []).flatMap(({ id }) => id ?? []);
    // The estimate is often wrong where the list itself is whole.
    const more = answer.nextPageToken ? (answer.resultSizeEstimate ?? 0) : 0;
    return { ids, total: Math.max(ids.length, more) };
  }

  async #get(
    wanted: { id: string; format: string; metadataHeaders?: string[] },
    asking: Asking,
  ): Promise<Message | undefined> {
    // An id of another kind of account would be a path of its own.
    if (!/^[\w-]{1,64}$/.test(wanted.id)) return undefined;
    try {
      return await this.#ask(asking, (options) =>
        this.#messages.get({ userId: 'me', ...wanted }, options),
      );
    } catch (error) {
      if ((error as { code?: string }).code === 'not-found') return undefined;
      throw error;
    }
  }

  /** A few at once: Google counts requests by the second. */
  async #each<Value>(
    ids: readonly string[],
    read: (id: string) => Promise<Value | undefined>,
  ): Promise<Value[]> {
    const found: Value[] = [];
    for (let from = 0; from < ids.length; from += atOnceMax) {
      const some = await Promise.all(ids.slice(from, from + atOnceMax).map(read));
      found.push(...some.flatMap((one) => (one === undefined ? [] : [one])));
    }
    return found;
  }

  async #ask<Answer>(
    { signal, language }: Asking,
    request: (options: Options) => Promise<{ data: Answer }>,
  ): Promise<Answer> {
    const limit = AbortSignal.timeout(answerWithinMs);
    try {
      const within = AbortSignal.any([signal, limit]);
      const { data } = await request({ signal: within, timeout: answerWithinMs, retry: false });
      if (typeof data !== 'object' || data === null) throw new SyntaxError('invalid json');
      return data;
    } catch (error) {
      signal.throwIfAborted();
      throw googleError(error, language);
    }
  }
}

/** Nothing is asked before the first question. */
export const gmailMailbox = (account: GoogleAccount): Mailbox => new GmailMailbox(account);
