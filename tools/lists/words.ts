/** What the lists say, in English and German; at most 300 characters each. */
import { type ListName, titleOf } from './names.ts';

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const heardMax = 60;
/** One of several that are said in a row. */
export const short = (text: string): string =>
  text.length > heardMax ? `${text.slice(0, heardMax - 1).trimEnd()}…` : text;

const sentences = {
  en: {
    one: (items: string, on: string) => `${items} is ${on}.`,
    many: (items: string, on: string) => `${items} are ${on}.`,
    already: (items: string, several: boolean, on: string) =>
      `${items} ${several ? 'are' : 'is'} ${on} already.`,
    alsoThere: (items: string, several: boolean) =>
      ` ${items} ${several ? 'were' : 'was'} there already.`,
    things: (count: number) => `${count} things`,
    started: (title: string) => `I started a ${title}. `,
    ticked: (items: string, several: boolean) => `${items} ${several ? 'are' : 'is'} ticked off.`,
    removed: (items: string, several: boolean, on: string) =>
      `${items} ${several ? 'are' : 'is'} no longer ${on}.`,
    notFound: (items: string, on: string) => `There is no ${items} ${on}.`,
    alsoNot: (items: string) => ` I did not find ${items}.`,
    which: (items: string) => `Which of them: ${items}?`,
    empty: (the: string) => `The ${the} is empty.`,
    read: (on: string, items: string) => `${capital(on)}: ${items}.`,
    more: (items: string, more: number) => `${items}, and ${more} more`,
    yes: (item: string, on: string) => `Yes, ${item} is ${on}.`,
    no: (item: string, on: string) => `No, there is no ${item} ${on}.`,
    noList: (title: string) => `There is no ${title}. Say what to put on it, and I start one.`,
    noLists: 'There are no lists yet. Say: add milk to the shopping list.',
    lists: (lists: string) => `There is ${lists}.`,
    listWith: (title: string, count: number) =>
      `the ${title} with ${count === 1 ? 'one thing' : `${count} things`}`,
    plainList: (title: string) => `the ${title}`,
    cleared: (title: string) => `The ${title} is empty now.`,
    dropped: (title: string) => `The ${title} is gone.`,
    clearWhat: (title: string, count: number) =>
      `take ${count === 1 ? 'the one thing' : `all ${count} things`} off the ${title}`,
    dropWhat: (title: string) => `delete the ${title}`,
    back: (title: string) => `The ${title} is as it was.`,
    nothing: 'I did not hear what. Say, for example: add milk to the shopping list.',
    tooMany: (most: number) => `That is too much at once: tell me ${most} things at most.`,
    full: (title: string) => `The ${title} is full. Have me take something off first.`,
    notThere: 'I asked, but the list does not show it. Please say it again.',
    on: (title: string) => `on the ${title}`,
  },
  de: {
    one: (items: string, on: string) => `${items} steht ${on}.`,
    many: (items: string, on: string) => `${items} stehen ${on}.`,
    already: (items: string, several: boolean, on: string) =>
      `${items} ${several ? 'stehen' : 'steht'} schon ${on}.`,
    alsoThere: (items: string, several: boolean) =>
      ` ${items} ${several ? 'standen' : 'stand'} schon da.`,
    things: (count: number) => `${count} Dinge`,
    started: (title: string) => `Neu angefangen: ${title}. `,
    ticked: (items: string, several: boolean) => `${items} ${several ? 'sind' : 'ist'} abgehakt.`,
    removed: (items: string, several: boolean, on: string) =>
      `${items} ${several ? 'stehen' : 'steht'} nicht mehr ${on}.`,
    notFound: (items: string, on: string) => `${items} steht nicht ${on}.`,
    alsoNot: (items: string) => ` Nicht gefunden: ${items}.`,
    which: (items: string) => `Welches davon: ${items}?`,
    empty: (the: string) => `Die ${the} ist leer.`,
    read: (on: string, items: string) => `${capital(on)}: ${items}.`,
    more: (items: string, more: number) => `${items} und ${more} weitere`,
    yes: (item: string, on: string) => `Ja, ${item} steht ${on}.`,
    no: (item: string, on: string) => `Nein, ${item} steht nicht ${on}.`,
    noList: (title: string) => `Es gibt keine ${title}. Sag, was darauf soll, dann gibt es sie.`,
    noLists: 'Es gibt noch keine Listen. Sag: setz Milch auf die Einkaufsliste.',
    lists: (lists: string) => `Es gibt ${lists}.`,
    listWith: (title: string, count: number) =>
      `die ${title} mit ${count === 1 ? 'einem Eintrag' : `${count} Einträgen`}`,
    plainList: (title: string) => `die ${title}`,
    cleared: (title: string) => `Die ${title} ist jetzt leer.`,
    dropped: (title: string) => `Die ${title} ist gelöscht.`,
    clearWhat: (title: string, count: number) =>
      `${count === 1 ? 'den einen Eintrag' : `alle ${count} Einträge`} von der ${title} nehmen`,
    dropWhat: (title: string) => `die ${title} löschen`,
    back: (title: string) => `Die ${title} ist wieder, wie sie war.`,
    nothing: 'Ich habe nicht gehört, was. Sag zum Beispiel: setz Milch auf die Einkaufsliste.',
    tooMany: (most: number) => `Das ist zu viel auf einmal: höchstens ${most} Dinge, bitte.`,
    full: (title: string) => `Die ${title} ist voll. Lass mich zuerst etwas wegnehmen.`,
    notThere: 'Ich habe darum gebeten, aber es steht nicht da. Bitte sag es noch einmal.',
    on: (title: string) => `auf der ${title}`,
  },
};

export const listWords = (language: string) => {
  const said = language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;
  const title = (list: ListName): string => titleOf(list, language);
  return { ...said, title, onList: (list: ListName): string => said.on(title(list)) };
};

const namedMax = 6;
const namedMaxCharacters = 100;

/** "Milk", "Milk, eggs and bread", "12 things". */
export const heardItems = (
  texts: readonly string[],
  { list, language }: { list: (items: readonly string[]) => string; language: string },
): string => {
  const said = listWords(language);
  const named = list(texts.map(short));
  const many = texts.length > namedMax || (texts.length > 1 && named.length > namedMaxCharacters);
  return many ? said.things(texts.length) : capital(named);
};
