/** What is said about privacy: what is kept, who sees it, taking it along, being deleted. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Privacy',
  about:
    'All that Butler keeps of you stays in this house. Here you see what it is, take ' +
    'it along, or delete it.',

  kept: 'What is kept, and for how long',
  keptHint:
    'It lies in the house’s own database and files. What leaves the house goes only ' +
    'to services that the household has set up: speech to text and the mind, unless ' +
    'local ones are used.',
  what: 'What',
  howLong: 'How long',
  keeps: [
    [
      'Your name, username, role, language, voice, and how Butler is with you; the ' +
        'password only as a fingerprint that cannot be read',
      'until you are deleted',
    ],
    ['What Butler knows about you, with former versions', 'until you have it forgotten'],
    [
      'What was said, by you and to you; what Butler did for you, and why',
      'as long as the household keeps its history, or until you delete it',
    ],
    ['Devices: name, kind, room, last seen', '400 days after they were last seen'],
    ['Passkeys: public keys and names', 'until you remove them'],
    ['Accounts on services of the house, passwords encrypted', 'until you are deleted'],
    ['Your private notes; where you are, and who may know it', 'until you take them away'],
    ['Notices to you', '90 days'],
    ['Timers', 'until they went off; a week where nobody heard them'],
    [
      'How long answers took and what they cost, without words',
      'times 30 days, sums until you are deleted',
    ],
    [
      'The log of who did what, without words and names',
      'for ever; after a deletion it no longer points to you',
    ],
    ['Backups of all this', 'at most 28 days, and the last three that an owner asked for'],
  ],
  sees: 'Who sees it',
  seesOwner:
    'An owner sees that you live here, your role, your devices, how your accounts ' +
    'are, what you spent and how long answers took: no word of what was said.',
  seesNobody:
    'Nobody sees what you said, what Butler knows about you, your notes, or where ' +
    'you are, unless you allow it. Of children, owners also see what Butler did for ' +
    'them.',
  seesMachine:
    'Whoever runs the machine can read its disk: Butler does not hide from its own server.',
  forget: 'See and forget what Butler knows',
  history: 'See and delete what was said',

  export: 'Take it along',
  exportHint:
    'One ZIP file with everything of yours, readable by people and programs; a ' +
    'README explains each file. Passwords and keys are not in it.',
  exportStart: 'Make and download it',
  exporting: (size: string) => `Fetching… ${size} so far`,
  exportStop: 'Stop',
  exported: (name: string, size: string) => `${name} is saved (${size}).`,

  log: 'What was done by you, and with what is yours',
  logHint: 'The lines of the house’s log that concern you: also looks of others at what is yours.',
  logNone: 'Nothing stands there yet',
  by: (who: string) => `by ${who}`,
  byYou: 'by you',
  about1: (whom: string) => `about ${whom}`,
  aboutYou: 'about you',
  times: (count: number) => `${count} times`,
  outcomes: { refused: 'refused', failed: 'failed' },

  purge: 'Delete yourself',
  purgeHint:
    'You leave this house, and all that is kept of you goes for good. Nothing can ' +
    'bring it back. Take it along first, if you want it.',
  purgeChild: 'To be deleted, ask an owner of this household to do it with you.',
  purgeStart: 'Delete me…',
  purgeTitle: 'Delete yourself for good?',
  purgeAbout:
    'Your devices are signed out, accounts on services are switched off, and ' +
    'everything that Butler keeps of you is deleted. Backups forget you within 28 ' +
    'days.',
  confirm: (username: string) => `Type your username, ${username}, to show that you mean it`,
  password: 'Your password',
  purgeAct: 'Delete me for good',
  purging: 'Deleting, and searching for anything left…',
  wholeTitle: 'Delete the whole household',
  wholeAbout:
    'You are the only owner: make somebody else an owner first, or delete everybody ' +
    'and all that is the household’s along with you.',
  wholePhrase: (phrase: string) => `To delete the household, type: ${phrase}`,
  purgedTitle: 'You are deleted.',
  purged: (rows: string) =>
    `${rows} rows were deleted, and a search afterwards found nothing of you.`,
  purgedLeft: (rows: string, left: string) =>
    `${rows} rows were deleted; in ${left} places something is left. Tell whoever ` +
    'runs the machine.',
  purgedBackups: (day: string) => `Backups may hold you until ${day}.`,
};

const de: WordsLike<typeof en> = {
  title: 'Datenschutz',
  about:
    'Alles, was Butler von dir aufbewahrt, bleibt in diesem Haus. Hier siehst du, ' +
    'was es ist, nimmst es mit oder löschst es.',

  kept: 'Was aufbewahrt wird, und wie lange',
  keptHint:
    'Es liegt in der Datenbank und den Dateien des Hauses selbst. Hinaus geht nur ' +
    'etwas an Dienste, die der Haushalt eingerichtet hat: Spracherkennung und ' +
    'Verstand, wenn keine eigenen benutzt werden.',
  what: 'Was',
  howLong: 'Wie lange',
  keeps: [
    [
      'Dein Name, Benutzername, deine Rolle, Sprache, Stimme und wie Butler zu dir ' +
        'ist; das Passwort nur als Fingerabdruck, den niemand lesen kann',
      'bis du gelöscht wirst',
    ],
    ['Was Butler über dich weiß, mit früheren Fassungen', 'bis du es vergessen lässt'],
    [
      'Was gesagt wurde, von dir und zu dir; was Butler für dich tat, und warum',
      'so lange der Haushalt seinen Verlauf aufbewahrt, oder bis du es löschst',
    ],
    ['Geräte: Name, Art, Raum, zuletzt gesehen', '400 Tage, nachdem sie zuletzt gesehen wurden'],
    ['Passkeys: öffentliche Schlüssel und Namen', 'bis du sie entfernst'],
    ['Konten bei Diensten des Hauses, Passwörter verschlüsselt', 'bis du gelöscht wirst'],
    ['Deine privaten Notizen; wo du bist, und wer es wissen darf', 'bis du sie wegnimmst'],
    ['Hinweise an dich', '90 Tage'],
    ['Timer', 'bis sie geklingelt haben; eine Woche, wenn niemand sie hörte'],
    [
      'Wie lange Antworten dauerten und was sie kosteten, ohne Worte',
      'Zeiten 30 Tage, Summen bis du gelöscht wirst',
    ],
    [
      'Das Protokoll, wer was tat, ohne Worte und Namen',
      'für immer; nach einer Löschung zeigt es nicht mehr auf dich',
    ],
    [
      'Sicherungen von alledem',
      'höchstens 28 Tage, und die letzten drei, die jemand eigens verlangt hat',
    ],
  ],
  sees: 'Wer es sieht',
  seesOwner:
    'Wem das Haus gehört, sieht, dass du hier wohnst, deine Rolle, deine Geräte, wie ' +
    'es um deine Konten steht, was du ausgegeben hast und wie lange Antworten ' +
    'dauerten: kein Wort von dem, was gesagt wurde.',
  seesNobody:
    'Niemand sieht, was du gesagt hast, was Butler über dich weiß, deine Notizen ' +
    'oder wo du bist, wenn du es nicht erlaubst. Bei Kindern sehen Besitzer auch, ' +
    'was Butler für sie tat.',
  seesMachine:
    'Wer die Maschine betreibt, kann ihre Platte lesen: Vor dem eigenen Server ' +
    'versteckt Butler nichts.',
  forget: 'Ansehen und vergessen lassen, was Butler weiß',
  history: 'Ansehen und löschen, was gesagt wurde',

  export: 'Mitnehmen',
  exportHint:
    'Eine ZIP-Datei mit allem, was dir gehört, lesbar für Menschen und Programme; ' +
    'ein README erklärt jede Datei. Passwörter und Schlüssel sind nicht darin.',
  exportStart: 'Machen und herunterladen',
  exporting: (size) => `Wird geholt… bisher ${size}`,
  exportStop: 'Abbrechen',
  exported: (name, size) => `${name} ist gesichert (${size}).`,

  log: 'Was du getan hast, und was mit deinem geschah',
  logHint:
    'Die Zeilen im Protokoll des Hauses, die dich angehen: auch Blicke anderer auf ' +
    'das, was dir gehört.',
  logNone: 'Da steht noch nichts',
  by: (who) => `von ${who}`,
  byYou: 'von dir',
  about1: (whom) => `über ${whom}`,
  aboutYou: 'über dich',
  times: (count) => `${count}-mal`,
  outcomes: { refused: 'abgelehnt', failed: 'misslungen' },

  purge: 'Dich löschen',
  purgeHint:
    'Du verlässt dieses Haus, und alles, was von dir aufbewahrt ist, geht für immer. ' +
    'Nichts bringt es zurück. Nimm es vorher mit, wenn du es haben willst.',
  purgeChild: 'Um gelöscht zu werden, bitte einen Besitzer dieses Haushalts, es mit dir zu tun.',
  purgeStart: 'Mich löschen…',
  purgeTitle: 'Dich für immer löschen?',
  purgeAbout:
    'Deine Geräte werden abgemeldet, Konten bei Diensten abgeschaltet, und alles, ' +
    'was Butler von dir aufbewahrt, wird gelöscht. Sicherungen vergessen dich binnen ' +
    '28 Tagen.',
  confirm: (username) =>
    `Tippe deinen Benutzernamen, ${username}, damit klar ist, dass du es meinst`,
  password: 'Dein Passwort',
  purgeAct: 'Mich für immer löschen',
  purging: 'Wird gelöscht, und nach Resten gesucht…',
  wholeTitle: 'Den ganzen Haushalt löschen',
  wholeAbout:
    'Nur dir gehört dieses Haus: Mach erst jemand anderen zum Besitzer, oder lösche ' +
    'mit dir alle und alles, was dem Haushalt gehört.',
  wholePhrase: (phrase) => `Um den Haushalt zu löschen, tippe: ${phrase}`,
  purgedTitle: 'Du bist gelöscht.',
  purged: (rows) =>
    `${rows} Zeilen wurden gelöscht, und eine Suche danach fand nichts mehr von dir.`,
  purgedLeft: (rows, left) =>
    `${rows} Zeilen wurden gelöscht; an ${left} Stellen ist etwas übrig. Sag es dem, ` +
    'der die Maschine betreibt.',
  purgedBackups: (day) => `Sicherungen können dich bis zum ${day} enthalten.`,
};

export const privacyWords = inLanguage({ en, de });
