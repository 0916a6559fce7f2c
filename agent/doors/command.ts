/** One tool call without a conversation: the same way through gate and receipt as every other. */
import { runTool } from '../../tools/core/run.ts';
import type { Caller } from '../caller.ts';
import type { House } from '../house.ts';
import { noteAlone } from '../reasons/reasoning.ts';

/** @returns what a person may hear of it; never throws. */
export const runCommand = async (
  house: House,
  order: { caller: Caller; tool: string; input: unknown; signal: AbortSignal },
): Promise<{ ok: boolean; say: string; code?: string }> => {
  const { caller, tool, input, signal } = order;
  const outcome = await runTool({
    toolbox: house.toolbox,
    name: tool,
    input,
    caller,
    signal,
    ...house.lent,
    now: house.clock,
    timeZone: house.settings.BUTLER_TIMEZONE,
  });
  noteAlone(house, { caller, tool, input, path: 'command', outcome });
  const { ok, say, error } = outcome;
  return { ok, say, ...(error ? { code: error.code } : {}) };
};
