// What was said, on both databases: nothing cut, whole turns, cleaned by age, and undo.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import type { Database } from './database.ts';
import { contentPieces, recentTurns } from './history/turns.ts';
import { contentMax, createHistory, type History, type NewMessage } from './history.ts';
import { openUsers } from './users.ts';

const minutes = (count: number) => new Date(Date.UTC(2026, 2, 1) + count * 60_000);
const dayMinutes = 24 * 60;

describe('a long message', () => {
  it('becomes several that together are the same, cut between words', () => {
    const words = 'eleven chars '.repeat(4000);
    const pieces = contentPieces(words);
    expect(pieces).toHaveLength(3);
    expect(pieces.join('')).toBe(words);
    expect(pieces.every((piece) => [...piece].length <= contentMax)).toBe(true);
    expect(pieces[0]?.endsWith(' ')).toBe(true);
    const foxes = contentPieces('🦊'.repeat(contentMax + 1));
    expect(foxes.map((piece) => [...piece].length)).toEqual([contentMax, 1]);
    expect(contentPieces(' \n')).toEqual([]);
  });
});

describe('the recent talk', () => {
  const message = (turn: string, role: 'user' | 'assistant', id: number) => ({
    ...{ id, turn, role, door: 'app', content: `${id}`, heard: true, tainted: false },
    at: minutes(id),
  });
  it('has whole turns, from a person’s words on', () => {
    const said = [
      message('a', 'user', 1),
      message('a', 'assistant', 2),
      message('b', 'assistant', 3),
      message('c', 'user', 4),
      message('d', 'user', 5),
      // Two doors at once.
      message('c', 'assistant', 6),
      message('d', 'assistant', 7),
    ];
    const ids = (limit: number, from = 0) => recentTurns(said.slice(from), limit).map((m) => m.id);
    expect(ids(20)).toEqual([1, 2, 3, 4, 6, 5, 7]);
    expect(ids(6)).toEqual([4, 6, 5, 7]);
    expect(ids(3)).toEqual([5, 7]);
    expect(ids(1)).toEqual([5, 7]);
    expect(ids(20, 1)).toEqual([4, 6, 5, 7]);
    expect(recentTurns([message('x', 'assistant', 1)], 20)).toEqual([]);
  });
});

eachEngine((open) => {
  let database: Database;
  let history: History;
  let ada = '';
  let eve = '';
  beforeAll(async () => {
    database = await open();
    history = createHistory(database);
    const users = await openUsers(database);
    ada = (await users.insert({ id: 'ada', name: 'Ada', role: 'adult' })).id;
    eve = (await users.insert({ id: 'eve', name: 'Eve', role: 'adult' })).id;
  }, 120_000);

  const turn = (at: number, said: string, answer: string): NewMessage[] => {
    const same = { turn: randomUUID(), door: 'app', at: minutes(at) };
    return [
      { ...same, role: 'user', content: said },
      { ...same, role: 'assistant', content: answer, heard: false, tainted: true },
    ];
  };

  it('is written in order and read by the last days, neighbours, spans and turns', async () => {
    const first = turn(0, 'one', 'uno');
    await history.record(ada, first);
    const later = [turn(10, 'two', 'due'), turn(20, 'three', 'tre'), turn(30, 'four', 'quattro')];
    const ids = await history.record(ada, later.flat());
    await history.record(eve, turn(15, 'secret', 'hush'));
    const contents = (messages: { content: string }[]) => messages.map(({ content }) => content);

    const now = minutes(31);
    const recent = await history.recent(ada, { now });
    expect(contents(recent)).toEqual('one uno two due three tre four quattro'.split(' '));
    expect(recent[1]).toMatchObject({
      role: 'assistant',
      heard: false,
      tainted: true,
      door: 'app',
    });
    expect(contents(await history.recent(ada, { now, limit: 5 }))).toEqual(
      'three tre four quattro'.split(' '),
    );
    const weekLater = minutes(7 * dayMinutes + 20);
    expect(contents(await history.recent(ada, { now: weekLater }))).toEqual(
      'three tre four quattro'.split(' '),
    );
    const around = await history.around(ada, [ids[2] ?? 0, ids[3] ?? 0], 1);
    expect(contents(around)).toEqual('due three tre four'.split(' '));
    const between = await history.between(ada, minutes(10), minutes(30));
    expect(contents(between)).toEqual('two due three tre'.split(' '));
    expect(contents(await history.ofTurn(ada, first[0]?.turn ?? ''))).toEqual(['one', 'uno']);
    expect(await history.ofTurn(ada, 'not a uuid')).toEqual([]);
    expect(contents(await history.byIds(ada, [ids[5] ?? 0, ids[0] ?? 0]))).toEqual([
      'quattro',
      'two',
    ]);
    const some = [ids[5] ?? 0, ids[3] ?? 0];
    expect((await history.indexed(ada, some)).map(({ id }) => id)).toEqual(some.toReversed());
    expect(await history.indexed(eve, ids)).toEqual([]);
    expect(await history.around(eve, ids, 5)).toEqual([]);
    expect(await history.byIds(eve, ids)).toEqual([]);
  });

  it('keeps all of a long message, none of an empty one, and says what cannot be', async () => {
    const message = { turn: randomUUID(), door: 'app', role: 'user' as const };
    const long = `${'word '.repeat(9000)}\0end`;
    const ids = await history.record(ada, [{ ...message, content: long }]);
    expect(ids).toHaveLength(3);
    const stored = await history.byIds(ada, ids);
    expect(stored.map(({ content }) => content).join('')).toBe(long.replace('\0', ''));
    expect(await history.record(ada, [{ ...message, content: ' ' }])).toEqual([]);
    await expect(history.record(ada, [{ ...message, turn: '7', content: 'x' }])).rejects.toThrow(
      'must be a UUID',
    );
    await expect(history.record('nobody', [{ ...message, content: 'x' }])).rejects.toMatchObject({
      code: 'person-unknown',
    });
  });

  it('gives up what is removed, and takes it back', async () => {
    const ids = await history.record(ada, turn(50, 'my PIN', 'is safe'));
    await database.sql`update butler.conversation_history
      set embedding = '[1,2.5]', embedding_model = 'm' where id = ${ids[0] ?? 0}`;
    const before = await history.indexed(ada, ids);
    const deleted = await history.deleted(ada);
    expect(await history.remove(eve, ids)).toEqual([]);
    const removed = await history.remove(ada, ids);
    expect(removed.map(({ content }) => content)).toEqual(['my PIN', 'is safe']);
    expect(await history.deleted(ada)).toBe(deleted + 2);
    expect(await history.ids(ada)).not.toContain(ids[0]);
    await history.restore(ada, removed);
    await history.restore(ada, removed);
    expect(await history.indexed(ada, ids)).toEqual(before);
    expect(before[0]?.vector?.values).toEqual(Float32Array.of(1, 2.5));
  });

  it('is cleaned by age, of everybody', async () => {
    const old = minutes(-60 * dayMinutes);
    const ancient = turn(-61 * dayMinutes, 'then', 'long ago');
    await history.record(ada, ancient);
    await history.record(eve, ancient);
    const left = await history.ids(eve);
    expect(await history.clean(old)).toBe(4);
    expect(await history.clean(old)).toBe(0);
    expect(await history.ids(eve)).toEqual(left.slice(0, -2));
  });
});
