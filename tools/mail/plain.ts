/** The words that somebody wrote to you in a mail: no markup, quotes, signatures or trackers. */
import { convert } from 'html-to-text';
import { visibleHtml } from './html.ts';
import type { MailBody } from './mailbox.ts';

/** Plain parts that only say that there is HTML are worth less than it. */
const stubMax = 60;

const converted = (html: string, skip: readonly string[]): string =>
  convert(visibleHtml(html), {
    wordwrap: false,
    limits: { maxInputLength: 1_000_000, maxDepth: 60, maxChildNodes: 5_000, ellipsis: '' },
    selectors: [
      { selector: 'img', format: 'skip' },
      // The words of a link, not where it leads.
      { selector: 'a', options: { ignoreHref: true } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        ...{ selector, options: { uppercase: false } },
      })),
      { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
      ...['td', 'th'].map((selector) => ({ selector, format: 'inline' })),
      { selector: 'ul', options: { itemPrefix: '- ' } },
      ...skip.map((selector) => ({ selector, format: 'skip' })),
    ],
  });

/** Mail programs put what is answered into these. */
const quoteSelectors = [
  ...['blockquote', '.gmail_quote', '.gmail_signature', '.moz-cite-prefix', '.moz-signature'],
  ...['#divRplyFwdMsg', '#appendonsend', '.yahoo_quoted', '.protonmail_quote'],
];

/** Zero-width and soft characters pad previews; controls have no business in a mail. */
const invisible = /[[\p{Cc}\p{Cf}]--[\t\n]]|\u034f|\u115f|\u2800|\u3164/gv;

const linkPattern = /<?\b(?:https?:\/\/|www\.)[^\s<>"')\]]+[)>]?/gi;

const tidied = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(invisible, '')
    .replace(linkPattern, '')
    .replace(/\[(?:cid|image|bild)[^\]]{0,200}\]/gi, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/^[-_=*•·|~\s]{2,}$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** All words that a mail shows, quotes included; for finding things in it. */
export const wholeText = ({ text, html }: MailBody): string => {
  const plain = tidied(text);
  if (!html.trim()) return plain;
  const shown = tidied(converted(html, []));
  return shown.length > plain.length / 2 ? shown : plain;
};

const quoteStarts = [
  /^on .{6,120}\bwrote:$/i,
  /^am .{6,120}\bschrieb\b.{0,120}:$/i,
  /^-{2,} ?(original message|original appointment|ursprüngliche nachricht) ?-{2,}$/i,
  /^(from|von): .{2,120}$/i,
];

/** "From:" begins a quote only where the next lines are a header as well. */
const isHeader = (lines: readonly string[], index: number): boolean => {
  const next = lines.slice(index + 1, index + 4).join('\n');
  return /^(sent|date|to|gesendet|datum|an):/im.test(next);
};

const forwarded = /^-{2,} ?(forwarded message|weitergeleitete nachricht)/i;

const quoteAt = (lines: readonly string[]): number => {
  for (let index = 0; index < lines.length; index++) {
    const line = (lines[index] ?? '').trim();
    if (forwarded.test(line)) return lines.length;
    // A long date wraps: "On … at … somebody" and "wrote:" are two lines then.
    const both = `${line} ${(lines[index + 1] ?? '').trim()}`;
    const starts = quoteStarts.findIndex((start) => start.test(line) || start.test(both));
    if (starts >= 0 && (starts < 3 || isHeader(lines, index))) return index;
  }
  return lines.length;
};

const signature = [
  /^-- ?$/,
  /^(sent|gesendet) (from|von|with|mit) (my|meinem|meiner|mobile|outlook|yahoo|proton)/i,
  /^von meinem .{2,30} gesendet/i,
  /^get outlook for /i,
  /^(this|diese) (e-?mail|message|nachricht) .{0,60}(confidential|vertraulich)/i,
];

const withoutQuotes = (text: string): string => {
  const lines = text.split('\n');
  const own = lines.slice(0, quoteAt(lines)).filter((line) => !/^\s*>/.test(line));
  const end = own.findIndex((line) => signature.some((one) => one.test(line.trim())));
  return (end < 0 ? own : own.slice(0, end)).join('\n');
};

/** What the sender wrote in this mail; where that is nothing, all that the mail shows. */
export const ownWords = (body: MailBody): string => {
  const plain = tidied(withoutQuotes(body.text.replace(/\r\n?/g, '\n')));
  if (plain.length > stubMax || !body.html.trim()) return plain || wholeText(body);
  const shown = tidied(withoutQuotes(tidied(converted(body.html, quoteSelectors))));
  return shown.length > plain.length ? shown : plain || wholeText(body);
};

/** Cut after a sentence or a word, so that it is at most so many bytes of UTF-8. */
export const shortened = (text: string, bytesMax: number): string => {
  if (Buffer.byteLength(text) <= bytesMax) return text;
  let short = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > bytesMax - 3) break;
    short += character;
  }
  const sentence = Math.max(short.lastIndexOf('. '), short.lastIndexOf('\n'));
  if (sentence > short.length * 0.7) return `${short.slice(0, sentence + 1).trim()} …`;
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), short.length - 40)).trim()} …`;
};

/** Words of others as they may be spoken: no marks, no links, one line. */
export const heardText = (text: string, charactersMax: number): string => {
  const plain = text
    .replace(invisible, '')
    .replace(linkPattern, '')
    .replace(/[*_#`<>[\]{}|\\~^]/g, ' ')
    .replace(/\p{Extended_Pictographic}|\ufe0f/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain.length <= charactersMax) return plain;
  const short = plain.slice(0, charactersMax - 2);
  return `${short.slice(0, Math.max(short.lastIndexOf(' '), short.length - 25))} …`;
};

/** "Re: Fwd: [list] The garden" is about the garden. */
export const heardSubject = (subject: string, charactersMax: number): string =>
  heardText(
    subject.replace(/^(?:\s*(?:(?:re|aw|fwd?|wg|antw)\s*(?:\[\d+\])?:|\[[^\]]{1,40}\]))+/i, ''),
    charactersMax,
  );
