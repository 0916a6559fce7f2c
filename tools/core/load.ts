/** The folder is the registry: every file in `tools/` is an integration, loaded at the start. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Down } from './breaker.ts';
import { type ReadSettings, readSettings, type Variable, variablesOf } from './configure.ts';
import { Connector, orAborted } from './connector.ts';
import { type AnyTool, type Integration, ToolError } from './define.ts';
import { declaredDoing } from './doing.ts';
import { duplicates, fullName, fullOf, shapeMistakes, toolMistakes } from './naming.ts';

export interface LoadedTool extends AnyTool {
  /** Full name, fit for a model: `clock_time`, `pi_hole_pause`. */
  name: string;
  integration: string;
  /** The connected client; one for all tools of the integration. */
  client: () => Promise<unknown>;
  /** The service named it itself: its words are from outside. */
  discovered?: boolean;
}

export interface HealthLine {
  integration: string;
  ok: boolean;
  line: string;
  /** What the owner does about it. */
  mend?: string;
}

/** An integration of the folder, on or off. */
export interface Listed {
  name: string;
  about: string;
  /** Configured: its tools are offered. */
  on: boolean;
  /** What switches it on, in the environment. */
  variables: readonly Variable[];
  /** What is wrong with its settings. */
  mistakes: readonly string[];
  /** How to get access, or to renew it. */
  renew?: string;
  /** What it declares, by full name, also while it is off. */
  declared: readonly (AnyTool & { name: string })[];
}

export interface Toolbox {
  tools: ReadonlyMap<string, LoadedTool>;
  integrations: readonly Listed[];
  /** Connects what counts also while nobody asks; called by the house when it is open. */
  wake(): void;
  /** One line per integration that is on, or of `only` these; never throws. */
  health(signal: AbortSignal, only?: ReadonlySet<string>): Promise<HealthLine[]>;
  /** Those that could not be connected when it was last tried. */
  away(): Down[];
  /**
   * Offers a sentence that no tool declares to the services that know sentences of their own.
   * @returns a call for `runTool`, within 0.3 s; undefined leaves it to the mind. Never throws.
   */
  understand(
    sentence: string,
    options: { language: string; signal: AbortSignal },
  ): Promise<{ tool: string; input: Record<string, unknown> } | undefined>;
  close(): Promise<void>;
}

