/** The toolbox with every integration on: settings that fit are tried until none is mistaken. */

import type { Caller } from '../../agent/caller.ts';
import { compileFastPath, type FastPath } from '../../agent/fastpath.ts';
import { type Listed, type LoadedTool, loadTools, type Toolbox } from '../../tools/core/load.ts';

/** Values that settings ask for; an address of this machine where nobody listens. */
const values = [
  'http://127.0.0.1:9',
  'dummy',
  'mqtt://127.0.0.1:9',
  'dummy-token-of-more-than-thirty-two-characters',
  '9',
  'true',
  '/nowhere',
  '59.91,10.75',
];

const environmentFor = (integrations: readonly Listed[]) => {
  const needed = integrations.flatMap(({ variables }) => {
    const required = variables.filter((one) => one.required);
    // A kind of account of which everything may be left out is on once something is set.
    const kinds = Map.groupBy(variables, ({ source }) => source);
    const optional = [...kinds].flatMap(([kind, members]) =>
      kind !== undefined && members.every((one) => !one.required) ? members.slice(0, 1) : [],
    );
    return [...required, ...optional];
  });
  return Object.fromEntries(needed.map(({ name }) => [name, values[0] ?? '']));
};

export interface Everything {
  toolbox: Toolbox;
  environment: Record<string, string>;
  /** Those that a person or a mind may call. */
  tools: LoadedTool[];
  fastPath: FastPath;
  /** Integrations that need a service somewhere: their tools cannot be run here. */
  remote: ReadonlySet<string>;
}

/** Nothing is connected: what is configured here answers nowhere. */
export const everything = async (): Promise<Everything> => {
  const { toolbox: bare } = await loadTools({ environment: {} });
  const environment: Record<string, string> = environmentFor(bare.integrations);
  const tried = new Map<string, number>();
  for (let round = 0; round < values.length; round++) {
    const { mistakes } = await loadTools({ environment });
    const mistaken = Object.keys(environment).filter((name) =>
      mistakes.some((mistake) => mistake.startsWith(`${name}:`)),
    );
    for (const name of mistaken) {
      const next = (tried.get(name) ?? 0) + 1;
      tried.set(name, next);
      environment[name] = values[next] ?? '';
    }
    if (mistaken.length === 0) break;
  }
  const { toolbox, mistakes } = await loadTools({ environment });
  const off = toolbox.integrations.filter(({ on }) => !on).map(({ name }) => name);
  if (mistakes.length > 0 || off.length > 0) {
    throw new Error(`Not everything is on: ${[...off, ...mistakes].join('; ')}`);
  }
  const tools = [...toolbox.tools.values()].filter(({ hidden }) => !hidden);
  const isRemote = ({ variables }: Listed): boolean =>
    variables.some(({ name }) => /_(URL|HOST|COMMAND)$/.test(name));
  const remote = new Set(toolbox.integrations.filter(isRemote).map(({ name }) => name));
  return { toolbox, environment, tools, fastPath: compileFastPath(tools), remote };
};

/** The owner, in front of their own device. */
export const owner: Caller = {
  ...{ personId: 'anna', name: 'Anna', role: 'owner', sure: 1, door: 'app', language: 'en' },
};
