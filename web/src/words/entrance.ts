/** What is said at the door: the first visit, signing in, links, and waiting to be let in. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  butler: 'Butler',
  welcomeTitle: 'Welcome home.',
  welcomeText: 'You are the first one here, so this house is yours. Tell Butler who you are.',
  loginTitle: 'Good to see you.',
  loginText: 'Sign in, and Butler knows who is speaking.',
  name: 'What Butler should call you',
  username: 'Username',
  usernameHint: 'Letters and digits, for signing in.',
  password: 'Password',
  passwordHint: 'At least 8 characters. A few words you remember are better than one that is odd.',
  begin: 'Begin',
  busy: 'One moment…',
  logIn: 'Sign in',
  usePasskey: 'Use a passkey',
  passkeyUnused: 'No passkey was used. Try again, or sign in with your password.',
  lost: 'Forgot your password? An owner of the house can send you a link for a new one.',
  signedOut: 'You were signed out. Please sign in again.',
  waitTitle: 'One of your devices decides.',
  waitText: 'Let this device in there, if it shows the same code:',
  waiting: 'Waiting for the answer…',
  waitRefused: 'This device was not let in.',
  waitExpired: 'Nobody answered in time. Please sign in again.',
  cancel: 'Cancel',
  opening: 'Knocking at the door…',
  failed: 'That did not work. Please try again.',
  houseNotes: 'About the house',
  languages: 'Language',

  lookingTitle: 'One moment…',
  joinTitle: (name: string) => `Welcome, ${name}.`,
  joinText: 'You are invited to this house. Choose how you sign in.',
  resetTitle: (name: string) => `Welcome back, ${name}.`,
  resetText: 'Choose a new password. Your other devices are signed out by it.',
  join: 'Come in',
  goneTitle: 'This link does not open.',
  pairTitle: 'Sign in on this device?',
  pairText:
    'This link signs this device in as whoever showed it to you. Go on only if that was you.',
  pair: 'Sign in here',
  notNow: 'Not now',
};

const de: WordsLike<typeof en> = {
  butler: 'Butler',
  welcomeTitle: 'Willkommen daheim.',
  welcomeText:
    'Du bist als Erste oder Erster hier, also ist es dein Haus. Sag Butler, wer du bist.',
  loginTitle: 'Schön, dich zu sehen.',
  loginText: 'Melde dich an, dann weiß Butler, wer spricht.',
  name: 'Wie Butler dich nennen soll',
  username: 'Benutzername',
  usernameHint: 'Buchstaben und Ziffern, zum Anmelden.',
  password: 'Passwort',
  passwordHint:
    'Mindestens 8 Zeichen. Ein paar Wörter, die du dir merkst, sind besser als ein wirres.',
  begin: 'Los geht’s',
  busy: 'Einen Moment…',
  logIn: 'Anmelden',
  usePasskey: 'Passkey benutzen',
  passkeyUnused:
    'Es wurde kein Passkey benutzt. Versuch es noch einmal, oder melde dich mit Passwort an.',
  lost: 'Passwort vergessen? Wem das Haus gehört, kann dir einen Link für ein neues schicken.',
  signedOut: 'Du wurdest abgemeldet. Melde dich bitte neu an.',
  waitTitle: 'Eines deiner Geräte entscheidet.',
  waitText: 'Lass dieses Gerät dort herein, wenn dort derselbe Code steht:',
  waiting: 'Warte auf die Antwort…',
  waitRefused: 'Dieses Gerät wurde nicht hereingelassen.',
  waitExpired: 'Niemand hat rechtzeitig geantwortet. Melde dich bitte neu an.',
  cancel: 'Abbrechen',
  opening: 'Ich klopfe an…',
  failed: 'Das hat nicht geklappt. Versuch es bitte noch einmal.',
  houseNotes: 'Über das Haus',
  languages: 'Sprache',

  lookingTitle: 'Einen Moment…',
  joinTitle: (name) => `Willkommen, ${name}.`,
  joinText: 'Du bist in dieses Haus eingeladen. Wähle, wie du dich anmeldest.',
  resetTitle: (name) => `Willkommen zurück, ${name}.`,
  resetText: 'Wähle ein neues Passwort. Deine anderen Geräte werden dadurch abgemeldet.',
  join: 'Hereinkommen',
  goneTitle: 'Dieser Link öffnet nichts.',
  pairTitle: 'Auf diesem Gerät anmelden?',
  pairText:
    'Dieser Link meldet dieses Gerät als die Person an, die ihn dir gezeigt hat. Mach nur ' +
    'weiter, wenn du das selbst warst.',
  pair: 'Hier anmelden',
  notNow: 'Jetzt nicht',
};

export const entranceWords = inLanguage({ en, de });

/** Each in its own words. */
export const languageNames = { en: 'English', de: 'Deutsch' };
