/** The LoCoMo talks, where they lie beside the repository; they are no part of it. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const conversation = z.object({
  name: z.string(),
  turns: z.array(
    z.object({
      id: z.string(),
      session: z.number(),
      date: z.string(),
      speaker: z.string(),
      text: z.string(),
    }),
  ),
  qa: z.array(
    z.object({ question: z.string(), category: z.number(), evidence: z.array(z.string()) }),
  ),
});
export type Conversation = z.infer<typeof conversation>;

export interface Split {
  /** `tune`: weights were chosen on it; `report`: only measured. */
  name: string;
  conversations: Conversation[];
}

const usual = fileURLToPath(new URL('../../../shared/data/locomo/', import.meta.url));
const splitNames = ['tune', 'report'];

/** Both halves, or a sentence that says why they are not here. */
export const loadLocomo = (folder = usual): { splits: Split[] } | { unavailable: string } => {
  const files = splitNames.map((name) => path.join(folder, `${name}.json`));
  if (!files.every((file) => existsSync(file))) {
    return { unavailable: 'Skipped: LoCoMo is not here; name its folder with --locomo DIR.' };
  }
  const splits = files.map((file, at) => ({
    name: splitNames[at] as string,
    conversations: z.array(conversation).parse(JSON.parse(readFileSync(file, 'utf8'))),
  }));
  return { splits };
};

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Reads "1:56 pm on 8 May, 2023" as UTC. */
export const instantOf = (date: string): number => {
  const read = /^(\d+):(\d+) (am|pm) on (\d+) (\w{3})\w*, (\d{4})$/.exec(date);
  if (!read) throw new Error(`This is no date of LoCoMo: "${date}".`);
  const [, hour, minute, half, day, month = '', year] = read;
  const hours = (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  const at = monthNames.indexOf(month.toLowerCase());
  return Date.UTC(Number(year), at, Number(day), hours, Number(minute));
};
