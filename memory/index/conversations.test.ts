/** Turns stay in their order, whatever the order in which they come and go. */
import { expect, it } from 'vitest';
import { Conversations } from './conversations.ts';

const at = (session: string, id: number, atMs = 0) => ({ session, id, atMs });
const from = (conversations: Conversations, first: number): number[] => {
  const slots = [first];
  for (let next = conversations.after[first] ?? -1; next >= 0; ) {
    slots.push(next);
    next = conversations.after[next] ?? -1;
  }
  return slots;
};

it('orders by time, then by id, each conversation by itself', () => {
  const conversations = new Conversations();
  conversations.put(0, at('a', 5, 20));
  conversations.put(1, at('a', 9, 10));
  conversations.put(2, at('b', 1, 15));
  conversations.put(3, at('a', 7, 10));
  expect(from(conversations, 3)).toEqual([3, 1, 0]);
  expect(from(conversations, 2)).toEqual([2]);
  expect(conversations.before[0]).toBe(1);
});

it('closes the gap that a removed one leaves', () => {
  const conversations = new Conversations();
  for (let slot = 0; slot < 200; slot++) conversations.put(slot, at('a', slot));
  conversations.remove(1);
  conversations.remove(500);
  expect(from(conversations, 0)).toHaveLength(199);
  expect(conversations.before[2]).toBe(0);
  conversations.remove(0);
  expect(conversations.before[2]).toBe(-1);
  conversations.put(1, at('a', 300));
  expect(conversations.before[1]).toBe(199);
});
