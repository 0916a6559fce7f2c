/** The words of a text come together with their other forms. */
import { describe, expect, it } from 'vitest';
import { termsOf, wordsOf } from './terms.ts';

describe('termsOf', () => {
  it('brings the forms of an English word together', () => {
    expect(termsOf('painting paintings painted')).toEqual(['paint', 'paint', 'paint']);
    expect(termsOf('bought buying')).toEqual(['bui', 'bui']);
    expect(termsOf('children')).toEqual(termsOf('child'));
  });

  it('leaves out what says nothing, and what follows an apostrophe', () => {
    expect(termsOf("What is Ada's coffee?")).toEqual(['ada', 'coffe']);
    expect(termsOf('Was ist mein Kaffee?')).toEqual(['kaffe']);
  });

  it('keeps letters of other languages', () => {
    expect(termsOf('Müllers mögen Käse; Ёлка 2024')).toEqual([
      'müllers',
      'mögen',
      'käse',
      'ёлка',
      '2024',
    ]);
  });

  it('reads a letter with its mark and one written as two alike', () => {
    expect(wordsOf('Ka\u0308se')).toEqual(wordsOf('Käse'));
  });

  it('has no term for no words', () => {
    expect(termsOf('  ?!  ')).toEqual([]);
  });
});
