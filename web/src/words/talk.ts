/** What the talk page says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Talk',
  greeting: (hour: number, name: string) => `${daytime(hour, greetingsEn)}, ${name}.`,
  hold: 'Hold to talk',
  holdEngraved: 'Hold',
  speakEngraved: 'Speak',
  holdHint: 'Hold it, or the space bar, while you speak',
  holdTouchHint: 'Hold it while you speak',
  openHint: 'Just speak. Butler hears when you have finished',
  mutedHint: 'You are muted. Butler hears nothing',
  wordHint: (word: string) => `Say “${word}”, or hold the bell`,
  holdLonger: 'Keep the button down while you speak, or choose “Keep listening”.',
  allowHint: 'The browser asks whether Butler may hear you',
  releaseHint: 'Let go when you have finished',
  bargeHint: 'Hold the bell to interrupt',
  offHints: {
    connecting: 'One moment, Butler is on his way',
    reconnecting: 'You can speak again in a moment',
    off: 'Write below, and Butler answers in writing',
  },
  tap: 'Keep listening',
  tapOn: 'Stop listening',
  mute: 'Mute',
  stop: 'Stop',
  textLabel: 'Write to Butler',
  textPlaceholder: 'Or write to Butler…',
  send: 'Send',
  talkArea: 'Talk',
  houseNotes: 'About the house',
  states: {
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    offline: 'Typing only',
    idle: 'At your service',
    listening: 'Listening',
    thinking: 'Thinking',
    speaking: 'Speaking',
    opening: 'Waiting for the microphone',
    muted: 'Muted',
  },
  links: {
    connecting: 'connecting',
    connected: 'connected',
    reconnecting: 'reconnecting',
    off: 'no voice',
  },
  insteadOf: 'WebSocket instead of LiveKit',
  partStates: { ready: 'ready', starting: 'starting', off: 'off', failed: 'not working' },
  backToTalk: 'Back to the conversation',

  askTitle: 'May Butler hear you?',
  askAbout: 'Your browser will ask for the microphone. Choose “Allow”.',
  askPoints: [
    'Butler hears you only while you hold the bell or have told him to keep listening.',
    'What you say goes to this house, and to nobody the house does not use itself.',
    'You can take the permission back at any time, beside the address.',
  ] as readonly string[],
  askGo: 'Continue',
  askLater: 'Not now',

  settings: 'Voice settings',
  microphone: 'Microphone',
  speaker: 'Loudspeaker',
  system: 'The device’s own',
  unnamed: (number: number) => `Device ${number}`,
  notThere: 'Not connected',
  namesLater: 'Their names are known once the microphone has been allowed.',
  volume: 'Volume',
  percent: (value: number) => `${value} %`,
  way: 'How you talk',
  ways: {
    push_to_talk: 'Hold the bell',
    app_open: 'Listen when opened',
    wake_word: 'Wake word',
  },
  wayHints: {
    push_to_talk: 'Hold it while you speak, or tap “Keep listening”.',
    app_open: 'Butler listens as soon as this page is open.',
    wake_word: 'The word is recognised on this device; nothing leaves it before.',
  },
  headset: 'Key of the headset',
  headsetHint: 'Play and pause begin and end listening. Music of other apps may pause.',
  theme: 'Appearance',
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
};

const de: WordsLike<typeof en> = {
  title: 'Gespräch',
  greeting: (hour, name) => `${daytime(hour, greetingsDe)}, ${name}.`,
  hold: 'Zum Sprechen halten',
  holdEngraved: 'Halten',
  speakEngraved: 'Sprich',
  holdHint: 'Halt sie, oder die Leertaste, während du sprichst',
  holdTouchHint: 'Halt sie, während du sprichst',
  openHint: 'Sprich einfach. Butler merkt, wann du fertig bist',
  mutedHint: 'Du bist stumm. Butler hört nichts',
  wordHint: (word) => `Sag „${word}“, oder halt die Klingel`,
  holdLonger: 'Halt den Knopf, während du sprichst, oder wähl „Weiter zuhören“.',
  allowHint: 'Der Browser fragt, ob Butler dich hören darf',
  releaseHint: 'Lass los, wenn du fertig bist',
  bargeHint: 'Halt die Klingel, um zu unterbrechen',
  offHints: {
    connecting: 'Einen Moment, Butler ist unterwegs',
    reconnecting: 'Gleich kannst du wieder sprechen',
    off: 'Schreib unten, und Butler antwortet schriftlich',
  },
  tap: 'Weiter zuhören',
  tapOn: 'Nicht mehr zuhören',
  mute: 'Stumm',
  stop: 'Stopp',
  textLabel: 'An Butler schreiben',
  textPlaceholder: 'Oder schreib Butler…',
  send: 'Senden',
  talkArea: 'Sprechen',
  houseNotes: 'Über das Haus',
  states: {
    connecting: 'Verbindet',
    reconnecting: 'Verbindet neu',
    offline: 'Nur schriftlich',
    idle: 'Zu Diensten',
    listening: 'Hört zu',
    thinking: 'Denkt nach',
    speaking: 'Spricht',
    opening: 'Wartet aufs Mikrofon',
    muted: 'Stumm',
  },
  links: {
    connecting: 'verbindet',
    connected: 'verbunden',
    reconnecting: 'verbindet neu',
    off: 'ohne Stimme',
  },
  insteadOf: 'WebSocket statt LiveKit',
  partStates: { ready: 'bereit', starting: 'startet', off: 'aus', failed: 'geht nicht' },
  backToTalk: 'Zurück zum Gespräch',

  askTitle: 'Darf Butler dich hören?',
  askAbout: 'Dein Browser fragt gleich nach dem Mikrofon. Wähl „Zulassen“.',
  askPoints: [
    'Butler hört dich nur, solange du die Klingel hältst oder ihn weiter zuhören lässt.',
    'Was du sagst, geht an dieses Haus, und nur zu Diensten, die das Haus selbst benutzt.',
    'Du kannst die Erlaubnis jederzeit zurücknehmen, neben der Adresse.',
  ],
  askGo: 'Weiter',
  askLater: 'Jetzt nicht',

  settings: 'Einstellungen der Stimme',
  microphone: 'Mikrofon',
  speaker: 'Lautsprecher',
  system: 'Vom Gerät vorgegeben',
  unnamed: (number) => `Gerät ${number}`,
  notThere: 'Nicht angeschlossen',
  namesLater: 'Ihre Namen sind bekannt, sobald das Mikrofon erlaubt ist.',
  volume: 'Lautstärke',
  percent: (value) => `${value} %`,
  way: 'Wie du sprichst',
  ways: {
    push_to_talk: 'Klingel halten',
    app_open: 'Beim Öffnen zuhören',
    wake_word: 'Weckwort',
  },
  wayHints: {
    push_to_talk: 'Halt sie, während du sprichst, oder tipp auf „Weiter zuhören“.',
    app_open: 'Butler hört zu, sobald diese Seite offen ist.',
    wake_word: 'Das Wort wird auf diesem Gerät erkannt; vorher verlässt es nichts.',
  },
  headset: 'Taste am Headset',
  headsetHint:
    'Wiedergabe und Pause beginnen und beenden das Zuhören. Andere Musik kann pausieren.',
  theme: 'Aussehen',
  themes: { system: 'Wie das Gerät', light: 'Hell', dark: 'Dunkel' },
};

interface Greetings {
  night: string;
  morning: string;
  day: string;
  evening: string;
}
const greetingsEn: Greetings = {
  night: 'Good night',
  morning: 'Good morning',
  day: 'Good afternoon',
  evening: 'Good evening',
};
const greetingsDe: Greetings = {
  night: 'Gute Nacht',
  morning: 'Guten Morgen',
  day: 'Guten Tag',
  evening: 'Guten Abend',
};

function daytime(hour: number, greetings: Greetings): string {
  if (hour < 5) return greetings.night;
  if (hour < 12) return greetings.morning;
  return hour < 18 ? greetings.day : greetings.evening;
}

export const talkWords = inLanguage({ en, de });
