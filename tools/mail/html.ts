/** HTML of a mail as a run of tags and text, read in one pass: nothing in it is ever executed. */

export interface Tag {
  /** Lower case; `close` is `</name>`. */
  name: string;
  close: boolean;
  /** Names in lower case, values with entities decoded. */
  attributes: Record<string, string>;
}

/** Text is as it stands in the source, entities included. */
export type Piece = { tag: Tag; from: number; to: number } | { text: string };

const named: Record<string, string> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ouml: 'ö', auml: 'ä' },
  ...{ uuml: 'ü', szlig: 'ß', Ouml: 'Ö', Auml: 'Ä', Uuml: 'Ü', ndash: '–', mdash: '—' },
  ...{ rarr: '→', euro: '€', middot: '·', hellip: '…' },
};

/** The few entities that attributes and data hold. */
export const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]{2,8}));/g, (all, ...found) => {
    const [decimal, hexadecimal, name] = found as (string | undefined)[];
    if (name !== undefined) return named[name] ?? all;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : all;
  });

const attributePattern =
  /([^\s"'<>/=]{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

const attributesOf = (source: string): Record<string, string> => {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single, bare] of source.matchAll(attributePattern)) {
    const value = double ?? single ?? bare ?? '';
    attributes[name.toLowerCase()] ??= unescapeHtml(value);
  }
  return attributes;
};

/** How far all tags together are looked for: broken quotes would else be read again and again. */
const stepsPerCharacter = 8;

/** The end of a tag: quoted values may hold `>`. */
const tagEnds = (html: string) => {
  let steps = html.length * stepsPerCharacter;
  const last = html.lastIndexOf('>');
  return (from: number): number => {
    let quote = '';
    for (let at = from; at <= last && steps > 0; at++, steps--) {
      const character = html[at] ?? '';
      if (quote) {
        if (character === quote) quote = '';
      } else if (character === '"' || character === "'") quote = character;
      else if (character === '>') return at;
    }
    return -1;
  };
};

/** What is inside them is not markup. */
const raw = new Set(['script', 'style', 'title', 'textarea', 'noscript', 'xmp']);

/** @param html at most some hundred kilobytes; broken markup is read as text. */
export const piecesOf = (html: string): Piece[] => {
  const lower = html.toLowerCase();
  const tagEnd = tagEnds(html);
  const pieces: Piece[] = [];
  const text = (from: number, to: number) => {
    if (to > from) pieces.push({ text: html.slice(from, to) });
  };
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    text(at, open);
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const end = /[a-z/!?]/.test(lower[open + 1] ?? '') ? tagEnd(open + 1) : -1;
    if (end < 0) {
      pieces.push({ text: '<' });
      at = open + 1;
      continue;
    }
    at = end + 1;
    const inside = html.slice(open + 1, end);
    const name = /^\/?([a-z][a-z0-9:-]*)/i.exec(inside)?.[1]?.toLowerCase();
    if (name === undefined) continue;
    const close = inside.startsWith('/');
    const attributes = close ? {} : attributesOf(inside.slice(name.length));
    pieces.push({ tag: { name, close, attributes }, from: open, to: at });
    if (!close && raw.has(name)) {
      const found = lower.indexOf(`</${name}`, at);
      const stop = found < 0 ? html.length : found;
      text(at, stop);
      at = stop;
    }
  }
  text(at, html.length);
  return pieces;
};

export const voidTags: ReadonlySet<string> = new Set([
  ...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source'],
  ...['track', 'wbr'],
]);

const hiddenStyle = new RegExp(
  [
    ...['display:none', 'visibility:hidden', 'mso-hide:all', 'opacity:0(?:\\.0+)?(?![.\\d])'],
    ...[
      '(?:^|;)font-size:0',
      '(?:max-height|max-width|(?:^|;)height|(?:^|;)width):0(?:px)?(?:;|!|$)',
    ],
    ...['text-indent:-\\d{3,}', '(?:left|top):-\\d{3,}', 'clip:rect\\(0', 'color:transparent'],
  ].join('|'),
);

const plainStyle = (style: string): string => style.toLowerCase().replace(/\s+/g, '');

/** Classes that a style sheet of the mail hides everywhere, not only on small screens. */
const hiddenClasses = (sheet: string): string[] => {
  const rules = sheet
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  return [...rules.matchAll(/([^{}]{1,400})\{([^{}]*)\}/g)].flatMap(([, selectors = '', style]) =>
    hiddenStyle.test(plainStyle(style ?? ''))
      ? [...selectors.matchAll(/(?:^|,)\s*[a-z]*\.([\w-]+)\s*(?=,|$)/gi)].map(
          ([, one]) => one ?? '',
        )
      : [],
  );
};

const silent = new Set([
  ...['head', 'style', 'script', 'title', 'template', 'noscript', 'svg', 'object', 'iframe'],
  ...['select', 'textarea', 'button', 'audio', 'video', 'map', 'xmp', 'math'],
]);

/** Does a mail program show what is in this element? What it hides is written for machines. */
const isHidden = ({ name, attributes }: Tag, classes: ReadonlySet<string>): boolean =>
  silent.has(name) ||
  'hidden' in attributes ||
  hiddenStyle.test(plainStyle(attributes.style ?? '')) ||
  (attributes.class ?? '').split(/\s+/).some((one) => classes.has(one));

/** The HTML with nothing in it that a person would not see. */
export const visibleHtml = (html: string): string => {
  const pieces = piecesOf(html);
  const classes = new Set<string>();
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    if ('tag' in piece && piece.tag.name === 'style' && next && 'text' in next) {
      for (const one of hiddenClasses(next.text)) classes.add(one);
    }
  });
  const kept: string[] = [];
  /** The element that hides, and how many of its name are open inside. */
  let hiding: { name: string; depth: number } | undefined;
  for (const piece of pieces) {
    if (hiding) {
      if (!('tag' in piece) || piece.tag.name !== hiding.name) continue;
      hiding.depth += piece.tag.close ? -1 : 1;
      if (hiding.depth === 0) hiding = undefined;
      continue;
    }
    if ('text' in piece) kept.push(piece.text);
    else if (!piece.tag.close && isHidden(piece.tag, classes)) {
      if (!voidTags.has(piece.tag.name)) hiding = { name: piece.tag.name, depth: 1 };
    } else kept.push(html.slice(piece.from, piece.to));
  }
  return kept.join('');
};
