/** Which tools fit a sentence, by the words they are described and asked with. Pure. */
import { termsOf } from '../../memory/index/terms.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import { saysByLanguage } from '../../tools/core/says.ts';

/** How much it says that a word of the sentence stands here. */
const weights = { name: 3, says: 2, about: 1.5 } as const;

const umlauts: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', ß: 'ss' };
/** German endings; English ones are gone by then. */
const ending = /(?<=\p{L}{4})(?:ungen|ung|ern|est|end|en|er|es|em|e|n|s|t)$/u;

const stemsOfAll = (text: string): string[] =>
  termsOf(text.replaceAll('_', ' ')).map((term) =>
    term.replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter).replace(ending, ''),
  );

/** People say these to ask for anything at all. */
const idle = new Set(
  stemsOfAll(
    'please tell say show give get make go let want need know like think look take thank thanks ' +
      'joke name one other thing now here there time much many ever still any really would ' +
      'bitte sag sage zeig gib gibt geh geht gehen mach mache machen will wollen möchte kann ' +
      'können weiß wissen denkst schau danke ding jetzt hier dort mal eigentlich viel heißt ' +
      'dir dich euch ihm ihn ihnen dies diese diesen dieser',
  ),
);

/** The stems of a text's words that tell something, English and German alike. */
const stemsOf = (text: string): string[] => stemsOfAll(text).filter((stem) => !idle.has(stem));

/** A pattern's words, without its slots and marks. */
const wordsOf = (pattern: string): string => pattern.replace(/\{[^}]*\}|[[\]()|]/g, ' ');

type Weighted = ReadonlyMap<string, number>;

const weighted = new WeakMap<object, Weighted>();

const weigh = (tool: LoadedTool): Weighted => {
  const found = new Map<string, number>();
  const take = (text: string, weight: number): void => {
    for (const stem of stemsOf(text)) found.set(stem, Math.max(found.get(stem) ?? 0, weight));
  };
  take(tool.about, weights.about);
  const patterns = Object.values(saysByLanguage(tool.says)).flat();
  for (const pattern of patterns) take(wordsOf(pattern), weights.says);
  for (const { says } of tool.examples ?? []) take(says, weights.about);
  take(tool.name, weights.name);
  return found;
};

const weightsOf = (tool: LoadedTool): Weighted => {
  const known = weighted.get(tool) ?? weigh(tool);
  weighted.set(tool, known);
  return known;
};

/** A compound ends in what it is: "Einkaufsliste" is a "Liste". */
const compoundFrom = 4;
const weightIn = (words: Weighted, stem: string): number => {
  const exact = words.get(stem);
  if (exact !== undefined) return exact;
  if (stem.length <= compoundFrom) return 0;
  for (const [other, weight] of words) {
    const [long, short] = stem.length > other.length ? [stem, other] : [other, stem];
    if (short.length >= compoundFrom && long.endsWith(short)) return weight / 2;
  }
  return 0;
};

interface Fitting {
  tool: LoadedTool;
  score: number;
}

/** A word that many tools have says little: each counts the less, the more have it. */
const rarity = (all: number, having: number): number => Math.log(1 + all / having);

/** Best first; tools that share no word with the sentence are not in it. */
export const ranked = (sentence: string, tools: readonly LoadedTool[]): Fitting[] => {
  const stems = [...new Set(stemsOf(sentence))];
  const rows = stems.map((stem) => tools.map((tool) => weightIn(weightsOf(tool), stem)));
  return tools
    .map((tool, at) => {
      const score = rows.reduce((sum, row) => {
        const having = row.filter((weight) => weight > 0).length;
        return having === 0 ? sum : sum + (row[at] ?? 0) * rarity(tools.length, having);
      }, 0);
      return { tool, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.tool.name < b.tool.name ? -1 : 1));
};
