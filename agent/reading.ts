/** What the mind reads in one step: the conversation, and one note that belongs to this turn. */
import { llm } from '@livekit/agents';
import type { ButlerParts } from './butler.ts';
import { type Shown, useToolName } from './offering.ts';
import { skillFor } from './skill.ts';
import { personWords } from './spoken-words.ts';

const offeredNote = (lines: readonly string[]): string | undefined =>
  lines.length === 0
    ? undefined
    : `More tools that may fit, each called with ${useToolName}:\n${lines.join('\n')}`;

/** How to go about it, and the tools that this names. */
const skillNote = ({ name, body }: { name: string; body: string }): string =>
  `How to go about it (your skill "${name}"):\n${body}`;

/** Tools that a service describes in its own words. */
export const outsideNote = ({ outside }: ButlerParts, shown: Shown): string | undefined =>
  shown.outside.length === 0
    ? undefined
    : `Tools of other services, called with ${useToolName}:\n${outside.wrap(
        'services that name their own tools',
        shown.outside.join('\n'),
      )}`;

/** LiveKit keeps what a tool answered as JSON; a text in quotes is harder to read than the text. */
const unquoted = (context: llm.ChatContext): llm.ChatContext => {
  const copy = context.copy();
  copy.items = copy.items.map((item) => {
    if (item.type !== 'function_call_output' || !item.output.startsWith('"')) return item;
    const { callId, name, isError, id, createdAt } = item;
    const output = textIn(item.output);
    return llm.FunctionCallOutput.create({ callId, name, isError, id, createdAt, output });
  });
  return copy;
};

const textIn = (json: string): string => {
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
};

/**
 * A copy of the context for the mind; never throws.
 * @returns `tainted`: words from outside stand in it, so what the mind then calls may be theirs.
 */
export const read = async (
  parts: ButlerParts,
  context: llm.ChatContext,
): Promise<{ context: llm.ChatContext; tainted: boolean }> => {
  const { house, offering, outside, remembering } = parts;
  const { words } = personWords(context);
  const shown = offering.fitting(words);
  const foreign = outsideNote(parts, shown);
  if (foreign !== undefined) outside.noted(words);
  const settled = outside.settle(context);
  remembering.reads(words, settled.tainted);
  const skill = await skillFor(parts, words);
  const lines = [...(skill ? offering.named(skill.body).own : []), ...shown.own];
  const notes = [house.outages.note(), skill && skillNote(skill), offeredNote([...new Set(lines)])];
  return {
    context: await remembering.contextFor(unquoted(settled.context), [...notes, foreign]),
    tainted: settled.tainted,
  };
};
