/** Everything the pages about coming in say, in both languages; loaded with them. */

const roles = {
  en: { owner: 'owner', adult: 'adult', child: 'child', guest: 'guest' },
  de: { owner: 'Besitzer', adult: 'Erwachsene', child: 'Kind', guest: 'Gast' },
};

const english = {
  language: 'en',
  loading: 'One moment…',
  passkeys: 'Passkeys',
  passkeysHint:
    'A passkey is your fingerprint, face or the PIN of a device in place of a password. It works ' +
    'under this address only.',
  passkeysNotHere:
    'This browser cannot use passkeys here: they need https and a name in place of an IP address.',
  noPasskeys: 'You have none yet.',
  passkeyName: 'Name of the new passkey',
  passkeyNameExample: 'My phone',
  addPasskey: 'Add a passkey',
  added: (name: string) => `“${name}” lets you in from now on.`,
  notAdded: 'No passkey was made.',
  knownHere: 'This device holds a passkey of yours already.',
  rename: 'Rename',
  name: 'Name',
  save: 'Save',
  cancel: 'Cancel',
  renamed: (name: string) => `It is called “${name}” now.`,
  remove: 'Remove',
  removeSure: 'Really remove',
  removed: (name: string) => `“${name}” lets nobody in any more.`,
  made: (day: string) => `made ${day}`,
  used: (day: string) => `last used ${day}`,
  neverUsed: 'never used',
  under: (host: string) => `for ${host}`,

  devices: 'Devices',
  devicesHint: 'Where you are signed in. Revoke what you do not know: it is out at once.',
  thisDevice: 'this device',
  seen: (day: string) => `last seen ${day}`,
  revoke: 'Revoke',
  revokeSure: 'Really revoke',
  revoked: (name: string) => `“${name}” is signed out.`,
  requests: 'Waiting to come in',
  requestsHint: 'Let a device in only if it shows the same code.',
  code: (code: string) => `Code ${code}`,
  whose: 'Whose device',
  approve: 'Let in',
  refuse: 'Refuse',
  approved: (name: string) => `“${name}” may come in.`,
  refused: (name: string) => `“${name}” stays out.`,
  addDevice: 'Add a device',
  addDeviceHint: (time: string) =>
    'Scan this with the camera of the new device, or open the link there. It works once, until ' +
    `${time}.`,
  qr: 'QR code with the link below',
  link: 'Link',
  copy: 'Copy',
  copied: 'Copied.',
  done: 'Done',

  invite: 'Invite somebody',
  inviteHint: 'They choose their own username and password.',
  inviteName: 'Their name',
  role: 'Role',
  roles: roles.en,
  makeInvitation: 'Make an invitation',
  inviteShow: (name: string, day: string) =>
    `Let ${name} scan this, or send the link. It works once, until ${day}.`,
  invitations: 'Open invitations',
  withdraw: 'Withdraw',
  withdrawSure: 'Really withdraw',
  withdrawn: (name: string) => `The invitation of ${name} works no more.`,
  until: (day: string) => `until ${day}`,

  joinTitle: (name: string) => `Welcome, ${name}.`,
  joinText: 'You are invited to this house. Choose how you sign in.',
  resetTitle: (name: string) => `Welcome back, ${name}.`,
  resetText: 'Choose a new password. Your other devices are signed out by it.',
  username: 'Username',
  usernameHint: 'Small letters and digits, for signing in.',
  password: 'Password',
  passwordHint: 'At least 8 characters.',
  join: 'Come in',
  pairTitle: 'Sign in on this device?',
  pairText:
    'This link signs this device in as whoever showed it to you. Go on only if that was you.',
  pair: 'Sign in here',
  notNow: 'Not now',
  busy: 'One moment…',
  unreachable: 'That did not work. Please try again.',
};

type Words = typeof english;

