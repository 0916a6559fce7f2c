// The shelf on both databases: whose a document is, what fits, and two who change it at once.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../memory/database.ts';
import { createShelf, type DocumentShelf, type Place } from '../memory/shelf.ts';
import { openUsers } from '../memory/users.ts';
import { eachEngine } from './rig/database.ts';

const people = ['ada', 'bo', "o'hara"];
const lists: Place = { space: 'lists' };
const ofAda: Place = { space: 'lists', owner: 'ada' };

eachEngine((open) => {
  let database: Database;
  let shelf: DocumentShelf;
  beforeAll(async () => {
    database = await open();
    shelf = createShelf(database);
    const users = await openUsers(database);
    for (const id of people) await users.insert({ id, name: id, role: 'adult' });
  }, 120_000);

  describe('a document', () => {
    it('comes back as it was put, in its own space, and goes', async () => {
      const value = { items: [{ text: 'Käse 🧀', count: 2 }], open: true, at: null };
      expect(await shelf.get(lists, 'shopping')).toBeUndefined();
      await shelf.put(lists, 'shopping', value);
      expect(await shelf.get(lists, 'shopping')).toEqual(value);
      expect(await shelf.get({ space: 'notes' }, 'shopping')).toBeUndefined();
      await shelf.put(lists, 'shopping', ['other']);
      await shelf.put(lists, 'packing', 'text');
      const all = await shelf.all(lists);
      expect(all.map(({ key, value }) => [key, value])).toEqual([
        ['packing', 'text'],
        ['shopping', ['other']],
      ]);
      expect(all[0]?.updatedAt).toBeInstanceOf(Date);
      expect(await shelf.remove(lists, 'shopping')).toBe(true);
      expect(await shelf.remove(lists, 'shopping')).toBe(false);
      await shelf.remove(lists, 'packing');
      expect(await shelf.all(lists)).toEqual([]);
    });

    it('of one person is neither the household’s nor another’s, whatever its key', async () => {
      await shelf.put(ofAda, 'diary', 'mine');
      expect(await shelf.get(ofAda, 'diary')).toBe('mine');
      for (const owner of [undefined, 'bo', "o'hara", "ada' or '1'='1", 'ADA', 'a%']) {
        const place = { space: 'lists', owner };
        expect(await shelf.get(place, 'diary'), owner).toBeUndefined();
        expect(await shelf.all(place), owner).toEqual([]);
        expect(await shelf.remove(place, 'diary'), owner).toBe(false);
      }
      await shelf.put({ space: 'lists', owner: 'bo' }, 'diary', 'of Bo');
      await shelf.put(lists, 'diary', 'of all');
      expect(await shelf.get(ofAda, 'diary')).toBe('mine');
      await shelf.remove(lists, 'diary');
    });

    it('is guarded by the database itself', async () => {
      await shelf.put(ofAda, 'secret', 1);
      await shelf.put(lists, 'common', 1);
      const seenBy = (id: string) =>
        database.asPerson(id, async (tx) => {
          const rows = await tx<{ owner: string }[]>`select distinct owner from butler.documents`;
          return rows.map(({ owner }) => owner).toSorted();
        });
      expect(await seenBy('ada')).toEqual(['', 'ada']);
      expect(await seenBy("o'hara")).toEqual(['']);
      const nobody = database.sql.begin(async (tx) => {
        await tx`select set_config('role', 'butler_app', true)`;
        return await tx`select * from butler.documents`;
      });
      expect(await nobody).toHaveLength(0);
      const forged = database.asPerson(
        'bo',
        (tx) => tx`insert into butler.documents (user_id, space, key, value)
          values ('ada', 'lists', 'x', '1')`,
      );
      await expect(forged).rejects.toThrow('row-level security');
      const taken = await database.asPerson(
        'bo',
        (tx) => tx`update butler.documents set user_id = 'bo' where user_id = 'ada'`,
      );
      expect(taken.count).toBe(0);
      const given = database.asPerson(
        'bo',
        (tx) => tx`update butler.documents set user_id = 'ada' where user_id = 'bo'`,
      );
      await expect(given).rejects.toThrow('row-level security');
    });

    it('goes with its person; the household’s stays', async () => {
      const users = await openUsers(database);
      await users.insert({ id: 'gone', name: 'Gone', role: 'adult' });
      await shelf.put({ space: 'lists', owner: 'gone' }, 'diary', 1);
      await users.remove('gone');
      const rows = await database.sql`select from butler.documents where user_id = 'gone'`;
      expect(rows).toHaveLength(0);
      expect(await shelf.get(lists, 'common')).toBe(1);
    });
  });

  describe('a change', () => {
    it('loses nothing of two, ten, or of a document that was not there', async () => {
      const add = (item: number) =>
        shelf.change<number[]>(lists, 'numbers', (before = []) => [...before, item]);
      await Promise.all(Array.from({ length: 10 }, (_, index) => add(index)));
      const numbers = (await shelf.get(lists, 'numbers')) as number[];
      expect(numbers.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    });

    it('gives what it wrote; undefined removes, and an error leaves all as it was', async () => {
      expect(await shelf.change<number>(lists, 'count', (count = 1) => count + 1)).toBe(2);
      const failing = shelf.change<number>(lists, 'count', () => {
        throw new Error('not so');
      });
      await expect(failing).rejects.toThrow('not so');
      expect(await shelf.get(lists, 'count')).toBe(2);
      expect(await shelf.change<number>(lists, 'count', () => undefined)).toBeUndefined();
      expect(await shelf.get(lists, 'count')).toBeUndefined();
    });
  });

  describe('what cannot be kept', () => {
    it('is refused with a sentence, and nothing is written', async () => {
      const cycle: Record<string, unknown> = {};
      cycle.self = cycle;
      const wrong: [Place, string, unknown, string, RegExp][] = [
        [lists, 'big', 'x'.repeat(65 * 1024), 'document-too-large', /at most 64 kB.*66/],
        [lists, 'big', 'ü'.repeat(33 * 1024), 'document-too-large', /Split it/],
        [lists, 'none', undefined, 'document-malformed', /Only JSON/],
        [lists, 'none', null, 'document-malformed', /remove it/],
        [lists, 'none', cycle, 'document-malformed', /Only JSON/],
        [lists, 'none', 1n, 'document-malformed', /Only JSON/],
        [lists, '', 1, 'document-malformed', /key of 1 to 200/],
        [lists, 'k'.repeat(201), 1, 'document-malformed', /key of 1 to 200/],
        [lists, 'a\0b', 1, 'document-malformed', /key of 1 to 200/],
        [{ space: '' }, 'a', 1, 'document-malformed', /key of 1 to 200/],
        [{ space: 'lists', owner: ' ' }, 'a', 1, 'document-malformed', /an owner who is a person/],
        [{ space: 'lists', owner: 'nobody' }, 'a', 1, 'shelf-owner-unknown', /Add the person/],
      ];
      for (const [place, key, value, code, sentence] of wrong) {
        const refused = shelf.put(place, key, value);
        await expect(refused).rejects.toMatchObject({ code });
        await expect(refused).rejects.toThrow(sentence);
      }
      expect(await shelf.get(lists, 'big')).toBeUndefined();
      expect(await shelf.get(lists, 'none')).toBeUndefined();
      await shelf.put(lists, 'odd', { text: 'a\0b\ud800', left: undefined });
      expect(await shelf.get(lists, 'odd')).toEqual({ text: 'ab\ufffd' });
    });

    it('a space that is full takes changes and no new documents, also of two at once', async () => {
      const few = createShelf(database, { max: 3 });
      const place = { space: 'few' };
      const tried = await Promise.allSettled(
        ['a', 'b', 'c', 'd', 'e'].map((key) => few.put(place, key, 1)),
      );
      expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
      const kept = await few.all(place);
      expect(kept).toHaveLength(3);
      await few.put(place, kept[0]?.key ?? '', 2);
      await expect(few.put(place, 'f', 1)).rejects.toMatchObject({
        code: 'shelf-full',
        message:
          'There are 3 documents of few already, and no more are kept. Remove old ones first.',
      });
      await few.put({ ...place, owner: 'ada' }, 'f', 1);
      await few.remove(place, kept[0]?.key ?? '');
      await few.put(place, 'f', 1);
    });

    it('while the database is away, that is said at once', async () => {
      const gone = await open();
      const left = createShelf(gone);
      await gone.close();
      const code = 'database-unreachable';
      await expect(left.get(lists, 'a')).rejects.toMatchObject({ code });
      await expect(left.put(lists, 'a', 1)).rejects.toMatchObject({ code });
    }, 120_000);
  });
});
