/** Names of places that somebody else at home gave: words from outside to whoever hears them. */

import type { ToolResult } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import { ToolError } from '../core/tool-error.ts';
import type { Context } from './people.ts';
import { placesOn } from './shelf.ts';

const foreignNames = async ({ caller, shelf, turn }: Context): Promise<string[]> => {
  const said = ` ${plainName(turn?.said ?? '')} `;
  const theirs = (await placesOn(shelf)).filter(({ by }) => by !== caller.personId);
  return theirs.map(({ name }) => name).filter((name) => !said.includes(` ${plainName(name)} `));
};

/** The same tool, whose answer is marked where it has such a name that was not asked for. */
export const named =
  <Input>(run: (input: Input, context: Context) => Promise<ToolResult>) =>
  async (input: Input, context: Context): Promise<ToolResult> => {
    // A place that is removed is gone afterwards.
    const names = await foreignNames(context);
    try {
      const result = await run(input, context);
      const outside = names.some((name) => result.say.includes(name));
      return outside ? { ...result, outside } : result;
    } catch (error) {
      const isNamed = (name: string) => error instanceof Error && error.message.includes(name);
      throw error instanceof ToolError && names.some(isNamed) ? error.fromOutside() : error;
    }
  };