const german: Words = {
  language: 'de',
  loading: 'Einen Moment…',
  passkeys: 'Passkeys',
  passkeysHint:
    'Ein Passkey ist dein Fingerabdruck, Gesicht oder die PIN eines Geräts anstelle eines ' +
    'Passworts. Er gilt nur unter dieser Adresse.',
  passkeysNotHere:
    'Dieser Browser kann hier keine Passkeys benutzen: sie brauchen https und einen Namen ' +
    'anstelle einer IP-Adresse.',
  noPasskeys: 'Du hast noch keinen.',
  passkeyName: 'Name des neuen Passkeys',
  passkeyNameExample: 'Mein Telefon',
  addPasskey: 'Passkey hinzufügen',
  added: (name) => `„${name}“ lässt dich ab jetzt herein.`,
  notAdded: 'Es wurde kein Passkey angelegt.',
  knownHere: 'Dieses Gerät hat schon einen Passkey von dir.',
  rename: 'Umbenennen',
  name: 'Name',
  save: 'Speichern',
  cancel: 'Abbrechen',
  renamed: (name) => `Er heißt jetzt „${name}“.`,
  remove: 'Entfernen',
  removeSure: 'Wirklich entfernen',
  removed: (name) => `„${name}“ lässt niemanden mehr herein.`,
  made: (day) => `angelegt ${day}`,
  used: (day) => `zuletzt benutzt ${day}`,
  neverUsed: 'nie benutzt',
  under: (host) => `für ${host}`,

  devices: 'Geräte',
  devicesHint: 'Wo du angemeldet bist. Sperre, was du nicht kennst: es ist sofort draußen.',
  thisDevice: 'dieses Gerät',
  seen: (day) => `zuletzt gesehen ${day}`,
  revoke: 'Sperren',
  revokeSure: 'Wirklich sperren',
  revoked: (name) => `„${name}“ ist abgemeldet.`,
  requests: 'Wartet auf Einlass',
  requestsHint: 'Lass ein Gerät nur herein, wenn es denselben Code zeigt.',
  code: (code) => `Code ${code}`,
  whose: 'Wessen Gerät',
  approve: 'Hereinlassen',
  refuse: 'Abweisen',
  approved: (name) => `„${name}“ darf herein.`,
  refused: (name) => `„${name}“ bleibt draußen.`,
  addDevice: 'Gerät hinzufügen',
  addDeviceHint: (time) =>
    'Lies das mit der Kamera des neuen Geräts, oder öffne dort den Link. ' +
    `Es gilt einmal, bis ${time}.`,
  qr: 'QR-Code mit dem Link darunter',
  link: 'Link',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  done: 'Fertig',

  invite: 'Jemanden einladen',
  inviteHint: 'Benutzername und Passwort wählt, wer eingeladen ist.',
  inviteName: 'Name',
  role: 'Rolle',
  roles: roles.de,
  makeInvitation: 'Einladung anlegen',
  inviteShow: (name, day) =>
    `Lass ${name} das einlesen, oder schick den Link. Es gilt einmal, bis ${day}.`,
  invitations: 'Offene Einladungen',
  withdraw: 'Zurückziehen',
  withdrawSure: 'Wirklich zurückziehen',
  withdrawn: (name) => `Die Einladung von ${name} gilt nicht mehr.`,
  until: (day) => `bis ${day}`,

  joinTitle: (name) => `Willkommen, ${name}.`,
  joinText: 'Du bist in dieses Haus eingeladen. Wähle, wie du dich anmeldest.',
  resetTitle: (name) => `Willkommen zurück, ${name}.`,
  resetText: 'Wähle ein neues Passwort. Deine anderen Geräte werden dadurch abgemeldet.',
  username: 'Benutzername',
  usernameHint: 'Kleine Buchstaben und Ziffern, zum Anmelden.',
  password: 'Passwort',
  passwordHint: 'Mindestens 8 Zeichen.',
  join: 'Hereinkommen',
  pairTitle: 'Auf diesem Gerät anmelden?',
  pairText:
    'Dieser Link meldet dieses Gerät als die Person an, die ihn dir gezeigt hat. Mach nur ' +
    'weiter, wenn du das selbst warst.',
  pair: 'Hier anmelden',
  notNow: 'Jetzt nicht',
  busy: 'Einen Moment…',
  unreachable: 'Das ging nicht. Bitte versuch es noch einmal.',
};

/** In the browser's language, where it is one of ours. */
export const accountWords: Words = navigator.language.startsWith('de') ? german : english;
