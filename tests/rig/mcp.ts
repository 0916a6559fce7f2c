/** A toolbox with the MCP integration, and the clock beside it, as tests of the client use them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadedTool, loadTools, type Toolbox } from '../../tools/core/load.ts';
import { runTool, type ToolOutcome } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';
import { type ServedMcp, type ServedTool, serveMcp } from '../servers/mcp.ts';

export interface How {
  language?: string;
  role?: 'owner' | 'adult' | 'child';
  yes?: boolean;
  tainted?: boolean;
  signal?: AbortSignal;
}

/** A tool by its full name, with its input and how it is called. */
export type Called = [toolbox: Toolbox, name: string, more?: How & { input?: object }];

export const call = (...[toolbox, name, how = {}]: Called): Promise<ToolOutcome> =>
  runTool({
    ...{ toolbox, name, input: how.input ?? {}, timeZone: 'Europe/Oslo', ...portsInProcess() },
    caller: {
      ...{ personId: 'anna', name: 'Anna', role: how.role ?? 'owner', sure: 1, door: 'app' },
      language: how.language ?? 'en',
    },
    signal: how.signal ?? new AbortController().signal,
    now: () => new Date(0),
    tainted: how.tainted ?? false,
    ...(how.yes && {
      yes: (digest: string) => ({ by: 'yes' as const, personId: 'anna', digest, ageMs: 9 }),
    }),
  });

export const mcpTools = (toolbox: Toolbox): LoadedTool[] =>
  [...toolbox.tools.values()].filter(({ integration }) => integration === 'mcp');

/** What `doctor` would hear of it. */
export const healthOf = async (toolbox: Toolbox) => {
  const lines = await toolbox.health(AbortSignal.timeout(10_000));
  return lines.find(({ integration }) => integration === 'mcp') ?? { ok: false, line: 'off' };
};

/** @throws after eight seconds, where it does not come true. */
export const until = async (holds: () => boolean): Promise<void> => {
  const endAt = performance.now() + 8_000;
  while (!holds()) {
    if (performance.now() > endAt) throw new Error(`It did not come true: ${holds}`);
    await sleep(20);
  }
};

/** Everything that a test opens, closed again by `end`. */
export const mcpRig = () => {
  const ends: (() => Promise<unknown>)[] = [];
  /** With the mistakes in its settings. */
  const load = async (environment: Record<string, string>) => {
    const folder = await mkdtemp(join(tmpdir(), 'butler-mcp-'));
    ends.push(() => rm(folder, { recursive: true, force: true }));
    for (const [name, file] of [
      ['mcp', 'mcp/index.ts'],
      ['clock', 'clock.ts'],
    ]) {
      const whole = new URL(`../../tools/${file}`, import.meta.url).href;
      await writeFile(join(folder, `${name}.ts`), `export { default } from '${whole}';\n`);
    }
    return loadTools({ folder, environment });
  };
  return {
    load,
    /** Connected, as far as its servers answer. */
    open: async (environment: Record<string, string>): Promise<Toolbox> => {
      const { toolbox, mistakes } = await load(environment);
      if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
      ends.push(() => toolbox.close());
      toolbox.wake();
      await toolbox.health(AbortSignal.timeout(10_000));
      return toolbox;
    },
    serve: async (tools: ServedTool[], token?: string): Promise<ServedMcp> => {
      const server = await serveMcp(tools, token === undefined ? {} : { token });
      ends.push(() => server.stop());
      return server;
    },
    end: async (): Promise<void> => {
      for (const one of ends.splice(0).reverse()) await one();
    },
  };
};
