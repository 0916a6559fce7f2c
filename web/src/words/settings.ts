/** What the page about the settings of the house says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Settings',
  about: 'How the household has set Butler. What stands here first counts at once.',
  now: {
    BUTLER_LANGUAGE: {
      name: 'Language of the house',
      hint: 'From the next conversation on; the local models take it at the next start.',
    },
    BUTLER_VOICE: { name: 'Voice of the house', hint: 'From the next answer on.' },
    BUTLER_NAMES: {
      name: 'Names to listen for',
      hint: 'People, pets and rooms that speech to text should know, separated by commas.',
    },
    BUTLER_LOCATION: {
      name: 'Where the house is',
      hint: 'Latitude and longitude, such as 59.91,10.75. For the weather and the sun.',
    },
    BUTLER_LEARNING: {
      name: 'Learn from conversations',
      hint: 'Off: nothing is learned but what people ask Butler to remember.',
    },
    BUTLER_HISTORY_DAYS: {
      name: 'Days that conversations are kept',
      hint: 'From 1 to 3650; what was learned is kept.',
    },
    BUTLER_LOG_LEVEL: { name: 'How much is logged', hint: 'The log never holds words of people.' },
    loginNeedsApproval: {
      name: 'New devices wait',
      hint: 'After signing in with a password a device waits until another one lets it in.',
    },
    caps: {
      name: 'Limits on spending',
      hint: 'US dollars for the mind and speech to text. Once used up, commands still work.',
    },
  },
  groups: {
    speech: 'Language and voice',
    place: 'The house',
    memory: 'Memory',
    safety: 'Signing in',
    money: 'Money',
    running: 'Running',
  },
  from: {
    default: 'the default',
    environment: 'from .env',
    household: 'set here',
  },
  back: 'Back to what it was without this page',
  backOf: (name: string) => `${name}: back to what it was without this page`,
  changed: (name: string) => `“${name}” is changed.`,
  changedBack: (name: string) => `“${name}” is as it was.`,
  levels: {
    debug: 'Everything',
    info: 'The usual',
    warn: 'Warnings',
    error: 'Errors alone',
    silent: 'Nothing',
  },

  capOf: 'Whose limit',
  perDay: 'A day, $',
  perMonth: 'A month, $',
  capWhose: {
    household: 'The household',
    everyone: 'Each person without a limit of their own',
    person: (name: string) => `Person: ${name}`,
    door: (name: string) => `Door: ${name}`,
    trigger: (name: string) => `Cause: ${name}`,
  },
  addCap: 'Add a limit',
  removeCap: (whose: string) => `Remove the limit: ${whose}`,
  noCaps: 'No limit is set.',
  capMistake: 'An amount in dollars from 0 to 100000, or nothing.',
  saveCaps: 'Save the limits',

  restart: 'What needs a restart',
  restartAbout:
    'It stands in .env on the machine where Butler runs: change it there, then start Butler ' +
    'again. Secrets are never shown.',
  searchLabel: 'Search settings',
  secretSet: 'set, not shown',
  notSet: 'not set',
  restartGroups: {
    talk: 'Voice connection',
    ears: 'Speech to text',
    mind: 'The mind',
    voice: 'The voice',
    data: 'Data and backups',
    network: 'Network',
    services: 'Accounts on services',
    watching: 'Watching and running',
  },
};

const de: WordsLike<typeof en> = {
  title: 'Einstellungen',
  about: 'Wie der Haushalt Butler eingestellt hat. Was hier zuerst steht, gilt sofort.',
  now: {
    BUTLER_LANGUAGE: {
      name: 'Sprache des Hauses',
      hint: 'Ab dem nächsten Gespräch; die lokalen Modelle übernehmen sie beim nächsten Start.',
    },
    BUTLER_VOICE: { name: 'Stimme des Hauses', hint: 'Ab der nächsten Antwort.' },
    BUTLER_NAMES: {
      name: 'Namen, auf die zu hören ist',
      hint: 'Menschen, Tiere und Zimmer, die die Spracherkennung kennen soll, mit Kommas getrennt.',
    },
    BUTLER_LOCATION: {
      name: 'Wo das Haus steht',
      hint: 'Breite und Länge, etwa 59.91,10.75. Für Wetter und Sonne.',
    },
    BUTLER_LEARNING: {
      name: 'Aus Gesprächen lernen',
      hint: 'Aus: gelernt wird nur, was sich Butler merken soll.',
    },
    BUTLER_HISTORY_DAYS: {
      name: 'So viele Tage bleiben Gespräche',
      hint: 'Von 1 bis 3650; was gelernt wurde, bleibt.',
    },
    BUTLER_LOG_LEVEL: {
      name: 'Wie viel mitgeschrieben wird',
      hint: 'Worte von Menschen stehen nie darin.',
    },
    loginNeedsApproval: {
      name: 'Neue Geräte warten',
      hint: 'Nach dem Passwort wartet ein Gerät, bis ein anderes es hereinlässt.',
    },
    caps: {
      name: 'Grenzen der Ausgaben',
      hint:
        'US-Dollar für Verstand und Spracherkennung. ' +
        'Sind sie aufgebraucht, gehen Befehle weiter.',
    },
  },
  groups: {
    speech: 'Sprache und Stimme',
    place: 'Das Haus',
    memory: 'Gedächtnis',
    safety: 'Anmelden',
    money: 'Geld',
    running: 'Betrieb',
  },
  from: {
    default: 'Voreinstellung',
    environment: 'aus .env',
    household: 'hier gesetzt',
  },
  back: 'Zurück auf das, was ohne diese Seite gilt',
  backOf: (name) => `${name}: zurück auf das, was ohne diese Seite gilt`,
  changed: (name) => `„${name}“ ist geändert.`,
  changedBack: (name) => `„${name}“ ist wie vorher.`,
  levels: {
    debug: 'Alles',
    info: 'Das Übliche',
    warn: 'Warnungen',
    error: 'Nur Fehler',
    silent: 'Nichts',
  },

  capOf: 'Wessen Grenze',
  perDay: 'Am Tag, $',
  perMonth: 'Im Monat, $',
  capWhose: {
    household: 'Der Haushalt',
    everyone: 'Jede Person ohne eigene Grenze',
    person: (name) => `Person: ${name}`,
    door: (name) => `Tür: ${name}`,
    trigger: (name) => `Anlass: ${name}`,
  },
  addCap: 'Grenze hinzufügen',
  removeCap: (whose) => `Grenze entfernen: ${whose}`,
  noCaps: 'Keine Grenze ist gesetzt.',
  capMistake: 'Ein Betrag in Dollar von 0 bis 100000, oder nichts.',
  saveCaps: 'Grenzen speichern',

  restart: 'Was einen Neustart braucht',
  restartAbout:
    'Es steht in .env auf der Maschine, auf der Butler läuft: änder es dort, und starte Butler ' +
    'neu. Geheimnisse werden nie gezeigt.',
  searchLabel: 'Einstellungen durchsuchen',
  secretSet: 'gesetzt, nicht gezeigt',
  notSet: 'nicht gesetzt',
  restartGroups: {
    talk: 'Sprachverbindung',
    ears: 'Spracherkennung',
    mind: 'Der Verstand',
    voice: 'Die Stimme',
    data: 'Daten und Sicherungen',
    network: 'Netzwerk',
    services: 'Konten bei Diensten',
    watching: 'Beobachten und Betrieb',
  },
};

export const settingsWords = inLanguage({ en, de });
