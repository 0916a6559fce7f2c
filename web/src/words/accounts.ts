/** What is said about one's accounts on the services of the house. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Accounts',
  about:
    'Your own accounts on the services of this house. Butler made them, and keeps ' +
    'their passwords encrypted.',
  list: 'Accounts',
  states: {
    active: 'works',
    failed: 'does not work',
    skipped: 'no account',
    decrypt_error: 'locked',
    working: 'Butler is at it…',
  },
  username: 'Username',
  copyUsername: (service: string) => `Copy the username for ${service}`,
  none: 'This house has no services with accounts',
  noneHint:
    'When an owner sets one up, such as Jellyfin or Nextcloud, your account will stand here.',
  make: 'Make my accounts',
  makeAbout:
    'Butler makes an account on each service that you may use, with a strong password of its own.',
  makeUsername: 'Username on the services',
  makeUsernameHint: '2 to 63 small letters, digits and . _ -',
  making: 'Butler is making your accounts. It takes some seconds.',
  nothingMade: 'There is none to make now: each service says why below.',
  retry: 'Try again',
  retryOf: (service: string) => `Try again: ${service}`,
  retrying: (service: string) => `Butler tries ${service} again.`,
  otherName: 'Other username',
  otherNameOf: (service: string) => `Other username: ${service}`,
  otherNameTitle: (service: string) => `Another username on ${service}`,
  show: 'Show password',
  showOf: (service: string) => `Show password: ${service}`,
  showTitle: (service: string) => `Password for ${service}`,
  showAbout: 'It is shown for a minute. Each look is noted where you can see it, under Privacy.',
  own: 'Your Butler password',
  ownHint: 'The one with which you sign in here.',
  reveal: 'Show it',
  password: 'Password',
  copyPassword: 'Copy the password',
  hides: (seconds: number) => `Hidden again in ${seconds} seconds.`,
  change: 'Change password',
  changeOf: (service: string) => `Change password: ${service}`,
  changeTitle: (service: string) => `New password for ${service}`,
  how: 'How',
  ways: {
    generated: { name: 'Butler makes one', hint: 'strong, and you look it up here' },
    chosen: { name: 'I choose one', hint: 'Butler sets it over there' },
    there: { name: 'I changed it there', hint: 'Butler has to know it' },
  },
  chosenHint: 'At least 8 characters.',
  thereHint: 'It is tried before it is kept.',
  changing: (service: string) => `Butler is changing the password of ${service}.`,
  kept: (service: string) => `It opens ${service}, and is kept.`,
};

const de: WordsLike<typeof en> = {
  title: 'Konten',
  about:
    'Deine eigenen Konten bei den Diensten dieses Hauses. Butler hat sie angelegt ' +
    'und bewahrt ihre Passwörter verschlüsselt auf.',
  list: 'Konten',
  states: {
    active: 'geht',
    failed: 'geht nicht',
    skipped: 'kein Konto',
    decrypt_error: 'verschlossen',
    working: 'Butler ist dabei…',
  },
  username: 'Benutzername',
  copyUsername: (service) => `Benutzername für ${service} kopieren`,
  none: 'Dieses Haus hat keine Dienste mit Konten',
  noneHint:
    'Wenn ein Dienst eingerichtet wird, etwa Jellyfin oder Nextcloud, steht dein Konto hier.',
  make: 'Meine Konten anlegen',
  makeAbout:
    'Butler legt bei jedem Dienst, den du benutzen darfst, ein Konto an, jedes mit ' +
    'einem eigenen starken Passwort.',
  makeUsername: 'Benutzername bei den Diensten',
  makeUsernameHint: '2 bis 63 kleine Buchstaben, Ziffern und . _ -',
  making: 'Butler legt deine Konten an. Das dauert einige Sekunden.',
  nothingMade: 'Gerade ist keines anzulegen: Unten steht bei jedem Dienst, warum.',
  retry: 'Noch einmal',
  retryOf: (service) => `Noch einmal: ${service}`,
  retrying: (service) => `Butler versucht ${service} noch einmal.`,
  otherName: 'Anderer Benutzername',
  otherNameOf: (service) => `Anderer Benutzername: ${service}`,
  otherNameTitle: (service) => `Ein anderer Benutzername bei ${service}`,
  show: 'Passwort zeigen',
  showOf: (service) => `Passwort zeigen: ${service}`,
  showTitle: (service) => `Passwort für ${service}`,
  showAbout:
    'Es wird eine Minute lang gezeigt. Jeder Blick wird notiert; du siehst es unter Datenschutz.',
  own: 'Dein Butler-Passwort',
  ownHint: 'Das, mit dem du dich hier anmeldest.',
  reveal: 'Zeigen',
  password: 'Passwort',
  copyPassword: 'Passwort kopieren',
  hides: (seconds) => `Verschwindet in ${seconds} Sekunden.`,
  change: 'Passwort ändern',
  changeOf: (service) => `Passwort ändern: ${service}`,
  changeTitle: (service) => `Neues Passwort für ${service}`,
  how: 'Wie',
  ways: {
    generated: { name: 'Butler macht eines', hint: 'stark, und du schlägst es hier nach' },
    chosen: { name: 'Ich wähle eines', hint: 'Butler setzt es dort' },
    there: { name: 'Ich habe es dort geändert', hint: 'Butler muss es wissen' },
  },
  chosenHint: 'Mindestens 8 Zeichen.',
  thereHint: 'Es wird ausprobiert, bevor es gemerkt wird.',
  changing: (service) => `Butler ändert das Passwort von ${service}.`,
  kept: (service) => `Es öffnet ${service} und ist gemerkt.`,
};

export const accountsWords = inLanguage({ en, de });
