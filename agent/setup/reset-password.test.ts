// The last way back in: a link from the server's own terminal, also while Butler has the database.
import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { createInvitations } from '../../admin/invitations.ts';
import { openDatabase } from '../../memory/database.ts';
import { openUsers } from '../../memory/users.ts';
import { embeddedFolder, silent } from '../../tests/rig/database-folder.ts';
import { readConfiguration } from '../config.ts';
import { passwordLink } from './reset-password.ts';

const folder = await embeddedFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('makes a link for who is there, whether Butler runs or not', async () => {
  const settings = readConfiguration({ BUTLER_DATA: folder, BUTLER_HOST: '0.0.0.0' });
  await expect(passwordLink(settings, 'ada')).rejects.toThrow('There is: nobody yet.');
  const database = await openDatabase({ folder, role: 'server', log: silent });
  const users = await openUsers(database);
  const ada = { id: 'p1', name: 'Ada', username: 'ada', role: 'owner', passwordHash: 'x' } as const;
  await users.insert(ada);
  const running = await passwordLink(settings, 'Ada');
  const tokenOf = (link: string) => /^http:\/\/localhost:\d+\/#join=([\w-]{43})$/.exec(link)?.[1];
  const invitations = createInvitations({ database, clock: Date.now });
  expect(await invitations.look(tokenOf(running) ?? '')).toMatchObject({ forPerson: 'p1' });
  await expect(passwordLink(settings, 'eve')).rejects.toThrow('There is: ada.');
  await database.close();
  const stopped = await passwordLink(settings, 'ada');
  expect(tokenOf(stopped)).toBeDefined();
  const again = await openDatabase({ folder, role: 'server', log: silent });
  const reopened = createInvitations({ database: again, clock: Date.now });
  // The newer one ends the older.
  expect(await reopened.look(tokenOf(running) ?? '')).toBeUndefined();
  expect(await reopened.look(tokenOf(stopped) ?? '')).toMatchObject({ name: 'Ada' });
  await again.close();
});
