/** Finds the things a person means: exact, then as spelled, then as it sounds. Pure. */
import { nearestName, plainName } from '../core/sounds.ts';
import { type Entity, type Home, isThere, tellsWhereabouts } from './model.ts';
import { cutAt } from './phrases.ts';
import { inRoom, type Place, placeOf } from './places.ts';
import {
  decompounded,
  everythingWords,
  exceptions,
  isEverything,
  joining,
  type Kind,
  kinds,
  leading,
  linking,
  meansAll,
} from './vocabulary.ts';

export type Found =
  | {
      kind: 'found';
      entities: Entity[];
      /** A group by kind or place ("the kitchen lights"), and how it was named. */
      group: string | undefined;
      /** What was left out, by name. */
      without: string[];
    }
  | { kind: 'several'; names: string[] }
  | { kind: 'none'; near: string[] };

export interface Wanted {
  home: Home;
  /** What the tool can act on. */
  fits: (entity: Entity) => boolean;
  /** The room in which it was said: "the light" is the one there. */
  here?: string | undefined;
}

const wordsOf = (text: string): string[] => plainName(text).split(' ').filter(Boolean);

const withoutLeading = (words: readonly string[]): string[] => {
  let from = 0;
  while (from < words.length - 1 && leading.has(words[from] ?? '')) from++;
  return words.slice(from);
};

const usable = ({ home, fits }: Wanted): Entity[] =>
  [...home.entities.values()].filter((one) => !one.hidden && fits(one));

/** A group that holds others of the same search stands for them: it is not acted on twice. */
const withoutGroups = (entities: readonly Entity[]): Entity[] => {
  const ids = new Set(entities.map(({ id }) => id));
  return entities.filter(({ members }) => !members.some((member) => ids.has(member)));
};

interface Group {
  entities: Entity[];
  all: boolean;
  place: Place | undefined;
  kind: Kind | undefined;
}

/** "lights", "the kitchen lights", "lights in the kitchen", "everything upstairs". */
const groupOf = (words: readonly string[], wanted: Wanted): Group | undefined => {
  const all = words.some((word) => meansAll.has(word));
  const bare = withoutLeading(words);
  for (const { rest, place } of splits(bare, wanted.home)) {
    const phrase = withoutLeading(rest).join(' ');
    const kind = kinds.find((one) => one.words.includes(phrase));
    const everything = phrase === '' || everythingWords.includes(phrase);
    if (!kind && !(everything && place && (all || phrase !== ''))) continue;
    const fits = kind ? kind.fits : isEverything;
    const entities = withoutGroups(usable(wanted).filter(fits)).filter(
      (one) => place === undefined || place.holds(one),
    );
    if (entities.length > 0) return { entities, all: all || !kind, place, kind };
  }
  return undefined;
};

/** Every way to read a phrase as something in a place. */
function* splits(
  words: readonly string[],
  home: Home,
): Generator<{ rest: string[]; place: Place | undefined }> {
  const linked = cutAt(words, linking);
  if (linked) {
    const place = placeOf(withoutLeading(linked[1]).join(' '), home);
    if (place) yield { rest: linked[0], place };
  }
  for (let at = 1; at < words.length; at++) {
    const before = placeOf(words.slice(0, at).join(' '), home);
    if (before) yield { rest: words.slice(at), place: before };
    const after = placeOf(withoutLeading(words.slice(at)).join(' '), home);
    if (after) yield { rest: words.slice(0, at), place: after };
  }
  yield { rest: [...words], place: undefined };
}

interface Spelling {
  name: string;
  entity: Entity;
}

const singular = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);
const even = (name: string): string => withoutLeading(wordsOf(name)).map(singular).join(' ');

const spellings = (wanted: Wanted): Spelling[] =>
  usable(wanted).flatMap((entity) => entity.names.map((name) => ({ name: even(name), entity })));

