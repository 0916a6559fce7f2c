/** Text fit to be spoken: what a screen shows, in the words a person would say. Pure. */
import { type Language, languageOf } from './languages.ts';
import { withoutMarkdown } from './markdown.ts';
import { withNumbersSaid } from './numbers.ts';

/** Tags of XML, HTML and SSML; a bare less-than sign is none. */
const withoutTags = (text: string): string => text.replace(/<\/?[a-zA-Z!][^<>]*>/g, ' ');

const withoutEmoji = (text: string): string =>
  text
    .replace(/[\u{1F1E6}-\u{1F1FF}]{2}/gu, ' ')
    .replace(/[0-9#*]\uFE0F?\u20E3/gu, (key) => key[0] ?? '')
    .replace(
      /(?![\u2190-\u21FF])\p{Extended_Pictographic}(?:\uFE0F|\u200D|[\u{1F3FB}-\u{1F3FF}])*/gu,
      ' ',
    )
    .replace(/\uFE0E|\uFE0F|\u200D|\u20E3|[\u{E0020}-\u{E007F}]/gu, '');

// Control characters are what this removes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: see above
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B\u200E\u200F\u2028-\u202E\uFEFF]/g;

const hostOf = (address: string): string =>
  (/^(?:[a-z][a-z+.-]*:\/\/)?(?:www\.)?([^/?#:\s]+)/i.exec(address)?.[1] ?? address).replace(
    /[.,]$/,
    '',
  );

function withLinksSaid(text: string, { linkTo, at, dot }: Language): string {
  return text
    .replace(/<?\b(?:https?|ftp):\/\/[^\s<>]+[^\s<>.,;:!?)\]'"]>?/gi, (address) => {
      return `${linkTo} ${hostOf(address.replace(/^<|>$/g, ''))}`;
    })
    .replace(
      /(?<![\w@.])www\.[^\s<>]+[^\s<>.,;:!?)\]'"]/gi,
      (address) => `${linkTo} ${hostOf(address)}`,
    )
    .replace(/\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)/g, (_all, name: string, host: string) => {
      return `${name.replaceAll('.', ` ${dot} `)} ${at} ${host.replaceAll('.', ` ${dot} `)}`;
    });
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function withAbbreviationsSaid(text: string, language: Language): string {
  const { abbreviations, number } = language;
  const names = Object.keys(abbreviations).sort((left, right) => right.length - left.length);
  const alternatives = names.map((name) => name.replaceAll('.', '\\.\\s?')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\d.])(${alternatives})\\.(\\s*\\S?)`, 'giu');
  const said = (all: string, name: string, next: string) => {
    const words = abbreviations[name.toLowerCase().replace(/\s/g, '')];
    if (!words) return all;
    const capital = /^\p{Lu}/u.test(name) ? capitalised(words) : words;
    // "etc." may end the sentence; a title never does, unless nothing follows.
    const ends = next.trim() === '' || (/^(etc|usw)$/i.test(name) && /^\s+\p{Lu}/u.test(next));
    return `${capital}${ends ? '.' : ''}${next}`;
  };
  return text
    .replace(pattern, said)
    .replace(/\bNo\.\s?(?=\d)/g, `${number} `)
    .replace(/\bSt\.\s+(?=\p{Lu})/gu, 'Saint ')
    .replace(/(?<=\p{L}\s)St\.(?=[\s,]+[\p{Ll}\d])/gu, 'Street')
    .replace(/(?<=\p{L}\s)St(?=\.\s*$)/gu, 'Street');
}

function withSymbolsSaid(text: string, language: Language): string {
  const { and, plus, or, to, about, equals, times, number, per, at } = language;
  const { lessThan, moreThan } = language;
  return text
    .replace(/\s?&\s?(?=\S)/g, ` ${and} `)
    .replace(/\s?(?:→|⇒|->|=>)\s?/g, ` ${to} `)
    .replace(/(?<=[\p{L}\d])\s?\+\s?(?=[\p{L}\d])/gu, ` ${plus} `)
    .replace(/(?<=\d)\s?[×✕]\s?(?=\d)|(?<=\d)\s\*\s(?=\d)/g, ` ${times} `)
    .replace(/(?<=[\p{L}\d])\s?=\s?(?=[\p{L}\d])/gu, ` ${equals} `)
    .replace(/(?<=[\p{L}\d])\s<\s(?=[\p{L}\d])/gu, ` ${lessThan} `)
    .replace(/(?<=[\p{L}\d])\s>\s(?=[\p{L}\d])/gu, ` ${moreThan} `)
    .replace(/[~≈]\s?(?=\d)/g, `${about} `)
    .replace(/#(?=\d)/g, `${number} `)
    .replace(/(?<=\d [\p{L} ]+)\/(?=\p{L})/gu, ` ${per} `)
    .replace(/\band\/or\b/g, 'and or')
    .replace(/(?<=\p{L})\s?\/\s?(?=\p{L})/gu, ` ${or} `)
    .replace(/(?<=\s)@(?=\s)/g, at)
    .replace(/[\\|^{}[\]<>*`~•·●▪]/g, ' ');
}

/** Quotes, ellipses and dashes in the forms that voices know. */
const withPlainMarks = (text: string): string =>
  text
    .replace(/[‘’‛′]/g, "'")
    .replace(/["“”„«»″]/g, '')
    .replace(/\.{3,}/g, '…')
    .replace(/(?<=\S)\s+[–—-]{1,2}\s+(?=\S)/g, ', ')
    .replace(/—/g, ', ');

const tidied = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s+([.,;:!?…](?!\d))/g, '$1')
    .replace(/([,;:])\1+/g, '$1')
    .replace(/^[\s,;:.!?…-]+(?=[\p{L}\d(])/u, '')
    .trim();

/**
 * @param text a clause or a whole answer; safe for clauses, because unpaired marks are dropped too.
 * @param language BCP 47.
 * @returns what a voice should read; '' only where nothing can be said (an emoji, a ruler).
 */
export function speakable(text: string, language = 'en'): string {
  const table = languageOf(language);
  const clean = text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\u00A0\u2007\u202F]/g, ' ');
  const plain = withoutEmoji(withoutMarkdown(clean.replace(controls, ''), table));
  const worded = withLinksSaid(plain, table);
  const said = withNumbersSaid(withAbbreviationsSaid(withoutTags(worded), table), table);
  return tidied(withPlainMarks(withSymbolsSaid(said, table)));
}

/** Whether a voice has anything to say at all. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
