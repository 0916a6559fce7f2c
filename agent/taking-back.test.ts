/** Which words take back the last deed, and which only sound like it. */
import { describe, expect, it } from 'vitest';
import { takesBack } from './taking-back.ts';

describe('takesBack', () => {
  it.each([
    ['Undo that.', 'en'],
    ['Please undo it', 'en'],
    ['Undo!', 'en'],
    ['Take that back, please.', 'en'],
    ['Mach das rückgängig.', 'de'],
    ['Bitte mach es wieder rückgängig', 'de'],
    ['Nimm das zurück', 'de-AT'],
  ])('%s (%s)', (text, language) => {
    expect(takesBack(text, language)).toBe(true);
  });

  it.each([
    ['Undo the top button of the shirt?', 'en'],
    ['Take the books back to the library', 'en'],
    ['Can you undo that?', 'de'],
    ['Nimm die Bücher zurück', 'de'],
    ['', 'en'],
  ])('not %s (%s)', (text, language) => {
    expect(takesBack(text, language)).toBe(false);
  });
});
