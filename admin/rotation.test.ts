// A new key: all rows or none, also when the process is killed; nothing is lost on the way.
import { spawnSync } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../memory/database.ts';
import { openFolder, secretsOf } from '../tests/rig/accounts.ts';
import { embeddedFolder } from '../tests/rig/database-folder.ts';
import { sharedDatabase } from '../tests/rig/shared-database.ts';
import { rotateKey } from './rotation.ts';
import { createSealer } from './sealing.ts';
import { openSecrets } from './secret.ts';

const services = ['jellyfin', 'audiobookshelf', 'immich', 'nextcloud'];
const [first, second] = ['the first secret of this house, long', 'the second secret of this house'];

let folder: string;
let database: Database;
const open = async () => {
  database = await openFolder(folder);
};
const live = () =>
  database.sql`insert into butler.users (id, name, role) values ('ada', 'Ada', 'adult')`;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'butler-rotation-'));
  database = await sharedDatabase();
  await live();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const passwordOf = (service: string) => `password of ${service}`;
const fill = async (secrets: Parameters<typeof createSealer>[0]) => {
  const sealer = createSealer(secrets);
  for (const service of services) {
    const sealed = sealer.seal(passwordOf(service), { userId: 'ada', service });
    await database.sql`
      insert into butler.service_credentials (user_id, service, username, password_encrypted,
        external_id)
      values ('ada', ${service}, 'ada', ${sealed}, 'x')`;
  }
};
const rows = () =>
  database.sql<{ service: string; sealed: string; status: string; keyId: string }[]>`
    select service, password_encrypted as sealed, status, key_id as "keyId"
    from butler.service_credentials order by id`;
/** What opens with one secret alone. */
const opening = async (secrets: Parameters<typeof createSealer>[0]) => {
  const sealer = createSealer(secrets);
  return (await rows()).map(({ service, sealed }) => {
    return sealer.open(sealed, { userId: 'ada', service })?.text;
  });
};
const all = services.map(passwordOf);
const none = services.map(() => undefined);
const there = (name: string) =>
  access(join(folder, name)).then(
    () => true,
    () => false,
  );

describe('a configured secret', () => {
  it('takes the place of the former one; a second time there is nothing to do', async () => {
    await fill(secretsOf(first));
    const done = await rotateKey({ database, folder, secret: second, former: first });
    expect(done).toEqual({ rewritten: 4, already: 0, marked: 0, isNewSecret: false });
    expect(await opening(secretsOf(second))).toEqual(all);
    expect(await opening(secretsOf(first))).toEqual(none);
    const again = await rotateKey({ database, folder, secret: second, former: first });
    expect(again).toMatchObject({ rewritten: 0, already: 4 });
  });

  it('stops where a row does not open, unless those are to be marked', async () => {
    await fill(secretsOf(first));
    await database.sql`
      update butler.service_credentials set password_encrypted = 'v1.ffffffffffff.AAAA'
      where service = 'immich'`;
    const before = await rows();
    const parts = { database, folder, secret: second, former: first };
    await expect(rotateKey(parts)).rejects.toThrow('1 of the passwords do not open');
    expect(await rows()).toEqual(before);
    const done = await rotateKey({ ...parts, isMarking: true });
    expect(done).toMatchObject({ rewritten: 3, marked: 1 });
    const marked = (await rows()).filter(({ status }) => status === 'decrypt_error');
    expect(marked.map(({ service, sealed }) => [service, sealed])).toEqual([
      ['immich', 'v1.ffffffffffff.AAAA'],
    ]);
  });

  it('heals rows that did not open before', async () => {
    await fill(secretsOf(first));
    await database.sql`update butler.service_credentials set status = 'decrypt_error'`;
    await rotateKey({ database, folder, secret: second, former: first });
    expect((await rows()).every(({ status }) => status === 'active')).toBe(true);
  });
});

describe("Butler's own file", () => {
  it('gets a new secret, and the old one is gone at the end', async () => {
    await writeFile(join(folder, 'secret'), `${first}\n`);
    await fill(secretsOf(first));
    const done = await rotateKey({ database, folder });
    expect(done).toMatchObject({ rewritten: 4, isNewSecret: true });
    const now = (await readFile(join(folder, 'secret'), 'utf8')).trim();
    expect(now).not.toBe(first);
    expect(await opening(secretsOf(now))).toEqual(all);
    expect([await there('secret.new'), await there('secret.former')]).toEqual([false, false]);
  });

  it.each([
    // In the middle of the rows: the old secret still opens all of them.
    ['between', all],
    // Before the files were changed: the new secret lies beside it, and opens them.
    ['committed', none],
  ])(
    'killed: %s',
    async (moment, opensWithOld) => {
      await rm(folder, { recursive: true, force: true });
      folder = await embeddedFolder();
      await open();
      await live();
      await writeFile(join(folder, 'secret'), `${first}\n`);
      await fill(secretsOf(first));
      await database.close();
      const script = fileURLToPath(new URL('../tests/rig/rotate-and-die.ts', import.meta.url));
      const child = spawnSync(process.execPath, [script, folder, moment], { encoding: 'utf8' });
      expect(child.signal, child.stderr).toBe('SIGKILL');
      await open();
      expect(await opening(secretsOf(first))).toEqual(opensWithOld);
      // Butler itself, started now, opens every one of them.
      expect(await opening(await openSecrets({ folder }))).toEqual(all);
      await rotateKey({ database, folder });
      const now = (await readFile(join(folder, 'secret'), 'utf8')).trim();
      expect(now).not.toBe(first);
      expect(await opening(secretsOf(now))).toEqual(all);
      expect([await there('secret.new'), await there('secret.former')]).toEqual([false, false]);
      await database.close();
    },
    60_000,
  );
});
