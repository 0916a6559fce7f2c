/** What the list tools do: put on, tick off, take off, empty, bring back, and say how it went. */
import { ToolError, type ToolResult } from '../core/define.ts';
import { receiptOf } from '../core/receipt.ts';
import { changedCard } from './card.ts';
import { holdsOthers, isNamedOtherwise } from './foreign.ts';
import { added, atOnceMax, findItem, type Item, itemsIn, type List } from './items.ts';
import { type ListName, listNamed, usualKey } from './names.ts';
import {
  type Context,
  changeList,
  listMeant,
  type StoredList,
  standing,
  storedList,
  storedLists,
} from './stored.ts';
import { heardItems, listWords, short } from './words.ts';

export interface Wanted {
  items: string;
  list?: string | undefined;
}

/** For `lists_back`: what to take off a list again and what to put back on it. */
export interface Back {
  list: string;
  name: string;
  take: number[];
  put: Item[];
  /** The list was begun, or deleted, by what is taken back. */
  drop?: boolean | undefined;
}

const undoOf = (lists: readonly Back[]) => ({ tool: 'lists_back', input: { lists } });

/** @throws {ToolError} */
const itemsOf = (words: string, language: string): string[] => {
  const texts = itemsIn(words);
  const said = listWords(language);
  if (texts.length === 0) throw new ToolError(said.nothing, 'nothing-named', true);
  if (texts.length > atOnceMax) throw new ToolError(said.tooMany(atOnceMax), 'too-many');
  return texts;
};

const naming = ({ language, words }: Context) => {
  const list = (items: readonly string[]) => words.list(items);
  return (items: readonly Pick<Item, 'text'>[]): string =>
    heardItems(
      items.map(({ text }) => text),
      { list, language },
    );
};

export const addToList = async (wanted: Wanted, context: Context): Promise<ToolResult> => {
  const { caller, language, now } = context;
  const said = listWords(language);
  const name = naming(context);
  const texts = itemsOf(wanted.items, language);
  const near = storedList(wanted.list, await storedLists(context));
  const list: ListName = near ?? listNamed(wanted.list);
  let fresh: Item[] = [];
  let there: string[] = [];
  await changeList(list, context, (before) => {
    const after = added(before, texts, { by: caller.personId, at: now() });
    ({ fresh, there } = after);
    return after.list;
  });
  const after = listWords(language).onList(list);
  const already = there.map((text) => ({ text }));
  const outside = isNamedOtherwise(list, wanted.list, context) && { outside: true };
  if (fresh.length === 0) {
    const say = said.already(name(already), there.length > 1, after);
    return {
      ...outside,
      say,
      receipt: receiptOf(already.map(({ text }) => ({ name: text, asWanted: true }))),
      card: await changedCard(list, context),
    };
  }
  const kept = receiptOf(await standing(list.key, fresh, { context, wanted: true }));
  if (kept.confirmed === 0) return { say: said.notThere, receipt: kept };
  const begun = near === undefined && list.key !== usualKey;
  const put = (fresh.length > 1 ? said.many : said.one)(name(fresh), after);
  const rest = already.length > 0 ? said.alsoThere(name(already), already.length > 1) : '';
  return {
    ...outside,
    say: `${begun ? said.started(said.title(list)) : ''}${put}${rest}`,
    receipt: kept,
    card: await changedCard(list, context),
    undo: undoOf([
      {
        ...{ list: list.key, name: list.name, take: fresh.map(({ id }) => id), put: [] },
        ...(begun && { drop: true }),
      },
    ]),
  };
};

interface Found {
  /** By list. */
  taken: Map<StoredList, Item[]>;
  missing: string[];
}

/** Looks on the list that is named; without a name on the usual one, then on the others. */
const find = (texts: readonly string[], lists: readonly StoredList[], context: Context): Found => {
  const { language, words } = context;
  const found: Found = { taken: new Map(), missing: [] };
  for (const text of texts) {
    const hits = lists.flatMap((list) => {
      const search = findItem(list.items, text);
      return search.kind === 'none' ? [] : [{ list, search }];
    });
    const [hit] = hits;
    if (!hit) {
      found.missing.push(text);
      continue;
    }
    if (hit.search.kind === 'several') {
      const names = hit.search.items.slice(0, 4).map((item) => short(item.text));
      const outside = holdsOthers(hit.search.items, text, context);
      throw new ToolError(listWords(language).which(words.list(names)), 'which-one', { outside });
    }
    if (hit.search.kind !== 'one') continue;
    found.taken.set(hit.list, [...(found.taken.get(hit.list) ?? []), hit.search.item]);
  }
  return found;
};

const without = (list: List, ids: readonly number[]): List => ({
  ...list,
  items: list.items.filter(({ id }) => !ids.includes(id)),
});

