/** What may leave the house as a card: cut to what can be seen, and nothing that is no card. */
import { expect, it } from 'vitest';
import { type Card, cardSchema, fitCard } from './card.ts';

const list = (texts: readonly string[], name = 'shopping'): Card => ({
  ...{ kind: 'list', list: name },
  items: texts.map((text) => ({ text, done: false })),
});

it('passes a card on as it is', () => {
  const card = list(['milk', 'bread 🥖']);
  expect(fitCard(card)).toEqual(card);
  expect(fitCard(undefined)).toBeUndefined();
});

it('shows fifty rows and two hundred letters at most', () => {
  const many = list(Array.from({ length: 80 }, (_, index) => `thing ${index}`));
  expect(fitCard(many)).toMatchObject({ items: { length: 50 } });
  const long = fitCard(list([`${'a'.repeat(198)}🥖🥖`], 'x'.repeat(5_000)));
  expect(long?.kind === 'list' && long.items[0]?.text).toBe(`${'a'.repeat(198)}…`);
  expect(long?.kind === 'list' && long.list.length).toBe(200);
});

it('shows no letter that hides or turns others', () => {
  const card = fitCard(list(['mi\u202elk\u0000', 'a\u2066b\u2069']));
  expect(card?.kind === 'list' && card.items.map(({ text }) => text)).toEqual(['mi lk ', 'a b ']);
});

it('is none where it has no such shape', () => {
  expect(fitCard({ kind: 'dance', steps: [] } as unknown as Card)).toBeUndefined();
  expect(fitCard({ kind: 'list', list: 'a' } as unknown as Card)).toBeUndefined();
});

it('sends no browser to another host', () => {
  const photo = (thumbnail: string) => ({ kind: 'photos', photos: [{ thumbnail }] });
  expect(cardSchema.safeParse(photo('/api/v1/photos/1?size=small')).success).toBe(true);
  for (const path of ['https://elsewhere.example/a.png', '//elsewhere.example', '/docs', 'x.png']) {
    expect([path, cardSchema.safeParse(photo(path)).success]).toEqual([path, false]);
  }
});
