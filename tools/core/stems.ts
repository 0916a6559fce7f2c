/** Words by their stem, English and German, for finding what somebody wrote down. Pure. */
import { stemmer } from 'stemmer';

/** German endings that change with case and number; Porter's stem knows English ones alone. */
const german = /(?:ungen|ung|eren|erem|eres|ern|em|en|er|es|e|n|s)$/;
const shortestStem = 4;

/** @param word plain: lower case, no accents (`plainName` of sounds.ts). */
export const stemOf = (word: string): string => {
  const english = /^[a-z]{3,}$/.test(word) ? stemmer(word) : word;
  const short = word.replace(german, '');
  return short.length >= shortestStem && short.length < english.length ? short : english;
};

/** "Boil" is like "boiler", and "heiz" like "heizungsmonteur". */
export const isLike = (wanted: string, other: string): boolean =>
  wanted === other ||
  (wanted.length >= shortestStem && other.startsWith(wanted)) ||
  (other.length >= shortestStem && wanted.startsWith(other));
