/** The household's lists on the shelf: read, changed by one at a time, and read back. */
import { type ToolContext, ToolError } from '../core/define.ts';
import type { ReadBack } from '../core/receipt.ts';
import { type Item, itemsMax, type List, listOf } from './items.ts';
import { type ListName, listNamed, nearestList, usualKey } from './names.ts';
import { listWords } from './words.ts';

export type Context = ToolContext<undefined>;

export interface StoredList extends List {
  key: string;
}

export const storedLists = async ({ shelf }: Pick<Context, 'shelf'>): Promise<StoredList[]> =>
  (await shelf.all()).flatMap(({ key, value }) => {
    const list = listOf(value);
    return list ? [{ key, ...list }] : [];
  });

/** What they are called. */
export const namesOn = (lists: readonly StoredList[]): (ListName & { key: string })[] =>
  lists.map(({ key, name }) => ({ key, name }));

/** The list that is meant; undefined where there is none like it. */
export const storedList = (
  heard: string | undefined,
  all: readonly StoredList[],
): StoredList | undefined => nearestList(listNamed(heard), all);

/** @throws {ToolError} with what to say to begin it; the shopping list is always there. */
export const listMeant = async (heard: string | undefined, context: Context) => {
  const all = await storedLists(context);
  const found = storedList(heard, all);
  if (found) return { found, all };
  const wanted = listNamed(heard);
  if (wanted.key === usualKey) return { found: { ...wanted, next: 1, items: [] }, all };
  const said = listWords(context.language);
  throw new ToolError(said.noList(said.title(wanted)), 'not-found', true);
};

const nameOf = (list: ListName): Pick<ListName, 'name'> => ({ name: list.name });

/**
 * Changes a list in one transaction; undefined takes it away.
 * @throws {ToolError} where there is no room.
 */
export const changeList = (
  list: ListName,
  context: Context,
  change: (list: List) => List | undefined,
): Promise<List | undefined> =>
  context.shelf.change<unknown>(list.key, (value) => {
    const before = listOf(value) ?? { ...nameOf(list), next: 1, items: [] };
    const after = change(before);
    if (after && after.items.length > itemsMax && after.items.length > before.items.length) {
      const said = listWords(context.language);
      throw new ToolError(said.full(said.title(list)), 'list-full');
    }
    return after;
  }) as Promise<List | undefined>;

/** Read back from the shelf: which of these stand on the list now. */
export const standing = async (
  key: string,
  items: readonly Item[],
  { context, wanted }: { context: Context; wanted: boolean },
): Promise<ReadBack[]> => {
  const now = listOf(await context.shelf.get(key));
  const ids = new Set(now?.items.map(({ id }) => id));
  return items.map(({ id, text }) => {
    const there = ids.has(id);
    return { name: text, asWanted: there === wanted, state: there ? 'on the list' : 'not there' };
  });
};
