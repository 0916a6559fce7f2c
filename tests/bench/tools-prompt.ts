/** The prompt as Butler makes it: rules, tools at hand, and a note of what else may fit. */

import type { Caller } from '../../agent/caller.ts';
import { declarationOf } from '../../agent/offering/at-hand.ts';
import { tokensIn } from '../../agent/offering/schema.ts';
import { Offering, useToolName } from '../../agent/offering.ts';
import { prompt } from '../../agent/prompt.ts';
import type { Everything } from './tools-everything.ts';
import { owner } from './tools-everything.ts';
import { paraphrases } from './tools-paraphrases.ts';

export const timeZone = 'Europe/Oslo';

export const offeringFor = (tools: Everything['tools'], caller: Caller): Offering =>
  new Offering({ toolbox: { tools: new Map(tools.map((tool) => [tool.name, tool])) }, caller });

export const rulesFor = (caller: Caller): string =>
  prompt({ caller, timeZone, today: new Date(Date.UTC(2026, 10, 21, 12)) });

/** What stands behind the words of the person. */
export const noteFor = (offering: Offering, words: string): string => {
  const { own } = offering.fitting(words);
  if (own.length === 0) return '';
  return `More tools that may fit, each called with ${useToolName}:\n${own.join('\n')}`;
};

/** How many tokens the parts of the prompt have, and whether what is cached stays the same. */
export const promptTokens = ({ tools }: Everything): Record<string, number | string> => {
  const offering = offeringFor(tools, owner);
  const rules = rulesFor(owner);
  const declared = JSON.stringify(offering.atHand.map(declarationOf));
  const notes = paraphrases.map(({ said }) => tokensIn(noteFor(offering, said)));
  const note = Math.max(...notes);
  const again = JSON.stringify(offeringFor([...tools], owner).atHand.map(declarationOf));
  return {
    measured: `${offering.atHand.length} of ${tools.length} tools at hand`,
    rules: tokensIn(rules),
    tools: tokensIn(declared),
    'longest note': note,
    whole: tokensIn(rules) + tokensIn(declared) + note,
    'prefix the same': declared === again && rules === rulesFor(owner) ? 'yes' : 'NO',
  };
};
