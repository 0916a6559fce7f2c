/** What senders write into a mail for machines: schema.org as JSON-LD or microdata in its HTML. */
import { type Piece, piecesOf, unescapeHtml, voidTags } from './html.ts';

/** A thing of schema.org; `type` without its address, values as they stand. */
export interface Thing {
  type: string;
  /** Texts and things; several under one name as a list. */
  properties: Record<string, (string | Thing)[]>;
}

const thingsMax = 100;
const depthMax = 12;
/** Elements within elements: mails nest tables deeply, but not like this. */
const openMax = 200;

const typeName = (type: string): string => type.split(/[/#]/).at(-1) ?? '';

const fromJson = (value: unknown, depth: number): Thing | string | undefined => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || depth > depthMax) return undefined;
  const record = value as Record<string, unknown>;
  const named = record['@type'];
  const type = typeName(String((Array.isArray(named) ? named[0] : named) ?? ''));
  const properties: Thing['properties'] = {};
  for (const [name, one] of Object.entries(record)) {
    if (name.startsWith('@')) continue;
    const values = (Array.isArray(one) ? one : [one]).slice(0, thingsMax);
    const read = values.flatMap((each) => fromJson(each, depth + 1) ?? []);
    if (read.length > 0) properties[name] = read;
  }
  return { type, properties };
};

const parsed = (text: string): unknown => {
  const plain = text.replace(/^\s*(?:<!--|\/\*?\s*<!\[CDATA\[(?:\*\/)?)|(?:-->|\]\]>)\s*$/g, '');
  try {
    return JSON.parse(plain);
  } catch {
    try {
      // Line breaks within a text are no JSON, but common.
      return JSON.parse(plain.replace(/[\r\n\t]+/g, ' '));
    } catch {
      return undefined;
    }
  }
};

const jsonThings = (pieces: readonly Piece[]): Thing[] =>
  pieces.flatMap((piece, index) => {
    if (!('tag' in piece) || piece.tag.name !== 'script' || piece.tag.close) return [];
    if (!/ld\+json/i.test(piece.tag.attributes.type ?? '')) return [];
    const next = pieces[index + 1];
    const value = next && 'text' in next ? parsed(next.text) : undefined;
    const found = (Array.isArray(value) ? value : [value]).slice(0, thingsMax);
    return found.flatMap((one) => {
      const graph = (one as { '@graph'?: unknown } | undefined)?.['@graph'];
      const each = Array.isArray(graph) ? graph.slice(0, thingsMax) : [one];
      return each.flatMap((thing) => {
        const made = fromJson(thing, 0);
        return typeof made === 'object' ? [made] : [];
      });
    });
  });

interface Open {
  name: string;
  thing?: Thing;
  property?: string;
  owner?: Thing | undefined;
  text: string;
}

const add = (owner: Thing | undefined, names: string, value: string | Thing): void => {
  for (const name of names.split(/\s+/).filter(Boolean)) {
    const list = owner?.properties[name] ?? [];
    list.push(value);
    if (owner) owner.properties[name] = list;
  }
};

/** The value that an element has by an attribute, where it has. */
const attributeValue = (attributes: Record<string, string>): string | undefined =>
  attributes.content ?? attributes.datetime ?? attributes.href ?? attributes.src;

/** https://html.spec.whatwg.org/multipage/microdata.html, as far as mails use it. */
class Microdata {
  readonly things: Thing[] = [];
  readonly #open: Open[] = [];

  read(pieces: readonly Piece[]): Thing[] {
    for (const piece of pieces) {
      if ('text' in piece) this.#text(unescapeHtml(piece.text));
      else if (piece.tag.close) this.#close(piece.tag.name);
      else this.#enter(piece.tag.name, piece.tag.attributes);
    }
    while (this.#open.length > 0) this.#leave();
    return this.things;
  }

  #text(text: string): void {
    for (const one of this.#open) if (one.property && !one.thing) one.text += text;
  }

  #close(name: string): void {
    const at = this.#open.findLastIndex((one) => one.name === name);
    if (at < 0) return;
    while (this.#open.length > at) this.#leave();
  }

  #leave(): void {
    const one = this.#open.pop();
    if (!one?.property || one.thing) return;
    const value = one.text.replace(/\s+/g, ' ').trim();
    if (value) add(one.owner, one.property, value);
  }

  #enter(name: string, attributes: Record<string, string>): void {
    if (this.#open.length >= openMax) return;
    const owner = this.#open.findLast((one) => one.thing)?.thing;
    const property = attributes.itemprop;
    if ('itemscope' in attributes && this.things.length < thingsMax) {
      const thing: Thing = { type: typeName(attributes.itemtype ?? ''), properties: {} };
      if (property !== undefined && owner) add(owner, property, thing);
      else this.things.push(thing);
      if (!voidTags.has(name)) this.#open.push({ name, thing, text: '' });
      return;
    }
    const value = property === undefined ? undefined : attributeValue(attributes);
    if (property !== undefined && value !== undefined) add(owner, property, value);
    if (voidTags.has(name)) return;
    const waits = property !== undefined && value === undefined;
    this.#open.push({ name, owner, text: '', ...(waits && { property }) });
  }
}

/** Every thing of one of these types in the HTML, wherever it stands. */
export const thingsIn = (html: string, types: readonly string[]): Thing[] => {
  if (!/schema\.org/i.test(html)) return [];
  const pieces = piecesOf(html);
  const found: Thing[] = [];
  const visit = (thing: Thing, depth: number): void => {
    if (depth > depthMax || found.length >= thingsMax) return;
    if (types.includes(thing.type)) found.push(thing);
    for (const values of Object.values(thing.properties)) {
      for (const value of values) if (typeof value === 'object') visit(value, depth + 1);
    }
  };
  for (const thing of [...jsonThings(pieces), ...new Microdata().read(pieces)]) visit(thing, 0);
  return found;
};

/** The thing at the end of a path of names, the first where there are several. */
export const thingAt = (thing: Thing | undefined, ...path: readonly string[]): Thing | undefined =>
  path.reduce<Thing | undefined>((at, name) => {
    const value = at?.properties[name]?.find((one) => typeof one === 'object');
    return typeof value === 'object' ? value : undefined;
  }, thing);

/** The text at the end of a path; a thing there is called by its name. */
export const textAt = (
  thing: Thing | undefined,
  ...path: readonly string[]
): string | undefined => {
  const last = path.at(-1) ?? '';
  const value = thingAt(thing, ...path.slice(0, -1))?.properties[last]?.[0];
  const text = typeof value === 'object' ? textAt(value, 'name') : value;
  return text?.replace(/\s+/g, ' ').trim().slice(0, 200) || undefined;
};
