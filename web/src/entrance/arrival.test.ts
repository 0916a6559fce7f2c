// The secret of a link: read once, and out of the address at once.
import { expect, test } from 'vitest';
import { takeArrival } from './arrival.ts';

const opened = (hash: string) => {
  const replaced: unknown[] = [];
  const location = { hash, pathname: '/', search: '?x=1' };
  const history = {
    replaceState: (_state: unknown, _title: string, url?: string | URL | null) =>
      void replaced.push(url),
  };
  return { arrival: takeArrival({ location, history }), replaced };
};

test.each([
  ['#join=a-B_9', { kind: 'join', secret: 'a-B_9' }],
  ['#pair=%3D%2F', { kind: 'pair', secret: '=/' }],
])('%s', (hash, arrival) => {
  expect(opened(hash)).toEqual({ arrival, replaced: ['/?x=1'] });
});

test.each(['', '#', '#join=', '#other=1'])('“%s” brings nothing and stays', (hash) => {
  expect(opened(hash)).toEqual({ arrival: undefined, replaced: [] });
});
