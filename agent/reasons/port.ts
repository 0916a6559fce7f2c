/** What was done for a person, lent to tools: their own effects, as they were written down. */
import { DatabaseError } from '../../memory/database.ts';
import type { DeedsPort } from '../../tools/core/deeds-port.ts';
import { ToolError } from '../../tools/core/define.ts';
import type { Reasons } from '../reasons.ts';

const away = {
  en: 'I cannot reach my records right now. The rest of me works; please try again later.',
  de: 'Ich erreiche meine Aufzeichnungen gerade nicht. Alles andere geht; versuch es später.',
};

export const createDeeds = (reasons: Pick<Reasons, 'list'>): DeedsPort => ({
  of: async (personId, { since, limit, language }) => {
    try {
      return await reasons.list({ personId, since, limit, effects: true });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      const say = language.toLowerCase().startsWith('de') ? away.de : away.en;
      throw new ToolError(say, 'memory-unavailable', { mend: error.message });
    }
  },
});
