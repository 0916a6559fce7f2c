/** One mail read out: the words of its sender, and no code or link that opens an account. */
import { ToolError } from '../core/define.ts';
import { bodyOf, type Context, findMails, type Held, heldId, mailById } from './accounts.ts';
import { senderOf, subjectOf, whenOf, wordsOf } from './listing.ts';
import type { MailBody, MailQuery } from './mailbox.ts';
import { heardText, ownWords, shortened, wholeText } from './plain.ts';
import { asksForCode, oneTimeCode, opensAccount, withoutCodes } from './secrets.ts';
import { mailSentences } from './words.ts';

export interface Wanted {
  id?: string | undefined;
  from?: string | undefined;
  about?: string | undefined;
  code?: boolean | undefined;
}

const shownBytesMax = 1_000;
const heardMax = 300;
const filesMax = 3;
const dayMs = 86_400_000;
const codeMailsMax = 5;

/** By id; else the newest that fits, where its subject has the words before its text does. */
const mailFor = async ({ id, from, about }: Wanted, context: Context): Promise<Held> => {
  const said = mailSentences(context.language);
  if (id !== undefined) {
    const held = await mailById(id, context);
    if (!held) throw new ToolError(said.gone, 'mail-gone', true);
    return held;
  }
  const base: MailQuery = { limit: 1, ...(from !== undefined && { from }) };
  const queries =
    about === undefined
      ? [base]
      : [
          { ...base, subjectHas: [about] },
          { ...base, words: wordsOf(about) },
        ];
  for (const query of queries) {
    const [newest] = (await findMails(query, context)).held;
    if (newest) return newest;
  }
  throw new ToolError(said.nothingToRead, 'not-found', true);
};

const filesOf = ({ attachments }: MailBody): string[] =>
  attachments.slice(0, filesMax).map((name) => heardText(name, 40));

const emptyBody: MailBody = { text: '', html: '', attachments: [], cut: false };

const readOut = async (wanted: Wanted, context: Context) => {
  const { language } = context;
  const said = mailSentences(language);
  const held = await mailFor(wanted, context);
  const { mail } = held;
  const body = (await bodyOf(held, context)) ?? emptyBody;
  const whole = ownWords(body);
  const text = withoutCodes(whole, said.withheld);
  const opens = opensAccount(mail.subject, whole);
  const files = filesOf(body);
  const subject = subjectOf(mail.subject, language);
  const from = senderOf(mail, language);
  const head = said.dated(
    subject ? said.mail(from, subject) : said.noSubject(from),
    whenOf(mail.at, context),
  );
  const tail =
    (files.length > 0 ? said.files(files.join(', ')) : '') +
    (text === whole ? '' : said.hasCode) +
    (opens ? said.opensAccount : '');
  const room = heardMax - head.length - tail.length - 4;
  const words = heardText(text, Math.max(room, 40)) || said.wholeEmpty;
  return {
    say: heardText(
      said.read(head, /[.!?…。！？]$/.test(words) ? words : `${words}.`) + tail,
      heardMax,
    ),
    show: {
      ...{ id: heldId(held), from: heardText(`${mail.from.name} <${mail.from.address}>`, 70) },
      ...{
        subject: subjectOf(mail.subject, language, 120),
        at: mail.at.toISOString().slice(0, 16),
      },
      text: shortened(text, shownBytesMax),
      ...(files.length > 0 && { attachments: files }),
      ...(body.cut && { onlyItsBeginning: true }),
      ...((text !== whole || opens) && { withheld: 'one-time codes and links, on purpose' }),
    },
  };
};

/** "493021" is heard as six digits, not as a number. */
const spelled = (code: string): string => [...code.replace(/[\s-]/g, '')].join(' ');

const readCode = async ({ from, about, id }: Wanted, context: Context) => {
  const { language, now } = context;
  const said = mailSentences(language);
  const since = new Date(now().getTime() - dayMs);
  const base = { limit: codeMailsMax, since };
  const who = from ?? about;
  const named = id === undefined ? undefined : await mailById(id, context);
  let held = named ? [named] : [];
  if (!named) {
    held = (await findMails(who === undefined ? base : { ...base, from: who }, context)).held;
    // Many codes come from a "no-reply": the service is then named in the words.
    if (held.length === 0 && who !== undefined) {
      held = (await findMails({ ...base, words: wordsOf(who) }, context)).held;
    }
  }
  for (const one of held) {
    const body = (await bodyOf(one, context)) ?? emptyBody;
    const code = oneTimeCode(one.mail.subject, wholeText(body));
    if (!code) continue;
    const when = whenOf(one.mail.at, context);
    const sender = senderOf(one.mail, language);
    return { say: said.code(sender, when, spelled(code)), show: { id: heldId(one), code } };
  }
  throw new ToolError(said.noCode, 'no-code', true);
};

/** A code is given where the person's own words ask for one, whatever the mind makes of them. */
export const readMail = (wanted: Wanted, context: Context) =>
  wanted.code === true && asksForCode(context.turn?.said)
    ? readCode(wanted, context)
    : readOut(wanted, context);
