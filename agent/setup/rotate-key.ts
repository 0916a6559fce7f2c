/** `npm run rotate-key`: encrypts kept passwords with another key; `-- --mark` gives up some. */
import path from 'node:path';
import { openAudit } from '../../admin/audit.ts';
import { rotateKey } from '../../admin/rotation.ts';
import { openDatabase } from '../../memory/database.ts';
import { readConfiguration } from '../config.ts';
import { createLog } from '../log.ts';

const run = async (): Promise<void> => {
  const settings = readConfiguration();
  const folder = path.resolve(settings.BUTLER_DATA);
  const log = createLog('warn', 'rotate-key');
  const url = settings.DATABASE_URL;
  const { JWT_SECRET: secret, BUTLER_FORMER_SECRET: former } = settings;
  const isMarking = process.argv.includes('--mark');
  // The embedded database is in use while Butler runs, and says so; a server's is not locked.
  if (url) console.log('Butler must not run meanwhile: what it wrote now would have the old key.');
  const database = await openDatabase({ url, folder, role: 'server', log });
  const audit = openAudit({ database, log });
  try {
    const done = await rotateKey({ database, folder, secret, former, isMarking });
    const { rewritten, already, marked, isNewSecret } = done;
    const detail = { rewritten, already, marked, isNewSecret };
    await audit.record({
      actor: { part: 'rotate-key' },
      what: 'key-rotated',
      outcome: 'done',
      detail,
    });
    console.log(
      `${rewritten} passwords encrypted anew, ${already} had the key already, ${marked} ` +
        'marked as not to be opened.',
    );
    if (isNewSecret) {
      console.log('The house has a new secret: everybody has to log in again, on every device.');
    } else if (former) console.log('BUTLER_FORMER_SECRET is no longer needed: take it away.');
    console.log('Backups from before hold passwords under the former secret.');
  } finally {
    await audit.close();
    await database.close();
  }
};

try {
  await run();
} catch (error) {
  // Errors of ours are sentences; a stack helps only where something else went wrong.
  const ours = error instanceof Error && 'code' in error;
  console.error(ours ? error.message : error);
  process.exit(1);
}
