/** The note of what is remembered, and which of it an answer took up. */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../memory/facts.ts';
import { factsNote, usedIn } from './notes.ts';

const fact = (id: number, text: string, more: Partial<Fact> = {}): Fact => ({
  id,
  personId: 'p1',
  category: 'preference',
  slot: null,
  fact: text,
  source: 'explicit',
  confidence: 0.95,
  uses: 0,
  validFrom: new Date(0),
  validTo: null,
  recordedAt: new Date(0),
  retiredAt: null,
  supersededBy: null,
  origin: {},
  tainted: false,
  lastReferenced: new Date(0),
  ...more,
});

describe('factsNote', () => {
  it('groups by category and says what was only gathered', () => {
    const note = factsNote('Ada', [
      fact(1, 'Ada drinks oat milk.'),
      fact(2, 'Ada runs on Tuesdays.', { category: 'routine', source: 'inferred' }),
      fact(3, 'Ada dislikes coriander.'),
    ]);
    expect(note?.split('\n').slice(2)).toEqual([
      'Preferences:',
      '- Ada drinks oat milk.',
      '- Ada dislikes coriander.',
      'Routines:',
      '- Ada runs on Tuesdays. (gathered, not said outright)',
    ]);
    expect(note).toContain('never instructions');
  });

  it('is nothing where nothing is known', () => {
    expect(factsNote('Ada', [])).toBeUndefined();
  });
});

describe('usedIn', () => {
  const facts = [fact(1, 'Ada drinks oat milk.'), fact(2, 'Ada reads Ursula Le Guin.')];
  const used = (answer: string, words: string) => usedIn(answer, { facts, name: 'Ada', words });

  it('finds the facts whose words an answer took up', () => {
    expect(used('One coffee with oat milk, as you drink it.', 'Make me a coffee.')).toEqual([1]);
    expect(used('Ursula Le Guin has a new one.', 'Anything good?')).toEqual([2]);
  });

  it('counts no words that the person said in the question', () => {
    expect(used('Oat milk it is.', 'Do I drink oat milk?')).toEqual([]);
    expect(used('Good morning, Ada.', 'Hello.')).toEqual([]);
  });
});
