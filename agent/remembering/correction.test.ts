/** Which words deny what Butler said from memory, and which only begin like it. */
import { describe, expect, it } from 'vitest';
import { corrects } from './correction.ts';

describe('corrects', () => {
  it.each([
    ["No, that's wrong.", 'en'],
    ['Wrong, I drink tea.', 'en'],
    ["That's not true any more.", 'en'],
    ['No, I moved to Bergen.', 'en'],
    ['I no longer eat meat.', 'en'],
    ['Nein, das stimmt nicht.', 'de'],
    ['Das ist nicht mehr so.', 'de'],
  ])('%s (%s)', (text, language) => {
    expect(corrects(text, language)).toBe(true);
  });

  it.each([
    ['No thanks.', 'en'],
    ['No problem!', 'en'],
    ['Nobody told me.', 'en'],
    ['What is wrong with the lamp?', 'en'],
    ['Nein danke.', 'de'],
    ['Wrong, I drink tea.', 'de'],
    ['', 'en'],
  ])('not %s (%s)', (text, language) => {
    expect(corrects(text, language)).toBe(false);
  });
});
