/** A model's words are data: what of them may become a link or a picture, and what is left out. */

/** Controls that turn the direction of what follows can make an address read as another one. */
const turning = '\\u202a-\\u202e\\u2066-\\u2069';
/** Controls but tab and line ends, and what is drawn as nothing: tags hide whole sentences. */
const unseen = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u2028\\u2029';
const nothing = '\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const left = new RegExp(`[${turning}${unseen}${nothing}]`, 'gu');

/** Without characters that nobody sees but that change how the others read. */
export function cleanText(text: string): string {
  return text.replace(left, '');
}

export interface SafeLink {
  href: string;
  /** Who is behind it, as it is shown; '' for mail and telephone. */
  host: string;
}

const webProtocols = ['http:', 'https:'];
const otherProtocols = ['mailto:', 'tel:'];

/**
 * A link that may be followed, or undefined. Own addresses are none: a model must not lead a person
 * through the house's own pages and routes.
 */
export function safeLink(href: string | undefined, origin: string): SafeLink | undefined {
  const url = parsed(href, origin);
  if (!url) return undefined;
  if (otherProtocols.includes(url.protocol)) return { href: url.href, host: '' };
  if (!webProtocols.includes(url.protocol) || url.origin === origin) return undefined;
  return { href: url.href, host: url.host };
}

/** A picture of the house itself, as a path under `/api/`; undefined for every other. */
export function ownPicture(source: string | undefined, origin: string): string | undefined {
  const url = parsed(source, origin);
  if (url?.origin !== origin || !url.pathname.startsWith('/api/')) return undefined;
  return url.pathname + url.search;
}

function parsed(address: string | undefined, origin: string): URL | undefined {
  if (!address || !URL.canParse(address, origin)) return undefined;
  return new URL(address, origin);
}

/** The words of a link name its own host, so that it need not be shown again. */
export function namesHost(text: string, link: SafeLink): boolean {
  const shown = text.trim().replace(/\/$/, '').toLowerCase();
  return link.host === '' || shown === link.host || shown === link.href.replace(/\/$/, '');
}

/** Nothing in it would look otherwise as markdown: most of what is spoken. */
export function isPlain(text: string): boolean {
  return !/[*_`#|[\]<>~\\&]|https?:|www\.|@|\n\s*\n|^ {0,3}(?:\d+[.)]|[-+=])/m.test(text);
}

const fence = /^ {0,3}(`{3,}|~{3,})/;
/** What begins no new part: it is indented, or an item of the list before. */
const continues = /^(?:\s|[-*+]\s|\d+[.)]\s)/;

/**
 * Markdown in pieces that can be drawn one by one, so that a growing answer is not read again from
 * its beginning: cut at empty lines outside of code and lists.
 */
export function piecesOf(markdown: string): string[] {
  const pieces: string[] = [];
  let open: string | undefined;
  let piece: string[] = [];
  let empty = false;
  for (const line of markdown.split('\n')) {
    const mark = fence.exec(line)?.[1];
    if (open === undefined && empty && line.trim() !== '' && !continues.test(line)) {
      pieces.push(piece.join('\n'));
      piece = [];
    }
    if (mark !== undefined) {
      if (open === undefined) open = mark;
      else if (mark.startsWith(open) && line.trim() === mark) open = undefined;
    }
    empty = open === undefined && line.trim() === '';
    piece.push(line);
  }
  pieces.push(piece.join('\n'));
  return pieces.filter((text) => text.trim() !== '');
}
