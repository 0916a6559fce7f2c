/** What the page about Butler's memory says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  title: 'What Butler knows about you',
  about: 'Only you can see this. Correct what is wrong, and let him forget what he need not know.',
  search: 'Search what Butler knows',
  searchExample: 'coffee, sister, Tuesdays…',
  categories: {
    personal: 'About you',
    preference: 'What you like',
    routine: 'Your habits',
    media: 'Books, films and music',
  },
  sources: { explicit: 'you told me', inferred: 'I gathered it' },
  sure: 'quite sure',
  ratherSure: 'fairly sure',
  unsure: 'not sure',
  tainted: 'from a talk about something I had read',
  whereFrom: 'Where from?',
  quote: (words: string) => `You said: “${words}”`,
  noneTitle: 'Butler knows nothing about you yet',
  noneText:
    'Tell him “remember that I take my coffee black”, just talk, or add something here. ' +
    'What he gathers from your talk stands here, too.',
  noneFound: (query: string) => `Nothing that Butler knows fits “${query}”.`,
  count: (count: number) => (count === 1 ? 'One fact' : `${count} facts`),
  add: 'Add something',
  addTitle: 'Tell Butler something about you',
  text: 'Something about you',
  example: 'I take my coffee black.',
  category: 'Kind',
  added: 'Butler will remember that.',
  known: 'Butler knew that already.',
  replaced: 'Butler will remember that instead of what he knew before.',
  edit: 'Edit',
  edited: 'Butler knows it this way now.',
  forget: 'Forget',
  forgotten: 'Forgotten, and the words it came from.',
  restored: 'Butler knows it again.',
  of: (action: string, what: string) => `${action}: ${what}`,
  forgetFound: 'Forget what was found…',
  forgetFoundTitle: (query: string) => `Forget what fits “${query}”?`,
  forgetFoundText: 'The search also finds what is only like it: leave out what Butler should keep.',
  forgetSome: (count: number) => (count === 1 ? 'Forget one fact' : `Forget ${count} facts`),
  someForgotten: (count: number) =>
    count === 1 ? 'One fact is forgotten.' : `${count} facts are forgotten.`,
  noneChosen: 'Nothing is chosen, so nothing was forgotten.',
  everything: 'Forget everything',
  everythingText:
    'All facts and all that was said. Your manner, your PIN and your account stay as they are.',
  everythingAct: 'Forget everything…',
  everythingTitle: 'Forget everything about you?',
  everythingConsequence:
    'All facts and all that was said are deleted for good. Your manner, your PIN and your ' +
    'account stay. This cannot be undone.',
  everythingYes: 'Yes, forget everything',
  everythingDone: 'Everything is forgotten.',
};

const de: WordsLike<typeof en> = {
  title: 'Was Butler über dich weiß',
  about:
    'Nur du kannst das sehen. Berichtige, was nicht stimmt, und lass ihn vergessen, was er nicht ' +
    'wissen muss.',
  search: 'Durchsuchen, was Butler weiß',
  searchExample: 'Kaffee, Schwester, dienstags…',
  categories: {
    personal: 'Über dich',
    preference: 'Was du magst',
    routine: 'Deine Gewohnheiten',
    media: 'Bücher, Filme und Musik',
  },
  sources: { explicit: 'von dir gehört', inferred: 'selbst geschlossen' },
  sure: 'recht sicher',
  ratherSure: 'ziemlich sicher',
  unsure: 'unsicher',
  tainted: 'aus einem Gespräch über etwas Gelesenes',
  whereFrom: 'Woher?',
  quote: (words) => `Du hast gesagt: „${words}“`,
  noneTitle: 'Butler weiß noch nichts über dich',
  noneText:
    'Sag ihm „Merk dir, dass ich meinen Kaffee schwarz trinke“, sprich einfach mit ihm, oder ' +
    'füge hier etwas hinzu. Auch was er aus euren Gesprächen schließt, steht dann hier.',
  noneFound: (query) => `Nichts von dem, was Butler weiß, passt zu „${query}“.`,
  count: (count) => (count === 1 ? 'Eine Sache' : `${count} Dinge`),
  add: 'Etwas hinzufügen',
  addTitle: 'Erzähl Butler etwas über dich',
  text: 'Etwas über dich',
  example: 'Ich trinke meinen Kaffee schwarz.',
  category: 'Art',
  added: 'Butler merkt sich das.',
  known: 'Das wusste Butler schon.',
  replaced: 'Butler merkt sich das anstelle dessen, was er vorher wusste.',
  edit: 'Ändern',
  edited: 'Butler weiß es jetzt so.',
  forget: 'Vergessen',
  forgotten: 'Vergessen, auch die Worte, aus denen es stammte.',
  restored: 'Butler weiß es wieder.',
  of: (action, what) => `${action}: ${what}`,
  forgetFound: 'Gefundenes vergessen…',
  forgetFoundTitle: (query) => `Vergessen, was zu „${query}“ passt?`,
  forgetFoundText: 'Die Suche findet auch Ähnliches: nimm heraus, was Butler behalten soll.',
  forgetSome: (count) => (count === 1 ? 'Eine Sache vergessen' : `${count} Dinge vergessen`),
  someForgotten: (count) =>
    count === 1 ? 'Eine Sache ist vergessen.' : `${count} Dinge sind vergessen.`,
  noneChosen: 'Nichts ist ausgewählt, also wurde nichts vergessen.',
  everything: 'Alles vergessen',
  everythingText:
    'Alles, was Butler weiß, und alles, was gesagt wurde. Seine Art, deine PIN und dein Konto ' +
    'bleiben, wie sie sind.',
  everythingAct: 'Alles vergessen…',
  everythingTitle: 'Alles über dich vergessen?',
  everythingConsequence:
    'Alles, was Butler über dich weiß, und alles, was gesagt wurde, wird endgültig gelöscht. ' +
    'Seine Art, deine PIN und dein Konto bleiben. Das lässt sich nicht rückgängig machen.',
  everythingYes: 'Ja, alles vergessen',
  everythingDone: 'Alles ist vergessen.',
};

export const memoryWords = inLanguage({ en, de });
