/** Who and which place is meant, by the words that were heard. */
import { z } from 'zod';
import { ToolError } from '../core/define.ts';
import { nearestName, plainName } from '../core/sounds.ts';
import { type Fence, homeId } from './fences.ts';
import type { Context, Household, Whereabouts } from './people.ts';
import { foldedPlace } from './shelf.ts';
import { locationWords } from './words.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What begins a phrase that is no person's name: "my phone", "the nearest chemist". */
const noName = words(
  'the a an this that these those there here it he she they we you everyone everybody anyone ' +
    'anybody someone somebody nobody my your our his her its their what which all no not going ' +
    'der die das ein eine dieser diese es er sie wir ihr man alle jemand niemand mein meine dein ' +
    'deine unser unsere sein seine hier da dort',
);
const nameWordsMax = 3;

const isName = (text: string): boolean => {
  const parts = plainName(text).split(' ');
  return parts.length <= nameWordsMax && parts[0] !== '' && !noName.has(parts[0] ?? '');
};

/** A person's name as it is said; `me` is whoever speaks. */
export const personName = z.string().trim().min(1).max(60).refine(isName, 'must be a name');

const self = words('me myself i ich mich mir');

/** The person who is meant. @throws {ToolError} that hands over: perhaps a mind knows. */
export const personFor = (
  heard: string,
  { people }: Pick<Household, 'people'>,
  { language }: Pick<Context, 'language'>,
): Whereabouts => {
  const own = self.has(plainName(heard)) && people.find(({ isCaller }) => isCaller);
  const found = own || nearestName(heard, people, ({ name }) => name);
  if (found) return found;
  throw new ToolError(locationWords(language).unknownPerson(heard), 'person-unknown-here', true);
};

const homeWords = words('home zuhause daheim haus house zu');

/** The place that is meant. @throws {ToolError} that hands over. */
export const placeFor = (
  heard: string,
  { fences, home }: Pick<Household, 'fences' | 'home'>,
  { language }: Pick<Context, 'language'>,
): Fence => {
  const folded = foldedPlace(heard);
  if (home && (homeWords.has(folded) || folded === 'zu hause')) return home;
  const others = fences.filter(({ id }) => id !== homeId);
  const found =
    others.find(({ name }) => foldedPlace(name) === folded) ??
    nearestName(folded, others, ({ name }) => foldedPlace(name));
  if (found) return found;
  throw new ToolError(locationWords(language).unknownPlace(heard), 'place-unknown', true);
};
