/** Skills: files that teach the mind to use tools for a purpose; shipped, and one's own. */
import { z } from 'zod';
import { integration } from '../core/define.ts';
import { openSkills, type Skills } from './open.ts';
import { listSays } from './says.ts';
import { skillWords } from './words.ts';

export { openSkills, type Skills } from './open.ts';

const namesMax = 5;

export default integration({
  name: 'skills',
  about: 'What Butler has learned to do with several tools together.',
  doing: {
    read: { en: 'looking up how to do it', de: 'sehe nach, wie das geht' },
  },
  config: z.object({
    folder: z
      .string()
      .min(1)
      .optional()
      .describe("A second folder of skills: the household's own, not writable by others."),
  }),
  connect: ({ folder }): Promise<Skills> =>
    openSkills({ folders: [import.meta.dirname, ...(folder === undefined ? [] : [folder])] }),
  health: ({ all, mistakes }) => {
    if (mistakes.length > 0) throw new Error(mistakes.join(' '));
    return `${all.length} skills`;
  },
}).tools({
  list: {
    about: 'Which skills there are, and what each is for.',
    effect: 'read',
    confirm: 'never',
    input: z.object({}),
    says: listSays,
    examples: [
      { says: 'which skills do you have', input: {} },
      { says: 'welche Fähigkeiten hast du', input: {}, language: 'de' },
    ],
    run: async (_, { client, language, words }) => {
      const said = skillWords(language);
      const names = client.all.map(({ name, when }) => said.named(name, when));
      const show = client.all.map(({ name, about }) => ({ name, about }));
      if (names.length === 0) return { say: said.none, show };
      return {
        say: said.list(words.list(names.slice(0, namesMax)), names.length - namesMax),
        show,
      };
    },
  },
});
