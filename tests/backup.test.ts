/** A backup and the way back, on both databases and across them: every row as it was. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkArchive } from '../memory/backup/open.ts';
import { restoreBackup } from '../memory/backup/restore.ts';
import { type Database, openDatabase } from '../memory/database.ts';
import { addTombstone } from '../memory/purge.ts';
import { backUp, canonical, furnish } from './rig/backup.ts';
import { noPostgres } from './rig/database.ts';
import { bareCluster, embeddedFolder, silent } from './rig/database-folder.ts';
import { startPostgres } from './servers/postgres.ts';

const folders: string[] = [];
const fresh = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-restored-'));
  folders.push(folder);
  return folder;
};
const servers: { stop(): Promise<void> }[] = [];
const server = async (): Promise<string> => {
  const started = await startPostgres();
  if ('unavailable' in started) throw new Error(started.unavailable);
  servers.push(started);
  return started.url;
};
const databases: Database[] = [];
const open = async (folder: string, url?: string): Promise<Database> => {
  const database = await openDatabase({ folder, url, role: 'server', log: silent });
  databases.push(database);
  return database;
};
const restore = (
  file: string,
  to: { folder: string; url?: string; replace?: boolean; key?: string },
) =>
  restoreBackup({
    archive: { file, key: to.key },
    ...{ folder: to.folder, url: to.url, backups: join(to.folder, 'backups') },
    ...{ replace: to.replace ?? false, now: new Date('2026-11-22T10:00:00Z') },
    say: () => undefined,
    newCluster: bareCluster,
  });

/** What is in it, by which it is compared; it is closed again. */
const contentsOf = async (folder: string, url?: string) => {
  const database = await open(folder, url);
  const contents = await canonical(database.sql);
  await database.close();
  return contents;
};

const passphrase = 'correct horse battery';
let house = { folder: '', file: '', sealed: '', contents: {} as Record<string, string[]> };

