/** What a running tool may ask of another one: reads alone, for the same caller, not for ever. */
import type { ToolOutcome } from './outcome.ts';
import type { ToolCall } from './run.ts';

/** A tool that asks a tool that asks a tool: deeper is a circle. */
const depthMax = 3;

export interface Reading {
  /** @param signal of the call that reads: it ends with that, also where a person interrupts. */
  read(
    tool: string,
    input: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<ToolOutcome | undefined>;
  /** Something that was read came from outside. */
  readonly outside: boolean;
}

/** @param run the one way in which tools are run; given, because it runs this one too. */
export const readingFor = (
  call: ToolCall,
  run: (call: ToolCall) => Promise<ToolOutcome>,
): Reading => {
  let outside = false;
  const { emit: _, onSlow: _slow, later: _later, yes: _yes, ...same } = call;
  const depth = (call.depth ?? 0) + 1;
  return {
    read: async (name, input, signal) => {
      const tool = call.toolbox.tools.get(name);
      if (tool?.effect !== 'read' || depth > depthMax) return undefined;
      const outcome = await run({
        ...same,
        name,
        input,
        signal,
        depth,
        id: `${call.id ?? call.name}:read`,
      });
      outside ||= outcome.outside === true;
      return outcome;
    },
    get outside() {
      return outside;
    },
  };
};
