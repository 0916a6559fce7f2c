/** What the page about backups says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Backups',
  about: 'Everything Butler knows, in one file. One is made each night at three.',
  make: 'Make one now',
  making: 'A backup is being made',
  started: (span: string) => `for ${span}`,
  at: (table: string, rows: number) => `at ${table}, ${rows} rows so far`,
  made: 'The backup is made.',
  last: 'Last one that worked',
  never: 'none yet',
  next: 'Next one',
  folder: 'They lie in',
  failed: (moment: string) => `The last try, ${moment}, did not work:`,
  list: 'What there is',
  none: 'There is no backup yet',
  noneText: 'Make one now; the nightly ones come by themselves while Butler runs.',
  kept: {
    daily: 'of a night',
    weekly: 'of a week',
    'by hand': 'by hand',
    none: 'goes with the next one',
  },
  verified: 'read to its end',
  unverified: 'not read back',
  rows: (count: string) => `${count} rows`,
  files: (count: string) => `${count} files`,
  downloadOf: (name: string) => `Download ${name}`,
  deleteOf: (name: string) => `Delete ${name}`,
  fetching: (percent: string) => `Downloading, ${percent}`,
  secretHint: 'It holds what everybody here told Butler, and the keys of this house: keep it well.',
  deleteTitle: 'Delete this backup?',
  deleteAbout: (name: string) => `${name} goes for good. Copies elsewhere stay.`,
  deleted: 'The backup is deleted.',
  restore: 'Going back to one',
  restoreAbout: 'That is a command on the machine where Butler runs, never a button.',
  steps: {
    end: 'End Butler (Ctrl-C, or “docker compose stop butler worker”).',
    run: 'Run this, with the backup you want:',
    compose: 'In compose:',
    start: 'Start Butler again.',
  },
  after:
    'Nothing is deleted: what is there now is moved aside. Devices that were revoked since then ' +
    'are in again: revoke them again.',
};

const de: WordsLike<typeof en> = {
  title: 'Sicherungen',
  about: 'Alles, was Butler weiß, in einer Datei. Jede Nacht um drei wird eine gemacht.',
  make: 'Jetzt eine machen',
  making: 'Eine Sicherung wird gemacht',
  started: (span) => `seit ${span}`,
  at: (table, rows) => `bei ${table}, bisher ${rows} Zeilen`,
  made: 'Die Sicherung ist fertig.',
  last: 'Letzte, die gelang',
  never: 'noch keine',
  next: 'Nächste',
  folder: 'Sie liegen in',
  failed: (moment) => `Der letzte Versuch, ${moment}, ist gescheitert:`,
  list: 'Was es gibt',
  none: 'Es gibt noch keine Sicherung',
  noneText: 'Mach jetzt eine; die nächtlichen kommen von selbst, solange Butler läuft.',
  kept: {
    daily: 'von einer Nacht',
    weekly: 'von einer Woche',
    'by hand': 'von Hand',
    none: 'geht mit der nächsten',
  },
  verified: 'bis zum Ende gelesen',
  unverified: 'nicht zurückgelesen',
  rows: (count) => `${count} Zeilen`,
  files: (count) => `${count} Dateien`,
  downloadOf: (name) => `${name} herunterladen`,
  deleteOf: (name) => `${name} löschen`,
  fetching: (percent) => `Wird geladen, ${percent}`,
  secretHint:
    'Sie enthält, was alle hier Butler gesagt haben, und die Schlüssel dieses Hauses: ' +
    'verwahr sie gut.',
  deleteTitle: 'Diese Sicherung löschen?',
  deleteAbout: (name) => `${name} geht endgültig. Kopien anderswo bleiben.`,
  deleted: 'Die Sicherung ist gelöscht.',
  restore: 'Zurück zu einer Sicherung',
  restoreAbout: 'Das ist ein Befehl auf der Maschine, auf der Butler läuft, nie ein Knopf.',
  steps: {
    end: 'Beende Butler (Strg-C, oder „docker compose stop butler worker“).',
    run: 'Führ das aus, mit der Sicherung, die du willst:',
    compose: 'Mit compose:',
    start: 'Starte Butler wieder.',
  },
  after:
    'Nichts wird gelöscht: was jetzt da ist, wird beiseitegelegt. Geräte, die seitdem gesperrt ' +
    'wurden, sind wieder drin: sperr sie noch einmal.',
};

export const backupsWords = inLanguage({ en, de });