const only = (found: readonly Spelling[]): Entity[] => [
  ...new Set(found.map(({ entity }) => entity)),
];

/** One of several of one name: those that can be reached, and no sensor where a device is. */
const named = (entities: readonly Entity[]): Found | undefined => {
  const there = entities.filter(isThere);
  const [one, ...others] = there.length > 0 ? there : entities;
  if (!one) return undefined;
  if (others.length > 0) {
    const names = [...new Set([one, ...others].map(({ name }) => name))];
    return {
      kind: 'several',
      names: names.length > 1 ? names : [one, ...others].map(({ id }) => id),
    };
  }
  return { kind: 'found', entities: [one], group: undefined, without: [] };
};

const includesAll = (name: string, words: readonly string[]): boolean => {
  const parts = new Set(name.split(' '));
  return words.every((word) => parts.has(word));
};

/** A part of the name that fits one thing ("the front one"), or the name and its room. */
const byParts = (phrase: string, wanted: Wanted): Found | undefined => {
  const words = phrase.split(' ');
  const all = spellings(wanted);
  const partly = only(all.filter(({ name }) => includesAll(name, words)));
  if (partly.length > 0) return partly.length <= 4 ? named(partly) : undefined;
  for (const { rest, place } of splits(words, wanted.home)) {
    if (!place) continue;
    const part = withoutLeading(rest).map(singular);
    const there = all.filter(({ name, entity }) => place.holds(entity) && includesAll(name, part));
    const found = part.length > 0 ? named(only(there)) : undefined;
    if (found) return found;
  }
  return undefined;
};

const byName = (words: readonly string[], wanted: Wanted): Found | undefined => {
  const phrase = even(words.join(' '));
  const exact = only(spellings(wanted).filter(({ name }) => name === phrase));
  return named(exact);
};

/** "The vacuum 1 first floor", "the fan ceiling": its kind before or after its name. */
const byKindAndName = (words: readonly string[], wanted: Wanted): Found | undefined => {
  const bare = withoutLeading(words);
  for (const [word, rest] of [
    [bare[0], bare.slice(1)],
    [bare.at(-1), bare.slice(0, -1)],
  ] as const) {
    const kind = kinds.find((one) => one.words.includes(word ?? ''));
    if (!kind || rest.length === 0) continue;
    const fits = (entity: Entity) => wanted.fits(entity) && kind.fits(entity);
    const found = byName(rest, { ...wanted, fits });
    if (found) return found;
  }
  return undefined;
};

const bySound = (words: readonly string[], wanted: Wanted): Found | undefined => {
  const phrase = even(words.join(' '));
  const all = spellings(wanted);
  const near = nearestName(phrase, new Set(all.map(({ name }) => name)), (name) => name);
  return near === undefined ? undefined : named(only(all.filter(({ name }) => name === near)));
};

/** In the person's words, but with the room's own name where it was misheard. */
const groupName = ({ place, kind, all }: Group, words: readonly string[]): string => {
  if (!place?.misheard || !kind) return words.join(' ');
  return [...(all ? ['all'] : []), place.name.toLowerCase(), kind.plural.en].join(' ');
};

const asGroup = (words: readonly string[], wanted: Wanted): Found | undefined => {
  const group = groupOf(words, wanted);
  if (!group) return undefined;
  const { entities, all, place, kind } = group;
  // "The lights" of a whole house are seldom meant: it asks which, unless it hears "all".
  const near = kind && !all && !place ? inRoom(entities, wanted) : [];
  if (near.length > 0) {
    return { kind: 'found', entities: near, group: words.join(' '), without: [] };
  }
  if (kind && !all && !place && entities.length > 1) {
    return { kind: 'several', names: entities.map(({ name }) => name) };
  }
  return { kind: 'found', entities, group: groupName(group, words), without: [] };
};

const single = (words: readonly string[], wanted: Wanted): Found | undefined =>
  byName(words, wanted) ??
  asGroup(words, wanted) ??
  byKindAndName(words, wanted) ??
  bySound(words, wanted) ??
  byParts(even(words.join(' ')), wanted);

