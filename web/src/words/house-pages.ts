/** Names of the pages of the house. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  label: 'The house',
  pages: {
    status: 'Status',
    turns: 'Turns',
    people: 'People',
    integrations: 'Integrations',
    ledger: 'Schedule',
    backups: 'Backups',
    audit: 'Audit',
    settings: 'Settings',
  },
};

const de: WordsLike<typeof en> = {
  label: 'Das Haus',
  pages: {
    status: 'Zustand',
    turns: 'Gesprächszüge',
    people: 'Personen',
    integrations: 'Dienste',
    ledger: 'Termine',
    backups: 'Sicherungen',
    audit: 'Protokoll',
    settings: 'Einstellungen',
  },
};

export const housePagesWords = inLanguage({ en, de });
