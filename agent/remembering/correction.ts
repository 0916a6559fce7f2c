/** "No, that's wrong": words that contradict what Butler has just said from memory. Pure. */

const openings: Record<'en' | 'de', readonly string[]> = {
  en: [
    ...['no', 'nope', 'wrong', 'not true', 'incorrect', 'not any more', 'not anymore'],
    ...['thats wrong', 'that is wrong', 'that was wrong', 'thats not', 'that is not', 'thats old'],
    ...['you are wrong', 'youre wrong', 'that is no longer', 'thats no longer', 'i no longer'],
  ],
  de: [
    ...['nein', 'falsch', 'stimmt nicht', 'das stimmt nicht', 'das ist falsch', 'das war falsch'],
    ...['das ist nicht', 'das gilt nicht mehr', 'nicht mehr', 'du irrst dich'],
  ],
};
/** A "no" to something else, or to an offer. */
const otherwise = /^(no|nope|nein) (thanks|thank|problem|need|danke|worries|matter|idea|keine)\b/;

export const corrects = (text: string, language: string): boolean => {
  const tongue = language.toLowerCase().startsWith('de') ? 'de' : 'en';
  const plain = text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const opens = openings[tongue].some((words) => plain === words || plain.startsWith(`${words} `));
  return opens && !otherwise.test(plain);
};
