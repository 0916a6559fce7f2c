/** What the page about the people of the house says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'People',
  about: 'Who lives here, what each of them may do, and how somebody comes or goes.',
  list: 'Who lives here',
  you: 'you',
  notYet: 'has not signed in yet',
  manage: 'Manage',
  manageOf: (name: string) => `Manage ${name}`,
  role: 'Role',
  roleHints: {
    owner: 'runs the house',
    adult: 'everything but running the house',
    child: 'what is safe for children',
    guest: 'lights, and asking',
  },
  nowRole: (name: string, role: string) => `${name} is now: ${role}.`,
  roleBack: (name: string, role: string) => `${name} is again: ${role}.`,
  permissions: 'What they may use',
  permissionsAbout: 'Counts from their next conversation on.',
  asRole: 'What their role may',
  asRoleHint: 'Switch it off to choose for this person.',
  savePermissions: 'Save what they may use',
  permissionsSaved: (name: string) => `What ${name} may use is changed.`,
  permissionsBack: (name: string) => `What ${name} may use is as it was.`,
  doors: 'How they talk to Butler',
  doorsAbout: 'For a child you may choose this.',
  startMode: 'How a conversation begins',
  startModes: {
    push_to_talk: 'Holding the button',
    wake_word: 'By the wake word',
    app_open: 'As soon as the app is open',
  },
  language: 'Language',
  ofHousehold: 'As the household',
  doorsChanged: (name: string) => `It is changed for ${name}.`,
  doorsBack: (name: string) => `It is as it was for ${name}.`,
  accounts: 'Accounts on services',
  accountStates: {
    active: 'works',
    failed: 'failed',
    skipped: 'not made',
    decrypt_error: 'password unreadable',
  },
  noAccounts: 'There is no service on which Butler makes accounts.',
  password: 'Lost password',
  passwordAbout: 'A link for one hour, by which they choose a new password. It ends all sign-ins.',
  makeLink: 'Make a password link',
  linkAbout: (name: string) => `Let ${name} scan this, or send the link. It works once.`,
  remove: 'Remove from the house',
  removeAbout: 'Deletes the person and everything that Butler keeps of them. It cannot be undone.',
  removeTitle: (name: string) => `Remove ${name} for good?`,
  removeText:
    'Their facts, conversations, devices, timers and accounts go. Backups made before hold them ' +
    'until they age out.',
  confirm: (written: string) => `To show whom you mean, write “${written}”`,
  ownPassword: 'Your own password',
  removeAct: 'Remove for good',
  removed: (name: string) => `${name} is removed`,
  rows: (count: number) =>
    count === 1 ? 'One entry was deleted.' : `${count} entries were deleted.`,
  proof: (remaining: number) =>
    remaining === 0
      ? 'A search afterwards found nothing of them any more.'
      : `A search afterwards still found ${remaining} places: see the audit log.`,
  backups: (day: string) => `Backups may hold them until ${day}.`,
  removeYourself: 'You remove yourself under “You”, Privacy.',
  done: 'Done',
};

const de: WordsLike<typeof en> = {
  title: 'Personen',
  about: 'Wer hier wohnt, was jeder darf, und wie jemand kommt oder geht.',
  list: 'Wer hier wohnt',
  you: 'du',
  notYet: 'hat sich noch nicht angemeldet',
  manage: 'Verwalten',
  manageOf: (name) => `${name} verwalten`,
  role: 'Rolle',
  roleHints: {
    owner: 'verwaltet das Haus',
    adult: 'alles außer das Haus zu verwalten',
    child: 'was für Kinder sicher ist',
    guest: 'Licht, und fragen',
  },
  nowRole: (name, role) => `${name} ist jetzt: ${role}.`,
  roleBack: (name, role) => `${name} ist wieder: ${role}.`,
  permissions: 'Was diese Person benutzen darf',
  permissionsAbout: 'Gilt ab dem nächsten Gespräch.',
  asRole: 'Was die Rolle erlaubt',
  asRoleHint: 'Schalte es aus, um für diese Person zu wählen.',
  savePermissions: 'Erlaubtes speichern',
  permissionsSaved: (name) => `Was ${name} benutzen darf, ist geändert.`,
  permissionsBack: (name) => `Was ${name} benutzen darf, ist wie vorher.`,
  doors: 'Wie sie mit Butler spricht',
  doorsAbout: 'Für ein Kind darfst du das wählen.',
  startMode: 'Wie ein Gespräch beginnt',
  startModes: {
    push_to_talk: 'Taste halten',
    wake_word: 'Mit dem Weckwort',
    app_open: 'Sobald die App offen ist',
  },
  language: 'Sprache',
  ofHousehold: 'Wie der Haushalt',
  doorsChanged: (name) => `Für ${name} ist es geändert.`,
  doorsBack: (name) => `Für ${name} ist es wie vorher.`,
  accounts: 'Konten bei Diensten',
  accountStates: {
    active: 'funktioniert',
    failed: 'gescheitert',
    skipped: 'nicht angelegt',
    decrypt_error: 'Passwort nicht lesbar',
  },
  noAccounts: 'Es gibt keinen Dienst, bei dem Butler Konten anlegt.',
  password: 'Passwort vergessen',
  passwordAbout:
    'Ein Link für eine Stunde, mit dem ein neues Passwort gewählt wird. ' +
    'Er beendet alle Anmeldungen.',
  makeLink: 'Passwort-Link machen',
  linkAbout: (name) => `Lass ${name} das scannen, oder schick den Link. Er gilt einmal.`,
  remove: 'Aus dem Haus entfernen',
  removeAbout:
    'Löscht die Person und alles, was Butler von ihr hat. Das lässt sich nicht zurücknehmen.',
  removeTitle: (name) => `${name} endgültig entfernen?`,
  removeText:
    'Fakten, Gespräche, Geräte, Timer und Konten gehen. Frühere Sicherungen enthalten sie, bis ' +
    'sie zu alt sind.',
  confirm: (written) => `Schreib „${written}“, um zu zeigen, wen du meinst`,
  ownPassword: 'Dein eigenes Passwort',
  removeAct: 'Endgültig entfernen',
  removed: (name) => `${name} ist entfernt`,
  rows: (count) =>
    count === 1 ? 'Ein Eintrag wurde gelöscht.' : `${count} Einträge wurden gelöscht.`,
  proof: (remaining) =>
    remaining === 0
      ? 'Eine Suche danach hat nichts mehr gefunden.'
      : `Eine Suche danach fand noch ${remaining} Stellen: siehe das Protokoll.`,
  backups: (day) => `Sicherungen können sie bis ${day} enthalten.`,
  removeYourself: 'Dich selbst entfernst du unter „Du“, Datenschutz.',
  done: 'Fertig',
};

export const peopleWords = inLanguage({ en, de });
