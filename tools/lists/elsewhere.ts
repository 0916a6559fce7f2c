/** A list that Home Assistant has is kept there: which one is meant, and who then does the work. */
import { z } from 'zod';
import type { OtherCall, ToolContext } from '../core/define.ts';
import { isCalled, listNamed, nearestList } from './names.ts';
import { namesOn, storedLists } from './stored.ts';

const namesTool = 'home_assistant_list_names';
/** It is there, and only does not answer now. */
const away = new Set(['unreachable', 'resting', 'timed-out', 'failed']);

const foreignLists = z.array(z.object({ id: z.string(), name: z.string() }));
export type ForeignList = z.infer<typeof foreignLists>[number];

type Reading = Pick<ToolContext<unknown>, 'read'>;

/** @returns undefined where there is no Home Assistant, `away` where it does not answer now. */
const ask = async ({ read }: Reading): Promise<ForeignList[] | 'away' | undefined> => {
  const outcome = await read(namesTool, {});
  if (!outcome) return undefined;
  if (!outcome.ok) return away.has(outcome.error?.code ?? '') ? 'away' : undefined;
  return foreignLists.safeParse(outcome.show).data;
};

/** Home Assistant's lists, as far as it answers. */
export const foreignListsOf = async (context: Reading): Promise<ForeignList[]> => {
  const found = await ask(context);
  return found === undefined || found === 'away' ? [] : found;
};

/** Where the list that is meant is Home Assistant's: how it is called there. */
const foreignList = async (
  heard: string | undefined,
  context: ToolContext<undefined>,
): Promise<string | undefined> => {
  const found = await ask(context);
  if (found === undefined) return undefined;
  const wanted = listNamed(heard);
  if (found !== 'away') {
    const same = found.find(({ name, id }) => isCalled(wanted, name) || id === heard);
    if (same) return same.id;
  }
  const own = nearestList(wanted, namesOn(await storedLists(context)));
  if (own) return undefined;
  // Whoever cannot see whether the list is there must not begin a second one beside it.
  if (found === 'away') return heard ?? wanted.key;
  const keyed = found.map(({ id, name }) => ({ id, key: listNamed(name).key }));
  return nearestList(wanted, keyed)?.id;
};

/** For the `instead` of a tool. @param tool of Home Assistant, without its name before it. */
export const handedOver = async <Input extends { list?: string | undefined }>(
  tool: string,
  input: Input,
  context: ToolContext<undefined>,
): Promise<OtherCall | undefined> => {
  const list = await foreignList(input.list, context);
  return list === undefined ? undefined : { tool, input: { ...input, list } };
};
