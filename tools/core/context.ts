/** What a running tool gets besides its input: the caller, the time, and what the house lends. */
import type { ToolContext } from './define.ts';
import type { Parsed } from './judging.ts';
import type { ToolCall } from './run.ts';
import { spoken } from './spoken.ts';

export const languageOf = (call: ToolCall): string => call.language ?? call.caller.language;

export const contextFor = (
  { call, tool, reading }: Parsed,
  client: unknown,
  signal: AbortSignal,
): ToolContext<unknown> => {
  const language = languageOf(call);
  const { caller, now, timeZone, timers, memory, shelves, people, deeds, turn } = call;
  const { health, household } = call;
  const shelf = shelves.of(tool.integration, language);
  const read: ToolContext<unknown>['read'] = (name, input) => reading.read(name, input, signal);
  return {
    ...{ client, caller, signal, now, timeZone, language, words: spoken(language), turn },
    ...{ timers, memory, shelf, people, deeds, health, household, read },
  };
};
