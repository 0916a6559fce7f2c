/** Which list is meant: names as people say them, in English and German, made one. Pure. */
import { nearestName, plainName } from '../core/sounds.ts';

export interface ListName {
  /** As it is stored; the same for "groceries" and "Einkaufsliste". */
  key: string;
  /** As it is said; of a list without a usual name, the words it was made with. */
  name: string;
}

interface UsualList {
  en: string;
  de: string;
  /** Plain names, without "list". */
  called: readonly string[];
}

/** Lists that go by several names in both languages. */
const usual: Record<string, UsualList> = {
  shopping: {
    ...{ en: 'shopping list', de: 'Einkaufsliste' },
    called: ['shopping', 'grocery', 'groceries', 'supermarket', 'einkauf', 'einkaufs', 'einkaufen'],
  },
  'to-do': {
    ...{ en: 'to-do list', de: 'Aufgabenliste' },
    called: ['to do', 'todo', 'to dos', 'todos', 'task', 'tasks', 'aufgaben', 'chores', 'chore'],
  },
  packing: { ...{ en: 'packing list', de: 'Packliste' }, called: ['packing', 'pack', 'packen'] },
  wish: { ...{ en: 'wish list', de: 'Wunschliste' }, called: ['wish', 'wishes', 'wunsch'] },
  gift: {
    ...{ en: 'gift list', de: 'Geschenkeliste' },
    called: ['gift', 'gifts', 'present', 'presents', 'geschenk', 'geschenke'],
  },
  reading: { ...{ en: 'reading list', de: 'Leseliste' }, called: ['reading', 'books', 'lese'] },
};

/** Without a name, this one is meant. */
export const usualKey = 'shopping';

const keyMax = 40;

/** "My groceries list", "die Einkaufsliste" → "groceries", "einkaufs". */
const stem = (heard: string): string =>
  plainName(heard)
    .replace(/^(?:(?:the|my|our|a|an|die|der|den|meine|meiner|unsere|unserer)(?: |$))+/, '')
    .replace(/^(?:list|liste) (?:for|of|fur|der|von) (?:the |die |den |das )?/, '')
    .replace(/(?: list| ?liste)$/, '');

/** @returns the list that a name means. An empty name, or "list", is the usual one. */
export const listNamed = (heard: string | undefined): ListName => {
  const plain = stem(heard ?? usualKey);
  if (plain === '' || plain === 'list' || plain === 'liste') return { key: usualKey, name: '' };
  const known = Object.entries(usual).find(([, { called }]) => called.includes(plain));
  if (known) return { key: known[0], name: '' };
  return { key: plain.slice(0, keyMax).trim(), name: plain.slice(0, keyMax).trim() };
};

/** Every way this list may be called elsewhere, for comparing. */
const callings = ({ key }: ListName): readonly string[] => usual[key]?.called ?? [key];

/** @returns whether a name from elsewhere ("Groceries", "todo.shopping_list") is this list's. */
export const isCalled = (list: ListName, other: string): boolean =>
  callings(list).includes(stem(other.replaceAll('_', ' ')));

/** The list of these that was meant, however it was heard; undefined where none is near. */
export const nearestList = <One extends { key: string }>(
  wanted: ListName,
  all: readonly One[],
): One | undefined =>
  all.find(({ key }) => key === wanted.key) ?? nearestName(wanted.key, all, ({ key }) => key);

/** "shopping list", "Einkaufsliste", "camping list", "Liste Camping". */
export const titleOf = ({ key, name }: ListName, language: string): string => {
  const german = language.toLowerCase().startsWith('de');
  const known = usual[key];
  if (known) return german ? known.de : known.en;
  return german ? `Liste ${name || key}` : `${name || key} list`;
};
