/** What a person hears when a mail server refuses or does not answer, from imapflow's errors. */
import { ToolError } from '../core/define.ts';
import { mailSentences } from './words.ts';

/** By shape: imapflow adds these to errors of its own and of sockets. */
interface Thrown {
  code?: unknown;
  message?: string;
  authenticationFailed?: boolean;
  mailboxMissing?: boolean;
  /** RFC 5530: `AUTHENTICATIONFAILED`, `LIMIT`, `NONEXISTENT` … */
  serverResponseCode?: string;
  responseStatus?: string;
  responseText?: string;
  /** What the server said while the connection was made. */
  reason?: string;
}

export const renewImap =
  'Make a new app password with the mail provider and set IMAP_USERNAME and IMAP_PASSWORD; ' +
  'providers such as Gmail and iCloud take no ordinary password here.';

type Trouble =
  | 'refused'
  | 'noMailbox'
  | 'busy'
  | 'broken'
  | 'garbage'
  | 'certificate'
  | 'noTls'
  | 'unreachable'
  | 'slow';

/** What is away counts against the service (`unreachable`); what is set wrongly does not. */
const codes: Record<Trouble, string> = {
  refused: 'access-refused',
  noMailbox: 'not-found',
  busy: 'too-many-requests',
  broken: 'unreachable',
  garbage: 'service-garbage',
  certificate: 'certificate-refused',
  noTls: 'service-garbage',
  unreachable: 'unreachable',
  slow: 'unreachable',
};

const mends: Record<Trouble, string> = {
  refused: renewImap,
  noMailbox: 'Correct IMAP_MAILBOX, or unset it for the inbox.',
  busy: 'Close other mail programs, or wait until the provider lets more connections in.',
  broken: 'Look at the log of the mail server.',
  garbage: 'Check that IMAP_HOST and IMAP_PORT are those of an IMAP server.',
  certificate: 'Set IMAP_HOST to the name in its certificate, and renew that where it has ended.',
  noTls: 'Set IMAP_PORT to 993, or IMAP_SECURE to false where the server wants that.',
  unreachable: 'Check IMAP_HOST, IMAP_PORT and the network.',
  slow: 'Check the network and the load of the mail server.',
};

const tooMany = /too many|limit exceeded|exceeded .*limit|simultaneous|throttl|rate.?limit/i;

const troubleOf = (error: Thrown): Trouble => {
  const code = String(error.code ?? '');
  const response = error.serverResponseCode ?? '';
  const said = `${error.responseText ?? ''} ${error.reason ?? ''} ${error.message ?? ''}`;
  if (code === 'ETHROTTLE' || /^(LIMIT|OVERQUOTA)$/.test(response) || tooMany.test(said)) {
    return 'busy';
  }
  if (/^(UNAVAILABLE|INUSE|SERVERBUG)$/.test(response)) return 'broken';
  if (error.authenticationFailed) return 'refused';
  if (error.mailboxMissing || /^(NONEXISTENT|TRYCREATE)$/.test(response)) return 'noMailbox';
  if (/WRONG_VERSION_NUMBER|packet length too long|EPROTO/.test(`${code} ${said}`)) return 'noTls';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ALTNAME/.test(code)) return 'certificate';
  // Something answers there, but not with the greeting of a mail server.
  if (code === 'GREETING_TIMEOUT') return 'garbage';
  if (/TIMEOUT|ETIMEDOUT/i.test(code)) return 'slow';
  if (/^(NO|BAD)$/.test(error.responseStatus ?? '')) return 'broken';
  if (/^E(CONN|NOTFOUND|HOST|NET|AI_|PIPE|Connection)|NoConnection|ClosedAfter/.test(code)) {
    return 'unreachable';
  }
  return /closed|socket|hang up/i.test(said) ? 'unreachable' : 'garbage';
};

const toError = (trouble: Trouble, language: string): ToolError =>
  new ToolError(mailSentences(language).wrong[trouble], codes[trouble], { mend: mends[trouble] });

/** @param language BCP 47. A `ToolError` is given back as it is. */
export const imapError = (error: unknown, language: string): ToolError =>
  error instanceof ToolError ? error : toError(troubleOf((error ?? {}) as Thrown), language);

/** It did not answer within the time that a person waits. */
export const imapSlow = (language: string): ToolError => toError('slow', language);

/** It said no to a search or a fetch without a word why. */
export const imapBroken = (language: string): ToolError => toError('broken', language);
