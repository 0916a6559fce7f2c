/** What the page about what is planned says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Schedule',
  about: 'What Butler will do at a time: now these are the timers that run.',
  list: 'Running timers',
  none: 'No timer runs',
  noneText: 'Say “set a timer for ten minutes”, and it appears here.',
  unnamed: (length: string) => `Timer of ${length}`,
  private: (length: string) => `A private timer of ${length}`,
  due: (moment: string) => `rings at ${moment}`,
  of: (name: string) => `of ${name}`,
  left: (span: string) => `${span} left`,
  ringing: 'rings now',
  cancel: 'Call off',
  cancelOf: (name: string) => `Call off: ${name}`,
  cancelTitle: 'Call this timer off?',
  cancelAbout: (name: string) => `${name} will not ring.`,
  cancelled: (name: string) => `${name} is called off.`,
};

const de: WordsLike<typeof en> = {
  title: 'Termine',
  about: 'Was Butler zu einer Zeit tun wird: im Augenblick sind das die Timer, die laufen.',
  list: 'Laufende Timer',
  none: 'Kein Timer läuft',
  noneText: 'Sag „stell einen Timer auf zehn Minuten“, und er erscheint hier.',
  unnamed: (length) => `Timer, ${length}`,
  private: (length) => `Ein privater Timer, ${length}`,
  due: (moment) => `klingelt um ${moment}`,
  of: (name) => `von ${name}`,
  left: (span) => `noch ${span}`,
  ringing: 'klingelt jetzt',
  cancel: 'Absagen',
  cancelOf: (name) => `Absagen: ${name}`,
  cancelTitle: 'Diesen Timer absagen?',
  cancelAbout: (name) => `${name} wird nicht klingeln.`,
  cancelled: (name) => `${name} ist abgesagt.`,
};

export const ledgerWords = inLanguage({ en, de });
