/** What the page says about microphone, loudspeaker, and the way to the house. */
import type { Trouble } from '../voice/trouble.ts';
import { inLanguage, type WordsLike } from './language.ts';

type Troubles = Record<Trouble, { sentence: string; action: string }>;

const troublesEn: Troubles = {
  refused: {
    sentence:
      'The microphone is blocked for this page. Allow it in the browser’s site settings, ' +
      'beside the address, then try again.',
    action: 'Try again',
  },
  none: {
    sentence: 'No microphone was found. Connect one, or type below, then try again.',
    action: 'Try again',
  },
  'in-use': {
    sentence:
      'Another program is using the microphone. Close it, for example a call, then try again.',
    action: 'Try again',
  },
  insecure: {
    sentence:
      'Browsers give the microphone only to secure pages. Open Butler with https, or on this ' +
      'machine as localhost. Typing works meanwhile.',
    action: 'Try again',
  },
  unplugged: {
    sentence: 'The microphone went away. Connect it again and press the button.',
    action: 'Try again',
  },
  unknown: {
    sentence: 'The microphone could not be started. Load the page again if this stays.',
    action: 'Try again',
  },
};

const troublesDe: Troubles = {
  refused: {
    sentence:
      'Das Mikrofon ist für diese Seite gesperrt. Erlaube es in den Website-Einstellungen des ' +
      'Browsers, neben der Adresse, und versuch es noch einmal.',
    action: 'Noch einmal',
  },
  none: {
    sentence:
      'Es wurde kein Mikrofon gefunden. Schließ eines an, oder schreib unten, und versuch es ' +
      'noch einmal.',
    action: 'Noch einmal',
  },
  'in-use': {
    sentence:
      'Ein anderes Programm benutzt das Mikrofon. Beende es, etwa einen Anruf, und versuch es ' +
      'noch einmal.',
    action: 'Noch einmal',
  },
  insecure: {
    sentence:
      'Browser geben das Mikrofon nur sicheren Seiten. Öffne Butler mit https, oder auf diesem ' +
      'Rechner als localhost. Schreiben geht solange.',
    action: 'Noch einmal',
  },
  unplugged: {
    sentence: 'Das Mikrofon ist weg. Schließ es wieder an und drück auf den Knopf.',
    action: 'Noch einmal',
  },
  unknown: {
    sentence: 'Das Mikrofon ließ sich nicht starten. Bleibt es so, lade die Seite neu.',
    action: 'Noch einmal',
  },
};

const en = {
  troubles: troublesEn,
  microphoneReady: 'The microphone is ready now. Hold the button and speak.',
  microphoneFellBack:
    'The microphone you chose is not there. Butler hears you through the device’s own.',
  speakerFellBack:
    'The loudspeaker you chose is not there. Butler speaks through the device’s own.',
  speakerFixed: 'This browser does not let a page choose the loudspeaker.',
  soundBlocked: 'The browser keeps this page silent until you say otherwise.',
  turnOnSound: 'Turn on sound',
  connectionLost: 'The connection to the house was lost. Butler is calling again by himself.',
  connectionRetry: 'Try now',
  changedOver: 'LiveKit could not be reached, so Butler talks over a plain connection for now.',
  noAgent:
    'Butler did not come to the door: the voice worker is not running or too busy. ' +
    'Typing works meanwhile.',
  unreachable:
    'The house does not answer. Check that Butler is running and you are on its network.',
  unexpected: (status: number) =>
    `The house answered in a way this page does not know (${status}).`,
  answerBrokeOff: 'The answer broke off in the middle. Please ask again.',
  transports: { websocket: 'WebSocket', livekit: 'LiveKit', none: '' },
};

const de: WordsLike<typeof en> = {
  troubles: troublesDe,
  microphoneReady: 'Das Mikrofon ist jetzt bereit. Halt den Knopf und sprich.',
  microphoneFellBack:
    'Dein gewähltes Mikrofon ist nicht da. Butler hört dich über das eingebaute Mikrofon.',
  speakerFellBack:
    'Dein gewählter Lautsprecher ist nicht da. Butler spricht über den eingebauten Lautsprecher.',
  speakerFixed: 'Dieser Browser lässt Seiten den Lautsprecher nicht wählen.',
  soundBlocked: 'Der Browser hält diese Seite stumm, bis du etwas anderes sagst.',
  turnOnSound: 'Ton einschalten',
  connectionLost: 'Die Verbindung zum Haus ist abgerissen. Butler ruft von selbst wieder an.',
  connectionRetry: 'Jetzt versuchen',
  changedOver:
    'LiveKit war nicht zu erreichen, darum spricht Butler vorerst über eine einfache Verbindung.',
  noAgent:
    'Butler kam nicht an die Tür: Der Sprachdienst läuft nicht oder hat zu viel zu tun. ' +
    'Schreiben geht solange.',
  unreachable: 'Das Haus antwortet nicht. Sieh nach, ob Butler läuft und du in seinem Netz bist.',
  unexpected: (status) => `Das Haus hat anders geantwortet, als diese Seite es kennt (${status}).`,
  answerBrokeOff: 'Die Antwort brach mittendrin ab. Bitte frag noch einmal.',
  transports: { websocket: 'WebSocket', livekit: 'LiveKit', none: '' },
};

export const voiceWords = inLanguage({ en, de });
