/** Which of the last messages make whole turns, and how long content is cut into rows. Pure. */
import type { Message } from './message.ts';

/** Characters (code points) of one row. */
export const contentMax = 20_000;

/** Content in rows of at most `contentMax`; cut after white space where there is any. */
export const contentPieces = (content: string): string[] => {
  const characters = [...content];
  const pieces: string[] = [];
  for (let start = 0; start < characters.length; ) {
    const whole = characters.slice(start, start + contentMax);
    const last = whole.findLastIndex((character) => /\s/u.test(character));
    // A word longer than half a row is not worth a short row.
    const cut = start + whole.length < characters.length && last > contentMax / 2;
    const length = cut ? last + 1 : whole.length;
    pieces.push(whole.slice(0, length).join(''));
    start += length;
  }
  return content.trim() === '' ? [] : pieces;
};

/**
 * Whole turns in the order they began, beginning with a person's words; the last turn always,
 * also where it is longer than `limit`.
 * @param messages - oldest first; one more than `limit` where there are older ones.
 */
export const recentTurns = (messages: Message[], limit: number): Message[] => {
  const turns = new Map<string, Message[]>();
  for (const message of messages) {
    turns.set(message.turn, [...(turns.get(message.turn) ?? []), message]);
  }
  let groups = [...turns.values()];
  const count = () => groups.reduce((sum, group) => sum + group.length, 0);
  // The oldest is cut through, or too much: unless it is all there is.
  while (count() > limit && groups.length > 1) groups = groups.slice(1);
  const said = groups.flat();
  const first = groups.findIndex((group) => group[0]?.role === 'user');
  if (first > -1) return groups.slice(first).flat();
  // A turn so long that its beginning was not even asked for.
  const from = said.findIndex(({ role }) => role === 'user');
  return from === -1 ? [] : said.slice(from);
};
