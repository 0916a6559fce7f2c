/** Mails as a list: how many, from whom, about what, newest first. */
import { type Context, findMails, type Held, heldId } from './accounts.ts';
import { dayBegins, localDay } from './dates.ts';
import type { Mail, MailQuery } from './mailbox.ts';
import { heardSubject, heardText } from './plain.ts';
import { withoutCodes } from './secrets.ts';
import { mailSentences } from './words.ts';

export const spans = ['today', 'yesterday', 'this_week', 'last_week', 'this_month'] as const;
export type Span = (typeof spans)[number];

const shownMax = 8;
const showBytesMax = 1_400;
const heardMax = 300;
const heardMailsMax = 4;
const dayMs = 86_400_000;

const daysFrom = (day: Date, days: number): Date => new Date(day.getTime() + days * dayMs);

/** Weeks begin on Monday. */
const spanOf = (span: Span, now: Date, timeZone: string): { since: Date; before?: Date } => {
  const today = localDay(now, timeZone);
  const monday = daysFrom(today, -((today.getUTCDay() + 6) % 7));
  const [from, to] = {
    today: [today],
    yesterday: [daysFrom(today, -1), today],
    this_week: [monday],
    last_week: [daysFrom(monday, -7), monday],
    this_month: [daysFrom(today, 1 - today.getUTCDate())],
  }[span] as [Date, Date?];
  const since = dayBegins(from, timeZone);
  return to ? { since, before: dayBegins(to, timeZone) } : { since };
};

/** "9:40 a.m." of today, "yesterday", else the day. */
export const whenOf = (at: Date, { now, timeZone, words, language }: Context): string => {
  const days = (localDay(now(), timeZone).getTime() - localDay(at, timeZone).getTime()) / dayMs;
  if (days === 0) return words.time(at, timeZone);
  return days === 1 ? mailSentences(language).yesterday : words.date(at, timeZone);
};

/** The name, else the address: what a person would call the sender. */
export const senderOf = ({ from }: Mail, language: string): string => {
  const name = heardText(from.name, 40);
  const address = heardText(from.address, 40);
  return name || address || mailSentences(language).unknownSender;
};

/** The subject without one-time codes, fit to be said. */
export const subjectOf = (subject: string, language: string, charactersMax = 60): string =>
  heardSubject(withoutCodes(subject, mailSentences(language).withheld), charactersMax);

const heardMail = ({ mail }: Held, context: Context, dated: boolean): string => {
  const said = mailSentences(context.language);
  const subject = subjectOf(mail.subject, context.language);
  const from = senderOf(mail, context.language);
  const what = subject ? said.mail(from, subject) : said.noSubject(from);
  return dated ? said.dated(what, whenOf(mail.at, context)) : what;
};

/** As many as fit into one answer; the rest is counted. */
const heardMails = (
  { held, total }: { held: readonly Held[]; total: number },
  context: Context,
  { charactersMax, dated }: { charactersMax: number; dated: boolean },
): string => {
  const said = mailSentences(context.language);
  const heard: string[] = [];
  let characters = 0;
  for (const one of held.slice(0, heardMailsMax)) {
    const what = heardMail(one, context, dated);
    if (heard.length > 0 && characters + what.length + 2 > charactersMax) break;
    heard.push(what);
    characters += what.length + 2;
  }
  const more = total - heard.length;
  return [heard.join('; '), ...(more > 0 ? [said.more(more)] : [])].join('; ');
};

/** For the mind and the screen; as many as stay small. */
const shown = ({ held, total }: { held: readonly Held[]; total: number }, context: Context) => {
  const mails: Record<string, unknown>[] = [];
  for (const one of held.slice(0, shownMax)) {
    const { mail } = one;
    mails.push({
      id: heldId(one),
      from: heardText(`${mail.from.name} <${mail.from.address}>`, 70),
      subject: subjectOf(mail.subject, context.language, 90),
      at: mail.at.toISOString().slice(0, 16),
      ...(mail.unread && { unread: true }),
    });
    if (Buffer.byteLength(JSON.stringify(mails)) > showBytesMax) {
      mails.pop();
      break;
    }
  }
  return { total, mails };
};

const listed = async (
  query: MailQuery,
  context: Context,
  say: (count: number, mails: string) => string,
) => {
  const found = await findMails(query, context);
  if (found.held.length === 0) return { found, say: undefined };
  const partly = found.partly ? mailSentences(context.language).partly : '';
  const room = heardMax - partly.length - say(found.total, '').length - 20;
  const how = { charactersMax: room, dated: query.unread !== true };
  return {
    found,
    // A time ends in a full stop of its own.
    say: say(found.total, heardMails(found, context, how)).replace(/\.\.$/, '.') + partly,
  };
};

export const unreadMails = async ({ from }: { from?: string | undefined }, context: Context) => {
  const said = mailSentences(context.language);
  const query = { unread: true, limit: shownMax, ...(from !== undefined && { from }) };
  const { found, say } = await listed(query, context, said.new);
  const partly = found.partly ? said.partly : '';
  const none = (from === undefined ? said.none : said.noneFrom(heardText(from, 40))) + partly;
  return { say: say ?? none, show: shown(found, context) };
};

export interface Search {
  words?: string | undefined;
  from?: string | undefined;
  when?: Span | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

const wordsMax = 4;

/** Words that are on nobody's mind. */
const small =
  /^(?:the|a|an|my|about|of|for|and|der|die|das|den|dem|ein|eine|mein|meine|und|über)$/i;

export const wordsOf = (text: string): string[] => {
  const all = text.split(/[\s,;:!?"“”„]+/).filter(Boolean);
  const telling = all.filter((word) => !small.test(word));
  return (telling.length > 0 ? telling : all).slice(0, wordsMax);
};

export const searchMails = async (wanted: Search, context: Context) => {
  const { now, timeZone, language } = context;
  const said = mailSentences(language);
  const { words, from, when, since, until } = wanted;
  const midnight = (day: string, days = 0) =>
    dayBegins(daysFrom(new Date(`${day}T00:00:00Z`), days), timeZone);
  const query: MailQuery = {
    limit: shownMax,
    ...(from !== undefined && { from }),
    ...(words !== undefined && { words: wordsOf(words) }),
    ...(when !== undefined && spanOf(when, now(), timeZone)),
    ...(since !== undefined && { since: midnight(since) }),
    ...(until !== undefined && { before: midnight(until, 1) }),
  };
  const { found, say } = await listed(query, context, said.found);
  const none = said.nothing + (found.partly ? said.partly : '');
  return { say: say ?? none, show: shown(found, context) };
};
