/** Every sentence that code itself says in a conversation, by language; each says what to do. */
import { isAsking } from '../tools/core/wrong.ts';
import { hearingCapped, mindCapped } from './spending/words.ts';

const agoEnglish = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'a moment ago';
  if (minutes === 1) return 'a minute ago';
  if (minutes < 90) return `${minutes} minutes ago`;
  const hours = Math.round(ms / 3_600_000);
  return hours < 36 ? `${hours} hours ago` : `${Math.round(hours / 24)} days ago`;
};

const agoGerman = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'gerade eben';
  if (minutes === 1) return 'vor einer Minute';
  if (minutes < 90) return `vor ${minutes} Minuten`;
  const hours = Math.round(ms / 3_600_000);
  return hours < 36 ? `vor ${hours} Stunden` : `vor ${Math.round(hours / 24)} Tagen`;
};

/** Later than this, a timer was missed and is not simply due. */
export const missedFromMs = 20_000;

const quoted = (examples: readonly string[], or: string, marks: string): string => {
  const said = examples.map((example) => `${marks[0]}${example}${marks[1]}`);
  return said.length < 2 ? said.join('') : `${said.slice(0, -1).join(', ')} ${or} ${said.at(-1)}`;
};

const english = {
  didNotCatch: () => "I didn't catch that. Please say it again.",
  /** @param examples up to three things it can do; more are left out. */
  notUnderstoodWithoutMind: (examples: readonly string[]) =>
    examples.length === 0
      ? "I can't answer that: no language model is connected. Ask your household's owner."
      : `I can't answer that yet. Try ${quoted(examples.slice(0, 3), 'or', '“”')}.`,
  mindUnreachable: () => "I can't reach my language model right now. Commands still work.",
  mindRefusedKey: () =>
    'My language model refuses its key. The owner must check it in the settings.',
  mindBusy: () => 'My language model is busy. Please ask me again in a minute.',
  mindSlow: () => 'My language model is slow right now. One moment.',
  mindBrokeOff: () => 'I lost the rest of that answer. Please ask me again.',
  mindOutOfCredit: () => 'My language model has no credit left. The owner must top it up.',
  /** Money: the mind is not asked, nor a service that understands speech. */
  mindCapped: mindCapped.en,
  hearingCapped: hearingCapped.en,
  hearingFailed: () => "I can't understand speech right now. Please type, or try again soon.",
  hearingRefusedKey: () => 'My speech recognition refuses its key. The owner must check it.',
  hearingStarting: () => 'My hearing is still starting. Please try again in a moment, or type.',
  voiceFailed: () => "I can't speak right now. My answer is on the screen.",
  timerDue: (name: string | undefined, lateMs: number) => {
    const timer = name ? `Your ${name} timer` : 'Your timer';
    if (lateMs < missedFromMs) return `${timer} is up.`;
    return `${timer} ended ${agoEnglish(lateMs)}.`;
  },
  oneMoment: () => 'One moment.',
  stillWorking: () => "I'm still on it.",
  stopped: () => 'Okay, I stopped.',
  stillThere: () => 'Are you still there?',
  tooLong: () => 'That was too long for me. Please say it in fewer words.',
  goodbye: () => "I'm hanging up now. Call me when you need me.",
  somethingWentWrong: () => 'Something went wrong on my side. Please try again.',
  notDone: () => 'I have not done that just now. Please ask me again.',
  notChecked: () => 'I have not looked that up just now, so I cannot say.',
  leftAlone: () => 'All right, I leave it.',
  cannotTakeBack: (what: string) =>
    `I cannot take that back: ${what} Tell me what you would like instead.`,
  takenBackAlready: (what: string) => `That is taken back already. It was: ${what}`,
  nothingToTakeBack: () => 'I have done nothing lately that could be taken back.',
  notDoneLately: () =>
    'I have done nothing like that lately. Name what it was, or say “undo that” for the last one.',
  /** What a button stands for: the person's own words, in the history too. */
  yes: () => 'Yes.',
  no: () => 'No.',
  undoThat: () => 'Undo that.',
  askClosed: () => 'That question is over. Ask me once more.',
  askNeedsPin: () => 'For that I need your PIN. Type it, or say it.',
  undoUnknown: () =>
    'That cannot be taken back here any more. Tell me what you would like instead.',
  wrongPin: () => 'That is not the PIN. Please say it again.',
  pinLocked: () => 'That was wrong too often. Try again in five minutes.',
  meanwhile: (report: string) => `Meanwhile: ${report}`,
};

/** What code says aloud; one function per sentence, at most 25 words. */
export type Sentences = typeof english;

