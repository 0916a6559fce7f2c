// Kokoro's names of voices become people with a language; one's own language stands first.
import { expect, test } from 'vitest';
import { groupsFor, languageName, voiceOf } from './voices.ts';

/** One of each kind that the house has. */
const knownVoices = [
  ...['af_heart', 'am_adam', 'bf_emma', 'bm_george', 'ef_dora', 'ff_siwis', 'hf_alpha'],
  ...['if_sara', 'jm_kumo', 'pf_dora', 'zf_xiaobei', 'zm_yunxi'],
];

test('a name tells language, sex and what to call the voice', () => {
  expect(voiceOf('af_heart')).toEqual({
    ...{ id: 'af_heart', name: 'Heart', tag: 'en-US', sex: 'female' },
  });
  expect(voiceOf('bm_george')).toMatchObject({ name: 'George', tag: 'en-GB', sex: 'male' });
  expect(voiceOf('my own voice')).toMatchObject({ name: 'my own voice', tag: 'und' });
});

test('every voice of the house stands in one group, and has a language', () => {
  const { own, others } = groupsFor(knownVoices, 'en');
  const shown = [...own, ...others].flatMap(({ voices }) => voices.map(({ id }) => id));
  expect(shown.toSorted()).toEqual([...knownVoices].toSorted());
  expect([...own, ...others].map(({ tag }) => tag)).not.toContain('und');
});

test('one’s own language is first, one’s own country before all', () => {
  const british = groupsFor(knownVoices, 'en-GB');
  expect(british.own.map(({ tag }) => tag)).toEqual(['en-GB', 'en-US']);
  expect(groupsFor(knownVoices, 'fr-CA').own.map(({ tag }) => tag)).toEqual(['fr']);
  expect(groupsFor(knownVoices, 'de').own).toEqual([]);
});

test('languages are called as the page speaks', () => {
  expect(languageName('pt-BR', 'en')).toBe('Brazilian Portuguese');
  expect(languageName('fr', 'de')).toBe('Französisch');
});
