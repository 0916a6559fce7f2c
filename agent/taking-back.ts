/** "Undo that": words that take back the last thing Butler did, whatever it was. Pure. */

const phrases: Record<'en' | 'de', readonly string[]> = {
  en: [
    ...['undo', 'undo that', 'undo it', 'undo this', 'undo the last one', 'revert that'],
    ...['take that back', 'take it back', 'put it back', 'put that back', 'change it back'],
  ],
  de: [
    ...['rückgängig', 'mach das rückgängig', 'mach es rückgängig', 'das rückgängig machen'],
    ...['nimm das zurück', 'nimm es zurück', 'mach das wieder rückgängig'],
    'mach es wieder rückgängig',
  ],
};
/** Around such words, and never one of them. */
const polite = /\b(please|butler|again|bitte)\b/gu;

export const takesBack = (text: string, language: string): boolean => {
  const tongue = language.toLowerCase().startsWith('de') ? 'de' : 'en';
  const plain = text
    .toLowerCase()
    .replace(polite, ' ')
    .replace(/[^\p{L}]+/gu, ' ');
  return phrases[tongue].includes(plain.trim());
};