/** Ticks off or takes off; both leave nothing on the list. */
export const takeOff = async (
  wanted: Wanted,
  context: Context,
  how: 'ticked' | 'removed',
): Promise<ToolResult> => {
  const said = listWords(context.language);
  const name = naming(context);
  const texts = itemsOf(wanted.items, context.language);
  const { found: first, all } = await listMeant(wanted.list, context);
  const others = wanted.list === undefined ? all.filter(({ key }) => key !== first.key) : [];
  const { taken, missing } = find(texts, [first, ...others], context);
  const lost = missing.map((text) => ({ text }));
  if (taken.size === 0) {
    const say = said.notFound(name(lost), said.onList(first));
    const outside = isNamedOtherwise(first, wanted.list, context);
    throw new ToolError(say, 'not-found', { handOver: true, outside });
  }
  const backs: Back[] = [];
  const things = [];
  for (const [list, items] of taken) {
    const ids = items.map(({ id }) => id);
    await changeList(list, context, (before) => without(before, ids));
    things.push(...(await standing(list.key, items, { context, wanted: false })));
    backs.push({ list: list.key, name: list.name, take: [], put: items });
  }
  const gone = [...taken.values()].flat();
  const only = taken.size === 1 ? [...taken.keys()][0] : undefined;
  const done =
    how === 'removed' && only
      ? said.removed(name(gone), gone.length > 1, said.onList(only))
      : said.ticked(name(gone), gone.length > 1);
  const rest = lost.length > 0 ? said.alsoNot(name(lost)) : '';
  const otherwise = only !== undefined && isNamedOtherwise(only, wanted.list, context);
  const outside = otherwise || holdsOthers(gone, wanted.items, context);
  const [changed] = taken.keys();
  const card = changed && (await changedCard(changed, context));
  const told = { say: done + rest, receipt: receiptOf(things), card };
  return { ...told, undo: undoOf(backs), ...(outside && { outside }) };
};

interface Emptying {
  list?: string | undefined;
  away?: boolean | undefined;
}

/** What a yes would do. @throws {ToolError} where there is nothing to take away. */
export const touchedByClearing = async ({ list, away }: Emptying, context: Context) => {
  const { found } = await listMeant(list, context);
  const said = listWords(context.language);
  const title = said.title(found);
  const outside = isNamedOtherwise(found, list, context);
  const touched = { effect: 'write' as const, ...(outside && { outside }) };
  if (away) return { ...touched, what: said.dropWhat(title) };
  const count = found.items.length;
  if (count === 0) throw new ToolError(said.empty(title), 'empty', { outside });
  return { ...touched, what: said.clearWhat(title, count) };
};

export const clearList = async (
  { list, away }: Emptying,
  context: Context,
): Promise<ToolResult> => {
  const { found } = await listMeant(list, context);
  const said = listWords(context.language);
  const title = said.title(found);
  let gone: Item[] = [];
  await changeList(found, context, (before) => {
    gone = before.items;
    return away ? undefined : { ...before, items: [] };
  });
  const left = await context.shelf.get(found.key);
  const things = await standing(found.key, gone, { context, wanted: false });
  const outside = isNamedOtherwise(found, list, context) || holdsOthers(gone, '', context);
  const itself = { name: title, asWanted: !away || left === undefined, state: left ?? 'gone' };
  return {
    say: away ? said.dropped(title) : said.cleared(title),
    receipt: receiptOf([itself, ...things]),
    undo: undoOf([{ list: found.key, name: found.name, take: [], put: gone }]),
    ...(outside && { outside }),
  };
};

/** Takes back what another tool did: exactly those items go or come again, nothing else. */
export const bringBack = async (
  { lists }: { lists: readonly Back[] },
  context: Context,
): Promise<ToolResult> => {
  const said = listWords(context.language);
  const things = [];
  for (const { list: key, name, take, put, drop } of lists) {
    const list = { key, name };
    const comeAgain = new Set(put.map(({ id }) => id));
    await changeList(list, context, (before) => {
      const stay = before.items.filter(({ id }) => !take.includes(id) && !comeAgain.has(id));
      const items = [...stay, ...put].sort((left, right) => left.id - right.id);
      const next = Math.max(before.next, ...items.map(({ id }) => id + 1));
      return drop && items.length === 0 ? undefined : { ...before, next, items };
    });
    const taken = take.map((id) => ({ id, text: said.title(list), by: '', at: '' }));
    things.push(...(await standing(key, put, { context, wanted: true })));
    things.push(...(await standing(key, taken, { context, wanted: false })));
    if (things.length === 0) things.push({ name: said.title(list), asWanted: true });
  }
  const [first] = lists;
  const title = said.title({ key: first?.list ?? '', name: first?.name ?? '' });
  const outside =
    lists.some(({ list: key, name }) => isNamedOtherwise({ key, name }, undefined, context)) ||
    holdsOthers(
      lists.flatMap(({ put }) => put),
      '',
      context,
    );
  const card = first && (await changedCard({ key: first.list, name: first.name }, context));
  const receipt = receiptOf(things);
  return { say: said.back(title), receipt, card, ...(outside && { outside }) };
};