/** A file in `tools/` that cannot be used; the message names it and says how to mend it. */
class ToolFileError extends Error {
  readonly code = 'tool-file-invalid';
  constructor(mistakes: readonly string[]) {
    super(`Tools cannot be loaded:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.name = 'ToolFileError';
  }
}

/** Files of the folder: `name.ts` or `name/index.ts`; `name.part.ts` belongs to `name.ts`. */
const filesOf = async (folder: string): Promise<{ name: string; file: string }[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.name !== 'core' && !entry.name.startsWith('.'))
    .flatMap((entry) => {
      if (entry.isDirectory()) {
        return [{ name: entry.name, file: path.join(folder, entry.name, 'index.ts') }];
      }
      const found = /^([^.]+)\.ts$/.exec(entry.name);
      return found ? [{ name: found[1] ?? '', file: path.join(folder, entry.name) }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
};

/** @throws {ToolFileError} where there is no such folder. */
const ownFilesOf = async (folder: string) => {
  try {
    return await filesOf(folder);
  } catch {
    const fix = 'make that folder, or unset BUTLER_TOOLS';
    throw new ToolFileError([`${folder}: there is no such folder; ${fix}`]);
  }
};

const importOne = async (
  file: string,
  name: string,
): Promise<{ found?: Integration; mistakes: string[] }> => {
  try {
    const module = (await import(pathToFileURL(file).href)) as { default?: Integration };
    const found = module.default;
    if (found?.kind !== 'integration') {
      const fix = 'make `integration({ … }).tools({ … })` its default export';
      return { mistakes: [`${file}: it exports no integration; ${fix}`] };
    }
    const mistakes = shapeMistakes(found, name).map((mistake) => `${file}: ${mistake}`);
    return { found, mistakes };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { mistakes: [`${file}: it cannot be imported (${reason}); correct it or take it out`] };
  }
};

const healthOf = async (connector: Connector, signal: AbortSignal): Promise<HealthLine> => {
  const { found } = connector;
  const integration = found.name;
  const look = async (): Promise<string> => {
    const client = await connector.get();
    return found.health ? await found.health(client, signal) : 'ready';
  };
  try {
    return { integration, ok: true, line: await orAborted(look(), signal) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = signal.aborted ? 'it did not answer in time' : message;
    const mend = (error instanceof ToolError ? error.mend : undefined) ?? found.renew;
    return { integration, ok: false, line, ...(mend !== undefined && { mend }) };
  }
};

const understandWithinMs = 300;

const understoodBy = async (
  { found, get }: Connector,
  sentence: string,
  options: { language: string; signal: AbortSignal },
) => {
  if (!found.understand) return undefined;
  const call = await found.understand(await get(), sentence, options);
  const tool = call && Object.hasOwn(found.tools, call.tool) ? found.tools[call.tool] : undefined;
  // What the tool would not take is better left to a mind than refused.
  if (!call || !tool?.input.safeParse(call.input).success) return undefined;
  return { tool: fullName(found.name, call.tool, tool), input: call.input };
};

/** The first service that knows the sentence; those that are away or slow do not count. */
const understoodByAny = async (
  connected: readonly Connector[],
  sentence: string,
  { language, signal }: { language: string; signal: AbortSignal },
) => {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(understandWithinMs)]);
  const late = new Promise<undefined>((resolve) => {
    if (limit.aborted) resolve(undefined);
    else limit.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (const one of connected) {
    const asked = understoodBy(one, sentence, { language, signal: limit }).catch(() => undefined);
    const call = await Promise.race([asked, late]);
    if (call) return call;
  }
  return undefined;
};

/** Tools by full name; those that a service names itself come and go with it. */
class Registry {
  readonly tools = new Map<string, LoadedTool>();

  add(found: Integration, tools: Tools, client: () => Promise<unknown>): void {
    const { name: integration } = found;
    for (const [toolName, tool] of Object.entries(tools)) {
      const name = fullName(integration, toolName, tool);
      const doing = tool.doing ?? declaredDoing(found.doing, tool.effect);
      this.tools.set(name, { ...tool, name, integration, client, ...(doing && { doing }) });
    }
  }

  /** Replaces what the service named before; a name that is taken or unfit is passed over. */
  discovered(found: Integration, tools: Tools, client: () => Promise<unknown>): void {
    const own = new Set(Object.entries(found.tools).map(([name, one]) => fullOf(found, name, one)));
    for (const [name, tool] of this.tools) {
      if (tool.integration === found.name && !own.has(name)) this.tools.delete(name);
    }
    const fit = Object.entries(tools).filter(([name, tool]) => {
      const mistaken = toolMistakes(found.name, name, tool).length > 0;
      return !mistaken && !this.tools.has(fullOf(found, name, tool));
    });
    const marked = fit.map(([name, tool]) => [name, { ...tool, discovered: true }]);
    this.add(found, Object.fromEntries(marked), client);
  }
}

type Tools = Readonly<Record<string, AnyTool>>;

const listed = (one: Integration, { settings, mistakesOf }: ReadSettings): Listed => ({
  ...{ name: one.name, about: one.about, on: settings.has(one.name) },
  ...{ variables: variablesOf(one), mistakes: mistakesOf.get(one.name) ?? [] },
  ...(one.renew !== undefined && { renew: one.renew }),
  declared: Object.entries(one.tools).map(([name, tool]) => ({
    ...tool,
    name: fullOf(one, name, tool),
  })),
});

const assemble = (found: readonly Integration[], read: ReadSettings): Toolbox => {
  const { settings } = read;
  const registry = new Registry();
  const connected: Connector[] = [];
  for (const one of found) {
    const config = settings.get(one.name);
    if (!config) continue;
    const connector: Connector = new Connector(one, config, (tools) =>
      registry.discovered(one, tools, connector.get),
    );
    connected.push(connector);
    registry.add(one, one.tools, connector.get);
  }
  return {
    tools: registry.tools,
    integrations: found.map((one) => listed(one, read)),
    wake: () => {
      for (const connector of connected) connector.wake();
    },
    health: (signal, only) => {
      const asked = connected.filter(({ found }) => only?.has(found.name) ?? true);
      return Promise.all(asked.map((one) => healthOf(one, signal)));
    },
    away: () => connected.flatMap((one) => one.away),
    understand: (sentence, options) => understoodByAny(connected, sentence, options),
    close: async () => {
      await Promise.allSettled(connected.map((one) => one.close()));
    },
  };
};

/**
 * Reads the folders and the settings of what is in them; nothing is connected yet.
 * @param ownFolder a second one, with the household's own tools.
 * @param environment the process's variables; empty ones count as unset.
 * @returns the toolbox, and the mistakes in the settings, to be reported with all others.
 * @throws {ToolFileError} that names every file that cannot be used.
 */
export const loadTools = async (options: {
  folder?: string;
  ownFolder?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
}): Promise<{ toolbox: Toolbox; mistakes: string[] }> => {
  const folder = options.folder ?? path.join(import.meta.dirname, '..');
  const own = options.ownFolder === undefined ? [] : await ownFilesOf(options.ownFolder);
  const files = [...(await filesOf(folder)), ...own];
  const imported = await Promise.all(files.map(({ file, name }) => importOne(file, name)));
  const found = imported.flatMap((one) => (one.found ? [one.found] : []));
  const fileMistakes = [...imported.flatMap((one) => one.mistakes), ...duplicates(found)];
  if (fileMistakes.length > 0) throw new ToolFileError(fileMistakes);
  const read = readSettings(found, options.environment);
  return { toolbox: assemble(found, read), mistakes: read.mistakes };
};
