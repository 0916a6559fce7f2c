/** What the page about Butler's manner says, and the souls to start from. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'How Butler is with you',
  titleFor: (name: string) => `How Butler is with ${name}`,
  about: 'Start from one of these, change what you like, and hear how it sounds before you save.',
  whose: 'Whose',
  presets: 'Start from',
  presetNames: {
    classic: 'Classic butler',
    warm: 'Warm companion',
    brisk: 'Brisk',
    playful: 'Playful',
    children: 'For children',
  },
  presetTexts: {
    classic: 'Composed and discreet; understates rather than enthuses.',
    warm: 'Patient, and interested in how you are.',
    brisk: 'The answer, then silence.',
    playful: 'Cheerful, and now and then a joke.',
    children: 'Gentle, in short words, and never scary.',
  },
  hearPreset: (name: string) => `Hear “${name}”`,
  manner: 'Manner',
  personality: 'Personality',
  personalityHint: 'A few words, such as “friendly and attentive”.',
  butlerName: 'What you call him',
  butlerNameHint: 'Leave it empty for “Butler”.',
  own: 'In your own words',
  instructions: 'Your own instructions',
  instructionsHint: 'What Butler should always keep in mind when he speaks with you.',
  left: (count: number) => (count === 1 ? 'One character left' : `${count} characters left`),
  fields: { formality: 'Tone', verbosity: 'Answers', humor: 'Humour' },
  choices: {
    formality: { casual: 'casual', balanced: 'balanced', formal: 'formal' },
    verbosity: { concise: 'short', moderate: 'medium', detailed: 'detailed' },
    humor: { none: 'none', subtle: 'subtle', playful: 'playful' },
  },
  meanings: {
    formality: {
      casual: 'as among friends',
      balanced: 'polite, not stiff',
      formal: 'as in a grand house',
    },
    verbosity: {
      concise: 'one sentence',
      moderate: 'what helps, too',
      detailed: 'with the reasons',
    },
    humor: { none: 'to the point', subtle: 'a raised eyebrow', playful: 'jokes are welcome' },
  },
  hear: 'Hear it',
  hearing: 'Speaking…',
  quiet: 'Stop',
  saySample: 'Butler would say:',
  unsaved: 'Not saved yet.',
  discard: 'Discard',
  unchanged: 'Nothing has changed.',
  saved: (changes: string) => `Saved: ${changes}.`,
  savedBack: 'It is as it was before.',
  personalityNow: (text: string) => `personality is now “${text}”`,
  nameNow: (name: string) => `he is called “${name}”`,
  nameGone: 'he is called Butler again',
  choiceNow: (field: string, value: string) => `${field.toLowerCase()}: ${value}`,
  instructionsNew: 'your instructions have changed',
  instructionsGone: 'no instructions any more',
  leaveTitle: 'Leave without saving?',
  leaveText: 'What you changed here has not been saved.',
  leave: 'Leave',
  household: 'The household’s souls',
  householdHint:
    'A file with everybody’s name, settings and soul, to keep or to take to another house. ' +
    'Loading one adds who is missing and changes you and the children; other adults keep theirs.',
  exportSouls: 'Save as a file',
  importSouls: 'Load a file',
  exportName: 'butler-souls.json',
  notJson: 'This file is not JSON. Choose one that Butler has saved.',
  loaded: (changes: string) => `Loaded: ${changes}.`,
  loadedNobody: 'Nobody was in this file.',
  added: (names: string) => `added ${names}`,
  changed: (names: string) => `changed ${names}`,
  leftAsIs: (names: string) => `left ${names} as they are`,
};

const de: WordsLike<typeof en> = {
  title: 'Wie Butler mit dir ist',
  titleFor: (name) => `Wie Butler mit ${name} ist`,
  about:
    'Fang mit einer Vorlage an, ändere, was du magst, und hör dir an, wie es klingt, bevor du ' +
    'speicherst.',
  whose: 'Für wen',
  presets: 'Vorlagen',
  presetNames: {
    classic: 'Klassischer Butler',
    warm: 'Warmherzig',
    brisk: 'Knapp',
    playful: 'Verspielt',
    children: 'Für Kinder',
  },
  presetTexts: {
    classic: 'Gefasst und diskret; untertreibt lieber, als zu schwärmen.',
    warm: 'Geduldig und daran interessiert, wie es dir geht.',
    brisk: 'Die Antwort, dann Stille.',
    playful: 'Fröhlich, und ab und zu ein Scherz.',
    children: 'Sanft, in kurzen Worten und nie beängstigend.',
  },
  hearPreset: (name) => `„${name}“ anhören`,
  manner: 'Art',
  personality: 'Wesen',
  personalityHint: 'Ein paar Worte, etwa „freundlich und aufmerksam“.',
  butlerName: 'Wie du ihn nennst',
  butlerNameHint: 'Lass es leer für „Butler“.',
  own: 'In deinen Worten',
  instructions: 'Deine eigenen Anweisungen',
  instructionsHint: 'Woran Butler immer denken soll, wenn er mit dir spricht.',
  left: (count) => (count === 1 ? 'Noch ein Zeichen' : `Noch ${count} Zeichen`),
  fields: { formality: 'Ton', verbosity: 'Antworten', humor: 'Humor' },
  choices: {
    formality: { casual: 'locker', balanced: 'ausgewogen', formal: 'förmlich' },
    verbosity: { concise: 'kurz', moderate: 'mittel', detailed: 'ausführlich' },
    humor: { none: 'keiner', subtle: 'trocken', playful: 'verspielt' },
  },
  meanings: {
    formality: {
      casual: 'wie unter Freunden',
      balanced: 'höflich, nicht steif',
      formal: 'wie im Herrenhaus',
    },
    verbosity: {
      concise: 'ein Satz',
      moderate: 'auch was nützt',
      detailed: 'mit den Gründen',
    },
    humor: {
      none: 'bei der Sache',
      subtle: 'eine gehobene Braue',
      playful: 'Scherze sind willkommen',
    },
  },
  hear: 'Anhören',
  hearing: 'Er spricht…',
  quiet: 'Stopp',
  saySample: 'Butler würde sagen:',
  unsaved: 'Noch nicht gespeichert.',
  discard: 'Verwerfen',
  unchanged: 'Nichts hat sich geändert.',
  saved: (changes) => `Gespeichert: ${changes}.`,
  savedBack: 'Es ist wieder wie vorher.',
  personalityNow: (text) => `sein Wesen ist jetzt „${text}“`,
  nameNow: (name) => `er heißt „${name}“`,
  nameGone: 'er heißt wieder Butler',
  choiceNow: (field, value) => `${field}: ${value}`,
  instructionsNew: 'deine Anweisungen sind geändert',
  instructionsGone: 'keine Anweisungen mehr',
  leaveTitle: 'Gehen, ohne zu speichern?',
  leaveText: 'Was du hier geändert hast, ist nicht gespeichert.',
  leave: 'Gehen',
  household: 'Die Seelen des Haushalts',
  householdHint:
    'Eine Datei mit Namen, Einstellungen und Seele von allen, zum Aufheben oder für ein anderes ' +
    'Haus. Beim Laden kommt dazu, wer fehlt; du und die Kinder werden geändert, andere ' +
    'Erwachsene behalten ihre.',
  exportSouls: 'Als Datei speichern',
  importSouls: 'Datei laden',
  exportName: 'butler-seelen.json',
  notJson: 'Diese Datei ist kein JSON. Wähle eine, die Butler gespeichert hat.',
  loaded: (changes) => `Geladen: ${changes}.`,
  loadedNobody: 'In dieser Datei stand niemand.',
  added: (names) => `${names} hinzugefügt`,
  changed: (names) => `${names} geändert`,
  leftAsIs: (names) => `${names} unverändert`,
};

export const soulWords = inLanguage({ en, de });

/** Texts of the house's presets, which it has in English only; English: as it has them. */
export const presetTexts = inLanguage<
  Record<string, { personality: string; custom_instructions: string }>
>({
  en: {},
  de: {
    classic: {
      personality: 'gefasst, diskret und vollkommen aufmerksam',
      custom_instructions: 'Untertreibe lieber, als zu schwärmen. Hake nie zweimal nach.',
    },
    warm: {
      personality: 'warmherzig, geduldig und daran interessiert, wie es den Menschen geht',
      custom_instructions: 'Klingt jemand müde oder besorgt, sei erst freundlich, dann nützlich.',
    },
    brisk: {
      personality: 'schnell, genau und auf den Punkt',
      custom_instructions:
        'Keine Begrüßung und kein Angebot weiterer Hilfe: die Antwort, dann Stille.',
    },
    playful: {
      personality: 'fröhlich, neugierig und schlagfertig',
      custom_instructions: 'Ein Scherz darf auf die Antwort folgen, nie an ihrer Stelle stehen.',
    },
    children: {
      personality: 'sanft, ermutigend und leicht zu verstehen',
      custom_instructions:
        'Benutze kurze Wörter und kurze Sätze. Erkläre eins nach dem anderen. ' +
        'Bei Gefährlichem oder Traurigem sag, dass man einen Erwachsenen im Haus fragen soll.',
    },
  },
});
