/** What tools see of a mailbox, whatever protocol is behind it: nothing in it can be changed. */

/** As a mail names its sender; either may be empty, and nothing proves that it is true. */
export interface Sender {
  name: string;
  address: string;
}

export interface Mail {
  /** Of this account for as long as the mail stays where it is. */
  id: string;
  from: Sender;
  subject: string;
  /** When it arrived, as the server says. */
  at: Date;
  unread: boolean;
}

/** The words of a mail, decoded. */
export interface MailBody {
  /** The plain part, empty where there is none. */
  text: string;
  /** The HTML part, empty where there is none. */
  html: string;
  /** Names of attached files; they are never opened. */
  attachments: string[];
  /** It was longer than is fetched. */
  cut: boolean;
}

/** All that is given has to fit. */
export interface MailQuery {
  unread?: boolean;
  /** Part of the sender's name or address. */
  from?: string;
  /** Each somewhere in the mail. */
  words?: readonly string[];
  /** One of them in the subject. */
  subjectHas?: readonly string[];
  /** Whole days count: a mail of a day that has begun before may be found as well. */
  since?: Date;
  before?: Date;
  /** How many mails, newest first, are looked at; `total` counts all. */
  limit: number;
}

export interface Found {
  total: number;
  /** Newest first. */
  mails: Mail[];
}

export interface Asking {
  signal: AbortSignal;
  /** BCP 47, of what is heard when it fails. */
  language: string;
}

/** One account. Everything rejects with a `ToolError`, or with the signal's reason. */
export interface Mailbox {
  find(query: MailQuery, asking: Asking): Promise<Found>;
  /** Undefined where it is gone. */
  mail(id: string, asking: Asking): Promise<Mail | undefined>;
  /** By id; those that are gone are left out. */
  bodies(ids: readonly string[], asking: Asking): Promise<Map<string, MailBody>>;
  /** How many are unread: proof that it can be read. */
  unread(asking: Asking): Promise<number>;
  close(): void;
}

/** More of one part than this is never fetched. */
export const partBytesMax = 256 * 1024;

/** Decodes text that is no e-mail header: a charset nobody knows is read as Latin 1. */
export const decodeText = (bytes: Uint8Array, charset: string | undefined): string => {
  try {
    return new TextDecoder(charset || 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
