/** A folder with an embedded database that is up to date, in a tenth of the time of making one. */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCluster } from '../../memory/database/cluster.ts';
import { readMigrations } from '../../memory/database/migrations.ts';
import { type MemoryLog, openDatabase } from '../../memory/database.ts';
import { testDataFolder } from '../servers/livekit-build.ts';
import { once } from '../servers/once.ts';

const quiet = () => undefined;
export const silent: MemoryLog = { info: quiet, warn: quiet, error: quiet, debug: quiet };

/** One folder for each state of the schema: made once, then copied in a tenth of a second. */
const template = async (): Promise<string> => {
  const mark = createHash('sha256');
  for (const { sha256 } of readMigrations()) mark.update(sha256);
  const name = `embedded-database-${mark.digest('hex').slice(0, 12)}`;
  const folder = join(testDataFolder(), name);
  await once({
    lock: `${folder}.making`,
    isDone: () => existsSync(folder),
    work: async () => {
      const making = `${folder}.partial`;
      rmSync(making, { recursive: true, force: true });
      const database = await openDatabase({ folder: making, role: 'server', log: silent });
      await database.close();
      renameSync(making, folder);
      const others = readdirSync(testDataFolder()).filter(
        (other) => /^embedded-database-[0-9a-f]+$/.test(other) && other !== name,
      );
      for (const other of others) {
        rmSync(join(testDataFolder(), other), { recursive: true, force: true });
      }
    },
    withinMs: 120_000,
  });
  return folder;
};

/** What initdb makes, copied in a tenth of its time. @param to an empty folder. */
export const bareCluster = async (to: string): Promise<void> => {
  const made = join(testDataFolder(), 'bare-cluster');
  await once({
    lock: `${made}.making`,
    isDone: () => existsSync(made),
    work: async () => {
      const making = `${made}.partial`;
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { mode: 0o700 });
      await makeCluster(making);
      renameSync(making, made);
    },
    withinMs: 120_000,
  });
  cpSync(made, to, { recursive: true });
};

/** A BUTLER_DATA of one's own with an embedded database in it; the caller removes it. */
export const embeddedFolder = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-database-'));
  cpSync(await template(), folder, { recursive: true });
  return folder;
};
