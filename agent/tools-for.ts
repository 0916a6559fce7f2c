/** The bridge from our tools to LiveKit's tool loop: one way in, for the mind and the fast path. */
import { llm } from '@livekit/agents';
import type { ButlerParts } from './butler.ts';
import { execute } from './calling.ts';
import { declarationOf } from './offering/at-hand.ts';
import { innerCall, type NamedCall, takeBackName, useToolName } from './offering.ts';
import { outsideNote } from './reading.ts';
import { takeBack } from './taking-back/take-back.ts';

interface Executing {
  parts: ButlerParts;
  id: string;
  signal: AbortSignal;
}

type Parameters = Exclude<globalThis.Parameters<typeof llm.tool>[0]['parameters'], undefined>;

/** A schema, not zod: LiveKit would check the arguments itself, and past our gate's own words. */
const declare = (
  declared: { name: string; description: string; parameters: unknown },
  run: (input: unknown, executing: Omit<Executing, 'parts'>) => Promise<string>,
) =>
  llm.tool({
    ...declared,
    parameters: declared.parameters as Parameters,
    execute: (input, { abortSignal, toolCallId: id }) =>
      run(input, { id, signal: abortSignal ?? new AbortController().signal }),
  });

const useToolDeclaration = {
  name: useToolName,
  description:
    'Call a tool that is not declared here. The note behind the words of the person names those ' +
    'that may fit. If none does, give the name you would expect and a few words of what you ' +
    'want: you are told which tools come nearest.',
  parameters: {
    type: 'object',
    properties: {
      tool: { type: 'string', description: 'Its full name.' },
      input: { type: 'object', description: 'What it takes, as the note says.', properties: {} },
    },
    required: ['tool'],
  },
};

const takeBackDeclaration = {
  name: takeBackName,
  description:
    'Take back what was just done, when the person did not mean it: the last thing, or what they ' +
    'name ("the timer", "both").',
  parameters: { type: 'object', properties: { what: { type: 'string' } } },
};

/** No tool has that name: those that come nearest, so that the mind can go on. */
const unknownTool = (
  parts: ButlerParts,
  { tool: name, input }: NamedCall,
): { answer: string; outside: boolean } => {
  const { offering, remembering } = parts;
  const wanted = Object.values(input).filter((value) => typeof value === 'string');
  const words = [...wanted, remembering.turn?.said ?? ''].join(' ').slice(0, 400);
  const shown = offering.nearest(name, words);
  const why = `There is no tool "${name.slice(0, 64)}".`;
  const own = shown.own.length > 0 ? `Nearest, each called with ${useToolName}:` : '';
  const foreign = outsideNote(parts, shown);
  const answer = [why, own, ...shown.own, foreign].filter((line) => line).join('\n');
  return { answer, outside: foreign !== undefined };
};

const useTool = async (given: unknown, { parts, id, signal }: Executing): Promise<string> => {
  const { deeds, house, offering, outside, remembering } = parts;
  const call = innerCall(given);
  // Code's own calls may be of tools that no mind is told of, such as those that only undo.
  const tool = deeds.isOwn(id) ? house.toolbox.tools.get(call.tool) : offering.find(call.tool);
  if (tool) return execute({ parts, tool, input: call.input, id, signal });
  const unknown = unknownTool(parts, call);
  if (unknown.outside) {
    outside.read(id, '');
    remembering.taint();
  }
  return unknown.answer;
};

/**
 * Everything that this caller's mind may use, in LiveKit's form: the same for everybody of this
 * role and these permissions, in every turn.
 */
export const toolsFor = (parts: ButlerParts): llm.ToolContext => {
  const atHand = parts.offering.atHand.map((tool) =>
    declare(declarationOf(tool), (input, executing) =>
      execute({ parts, tool, input, ...executing }),
    ),
  );
  return new llm.ToolContext([
    ...atHand,
    declare(useToolDeclaration, (given, executing) => useTool(given, { parts, ...executing })),
    declare(takeBackDeclaration, (given, executing) => takeBack(given, { parts, ...executing })),
  ]);
};
