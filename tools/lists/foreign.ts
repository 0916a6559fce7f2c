/** Words on a list that whoever hears them neither wrote nor said: words from outside. */
import type { ToolContext } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import type { Item } from './items.ts';
import type { ListName } from './names.ts';

type Hearing = Pick<ToolContext<unknown>, 'caller' | 'turn'>;

const isSaid = (text: string, said: string): boolean => {
  const words = plainName(text);
  return words !== '' && ` ${plainName(said)} `.includes(` ${words} `);
};

/** @param wanted what the person named; to hear that again tells nobody anything new. */
export const holdsOthers = (
  items: readonly Pick<Item, 'text' | 'by'>[],
  wanted: string,
  { caller, turn }: Hearing,
): boolean =>
  items.some(
    ({ text, by }) => by !== caller.personId && !isSaid(text, `${wanted} | ${turn?.said ?? ''}`),
  );

/** Another list than its name says was meant: then its own name is news. */
export const isNamedOtherwise = (
  { name }: ListName,
  heard: string | undefined,
  { turn }: Hearing,
): boolean => name !== '' && !isSaid(name, `${heard ?? ''} | ${turn?.said ?? ''}`);
