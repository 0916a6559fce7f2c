/** The bridge from our tools to LiveKit's tool loop: one way in, for the mind and the fast path. */
import { llm } from '@livekit/agents';
import { z } from 'zod';
import type { Yes } from '../tools/core/gate.ts';
import type { LoadedTool } from '../tools/core/load.ts';
import type { ToolOutcome } from '../tools/core/outcome.ts';
import { runTool } from '../tools/core/run.ts';
import type { ButlerParts } from './butler.ts';

/** A schema, not zod: LiveKit would check the arguments itself, and past our gate's own words. */
const schemaOf = (tool: LoadedTool) => {
  const { $schema: _, ...schema } = z.toJSONSchema(tool.input, {
    io: 'input',
    // A date's pattern is four hundred characters in every prompt; its format says the same.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return schema as Parameters<typeof llm.tool>[0]['parameters'];
};

/** The mind reads what came of its call; a sentence for the person is never an order to it. */
const forMind = (outcome: ToolOutcome): string => {
  const { ok, verified, say, show, receipt, error, pending, undo } = outcome;
  return JSON.stringify({ ok, verified, pending, say, show, receipt, undo, why: error?.detail });
};

interface Call {
  parts: ButlerParts;
  tool: LoadedTool;
  input: unknown;
  id: string;
  signal: AbortSignal;
}

/** The yes that the person gave for a call that code makes in their name. */
const yesFor = ({ parts, id }: Call): ((digest: string) => Yes | undefined) | undefined => {
  const reply = parts.deeds.replyOf(id);
  if (reply === undefined) return undefined;
  const digits = reply.means === 'pin' ? reply.digits : undefined;
  return (digest) => parts.confirmation.redeem(digest, digits);
};

/** A PIN is tried when its turn is committed, never on a guess. */
const wrongPin = ({ parts, tool, id }: Call): ToolOutcome | undefined => {
  const { confirmation, deeds, house, caller } = parts;
  const reply = deeds.replyOf(id);
  if (reply?.means !== 'pin') return undefined;
  const tried = confirmation.tryPin(reply.digits);
  if (tried === 'right') return undefined;
  const words = house.words(caller.language);
  const say = tried === 'locked' ? words.pinLocked() : words.wrongPin();
  const error = { code: `pin-${tried}`, detail: say };
  return { ok: false, say, error, effect: tool.effect, verdict: 'ask' };
};

const run = async (call: Call): Promise<ToolOutcome> => {
  const { parts, tool, input, id, signal } = call;
  const { house, caller, events, deeds, confirmation, report } = parts;
  const yes = yesFor(call);
  const outcome =
    wrongPin(call) ??
    (await runTool({
      ...{ toolbox: house.toolbox, name: tool.name, input, caller, signal, id },
      ...{ timers: house.timers, memory: house.memoryPort, now: house.clock },
      timeZone: house.settings.BUTLER_TIMEZONE,
      turn: parts.remembering.turn,
      tainted: deeds.tainted,
      hasPin: house.pins.has(caller.personId),
      ...(yes && { yes }),
      emit: (event) => events.emit(event),
      onSlow: (sentence) => deeds.slow(id, sentence),
      later: (late) => {
        deeds.late({ tool: tool.name, input, outcome: late });
        report(late.say);
      },
    }));
  if (outcome.ask) confirmation.asked(tool.name, outcome.ask);
  return outcome;
};

const execute = async (call: Call): Promise<string> => {
  const { parts, tool, input, id, signal } = call;
  const { deeds, engines, report } = parts;
  deeds.begun(id);
  const outcome = await run(call);
  // What a tool's own sentence could not settle, the mind may, where there is one.
  const handOver = outcome.error?.handOver === true && engines.mind() !== undefined;
  deeds.done(id, { tool: tool.name, input, outcome, handOver });
  if (outcome.outside) parts.remembering.taint();
  // The person has spoken over it: LiveKit drops the call, but what was begun is done.
  const finished = outcome.verdict === 'run' && outcome.effect !== 'read' && !outcome.pending;
  if (signal.aborted && finished && outcome.error?.code !== 'aborted') {
    deeds.told([id]);
    report(outcome.say);
  }
  return forMind(outcome);
};

/** Everything this caller's mind may use, in LiveKit's form. */
export const toolsFor = (parts: ButlerParts): llm.ToolContext => {
  const tools = [...parts.house.toolbox.tools.values()].map((tool) =>
    llm.tool({
      name: tool.name,
      description: tool.about,
      parameters: schemaOf(tool),
      execute: (input, { abortSignal, toolCallId }) => {
        const signal = abortSignal ?? new AbortController().signal;
        return execute({ parts, tool, input, id: toolCallId, signal });
      },
    }),
  );
  return new llm.ToolContext(tools);
};