beforeAll(async () => {
  const folder = await embeddedFolder();
  folders.push(folder);
  const database = await open(folder);
  await furnish(database);
  writeFileSync(join(folder, 'secret'), 'the secret of this house, thirty-two\n');
  mkdirSync(join(folder, 'timers'));
  writeFileSync(join(folder, 'timers', 'one.json'), '{"id":"one","ownerId":"ben"}');
  writeFileSync(join(folder, 'timers', `${'long-'.repeat(30)}.json`), '{"id":"l","ownerId":"ann"}');
  writeFileSync(join(folder, 'pins.json'), '{"ann":{"hash":"x"},"ben":{"hash":"y"}}');
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'models', 'weights.bin'), 'large');
  const contents = await canonical(database.sql);
  const file = await backUp({ database, folder });
  const sealed = await backUp({ database, folder, key: passphrase });
  house = { folder, contents, file, sealed };
  await database.close();
});
afterAll(async () => {
  for (const database of databases) await database.close();
  for (const { stop } of servers) await stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('a backup of the embedded database', () => {
  it('says what is in it, and holds the state without models or the cluster', async () => {
    const manifest = await checkArchive({ file: house.file });
    expect(manifest).toMatchObject({ engine: 'pglite', timeZone: 'Europe/Oslo', secret: 'inside' });
    expect(manifest.tables.user_facts?.rows).toBe(453);
    expect(manifest.audit).toEqual({ number: 3, hash: 'h3' });
    const paths = manifest.members.flatMap(({ path }) => path ?? []);
    const long = `timers/${'long-'.repeat(30)}.json`;
    expect(paths).toEqual(['pins.json', 'secret', long, 'timers/one.json']);
    expect(statSync(house.file).mode & 0o777).toBe(0o600);
    expect(existsSync(join(house.folder, 'database', 'copy'))).toBe(false);
  });

  it('comes back in an empty folder, every row and file, and counts on from there', async () => {
    const folder = join(fresh(), 'not-there-yet');
    const restored = await restore(house.file, { folder });
    expect(restored).toMatchObject({ aside: undefined, purged: 0 });
    const database = await open(folder);
    expect(await canonical(database.sql)).toEqual(house.contents);
    for (const path of ['secret', 'pins.json', 'timers/one.json']) {
      expect(readFileSync(join(folder, path))).toEqual(readFileSync(join(house.folder, path)));
      expect(statSync(join(folder, path)).mode & 0o777).toBe(0o600);
    }
    // Triggers and references are at work again.
    const [fact] = await database.sql<{ id: number; revision: number }[]>`
      insert into butler.user_facts (user_id, category, fact, source, confidence)
      values ('ann', 'personal', 'New', 'explicit', 1) returning id, revision`;
    expect(fact?.id).toBeGreaterThan(453);
    expect(fact?.revision).toBeGreaterThan(453);
    await expect(database.sql`delete from butler.audit`).rejects.toThrow('only ever added to');
    const stranger = database.sql`insert into butler.devices (id, user_id, name, approved_by)
      values ('x', 'nobody', 'X', 'setup')`;
    await expect(stranger).rejects.toMatchObject({ code: '23503' });
    await database.close();
  });

  it('is refused while a Butler runs, moves the old aside, leaves out the purged', async () => {
    const folder = await embeddedFolder();
    folders.push(folder);
    writeFileSync(join(folder, 'secret'), 'another');
    const before = await open(folder);
    await before.sql`insert into butler.users (id, name, role) values ('zoe', 'Zoe', 'owner')`;
    await expect(restore(house.file, { folder })).rejects.toMatchObject({
      code: 'database-in-use',
    });
    await before.close();
    addTombstone(folder, 'ben', new Date());
    const { aside = '', purged } = await restore(house.file, { folder });
    expect(purged).toBe(1);
    const contents = await contentsOf(folder);
    expect(JSON.stringify(contents)).not.toContain('"ben"');
    expect(contents.user_facts).toHaveLength(3);
    expect(contents.conversation_history).toEqual(house.contents.conversation_history);
    expect(readFileSync(join(folder, 'pins.json'), 'utf8')).not.toContain('ben');
    expect(existsSync(join(folder, 'timers', 'one.json'))).toBe(false);
    expect(readFileSync(join(folder, 'purged.json'), 'utf8')).toContain('hash');
    expect(readFileSync(join(aside, 'secret'), 'utf8')).toBe('another');
    expect((await contentsOf(aside)).users?.[0]).toContain('Zoe');
  });

  it('changes nothing where it is damaged or fails on its way', async () => {
    const folder = fresh();
    writeFileSync(join(folder, 'secret'), 'mine');
    const bytes = readFileSync(house.file);
    const bent = join(folder, 'bent.tar.gz');
    writeFileSync(bent, bytes.subarray(0, bytes.length - 100));
    await expect(restore(bent, { folder })).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, '.restoring'))).toBe(false);
  });

  it('is sealed with a passphrase, and opens with it', async () => {
    const { sealed } = house;
    await expect(restore(sealed, { folder: fresh() })).rejects.toMatchObject({
      code: 'backup-sealed',
    });
    expect((await checkArchive({ file: sealed, key: passphrase })).tables).toEqual(
      (await checkArchive({ file: house.file })).tables,
    );
  });
});

describe.skipIf(noPostgres)(`with a Postgres server${noPostgres ? `: ${noPostgres}` : ''}`, () => {
  it('moves from the embedded database to the server, and back into an empty folder', async () => {
    const [url, folder] = [await server(), fresh()];
    await restore(house.file, { folder, url });
    expect(existsSync(join(folder, 'database', 'cluster'))).toBe(false);
    const database = await open(folder, url);
    expect(await canonical(database.sql)).toEqual(house.contents);
    const file = await backUp({ database, folder, url });
    // A Butler is connected: nothing is taken from under it.
    const used = restore(file, { folder, url, replace: true });
    await expect(used).rejects.toMatchObject({ code: 'restore-refused' });
    await database.sql`insert into butler.users (id, name, role) values ('zoe', 'Zoe', 'guest')`;
    await database.close();

    await expect(restore(file, { folder, url })).rejects.toThrow('--replace');
    const { schemaAside } = await restore(file, { folder, url, replace: true });
    const again = await open(folder, url);
    expect(await canonical(again.sql)).toEqual(house.contents);
    const former = await again.sql`select id from ${again.sql(`${schemaAside}.users`)} order by id`;
    expect(former.map(({ id }) => id)).toEqual(['ann', 'ben', 'zoe']);
    await again.close();

    const home = fresh();
    await restore(file, { folder: home });
    expect(await contentsOf(home)).toEqual(house.contents);
  });
});
