// The household's file: nobody lost, nobody twice, nothing readable in it.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword, passwordMatches } from './passwords.ts';
import { openPeople } from './people.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'butler-people-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ada = { name: 'Ada', username: 'Ada', password: 'correct horse', role: 'owner' as const };
const path = () => join(folder, 'people.json');

describe('people', () => {
  it('are there again after a restart, with their password and no readable one', async () => {
    const first = await openPeople({ folder });
    expect(first.count()).toBe(0);
    const made = await first.create(ada);
    expect(made).toEqual({ id: made.id, name: 'Ada', username: 'ada', role: 'owner' });
    const again = await openPeople({ folder });
    expect(again.byId(made.id)).toEqual(made);
    expect(again.byUsername(' ADA ')).toEqual(made);
    expect(await again.verifyPassword('aDa', 'correct horse')).toEqual(made);
    expect(await again.verifyPassword('ada', 'correct horse ')).toBeUndefined();
    expect(await again.verifyPassword('bob', 'correct horse')).toBeUndefined();
    expect(await readFile(path(), 'utf8')).not.toContain('correct');
    expect((await stat(path())).mode & 0o777).toBe(0o600);
    expect((await stat(`${path()}.bak`)).mode & 0o777).toBe(0o600);
  });

  it('have one username each, whatever its case or form', async () => {
    const people = await openPeople({ folder });
    await people.create(ada);
    for (const username of ['ADA', 'ada', 'ａｄａ']) {
      await expect(people.create({ ...ada, username })).rejects.toThrow('taken');
    }
    expect(people.count()).toBe(1);
  });

  it('begin with exactly one owner, however many try at once', async () => {
    const people = await openPeople({ folder });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const tries = await Promise.allSettled(
      names.map((username) => people.create({ ...ada, username }, { onlyAsFirst: true })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await openPeople({ folder })).count()).toBe(1);
  });

  it('are kept when two are made at once', async () => {
    const people = await openPeople({ folder });
    await Promise.all(['a', 'b', 'c'].map((username) => people.create({ ...ada, username })));
    expect((await openPeople({ folder })).count()).toBe(3);
    // The backup is the file before the last write.
    expect(JSON.parse(await readFile(`${path()}.bak`, 'utf8')).people).toHaveLength(2);
  });

  it('do not start from a damaged file; the sentence names it and its backup', async () => {
    await (await openPeople({ folder })).create(ada);
    const good = await readFile(path(), 'utf8');
    const twice = JSON.parse(good);
    twice.people.push({ ...twice.people[0], id: 'other' });
    const damaged = [
      '',
      '{"version":1,',
      '[]',
      good.replace('owner', 'king'),
      JSON.stringify(twice),
    ];
    for (const content of [...damaged, good.replace('$argon2id', '$md5')]) {
      await writeFile(path(), content);
      const opening = openPeople({ folder });
      await expect(opening).rejects.toThrow(`${path()} is damaged`);
      await expect(opening).rejects.toThrow(`${path()}.bak`);
    }
    // Lost altogether: without this the next visitor would become the owner.
    await rm(path());
    await expect(openPeople({ folder })).rejects.toThrow(`${path()} is missing`);
  });

  it('say nobody was added when the disk refuses, and nobody was', async () => {
    const people = await openPeople({ folder: join(folder, 'a-file', 'below') });
    await writeFile(join(folder, 'a-file'), '');
    await expect(people.create(ada)).rejects.toThrow();
    expect(people.count()).toBe(0);
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
