/** What a question asks for is read from it, given who has spoken. */
import { expect, it } from 'vitest';
import { questionOf } from './question.ts';

const base = { nowMs: Date.parse('2026-11-21T14:00:00Z'), timeZone: 'UTC', limit: 5 };
const speakers = ['Caroline Berg', 'Melanie'];
const of = (text: string, names?: string[]) =>
  questionOf({ ...base, text, ...(names && { names }) }, speakers);

it.each([
  ['What did Caroline research?', 'Caroline Berg', ['research']],
  ["What is Melanie's hobby?", 'Melanie', ['hobbi']],
  ['How long has Mel been married?', 'Melanie', ['long', 'marri']],
  ['What car did Caroline buy?', 'Caroline Berg', ['car', 'bui']],
  ['Did Caroline and Melanie meet?', undefined, ['meet']],
  ['What does Tom like?', undefined, ['tom', 'like']],
  ['', undefined, []],
])('%j', (text, speaker, terms) => {
  expect(of(text)).toMatchObject({ speaker, terms });
});

it('takes "I" for who asks, unless somebody is named', () => {
  expect(of('What did I say about tea?', ['Melanie']).speaker).toBe('Melanie');
  expect(of('Was habe ich über Tee gesagt?', ['Melanie']).speaker).toBe('Melanie');
  expect(of('What did I say to Caroline?', ['Melanie']).speaker).toBe('Caroline Berg');
  expect(of('What did I say about tea?').speaker).toBeUndefined();
});

it('knows the time', () => {
  expect(of('What did I say yesterday?').time?.fromMs).toBe(Date.parse('2026-11-20T00:00:00Z'));
});

it('reads only the beginning of a long text', () => {
  const long = `tea ${'and so on '.repeat(2_000)}coffee`;
  expect(of(long).terms).toEqual(['tea']);
});
