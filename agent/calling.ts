/** One call of a tool in a conversation: judged, run, kept as a deed, and told to the mind. */
import type { Yes } from '../tools/core/gate.ts';
import type { LoadedTool } from '../tools/core/load.ts';
import type { ToolOutcome } from '../tools/core/outcome.ts';
import { runTool } from '../tools/core/run.ts';
import type { ButlerParts } from './butler.ts';
import type { Path } from './reasons.ts';
import { tellCard } from './telling.ts';

interface Call {
  parts: ButlerParts;
  tool: LoadedTool;
  input: unknown;
  /** Of the mind's or the fast path's call, as in the history. */
  id: string;
  signal: AbortSignal;
  /** Unset: as the call came, by a sentence, the mind or a yes. */
  path?: Path;
}

const pathOf = ({ parts: { deeds }, id, path = 'fast' }: Call): Path => {
  if (deeds.replyOf(id)) return 'yes';
  return deeds.isOwn(id) || path === 'undo' ? path : 'mind';
};

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

/** The one way from a conversation to a tool. */
export const run = async (call: Call): Promise<ToolOutcome> => {
  const { parts, tool, input, id, signal } = call;
  const { house, caller, events, deeds, confirmation, outside, reasoning, report, takingBack } =
    parts;
  const yes = yesFor(call);
  const tainted = outside.sways(id);
  const became = reasoning.begun({ tool: tool.name, input, path: pathOf(call), tainted });
  const outcome =
    wrongPin(call) ??
    (await runTool({
      ...{ toolbox: house.toolbox, name: tool.name, input, caller, signal, id },
      ...{ ...house.lent, now: house.clock },
      timeZone: house.settings.BUTLER_TIMEZONE,
      turn: parts.remembering.turn,
      // The fast path and a yes are code, and the person's own words.
      tainted,
      hasPin: house.pins.has(caller.personId),
      ...(yes && { yes }),
      emit: (event) => events.emit(event),
      onSlow: (sentence) => deeds.slow(id, sentence),
      later: (late) => {
        became(late);
        tellCard(parts, id, late.card);
        deeds.late({ tool: tool.name, input, outcome: late });
        takingBack.did({ tool: tool.name, input, outcome: late });
        if (late.outside || tool.outside) outside.read(id, late.say);
        report(late.say);
      },
    }));
  became(outcome);
  tellCard(parts, id, outcome.card);
  if (outcome.ask) confirmation.asked(outcome.ask.tool, outcome.ask);
  return outcome;
};

/** The mind reads what came of its call; a sentence for the person is never an order to it. */
const forMind = ({ outside }: ButlerParts, tool: string, outcome: ToolOutcome): string => {
  const { ok, verified, say, show, receipt, error, pending, undo } = outcome;
  const how = { ok, verified, pending, canTakeBack: undo && true };
  const what = { say, show, receipt, why: error?.detail };
  if (!outcome.outside) return JSON.stringify({ ...how, ...what });
  return `${JSON.stringify(how)}\n${outside.wrap(tool, what)}`;
};

/** Keeps what came of a call, and says it where the mind no longer will. */
export const settled = (call: Omit<Call, 'tool'> & { tool: string }, outcome: ToolOutcome) => {
  const { parts, tool, input, id, signal } = call;
  const { deeds, engines, outside, remembering, report } = parts;
  // What a tool's own sentence could not settle, the mind may, where there is one.
  const handOver = outcome.error?.handOver === true && engines.mind() !== undefined;
  if (outcome.outside) {
    outside.read(id, outcome.say);
    remembering.taint();
  }
  deeds.done(id, { tool, input, outcome, handOver });
  // The person has spoken over it: LiveKit drops the call, but what was begun is done.
  const finished = outcome.verdict === 'run' && outcome.effect !== 'read' && !outcome.pending;
  if (signal.aborted && finished && outcome.error?.code !== 'aborted') {
    deeds.told([id]);
    report(outcome.say);
  }
  return forMind(parts, tool, outcome);
};

export const execute = async (call: Call): Promise<string> => {
  const { parts, tool, input, id } = call;
  parts.deeds.begun(id);
  const outcome = await run(call);
  parts.takingBack.did({ tool: tool.name, input, outcome });
  return settled({ ...call, tool: tool.name }, outcome);
};