const nearbyMax = 3;

/** What shares a word with what was said, for "Did you mean …?" */
const nearby = (words: readonly string[], wanted: Wanted): string[] => {
  const parts = new Set(withoutLeading(words).map(singular));
  const like = spellings(wanted).filter(({ name }) =>
    name.split(' ').some((one) => parts.has(one)),
  );
  return [...new Set(like.map(({ entity }) => entity.name))].slice(0, nearbyMax);
};

const minus = (base: Found, words: readonly string[], wanted: Wanted): Found => {
  if (base.kind !== 'found') return base;
  const within = { ...wanted, fits: (one: Entity) => base.entities.includes(one) };
  const parts = cutAt(words, joining) ?? [words];
  const gone: Entity[] = [];
  for (const part of parts) {
    const place = placeOf(withoutLeading(part).join(' '), wanted.home);
    const found = place ? undefined : single(part, within);
    const there = place ? base.entities.filter((one) => place.holds(one)) : [];
    if (there.length > 0) gone.push(...there);
    else if (found?.kind === 'found') gone.push(...found.entities);
    // What is to stay as it is must be known: better nothing than the wrong thing.
    else return found ?? { kind: 'none', near: nearby(part, within) };
  }
  const entities = base.entities.filter((one) => !gone.includes(one));
  return { ...base, entities, without: parts.map((part) => part.join(' ')) };
};

const byId = (phrase: string, { home, fits }: Wanted): Found | undefined => {
  const ids = phrase.split(',').map((part) => part.trim());
  const entities = ids.flatMap((id) => home.entities.get(id) ?? []);
  if (entities.length < ids.length || !entities.every(fits)) return undefined;
  if (entities.some(tellsWhereabouts)) return undefined;
  return { kind: 'found', entities, group: undefined, without: [] };
};

/** Two things named in one breath: "the bed light and the fan". */
const both = (words: readonly string[], wanted: Wanted): Found | undefined => {
  const parts = cutAt(words, joining);
  if (!parts) return undefined;
  const found = parts.map((part) => resolveWords(part, wanted));
  const bad = found.find(({ kind }) => kind !== 'found');
  if (bad) return bad;
  const entities = found.flatMap((one) => (one.kind === 'found' ? one.entities : []));
  return { kind: 'found', entities: [...new Set(entities)], group: undefined, without: [] };
};

const resolveWords = (words: readonly string[], wanted: Wanted): Found => {
  const whole = byName(words, wanted);
  if (whole) return whole;
  const cut = cutAt(words, exceptions);
  if (cut) return minus(resolveWords(cut[0], wanted), cut[1], wanted);
  const found = both(words, wanted) ?? single(words, wanted);
  if (found) return found;
  const apart = decompounded(words);
  const again = apart.length > words.length ? single(apart, wanted) : undefined;
  return again ?? { kind: 'none', near: nearby(words, wanted) };
};

/** Words were made plain to compare them; what is said aloud keeps its umlauts. */
const inOwnWords = (found: Found, phrase: string): Found => {
  if (found.kind !== 'found' || found.group === undefined) return found;
  const glued = (text: string) => plainName(text).replaceAll(' ', '');
  return glued(phrase) === glued(found.group) ? { ...found, group: phrase.trim() } : found;
};

/**
 * @param phrase as it was heard, or entity ids with commas between them.
 * @param without what is to be left out, where it was said apart.
 */
export const resolve = (phrase: string, wanted: Wanted, without?: string): Found => {
  const ids = byId(phrase, wanted);
  const words = wordsOf(phrase);
  if (!ids && words.length === 0) return { kind: 'none', near: [] };
  const base = inOwnWords(ids ?? resolveWords(words, wanted), phrase);
  return without === undefined ? base : minus(base, wordsOf(without), wanted);
};
