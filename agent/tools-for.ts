/** The bridge from our tools to LiveKit's tool loop: one way in, for the mind and the fast path. */
import { llm } from '@livekit/agents';
import { runTool } from '../tools/core/run.ts';
import type { ButlerParts } from './butler.ts';
import type { FastMatch } from './fastpath.ts';

const fastPrefix = 'fast_';

/**
 * What a tool said, kept by call: a sentence of the fast path is spoken as it is, no mind needed.
 * The call itself goes through LiveKit, which runs no tool before the turn is committed.
 */
export class SpokenResults {
  readonly #said = new Map<string, string>();
  readonly #fallback: string;
  readonly #handedOver = new Set<string>();
  #calls = 0;

  /** @param fallback what is said when a call ended without a sentence. */
  constructor(fallback: string) {
    this.#fallback = fallback;
  }

  /** A tool call as if the mind had made it. */
  call(match: FastMatch): llm.ChatChunk {
    this.#calls += 1;
    const callId = `${fastPrefix}${this.#calls}`;
    const args = JSON.stringify(match.input);
    const call = llm.FunctionCall.create({ callId, name: match.tool, args });
    return { id: callId, delta: { role: 'assistant', toolCalls: [call] } };
  }

  done(callId: string, say: string): void {
    if (callId.startsWith(fastPrefix)) this.#said.set(callId, say);
  }

  /** The mind shall answer this call after all. */
  handOver(callId: string): void {
    this.#handedOver.add(callId);
  }

  /** The sentence of a fast call, once; undefined for the mind's own calls. */
  take(callId: string): string | undefined {
    if (!callId.startsWith(fastPrefix) || this.#handedOver.delete(callId)) return undefined;
    const said = this.#said.get(callId) ?? this.#fallback;
    this.#said.delete(callId);
    return said;
  }
}

/** Everything this caller's mind may use, in LiveKit's form. */
export const toolsFor = (parts: ButlerParts): llm.ToolContext => {
  const { house, caller, events, spoken, engines } = parts;
  const tools = [...house.toolbox.tools.values()].map((tool) =>
    llm.tool({
      name: tool.name,
      description: tool.about,
      parameters: tool.input,
      execute: async (input, { abortSignal, toolCallId }) => {
        const outcome = await runTool({
          toolbox: house.toolbox,
          name: tool.name,
          input,
          caller,
          signal: abortSignal ?? new AbortController().signal,
          id: toolCallId,
          timers: house.timers,
          now: house.clock,
          timeZone: house.settings.BUTLER_TIMEZONE,
          emit: (event) => events.emit(event),
        });
        // What a tool's own sentence could not settle, the mind may, where there is one.
        const handOver = outcome.error?.handOver === true && engines.mind() !== undefined;
        if (!handOver) spoken.done(toolCallId, outcome.say);
        else spoken.handOver(toolCallId);
        const { ok, say, show, receipt, error } = outcome;
        return JSON.stringify({ ok, say, show, receipt, why: error?.detail });
      },
    }),
  );
  return new llm.ToolContext(tools);
};
