/** Files in Nextcloud and in folders of this machine: found, read aloud, shared by a link. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import {
  findFiles,
  readFile,
  recentFiles,
  shareFile,
  touchedBySharing,
  unshareFile,
} from './actions.ts';
import { kinds } from './entry.ts';
import { renewNextcloud } from './nextcloud.ts';
import { healthOf, openPlaces } from './places.ts';
import { findSays, readSays, recentSays, shareSays } from './says.ts';

const reading = {
  effect: 'read',
  permission: 'files',
  confirm: 'if-unsure',
  outside: true,
  asked: { en: 'the files', de: 'die Dateien' },
} as const;

const kind = z.enum(kinds).optional();
const file = z
  .string()
  .trim()
  .min(1)
  .max(1_000)
  .describe('Words of its name, or its path as files_find shows it.');

export default integration({
  name: 'files',
  about: 'Files in Nextcloud and in folders of this machine.',
  doing: {
    read: { en: 'looking through the files', de: 'sehe in die Dateien' },
    write: { en: 'sharing a file', de: 'gebe eine Datei frei' },
  },
  config: z.object({
    roots: z
      .string()
      .optional()
      .describe('Folders that everybody at home may have read to them, separated by ":".'),
  }),
  sources: {
    nextcloud: z.object({
      url: z
        .url({ protocol: /^https?$/, error: 'must be an address such as https://cloud.example' })
        .describe('The address of Nextcloud, as in the browser before /apps or /index.php.'),
      username: z.string().describe('The name that you log in with.'),
      password: z.string().describe('An app password: Settings, Security, in Nextcloud.'),
      person: z.string().optional().describe('Username of whose it is; unset: everybody’s.'),
    }),
  },
  connect: openPlaces,
  health: healthOf,
  renew: renewNextcloud,
}).tools({
  find: {
    ...reading,
    about: 'Find files by words of their name or folder, and by kind.',
    says: findSays,
    input: z.object({ words: z.string().trim().min(1).max(200), kind }),
    examples: [
      { says: 'find the boat insurance file', input: { words: 'boat insurance' } },
      { says: 'search our files for insurance', input: { words: 'insurance' } },
      {
        ...{ says: 'suche in unseren Dateien nach Versicherung', language: 'de' },
        input: { words: 'Versicherung' },
      },
    ],
    run: findFiles,
  },
  read: {
    ...reading,
    about:
      'Read a text file, piece by piece: `next` of the answer is the `offset` of the next piece.',
    says: readSays,
    input: z.object({ file, offset: z.int().min(0).default(0) }),
    examples: [
      { says: 'read me the recipe file', input: { file: 'recipe' } },
      { says: 'lies mir die Datei Rezept vor', input: { file: 'Rezept' }, language: 'de' },
    ],
    run: readFile,
  },
  recent: {
    ...reading,
    about: 'List the files that changed in the last days.',
    says: recentSays,
    input: z.object({ days: z.int().min(1).max(365).default(7), kind }),
    examples: [
      { says: 'what is new in our files', input: {} },
      { says: 'welche Dateien sind neu', input: {}, language: 'de' },
    ],
    run: recentFiles,
  },
  share: {
    effect: 'write',
    permission: 'files',
    role: 'adult',
    confirm: 'always',
    // The question and the answer name the file as somebody has called it.
    outside: true,
    asked: { en: 'Nextcloud', de: 'Nextcloud' },
    about: 'Make a public link to one file in Nextcloud, for reading, that ends after some days.',
    says: shareSays,
    input: z.object({ file, days: z.int().min(1).max(60).default(7) }),
    examples: [
      { says: 'share the holiday plan document', input: { file: 'holiday plan' } },
      { says: 'teile die Datei Urlaubsplan', input: { file: 'Urlaubsplan' }, language: 'de' },
    ],
    effectOf: touchedBySharing,
    run: shareFile,
  },
  unshare: {
    effect: 'write',
    permission: 'files',
    role: 'adult',
    confirm: 'never',
    hidden: true,
    outside: true,
    idempotent: true,
    about: 'Delete a public link that files_share made.',
    says: [],
    input: z.object({ place: z.string().min(1).max(100), id: z.string().min(1).max(100) }),
    examples: [{ says: 'that link again', input: { place: 'nextcloud', id: '1' } }],
    run: unshareFile,
  },
});
