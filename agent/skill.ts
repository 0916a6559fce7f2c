/** The one skill that fits what was said: text of this house, which the mind may follow. */
import type { Skills } from '../tools/skills/index.ts';
import type { ButlerParts } from './butler.ts';

/** The tool whose client knows them; without it there are none. */
const listing = 'skills_list';

/** Never throws: without its skills Butler is as clever as before. */
export const skillFor = async (
  { house, offering }: ButlerParts,
  words: string,
): Promise<{ name: string; body: string } | undefined> => {
  try {
    const skills = (await house.toolbox.tools.get(listing)?.client()) as Skills | undefined;
    return skills?.for(words, (tool) => offering.has(tool));
  } catch {
    return undefined;
  }
};
