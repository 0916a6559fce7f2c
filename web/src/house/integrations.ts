/** Which services fit what somebody looks for. */
import type { AnswerOf } from '../api/ask.ts';

export type Integration = AnswerOf<'get /api/v1/integrations'>['integrations'][number];
export type UsableTool = AnswerOf<'get /api/v1/tools'>['tools'][number];

export const shows = ['all', 'on', 'wrong', 'off'] as const;
export type Show = (typeof shows)[number];

const isWrong = ({ state }: Integration): boolean => state === 'failed' || state === 'mistaken';

const passes: Record<Show, (one: Integration) => boolean> = {
  all: () => true,
  on: ({ on }) => on,
  wrong: isWrong,
  off: ({ on, state }) => !on && state !== 'mistaken',
};

/** All that is written about one, to search in; `-` and `_` are spaces to people. */
const textOf = ({ name, about, tools }: Integration, usable: readonly UsableTool[]): string =>
  [
    ...[name, about],
    ...tools.flatMap((tool) => [tool.name, tool.about]),
    ...usable.filter(({ integration }) => integration === name).flatMap((one) => one.examples),
  ]
    .join(' ')
    .replaceAll(/[-_]/g, ' ')
    .toLocaleLowerCase();

interface Wanted {
  text: string;
  show: Show;
}

/** Every word must be found; what needs mending comes first, then what is on, then by name. */
export function found(
  all: readonly Integration[],
  usable: readonly UsableTool[],
  { text, show }: Wanted,
): Integration[] {
  const sought = text.toLocaleLowerCase().replaceAll(/[-_]/g, ' ').split(/\s+/).filter(Boolean);
  const rank = (one: Integration): number => (isWrong(one) ? 0 : one.on ? 1 : 2);
  return all
    .filter(passes[show])
    .filter((one) => {
      const written = textOf(one, usable);
      return sought.every((word) => written.includes(word));
    })
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