const german: Sentences = {
  didNotCatch: () => 'Das habe ich nicht verstanden. Sag es bitte noch einmal.',
  notUnderstoodWithoutMind: (examples) =>
    examples.length === 0
      ? 'Das kann ich nicht: Es ist kein Sprachmodell verbunden. Frag, wer mich betreut.'
      : `Das kann ich noch nicht. Versuch ${quoted(examples.slice(0, 3), 'oder', '„“')}.`,
  mindUnreachable: () => 'Ich erreiche mein Sprachmodell gerade nicht. Befehle gehen weiterhin.',
  mindRefusedKey: () =>
    'Mein Sprachmodell lehnt den Schlüssel ab. Er muss in den Einstellungen geprüft werden.',
  mindBusy: () => 'Mein Sprachmodell ist überlastet. Frag mich bitte in einer Minute noch einmal.',
  mindSlow: () => 'Mein Sprachmodell ist gerade langsam. Einen Moment.',
  mindBrokeOff: () => 'Den Rest der Antwort habe ich verloren. Frag mich bitte noch einmal.',
  mindOutOfCredit: () => 'Mein Sprachmodell hat kein Guthaben mehr. Es muss aufgeladen werden.',
  mindCapped: mindCapped.de,
  hearingCapped: hearingCapped.de,
  hearingFailed: () =>
    'Ich kann gerade keine Sprache verstehen. Tipp bitte, oder versuch es gleich noch einmal.',
  hearingRefusedKey: () =>
    'Meine Spracherkennung lehnt den Schlüssel ab. Er muss in den Einstellungen geprüft werden.',
  hearingStarting: () =>
    'Mein Gehör startet noch. Versuch es gleich noch einmal, oder tipp deine Frage.',
  voiceFailed: () => 'Ich kann gerade nicht sprechen. Meine Antwort steht auf dem Bildschirm.',
  timerDue: (name, lateMs) => {
    const timer = name ? `Dein Timer ${name}` : 'Dein Timer';
    if (lateMs < missedFromMs) return `${timer} ist abgelaufen.`;
    return `${timer} ist ${agoGerman(lateMs)} abgelaufen.`;
  },
  oneMoment: () => 'Einen Moment.',
  stillWorking: () => 'Ich bin noch dran.',
  stopped: () => 'Gut, ich höre auf.',
  stillThere: () => 'Bist du noch da?',
  tooLong: () => 'Das war mir zu lang. Sag es bitte kürzer.',
  goodbye: () => 'Ich lege jetzt auf. Ruf mich, wenn du mich brauchst.',
  somethingWentWrong: () => 'Bei mir ist etwas schiefgegangen. Versuch es bitte noch einmal.',
  notDone: () => 'Das habe ich gerade nicht getan. Bitte mich noch einmal darum.',
  notChecked: () => 'Das habe ich gerade nicht nachgesehen, ich kann es also nicht sagen.',
  leftAlone: () => 'Gut, ich lasse es.',
  cannotTakeBack: (what) =>
    `Das kann ich nicht zurücknehmen: ${what} Sag mir, was du stattdessen willst.`,
  takenBackAlready: (what) => `Das habe ich schon zurückgenommen. Es war: ${what}`,
  nothingToTakeBack: () => 'Ich habe in letzter Zeit nichts getan, was sich zurücknehmen ließe.',
  notDoneLately: () =>
    'So etwas habe ich in letzter Zeit nicht getan. Nenn es beim Namen, oder sag „mach das ' +
    'rückgängig“ für das Letzte.',
  yes: () => 'Ja.',
  no: () => 'Nein.',
  undoThat: () => 'Mach das rückgängig.',
  askClosed: () => 'Die Frage ist erledigt. Bitte mich noch einmal darum.',
  askNeedsPin: () => 'Dafür brauche ich deine PIN. Tipp sie ein, oder sag sie.',
  undoUnknown: () =>
    'Das lässt sich hier nicht mehr zurücknehmen. Sag mir, was du stattdessen willst.',
  wrongPin: () => 'Das ist nicht die PIN. Sag sie bitte noch einmal.',
  pinLocked: () => 'Das war zu oft falsch. Versuch es in fünf Minuten noch einmal.',
  meanwhile: (report) => `Inzwischen: ${report}`,
};

/** @param language BCP 47; what is not German is spoken in English for now. */
export const say = (language: string): Sentences =>
  language.toLowerCase().startsWith('de') ? german : english;

/** Said to bridge a wait: it is sound, but it is not the answer. */
export const isFiller = (text: string, language: string): boolean => {
  const words = say(language);
  const fillers = [words.oneMoment(), words.stillWorking(), words.mindSlow()];
  // A filler of two sentences may come in two pieces.
  const pieces = fillers.flatMap((filler) => [filler, ...filler.split(/(?<=[.!?]) /)]);
  return pieces.includes(text.trim()) || isAsking(text.trim(), language);
};
