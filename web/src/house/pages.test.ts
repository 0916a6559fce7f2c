/** Nobody sees a page of the house that would be refused, and nobody misses one that would not. */
import { expect, it } from 'vitest';
import { whoMayCall } from '../../../admin/who-may-call.ts';
import { asks, type HousePage, pagesOf } from './pages.ts';

const roles = ['owner', 'adult', 'child', 'guest'] as const;

it.each(roles)('lists for a person who is %s what the house answers them', (role) => {
  const answered = (Object.keys(asks) as HousePage[]).filter((page) =>
    (whoMayCall[asks[page]] as readonly string[]).includes(role),
  );
  expect(pagesOf(role)).toEqual(answered);
});
