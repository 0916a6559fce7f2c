/** `npm run reset-password -- USERNAME`: a link by which somebody who lost everything comes in. */
import path from 'node:path';
import { createInvitations, resetLifeMs } from '../../admin/invitations.ts';
import { foldUsername } from '../../admin/people.ts';
import { type Database, DatabaseError, openDatabase } from '../../memory/database.ts';
import { openUsers } from '../../memory/users.ts';
import { ConfigurationError, readConfiguration, type Settings } from '../config.ts';

/** There is nobody to help; the message says who there is. */
class ResetError extends Error {
  readonly code = 'reset-failed';
}

const usage = 'Say whose: npm run reset-password -- USERNAME';
const quiet = (): void => undefined;
const log = { info: quiet, warn: quiet, error: quiet, debug: quiet };

/** While Butler runs, the embedded database is his: then it is asked through him. */
const open = async ({ DATABASE_URL: url, BUTLER_DATA }: Settings): Promise<Database> => {
  const options = { url, folder: path.resolve(BUTLER_DATA), log };
  try {
    return await openDatabase({ ...options, role: 'server' });
  } catch (error) {
    const isBusy = error instanceof DatabaseError && error.code === 'database-in-use';
    if (!isBusy) throw error;
    return await openDatabase({ ...options, role: 'worker' });
  }
};

const homeOf = ({ BUTLER_HOST: host, BUTLER_PORT: port }: Settings): string => {
  const isEvery = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host);
  return `http://${isEvery ? 'localhost' : host}:${port}`;
};

/**
 * The address that sets a new password, once, within the hour; whoever runs this reads the
 * database anyway, so it asks for no proof.
 * @throws {ResetError} when nobody has that username.
 */
export const passwordLink = async (settings: Settings, username: string): Promise<string> => {
  const database = await open(settings);
  try {
    const users = await openUsers(database);
    const user = users.byUsername(foldUsername(username));
    if (!user) {
      const names = users.all().flatMap((one) => one.username ?? []);
      throw new ResetError(
        `Nobody has the username ${username}. There is: ${names.join(', ') || 'nobody yet'}.`,
      );
    }
    const invitations = createInvitations({ database, clock: Date.now });
    const { id: forPerson, name, role } = user;
    const made = await invitations.make({ name, role, forPerson, createdBy: null });
    if (!made) throw new ResetError('Too many links are open. Try again in an hour.');
    return `${homeOf(settings)}/#join=${made.token}`;
  } finally {
    await database.close();
  }
};

const main = async (username: string | undefined): Promise<number> => {
  try {
    if (username === undefined) throw new ResetError(usage);
    const link = await passwordLink(readConfiguration(), username);
    console.error(`Open this within ${resetLifeMs / 60_000} minutes, while Butler runs; it works`);
    console.error('once, and logs that person out everywhere else:\n');
    console.log(link);
    return 0;
  } catch (error) {
    const isOurs = error instanceof ResetError || error instanceof ConfigurationError;
    if (!isOurs && !(error instanceof DatabaseError)) throw error;
    console.error(error.message);
    return 1;
  }
};

if (import.meta.main) process.exitCode = await main(process.argv[2]);
