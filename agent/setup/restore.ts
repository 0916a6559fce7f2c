/** `npm run restore -- FILE`: goes back to a backup, and keeps what was there before it. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from '../../memory/backup/restore.ts';
import { backupsFolder } from '../backups.ts';
import { ConfigurationError, readConfiguration } from '../config.ts';

const usage =
  'Say which backup: npm run restore -- FILE [--data FOLDER] [--into DATABASE_URL] [--replace]\n' +
  '  --data     where the state goes; unset: BUTLER_DATA\n' +
  '  --into     a Postgres server, or `embedded`; unset: DATABASE_URL, else embedded\n' +
  '  --replace  a schema that is there is renamed, so that the backup takes its place';

const optionsOf = (given: string[]) => {
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      into: { type: 'string' },
      replace: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  return file === undefined || more.length > 0 ? undefined : { file, ...values };
};

const restore = async (options: NonNullable<ReturnType<typeof optionsOf>>): Promise<void> => {
  const settings = readConfiguration();
  const { BUTLER_BACKUP_KEY: key, DATABASE_URL: usual, BUTLER_TIMEZONE: timeZone } = settings;
  const { file, data = settings.BUTLER_DATA, into, replace } = options;
  const { manifest, aside, schemaAside, purged } = await restoreBackup({
    archive: { file: resolve(file), key },
    folder: resolve(data),
    url: into === 'embedded' ? undefined : (into ?? usual),
    backups: backupsFolder({ ...settings, BUTLER_DATA: data }),
    replace,
    now: new Date(),
    say: (sentence) => console.log(sentence),
  });
  const at = new Date(manifest.at).toLocaleString('en-GB', { timeZone });
  console.log(`Everything is as it was on ${at}: ${file}`);
  if (aside) console.log(`What was there before is now in ${aside}`);
  if (schemaAside) console.log(`The schema that was there is now called ${schemaAside}`);
  if (purged > 0) console.log(`People who were purged since and stay so: ${purged}`);
  if (manifest.secret === 'elsewhere' && !settings.JWT_SECRET) {
    console.log(
      'That Butler had its JWT_SECRET in its own .env: set the same here, else everybody logs in ' +
        'again and passwords kept for other services do not open.',
    );
  }
};

const main = async (given: string[]): Promise<number> => {
  try {
    const options = optionsOf(given);
    if (!options) throw new TypeError(usage);
    await restore(options);
    return 0;
  } catch (error) {
    const isOurs = error instanceof Error && 'code' in error;
    const isSentence = isOurs || error instanceof TypeError || error instanceof ConfigurationError;
    console.error(isSentence ? error.message : error);
    return 1;
  }
};

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
