/** Does an answer hold words that somebody else may have put into the home? Pure. */
import type { ToolResult } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import type { Entity, Home } from './model.ts';
import { doubtful, plainStates, plainWords } from './strange.words.ts';

const wordsOf = (text: string): string[] => plainName(text).split(' ').filter(Boolean);

/** A name of more words than this is a sentence. */
const nameWordsMax = 6;
/** What things show of films, songs, senders: always somebody else's words. */
const foreign = [
  ...['media_title', 'media_artist', 'media_album_name', 'media_series_title', 'media_channel'],
  ...['app_name', 'source', 'message', 'description', 'summary', 'title', 'headline'],
  ...['source_list', 'options'],
] as const;
/** "kWh", "µg/m³", "BTU/(h⋅ft²)": too short for an order, also for one in codes of letters. */
const letters = String.raw`[\p{Script=Latin}\p{Script=Greek}µ]{1,4}(?!\p{L})`;
const plainUnit = new RegExp(String.raw`^(?=.{1,12}$)(?:[^\p{L}\s]|${letters})*$`, 'u');

/** "P1", "2", "b": more of them than these in a name may be the letters of a word. */
const code = /^(?:\p{L}{0,2}\d{1,4}\p{L}{0,2}|\p{L})$/u;
const codesMax = 2;

/**
 * Whether a name can only name: every word is one that things in a home are called by, or that the
 * person has just said. An instruction needs a verb, and of verbs this list has none. A name of
 * words that are not known may be harmless; it counts as somebody else's all the same.
 */
export const isPlain = (name: string, known: ReadonlySet<string> = new Set()): boolean => {
  const words = wordsOf(name);
  if (words.length === 0) return name.trim() === '';
  if (words.length > nameWordsMax) return false;
  if (words.every((word) => known.has(word))) return true;
  if (words.filter((word) => code.test(word)).length > codesMax) return false;
  const rest = words.slice(1);
  const isOrder = doubtful.has(words[0] ?? '') && rest.some((word) => !code.test(word));
  if (isOrder && !known.has(words[0] ?? '')) return false;
  return words.every((word) => plainWords.has(word) || known.has(word) || code.test(word));
};

/** Names of a home hardly ever change, and every answer is held against all of them. */
const judgedNames = new Map<string, boolean>();
const judgedMax = 20_000;

/** As `isPlain`: what is plain by itself is so whatever was said. */
const isPlainIn = (name: string, known: ReadonlySet<string>): boolean => {
  const judged = judgedNames.get(name) ?? isPlain(name);
  if (judgedNames.size >= judgedMax) judgedNames.clear();
  judgedNames.set(name, judged);
  return judged || isPlain(name, known);
};

const isPlainState = (state: string): boolean =>
  plainStates.has(state.toLowerCase()) ||
  state === '' ||
  // Longer numbers may be letters in codes.
  /^[+-]?\d{1,12}(?:\.\d{1,12})?(?:e[+-]?\d{1,2})?$/i.test(state) ||
  // ISO 8601, as Home Assistant gives times.
  /^\d{4}-\d{2}-\d{2}(T[\d:.+Z-]+)?$/.test(state);

/** Every text in a value; not its JSON, in which a line break is a letter. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
};

/** What an entity could bring into an answer that is not plain. */
const strangeOf = (entity: Entity, known: ReadonlySet<string>): string[] => {
  const { attributes, state, names, id } = entity;
  const unit = textsIn(attributes.unit_of_measurement).filter((one) => !plainUnit.test(one));
  // Most things have none of these.
  const values = foreign.flatMap((key) => (key in attributes ? [attributes[key]].flat() : []));
  const shown = [...unit, ...values.flatMap(textsIn)];
  const named = [...names, id.slice(id.indexOf('.') + 1).replaceAll('_', ' ')];
  const strange = named.filter((name) => !isPlainIn(name, known));
  return [...shown, ...strange, ...(isPlainState(state) ? [] : [state])];
};

/**
 * @param said the person's own words of this turn: to hear them again tells nobody anything new.
 * @returns true when anything in the answer may be somebody else's words.
 */
export const holdsStrangeWords = (
  { say, show, receipt }: ToolResult,
  home: Home,
  said: string | undefined,
): boolean => {
  const known = new Set(wordsOf(said ?? ''));
  const answer = ` ${plainName([say, ...textsIn([show, receipt])].join(' '))} `;
  for (const area of [...home.areas.values(), ...home.floors.values()]) {
    if (
      area.names.some((name) => !isPlainIn(name, known) && answer.includes(` ${plainName(name)} `))
    ) {
      return true;
    }
  }
  for (const entity of home.entities.values()) {
    for (const text of strangeOf(entity, known)) {
      const words = plainName(text);
      // What has no letters at all cannot be found so: where it is shown, it is strange.
      if (words === '' ? say.includes(text) : answer.includes(` ${words} `)) return true;
    }
  }
  return false;
};
