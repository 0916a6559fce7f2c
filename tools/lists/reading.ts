/** What the list tools tell: what stands on a list, and which lists there are. */
import type { ToolResult } from '../core/define.ts';
import { listCard } from './card.ts';
import { foreignListsOf } from './elsewhere.ts';
import { isNamedOtherwise } from './foreign.ts';
import { findItem } from './items.ts';
import { listNamed } from './names.ts';
import { type Context, listMeant, storedLists } from './stored.ts';
import { listWords, short } from './words.ts';

const heardItemsMax = 8;
const heardCharactersMax = 200;
const shownCharactersMax = 1_200;

/** As many as can be heard in one go. */
const heardOf = (texts: readonly string[]): string[] => {
  const heard: string[] = [];
  for (const text of texts.map(short)) {
    if (heard.length === heardItemsMax) break;
    if ([...heard, text].join(', ').length > heardCharactersMax) break;
    heard.push(text);
  }
  return heard;
};

/** As many as a mind is given. */
const shownOf = (texts: readonly string[]): string[] => {
  let characters = 0;
  return texts.filter((text) => {
    characters += text.length + 3;
    return characters <= shownCharactersMax;
  });
};

export const readList = async (
  { list, item }: { list?: string | undefined; item?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { caller, language, words } = context;
  const { found } = await listMeant(list, context);
  const said = listWords(language);
  const texts = found.items.map(({ text }) => text);
  // Whoever hears only their own words has read nothing from outside.
  const outside = found.items.some(({ by }) => by !== caller.personId);
  const show = { list: said.title(found), count: texts.length, items: shownOf(texts) };
  if (item !== undefined) {
    const search = findItem(found.items, item);
    const there =
      search.kind === 'several' ? search.items[0] : search.kind === 'one' && search.item;
    const say = there
      ? said.yes(short(there.text), said.onList(found))
      : said.no(short(item), said.onList(found));
    return { say, show, outside, card: listCard(found, language) };
  }
  if (texts.length === 0) {
    const named = isNamedOtherwise(found, list, context) && { outside: true };
    return { say: said.empty(said.title(found)), show, ...named };
  }
  const heard = heardOf(texts);
  const more = texts.length - heard.length;
  const named = more > 0 ? said.more(heard.join(', '), more) : words.list(heard);
  const card = listCard(found, language);
  return { say: said.read(said.onList(found), named), show, outside, card };
};

const heardListsMax = 5;

export const readLists = async (_: object, context: Context): Promise<ToolResult> => {
  const { caller, language, words } = context;
  const said = listWords(language);
  const own = (await storedLists(context)).map((list) => ({
    ...{ title: said.title(list), count: list.items.length as number | undefined },
    outside: list.items.some(({ by }) => by !== caller.personId),
  }));
  const foreign = (await foreignListsOf(context)).map(({ name }) => ({
    ...{ title: said.title(listNamed(name)), count: undefined, outside: true },
  }));
  const all = [...foreign, ...own];
  if (all.length === 0) return { say: said.noLists, show: [] };
  const named = all
    .slice(0, heardListsMax)
    .map(({ title, count }) =>
      count === undefined ? said.plainList(title) : said.listWith(title, count),
    );
  const more = all.length - named.length;
  const say = said.lists(more > 0 ? said.more(named.join(', '), more) : words.list(named));
  const show = all.slice(0, 30).map(({ title, count }) => ({ list: title, things: count }));
  return { say, show, outside: all.some(({ outside }) => outside) };
};
