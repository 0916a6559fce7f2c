/** What is said about one's devices, passkeys, and people who are invited. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Devices and sign-in',
  leave: 'Leave this device in a room',
  leaveAbout:
    'It shows the time and waits for its word. Until it hears the word, no sound leaves it.',
  leaveGo: 'Begin listening here',
  about: 'Where you are signed in, how you come in, and who else may.',

  devices: 'Your devices',
  devicesHint: 'Revoke what you do not know: it is out at once.',
  types: {
    phone: 'phone',
    tablet: 'tablet',
    computer: 'computer',
    speaker: 'speaker',
    display: 'display',
    program: 'program',
    other: 'device',
  },
  thisDevice: 'this device',
  seen: (ago: string) => `last seen ${ago}`,
  inRoom: (room: string) => `stands in: ${room}`,
  edit: 'Change',
  editOf: (name: string) => `Change: ${name}`,
  editTitle: 'Change this device',
  name: 'Name',
  type: 'Kind',
  room: 'Room',
  roomHint: 'Where it stands for good, such as “Kitchen”; empty for what you carry about.',
  changed: (name: string) => `“${name}” is changed.`,
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke: ${name}`,
  revokeTitle: (name: string) => `Revoke “${name}”?`,
  revokeAbout:
    'It is signed out at once, and what it is saying or doing breaks off. To come in ' +
    'again it needs your password, a passkey, or a link.',
  revoked: (name: string) => `“${name}” is signed out.`,
  signOut: 'Sign out here',
  everywhere: 'Sign out everywhere else',
  everywhereTitle: 'Sign out everywhere else?',
  everywhereAbout:
    'All your devices but this one are signed out at once, and links of yours that ' +
    'wait to be used no longer work.',
  everywhereDone: (count: number) =>
    count === 1 ? 'One other device is signed out.' : `${count} other devices are signed out.`,

  requests: 'Waiting to come in',
  requestsHint: 'Let a device in only if it shows the same code.',
  code: 'Code',
  asked: (ago: string) => `asked ${ago}`,
  whose: 'Whose device',
  approve: 'Let in',
  approveOf: (name: string) => `Let in ${name}`,
  refuse: 'Refuse',
  refuseOf: (name: string) => `Refuse ${name}`,
  approved: (name: string) => `“${name}” may come in.`,
  refused: (name: string) => `“${name}” stays out.`,

  add: 'Add a device',
  addHint: (time: string) =>
    'Scan this with the camera of the new device, or open the link there. It works ' +
    `once, until ${time}.`,
  cameIn: 'The new device is in.',
  qr: 'QR code with the link below',
  link: 'Link',
  copyLink: 'Copy the link',
  share: 'Send it',
  done: 'Done',

  passkeys: 'Passkeys',
  passkeysHint:
    'A passkey is your fingerprint, face or the PIN of a device in place of a ' +
    'password. It works under this address only.',
  passkeysNotHere:
    'This browser cannot use passkeys here: they need https and a name in place of an IP address.',
  noPasskeys: 'You have no passkey yet',
  noPasskeysHint: 'With one you sign in by a touch, and nobody can ask you for a password.',
  addPasskey: 'Add a passkey',
  passkeyName: 'Name of the new passkey',
  passkeyExample: 'My phone',
  added: (name: string) => `“${name}” lets you in from now on.`,
  notAdded: 'No passkey was made.',
  knownHere: 'This device holds a passkey of yours already.',
  renameOf: (name: string) => `Rename ${name}`,
  renameTitle: 'Rename the passkey',
  renamed: (name: string) => `It is called “${name}” now.`,
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove “${name}”?`,
  removeAbout:
    'It no longer opens this house. On the device itself it stays until you delete it there.',
  removed: (name: string) => `“${name}” lets nobody in any more.`,
  made: (day: string) => `made ${day}`,
  used: (ago: string) => `last used ${ago}`,
  neverUsed: 'never used',
  under: (host: string) => `for ${host}`,

  invite: 'Invite somebody',
  inviteHint: 'They choose their own username and password.',
  inviteName: 'Their name',
  role: 'Role',
  roles: { owner: 'owner', adult: 'adult', child: 'child', guest: 'guest' },
  roleHints: {
    owner: 'runs the house with you',
    adult: 'uses what the house has',
    child: 'with what you allow; you look after their data',
    guest: 'talks with Butler, and little more',
  },
  makeInvitation: 'Make an invitation',
  inviteShow: (name: string, day: string) =>
    `Let ${name} scan this, or send the link. It works once, until ${day}.`,
  invitations: 'Open invitations',
  newPassword: 'for a new password',
  withdraw: 'Withdraw',
  withdrawOf: (name: string) => `Withdraw: ${name}`,
  withdrawTitle: (name: string) => `Withdraw the invitation of ${name}?`,
  withdrawAbout: 'The link no longer works. You can make another one at any time.',
  withdrawn: (name: string) => `The invitation of ${name} works no more.`,
  until: (day: string) => `until ${day}`,
};

const de: WordsLike<typeof en> = {
  title: 'Geräte und Anmeldung',
  leave: 'Dieses Gerät in einem Raum lassen',
  leaveAbout: 'Es zeigt die Uhrzeit und wartet auf sein Wort. Bis dahin verlässt es kein Ton.',
  leaveGo: 'Hier zuhören',
  about: 'Wo du angemeldet bist, wie du hereinkommst, und wer es sonst noch darf.',

  devices: 'Deine Geräte',
  devicesHint: 'Sperre, was du nicht kennst: es ist sofort draußen.',
  types: {
    phone: 'Telefon',
    tablet: 'Tablet',
    computer: 'Rechner',
    speaker: 'Lautsprecher',
    display: 'Anzeige',
    program: 'Programm',
    other: 'Gerät',
  },
  thisDevice: 'dieses Gerät',
  seen: (ago) => `zuletzt gesehen ${ago}`,
  inRoom: (room) => `steht in: ${room}`,
  edit: 'Ändern',
  editOf: (name) => `Ändern: ${name}`,
  editTitle: 'Dieses Gerät ändern',
  name: 'Name',
  type: 'Art',
  room: 'Raum',
  roomHint: 'Wo es immer steht, etwa „Küche“; leer bei dem, was du bei dir trägst.',
  changed: (name) => `„${name}“ ist geändert.`,
  revoke: 'Sperren',
  revokeOf: (name) => `Sperren: ${name}`,
  revokeTitle: (name) => `„${name}“ sperren?`,
  revokeAbout:
    'Es wird sofort abgemeldet, und was es gerade sagt oder tut, bricht ab. Um ' +
    'wieder hereinzukommen, braucht es dein Passwort, einen Passkey oder einen Link.',
  revoked: (name) => `„${name}“ ist abgemeldet.`,
  signOut: 'Hier abmelden',
  everywhere: 'Überall sonst abmelden',
  everywhereTitle: 'Überall sonst abmelden?',
  everywhereAbout:
    'Alle deine Geräte außer diesem werden sofort abgemeldet, und Links von dir, die ' +
    'noch niemand benutzt hat, gelten nicht mehr.',
  everywhereDone: (count) =>
    count === 1 ? 'Ein anderes Gerät ist abgemeldet.' : `${count} andere Geräte sind abgemeldet.`,

  requests: 'Wartet auf Einlass',
  requestsHint: 'Lass ein Gerät nur herein, wenn es denselben Code zeigt.',
  code: 'Code',
  asked: (ago) => `gefragt ${ago}`,
  whose: 'Wessen Gerät',
  approve: 'Hereinlassen',
  approveOf: (name) => `${name} hereinlassen`,
  refuse: 'Abweisen',
  refuseOf: (name) => `${name} abweisen`,
  approved: (name) => `„${name}“ darf herein.`,
  refused: (name) => `„${name}“ bleibt draußen.`,

  add: 'Gerät hinzufügen',
  addHint: (time) =>
    'Lies das mit der Kamera des neuen Geräts, oder öffne dort den Link. Es gilt ' +
    `einmal, bis ${time}.`,
  cameIn: 'Das neue Gerät ist drin.',
  qr: 'QR-Code mit dem Link darunter',
  link: 'Link',
  copyLink: 'Link kopieren',
  share: 'Schicken',
  done: 'Fertig',

  passkeys: 'Passkeys',
  passkeysHint:
    'Ein Passkey ist dein Fingerabdruck, Gesicht oder die PIN eines Geräts anstelle ' +
    'eines Passworts. Er gilt nur unter dieser Adresse.',
  passkeysNotHere:
    'Dieser Browser kann hier keine Passkeys benutzen: sie brauchen https und einen ' +
    'Namen anstelle einer IP-Adresse.',
  noPasskeys: 'Du hast noch keinen Passkey',
  noPasskeysHint:
    'Mit einem meldest du dich durch eine Berührung an, und niemand kann dir ein ' +
    'Passwort entlocken.',
  addPasskey: 'Passkey hinzufügen',
  passkeyName: 'Name des neuen Passkeys',
  passkeyExample: 'Mein Telefon',
  added: (name) => `„${name}“ lässt dich ab jetzt herein.`,
  notAdded: 'Es wurde kein Passkey angelegt.',
  knownHere: 'Dieses Gerät hat schon einen Passkey von dir.',
  renameOf: (name) => `${name} umbenennen`,
  renameTitle: 'Passkey umbenennen',
  renamed: (name) => `Er heißt jetzt „${name}“.`,
  remove: 'Entfernen',
  removeOf: (name) => `${name} entfernen`,
  removeTitle: (name) => `„${name}“ entfernen?`,
  removeAbout:
    'Er öffnet dieses Haus nicht mehr. Auf dem Gerät selbst bleibt er, bis du ihn dort löschst.',
  removed: (name) => `„${name}“ lässt niemanden mehr herein.`,
  made: (day) => `angelegt ${day}`,
  used: (ago) => `zuletzt benutzt ${ago}`,
  neverUsed: 'nie benutzt',
  under: (host) => `für ${host}`,

  invite: 'Jemanden einladen',
  inviteHint: 'Benutzername und Passwort wählt, wer eingeladen ist.',
  inviteName: 'Name',
  role: 'Rolle',
  roles: { owner: 'Besitzer', adult: 'Erwachsene', child: 'Kind', guest: 'Gast' },
  roleHints: {
    owner: 'führt das Haus mit dir',
    adult: 'benutzt, was das Haus hat',
    child: 'mit dem, was du erlaubst; um die Daten kümmerst du dich',
    guest: 'spricht mit Butler, und wenig mehr',
  },
  makeInvitation: 'Einladung anlegen',
  inviteShow: (name, day) =>
    `Lass ${name} das einlesen, oder schick den Link. Es gilt einmal, bis ${day}.`,
  invitations: 'Offene Einladungen',
  newPassword: 'für ein neues Passwort',
  withdraw: 'Zurückziehen',
  withdrawOf: (name) => `Zurückziehen: ${name}`,
  withdrawTitle: (name) => `Die Einladung von ${name} zurückziehen?`,
  withdrawAbout: 'Der Link gilt dann nicht mehr. Du kannst jederzeit einen neuen anlegen.',
  withdrawn: (name) => `Die Einladung von ${name} gilt nicht mehr.`,
  until: (day) => `bis ${day}`,
};

export const deviceWords = inLanguage({ en, de });
