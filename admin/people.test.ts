// Who may log in: nobody lost, nobody twice, nothing readable; and the file of earlier versions.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../memory/database.ts';
import { openUsers } from '../memory/users.ts';
import { eachEngine } from '../tests/rig/database.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { openPeople } from './people.ts';

const ada = { name: 'Ada', username: 'Ada', password: 'correct horse', role: 'owner' as const };

eachEngine((openDatabase) => {
  let database: Database | undefined;
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'butler-people-'));
    database ??= await openDatabase();
    await database.sql`delete from butler.users`;
  }, 120_000);
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const path = () => join(folder, 'people.json');
  const opened = (): Database => {
    if (!database) throw new Error('no database was opened');
    return database;
  };
  /** As another start of Butler would. */
  const open = async () => await openPeople({ users: await openUsers(opened()), folder });

  describe('people', () => {
    it('are there again after a restart, with their password and no readable one', async () => {
      const first = await open();
      expect(first.count()).toBe(0);
      const made = await first.create(ada);
      const household = { permissions: null, language: null, voice: null };
      const shown = { id: made.id, name: 'Ada', username: 'ada', role: 'owner', ...household };
      expect(made).toEqual(shown);
      const again = await open();
      expect(again.byId(made.id)).toEqual(made);
      expect(again.byUsername(' ADA ')).toEqual(made);
      expect(await again.verifyPassword('aDa', 'correct horse')).toEqual(made);
      expect(await again.verifyPassword('ada', 'correct horse ')).toBeUndefined();
      expect(await again.verifyPassword('bob', 'correct horse')).toBeUndefined();
      const rows = await opened().sql`select to_jsonb(users) as row from butler.users`;
      expect(JSON.stringify(rows)).not.toContain('correct');
    });

    it('have one username each, whatever its case or form', async () => {
      const people = await open();
      await people.create(ada);
      const elsewhere = await open();
      for (const username of ['ADA', 'ada', 'ａｄａ']) {
        await expect(people.create({ ...ada, username })).rejects.toThrow('taken');
        await expect(elsewhere.create({ ...ada, username })).rejects.toThrow('taken');
      }
      expect(people.count()).toBe(1);
    });

    it('begin with one owner over all processes that have the database open', async () => {
      const [people, elsewhere] = [await open(), await open()];
      await people.create(ada, { onlyAsFirst: true });
      const other = { ...ada, username: 'mallory' };
      await expect(elsewhere.create(other, { onlyAsFirst: true })).rejects.toMatchObject({
        code: 'setup-done',
      });
      expect(elsewhere.count()).toBe(1);
    });

    it('begin with exactly one owner, however many try at once', async () => {
      const people = await open();
      const names = ['a', 'b', 'c', 'd', 'e'];
      const tries = await Promise.allSettled(
        names.map((username) => people.create({ ...ada, username }, { onlyAsFirst: true })),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await open()).count()).toBe(1);
    });

    it('who came in a file of souls cannot log in until they have a password', async () => {
      const users = await openUsers(opened());
      await users.insert({ id: 'user_001', name: 'Ron', role: 'adult' });
      await users.insert({ id: 'user_002', name: 'Bo', role: 'adult', username: 'bo' });
      const people = await openPeople({ users, folder });
      expect(people.count()).toBe(0);
      expect(people.byId('user_001')).toBeUndefined();
      expect(await people.verifyPassword('bo', '')).toBeUndefined();
      await users.update('user_002', {
        passwordHash: await hashPassword('a new password'),
        permissions: ['media'],
        language: 'de',
        ttsVoice: 'am_michael',
      });
      expect(await people.verifyPassword('bo', 'a new password')).toMatchObject({
        id: 'user_002',
        permissions: ['media'],
        language: 'de',
        voice: 'am_michael',
      });
    });
  });

  describe('people.json', () => {
    const stored = async (username: string, id = `id-${username}`) => ({
      ...{ id, name: username, username, role: 'owner', createdAt: '2026-01-02T03:04:05.000Z' },
      passwordHash: await hashPassword(ada.password),
    });
    const writeFor = async (...people: object[]) => {
      await writeFile(path(), JSON.stringify({ version: 1, people }));
      await writeFile(`${path()}.bak`, '{}');
    };

    it('is taken over once, with ids and passwords, and set aside', async () => {
      await writeFor(await stored('Ada'), await stored('bo'));
      const people = await open();
      expect(await people.verifyPassword('ada', ada.password)).toMatchObject({ id: 'id-Ada' });
      expect((await readdir(folder)).sort()).toEqual([
        'people.json.bak.imported',
        'people.json.imported',
      ]);
      expect((await open()).count()).toBe(2);
      // As after a crash between writing the rows and renaming the file.
      await writeFor(await stored('Ada'), await stored('bo'));
      expect((await open()).count()).toBe(2);
    });

    it('that does not fit the database changes nothing and stays', async () => {
      await (await open()).create(ada);
      await writeFor(await stored('bo'), await stored('ada', 'another'));
      await expect(open()).rejects.toThrow(`${path()} do not fit`);
      expect(await readdir(folder)).toContain('people.json');
      await rm(path());
      await rm(`${path()}.bak`);
      expect((await open()).count()).toBe(1);
    });

    it('that is damaged is not taken; the sentence names it and its backup', async () => {
      const good = JSON.stringify({ version: 1, people: [await stored('ada')] });
      await writeFor(await stored('ada'));
      const twice = JSON.parse(good);
      twice.people.push({ ...twice.people[0], id: 'other' });
      const damaged = ['', '{"version":1,', '[]', JSON.stringify(twice)];
      const changed = [good.replace('owner', 'king'), good.replace('$argon2id', '$md5')];
      for (const content of [...damaged, ...changed]) {
        await writeFile(path(), content);
        const opening = open();
        await expect(opening).rejects.toThrow(`${path()} is damaged`);
        await expect(opening).rejects.toThrow(`${path()}.bak`);
        expect(await readFile(path(), 'utf8')).toBe(content);
      }
      // Lost altogether: without this the next visitor would become the owner.
      await rm(path());
      await expect(open()).rejects.toThrow(`${path()} is missing`);
    });
  });
});

describe('passwords', () => {
  it('are checked by either recipe, with the parameters that the hash carries', async () => {
    for (const recipe of ['argon2id', 'scrypt'] as const) {
      const hash = await hashPassword('Zoë is here', recipe);
      expect(hash.startsWith(`$${recipe}$`)).toBe(true);
      // Composed and decomposed letters are the same password.
      expect(await passwordMatches('Zoe\u0308 is here', hash)).toBe(true);
      expect(await passwordMatches('zoë is here', hash)).toBe(false);
    }
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
    expect(await passwordMatches('x', 'no hash at all')).toBe(false);
  });

  it('wait in line, and are refused where the line is too long', async () => {
    const tries = Array.from({ length: 30 }, () => hashPassword('many at once'));
    const ends = await Promise.allSettled(tries);
    const refused = ends.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30 - 18);
    expect(await hashPassword('afterwards')).toContain('$');
  });
});
