/** Everything the conversation says beside what is said in it. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  conversation: 'Conversation',
  you: 'You',
  butler: 'Butler',
  firstHint: 'Hold the button and ask, or type. For instance: “What time is it?”',
  interrupted: 'interrupted',
  copyAnswer: 'Copy this answer',
  copyCode: 'Copy this code',
  showWhole: 'Show the whole answer',
  toNewest: 'To the newest',
  earlier: (count: number) =>
    count === 1 ? 'Earlier today: one exchange' : `Earlier today: ${count} exchanges`,
  footnotes: 'Footnotes',
  table: 'Table',
  ticked: 'Done',
  notTicked: 'Not done',
  newTab: '(opens in a new tab)',
  picture: (name: string) => (name === '' ? 'Picture' : `Picture: ${name}`),
  pictureUntitled: 'Picture',
  pictureAway: (name: string) => `The picture “${name}” could not be fetched.`,
  enlarge: (name: string) => `Larger: ${name}`,

  doing: (what: string) => `${what.charAt(0).toUpperCase()}${what.slice(1)}…`,
  copyExchange: 'Copy this exchange',

  historyTitle: 'What was said',
  historyAbout: 'Only you can see this, and only you can delete it.',
  searchLabel: 'Search',
  searchExample: 'yesterday about Dune',
  exchanges: (count: number, more: boolean) =>
    count === 1 ? 'One exchange.' : `${more ? 'The newest ' : ''}${count} exchanges.`,
  perhaps: 'Perhaps also, without these words:',
  nothingSaid: 'Nothing here yet',
  nothingSaidHint: 'What you say and what Butler answers is kept here for some weeks.',
  nothingFound: (query: string) => `Nothing that was said fits “${query}”`,
  nothingFoundHint: 'Try other words, or fewer.',
  delete: 'Delete',
  deleteThis: (what: string) => `Delete: ${what}`,
  deleteTitle: 'Delete this exchange?',
  deleteDay: 'Delete this day',
  deleteDayTitle: (day: string) => `Delete all of this day (${day})?`,
  deleteForGood: 'It is deleted for good. Facts that Butler has learned from it stay.',
  deleted: 'Deleted.',

  deed: 'Done',
  checked: 'checked',
  unchecked: 'not checked',
  checkedHint: 'Butler has read back what became of it.',
  uncheckedHint: 'Butler asked for it, but could not read back what became of it.',
  undo: 'Undo',
  undoThis: (what: string) => `Undo: ${what}`,
  undone: 'taken back',

  question: 'Butler asks',
  yes: 'Yes',
  no: 'No',
  saidYes: 'Yes.',
  saidNo: 'No.',
  saidUndo: 'Undo that.',
  byPin: 'Say your PIN, or type it below.',
  secondsLeft: (seconds: number) => (seconds === 1 ? 'one second left' : `${seconds} seconds left`),
  asked: { yes: 'You said yes.', no: 'You said no.', dropped: 'No longer asked.' },

  lineAway: 'The house cannot be reached at this moment. Try again shortly.',
  commandUnsure:
    'The connection was lost meanwhile: whether it was done is not known. ' +
    'Look before you try again.',
  commandSlow: 'There is no answer yet: whether it was done is not known.',
};

const de: WordsLike<typeof en> = {
  conversation: 'Gespräch',
  you: 'Du',
  butler: 'Butler',
  firstHint: 'Halte den Knopf und frag, oder schreib. Zum Beispiel: „Wie spät ist es?“',
  interrupted: 'unterbrochen',
  copyAnswer: 'Diese Antwort kopieren',
  copyCode: 'Diesen Code kopieren',
  showWhole: 'Die ganze Antwort zeigen',
  toNewest: 'Zum Neuesten',
  earlier: (count) =>
    count === 1 ? 'Früher heute: ein Wortwechsel' : `Früher heute: ${count} Wortwechsel`,
  footnotes: 'Fußnoten',
  table: 'Tabelle',
  ticked: 'Erledigt',
  notTicked: 'Nicht erledigt',
  newTab: '(öffnet einen neuen Tab)',
  picture: (name) => (name === '' ? 'Bild' : `Bild: ${name}`),
  pictureUntitled: 'Bild',
  pictureAway: (name) => `Das Bild „${name}“ ließ sich nicht laden.`,
  enlarge: (name) => `Größer: ${name}`,

  doing: (what) => `${what.charAt(0).toUpperCase()}${what.slice(1)} …`,
  copyExchange: 'Diesen Wortwechsel kopieren',

  historyTitle: 'Was gesagt wurde',
  historyAbout: 'Nur du kannst das sehen, und nur du kannst es löschen.',
  searchLabel: 'Suche',
  searchExample: 'gestern über Dune',
  exchanges: (count, more) =>
    count === 1 ? 'Ein Wortwechsel.' : `${more ? 'Die neuesten ' : ''}${count} Wortwechsel.`,
  perhaps: 'Vielleicht auch, ohne diese Wörter:',
  nothingSaid: 'Hier ist noch nichts',
  nothingSaidHint: 'Was du sagst und was Butler antwortet, bleibt hier einige Wochen lang stehen.',
  nothingFound: (query) => `Nichts Gesagtes passt zu „${query}“`,
  nothingFoundHint: 'Versuch es mit anderen Wörtern, oder mit weniger.',
  delete: 'Löschen',
  deleteThis: (what) => `Löschen: ${what}`,
  deleteTitle: 'Diesen Wortwechsel löschen?',
  deleteDay: 'Diesen Tag löschen',
  deleteDayTitle: (day) => `Diesen ganzen Tag löschen (${day})?`,
  deleteForGood: 'Das ist endgültig. Was Butler daraus gelernt hat, bleibt.',
  deleted: 'Gelöscht.',

  deed: 'Erledigt',
  checked: 'geprüft',
  unchecked: 'nicht geprüft',
  checkedHint: 'Butler hat nachgelesen, was daraus geworden ist.',
  uncheckedHint: 'Butler hat darum gebeten, konnte aber nicht nachlesen, was daraus geworden ist.',
  undo: 'Rückgängig',
  undoThis: (what) => `Rückgängig: ${what}`,
  undone: 'zurückgenommen',

  question: 'Butler fragt',
  yes: 'Ja',
  no: 'Nein',
  saidYes: 'Ja.',
  saidNo: 'Nein.',
  saidUndo: 'Mach das rückgängig.',
  byPin: 'Sag deine PIN, oder tippe sie unten ein.',
  secondsLeft: (seconds) => (seconds === 1 ? 'noch eine Sekunde' : `noch ${seconds} Sekunden`),
  asked: { yes: 'Du hast ja gesagt.', no: 'Du hast nein gesagt.', dropped: 'Nicht mehr gefragt.' },

  lineAway: 'Das Haus ist gerade nicht erreichbar. Versuch es gleich noch einmal.',
  commandUnsure:
    'Die Verbindung ging inzwischen verloren: Ob es geklappt hat, ist nicht bekannt. ' +
    'Sieh nach, bevor du es noch einmal versuchst.',
  commandSlow: 'Noch keine Antwort: Ob es geklappt hat, ist nicht bekannt.',
};

export const chatWords = inLanguage({ en, de });
