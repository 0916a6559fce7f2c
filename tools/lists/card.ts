/** A list as a screen shows it, with a way to tick each item off. */
import type { CardOf } from '../core/card.ts';
import type { List } from './items.ts';
import type { ListName } from './names.ts';
import { type Context, listMeant } from './stored.ts';
import { listWords } from './words.ts';

const shownMax = 50;

export const listCard = (
  list: ListName & Pick<List, 'items'>,
  language: string,
): CardOf<'list'> | undefined =>
  list.items.length === 0
    ? undefined
    : {
        kind: 'list',
        list: listWords(language).title(list),
        items: list.items.slice(0, shownMax).map(({ text }) => ({ text, done: false })),
        tick: { tool: 'lists_done', input: { items: '{text}', list: list.key } },
      };

/** As it stands now, after a change. */
export const changedCard = async (
  { key, name }: ListName,
  context: Context,
): Promise<CardOf<'list'> | undefined> => {
  const { found } = await listMeant(name || key, context).catch(() => ({ found: undefined }));
  return found && listCard(found, context.language);
};
