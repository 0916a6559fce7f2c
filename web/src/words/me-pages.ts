/** Names of the pages about a person. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  label: 'About you',
  pages: {
    profile: 'Profile',
    soul: 'Manner',
    memory: 'Memory',
    accounts: 'Accounts',
    devices: 'Devices',
    notifications: 'Notices',
    privacy: 'Privacy',
  },
};

const de: WordsLike<typeof en> = {
  label: 'Über dich',
  pages: {
    profile: 'Profil',
    soul: 'Art',
    memory: 'Gedächtnis',
    accounts: 'Konten',
    devices: 'Geräte',
    notifications: 'Hinweise',
    privacy: 'Datenschutz',
  },
};

export const mePagesWords = inLanguage({ en, de });
