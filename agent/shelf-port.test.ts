/** Shelf and people as tools get them: each failure is a sentence, and nobody sees a password. */
import { expect, it } from 'vitest';
import { DatabaseError } from '../memory/database.ts';
import { createShelf } from '../memory/shelf.ts';
import { openUsers } from '../memory/users.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { ToolError } from '../tools/core/define.ts';
import { createPeople } from './people-port.ts';
import { createShelves } from './shelf-port.ts';

eachEngine((open) => {
  it('keeps the spaces of two integrations apart, and each owner’s documents', async () => {
    const database = await open();
    const users = await openUsers(database);
    await users.insert({ id: 'ada', name: 'Ada', role: 'adult', passwordHash: 'hash' });
    const shelves = createShelves(createShelf(database));
    const [lists, notes] = [shelves.of('lists', 'en'), shelves.of('notes', 'en')];
    await lists.put('a', 1);
    await lists.put('a', 2, { owner: 'ada' });
    expect([await lists.get('a'), await lists.get('a', { owner: 'ada' })]).toEqual([1, 2]);
    expect(await notes.get('a')).toBeUndefined();
    expect(await lists.change<number>('a', (value = 0) => value + 1)).toBe(2);
    expect((await lists.all()).map(({ key, value }) => [key, value])).toEqual([['a', 2]]);
    expect(await lists.remove('a')).toBe(true);
    const people = await createPeople(users).all();
    expect(people).toEqual([{ id: 'ada', name: 'Ada', username: null, role: 'adult' }]);
    await expect(lists.put('a', 1, { owner: 'nobody' })).rejects.toMatchObject({
      code: 'shelf-owner-unknown',
      message: expect.stringContaining('members of the household'),
    });
    const german = shelves.of('lists', 'de-AT').put('a', 'x'.repeat(70_000));
    await expect(german).rejects.toThrow('zu lang');
    await expect(lists.put('', 1)).rejects.toBeInstanceOf(ToolError);
    const few = createShelves(createShelf(database, { max: 1 })).of('few', 'en');
    await few.put('a', 1);
    await expect(few.put('b', 1)).rejects.toThrow('no more room');
  });

  it('says that memory is away, and keeps the people it knows', async () => {
    const database = await open();
    const users = await openUsers(database);
    await users.insert({ id: 'ada', name: 'Ada', role: 'adult' });
    await database.close();
    const shelf = createShelves(createShelf(database)).of('lists', 'de');
    await expect(shelf.all()).rejects.toMatchObject({
      code: 'memory-unavailable',
      message: expect.stringContaining('Gedächtnis'),
    });
    expect(await createPeople(users).all()).toHaveLength(1);
  });
});

it('asks for the people anew when five seconds have passed, once for all who wait', async () => {
  let asked = 0;
  let nowMs = 0;
  const users = {
    all: () => [],
    refresh: async () => {
      asked++;
      if (asked === 3) throw new DatabaseError({ code: 'database-unreachable' }, 'Away.');
    },
  };
  const people = createPeople(users, () => nowMs);
  await Promise.all([people.all(), people.all()]);
  await people.all();
  expect(asked).toBe(1);
  nowMs = 5_000;
  await people.all();
  expect(asked).toBe(2);
  nowMs = 10_000;
  await people.all();
  await people.all();
  expect(asked).toBe(4);
});
