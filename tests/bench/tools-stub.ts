/** The toolbox with its services replaced by answers in process: what was done is written down. */

import type { Caller } from '../../agent/caller.ts';
import type { LoadedTool } from '../../tools/core/load.ts';
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import { runTool } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';

export interface Done {
  tool: string;
  input: Record<string, unknown>;
}

/** Opening what is locked is dangerous, whichever service does it. */
const dangerous = ({ name }: LoadedTool, input: Record<string, unknown>): string | undefined => {
  if (name === 'home_assistant_lock' && input.to === 'unlock') return `unlock ${input.what}`;
  if (name === 'home_assistant_alarm' && input.to === 'disarm') return 'disarm the alarm';
  return undefined;
};

const answered = (tool: LoadedTool, done: Done[], texts: Record<string, string>): LoadedTool => {
  const { effectOf: _, instead: _instead, ...rest } = tool;
  return {
    ...rest,
    client: async () => undefined,
    effectOf: (input) => {
      const what = dangerous(tool, input);
      return what === undefined ? tool.effect : { effect: 'danger', what };
    },
    run: async (input) => {
      done.push({ tool: tool.name, input });
      const text = texts[tool.name];
      if (tool.effect !== 'read') return { say: 'Done.', receipt: { input } };
      const show = text ?? 'Nothing special.';
      // A name or a title from a service is somebody else's words as well.
      return { say: 'Here it is.', show, ...(text !== undefined && { outside: true }) };
    },
  };
};

export interface Stub {
  tools: Map<string, LoadedTool>;
  /** Every call that ran, in order. */
  done: Done[];
  run(call: {
    tool: string;
    input: unknown;
    caller: Caller;
    tainted: boolean;
  }): Promise<ToolOutcome>;
}

/** @param texts what a tool reads, by its full name; a name that is not there becomes a tool. */
export const stubOf = (real: Iterable<LoadedTool>, texts: Record<string, string> = {}): Stub => {
  const done: Done[] = [];
  const all = [...real];
  const tools = new Map(all.map((tool) => [tool.name, answered(tool, done, texts)]));
  const pattern = all.find(({ effect, permission }) => effect === 'read' && !permission);
  for (const name of Object.keys(texts)) {
    if (tools.has(name) || !pattern) continue;
    tools.set(name, answered({ ...pattern, name, integration: 'mcp' }, done, texts));
  }
  return {
    tools,
    done,
    run: ({ tool, input, caller, tainted }) =>
      runTool({
        ...portsInProcess(),
        ...{ toolbox: { tools }, name: tool, input, caller, tainted, timeZone: 'Europe/Oslo' },
        ...{ signal: new AbortController().signal, now: () => new Date() },
      }),
  };
};
