/** What a device in a room says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'Room',
  states: {
    starting: 'One moment, the microphone and the ear are getting ready',
    resting: 'Touch the screen once: the browser wants that before Butler may sound',
    waiting: 'Waiting for the word',
    asking: 'One moment',
    elsewhere: 'Another device answers',
    paused: 'Butler waits for your answer',
    muted: 'The microphone is off',
    listening: 'Butler is listening',
    thinking: 'Butler is thinking',
    speaking: 'Butler is speaking',
  },
  say: (word: string) => `Say “${word}”, or touch the screen`,
  touchOnly: 'Touch the screen to talk',
  sayAgain: (word: string) => `Answer below, or say “${word}” and then yes or no`,
  elsewhere: 'Another device answers.',
  person: 'You',
  butler: 'Butler',
  conversation: 'Conversation',
  touches: {
    begin: 'Talk without the word',
    ready: 'Turn on the microphone and the sound',
    stop: 'Stop Butler speaking',
    end: 'Stop listening',
    hear: 'Answer by voice',
  },
  mute: 'Turn the microphone off',
  unmute: 'Turn the microphone on',
  mutedText: 'The browser has given the microphone back. Nothing is heard here.',
  settings: 'Settings of this device',
  full: 'Fill the screen',
  exit: 'Leave the room view',
  houseAway: 'Butler hears the word, but cannot reach the house. He keeps trying.',
  ear: {
    'no-webassembly':
      'This browser cannot run WebAssembly, so Butler cannot hear the word here. Touch the ' +
      'screen to talk, or use a newer browser.',
    models:
      'What recognises the word could not be loaded. Check the connection to the house and try ' +
      'again; touching the screen works meanwhile.',
    broken: 'The ear for the word has stopped. Try again; touching the screen works meanwhile.',
  },
  microphone: {
    refused:
      'The microphone is blocked for this page, so Butler hears nothing here. Allow it in the ' +
      'browser’s site settings, beside the address, then try again.',
    none: 'No microphone was found. Connect one: Butler then listens by himself.',
    'in-use': 'Another program is using the microphone. Close it, for example a call.',
    insecure:
      'Browsers give the microphone only to secure pages. Open Butler with https, or on this ' +
      'machine as localhost.',
    unplugged: 'The microphone went away. Connect it again: Butler then listens by himself.',
    unknown: 'The microphone could not be started. Load the page again if this stays.',
  },
  tryAgain: 'Try again',

  firstTitle: 'Leave this device in a room',
  firstText: 'It waits for a word, and then you talk to Butler without touching anything.',
  facts: [
    {
      title: 'Until the word, everything stays here',
      text:
        'The word is recognised on this device. No sound leaves it before the word; only the ' +
        'last two seconds are held in its memory.',
    },
    {
      title: 'After it, Butler hears you',
      text:
        'The last two seconds and what you say then go to your house. You hear a chime and ' +
        'see that Butler listens. After some seconds of silence he leaves by himself.',
    },
    {
      title: 'Whoever speaks here counts as you',
      text:
        'Anybody in the room can ask in your name. For a shared room, sign in as a guest of the ' +
        'house.',
    },
    {
      title: 'The microphone can be turned off',
      text: 'Then the browser gives it back, and its recording sign goes out.',
    },
  ],
  begin: 'Begin listening',
  browserAsks: 'Your browser will ask whether Butler may use the microphone.',

  settingsTitle: 'This device',
  settingsAbout: 'These hold for this device only.',
  wordLabel: 'The word',
  wordHint: 'How Butler is called here.',
  sensitivity: 'Sensitivity',
  sensitivityHint: 'Higher hears you from farther away, and sometimes the television too.',
  percent: (value: number) => `${Math.round(value * 100)} %`,
  chime: 'Chime',
  chimeHint: 'Sounds when Butler begins to listen, and when he stops.',
  followUp: 'Go on without the word',
  followUpHint:
    'When Butler asks you something, he listens for your answer. This holds for all your devices.',
  area: 'Room',
  areaHint: 'Such as Kitchen. Butler then knows which light is meant here.',
  areaSaved: 'The room is saved.',
};

const de: WordsLike<typeof en> = {
  title: 'Raum',
  states: {
    starting: 'Einen Moment, Mikrofon und Ohr machen sich bereit',
    resting: 'Berühre einmal den Bildschirm: Vorher lässt der Browser Butler nicht klingen',
    waiting: 'Wartet auf das Wort',
    asking: 'Einen Moment',
    elsewhere: 'Ein anderes Gerät antwortet',
    paused: 'Butler wartet auf deine Antwort',
    muted: 'Das Mikrofon ist aus',
    listening: 'Butler hört zu',
    thinking: 'Butler denkt nach',
    speaking: 'Butler spricht',
  },
  say: (word: string) => `Sag „${word}“ oder berühre den Bildschirm`,
  touchOnly: 'Berühre den Bildschirm, um zu sprechen',
  sayAgain: (word: string) => `Antworte unten, oder sag „${word}“ und dann Ja oder Nein`,
  elsewhere: 'Ein anderes Gerät antwortet.',
  person: 'Du',
  butler: 'Butler',
  conversation: 'Gespräch',
  touches: {
    begin: 'Ohne das Wort sprechen',
    ready: 'Mikrofon und Ton einschalten',
    stop: 'Butler nicht weitersprechen lassen',
    end: 'Nicht mehr zuhören',
    hear: 'Mit der Stimme antworten',
  },
  mute: 'Mikrofon ausschalten',
  unmute: 'Mikrofon einschalten',
  mutedText: 'Der Browser hat das Mikrofon abgegeben. Hier wird nichts gehört.',
  settings: 'Einstellungen dieses Geräts',
  full: 'Bildschirm füllen',
  exit: 'Raumansicht verlassen',
  houseAway: 'Butler hört das Wort, erreicht aber das Haus nicht. Er versucht es weiter.',
  ear: {
    'no-webassembly':
      'Dieser Browser kann kein WebAssembly, deshalb hört Butler das Wort hier nicht. Berühre ' +
      'den Bildschirm, um zu sprechen, oder nimm einen neueren Browser.',
    models:
      'Was das Wort erkennt, ließ sich nicht laden. Prüfe die Verbindung zum Haus und versuch es ' +
      'noch einmal; Berühren geht inzwischen.',
    broken: 'Das Ohr für das Wort hat aufgehört. Versuch es noch einmal; Berühren geht inzwischen.',
  },
  microphone: {
    refused:
      'Das Mikrofon ist für diese Seite gesperrt, deshalb hört Butler hier nichts. Erlaube es in ' +
      'den Einstellungen der Website, neben der Adresse, und versuch es noch einmal.',
    none: 'Es wurde kein Mikrofon gefunden. Schließe eines an: Butler hört dann von selbst zu.',
    'in-use': 'Ein anderes Programm benutzt das Mikrofon. Schließe es, etwa einen Anruf.',
    insecure:
      'Browser geben das Mikrofon nur sicheren Seiten. Öffne Butler mit https oder auf diesem ' +
      'Rechner als localhost.',
    unplugged: 'Das Mikrofon ist weg. Schließe es wieder an: Butler hört dann von selbst zu.',
    unknown: 'Das Mikrofon ließ sich nicht starten. Lade die Seite neu, wenn das so bleibt.',
  },
  tryAgain: 'Noch einmal',

  firstTitle: 'Dieses Gerät in einem Raum lassen',
  firstText: 'Es wartet auf ein Wort, und dann sprichst du mit Butler, ohne etwas anzufassen.',
  facts: [
    {
      title: 'Bis zum Wort bleibt alles hier',
      text:
        'Das Wort wird auf diesem Gerät erkannt. Vor dem Wort verlässt kein Ton das Gerät; nur ' +
        'die letzten zwei Sekunden bleiben in seinem Speicher.',
    },
    {
      title: 'Danach hört Butler dich',
      text:
        'Die letzten zwei Sekunden und was du dann sagst gehen an dein Haus. Du hörst einen ' +
        'Klang und siehst, dass Butler zuhört. Nach ein paar Sekunden Stille geht er von selbst.',
    },
    {
      title: 'Wer hier spricht, zählt als du',
      text:
        'Jeder im Raum kann in deinem Namen fragen. Für einen gemeinsamen Raum melde einen Gast ' +
        'des Hauses an.',
    },
    {
      title: 'Das Mikrofon lässt sich ausschalten',
      text: 'Dann gibt der Browser es ab, und sein Aufnahmezeichen verschwindet.',
    },
  ],
  begin: 'Zuhören beginnen',
  browserAsks: 'Dein Browser fragt gleich, ob Butler das Mikrofon benutzen darf.',

  settingsTitle: 'Dieses Gerät',
  settingsAbout: 'Das gilt nur für dieses Gerät.',
  wordLabel: 'Das Wort',
  wordHint: 'Wie Butler hier gerufen wird.',
  sensitivity: 'Empfindlichkeit',
  sensitivityHint: 'Höher hört dich von weiter weg, und manchmal auch den Fernseher.',
  percent: (value: number) => `${Math.round(value * 100)} %`,
  chime: 'Klang',
  chimeHint: 'Ertönt, wenn Butler zuzuhören beginnt und wenn er aufhört.',
  followUp: 'Weiter ohne das Wort',
  followUpHint:
    'Wenn Butler dich etwas fragt, hört er auf deine Antwort. Das gilt für alle deine Geräte.',
  area: 'Raum',
  areaHint: 'Etwa Küche. Butler weiß dann, welches Licht hier gemeint ist.',
  areaSaved: 'Der Raum ist gespeichert.',
};

export const roomWords = inLanguage({ en, de });
