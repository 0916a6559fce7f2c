/** The folder is the registry: every file in `tools/` is an integration, loaded at the start. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readSettings, variablesOf } from './configure.ts';
import type { AnyTool, Integration } from './define.ts';
import { patternMistakes, saysByLanguage } from './says.ts';

export interface LoadedTool extends AnyTool {
  /** Full name, fit for a model: `clock_time`, `pi_hole_pause`. */
  name: string;
  integration: string;
  /** The connected client; one for all tools of the integration. */
  client: () => Promise<unknown>;
}

export interface HealthLine {
  integration: string;
  ok: boolean;
  line: string;
}

export interface Toolbox {
  tools: ReadonlyMap<string, LoadedTool>;
  /** Every integration in the folder; `on`: configured, its tools are offered. */
  integrations: readonly {
    name: string;
    about: string;
    on: boolean;
    /** What switches it on, in the environment. */
    variables: readonly { name: string; about: string }[];
  }[];
  /** One line per integration that is on; never throws. */
  health(signal: AbortSignal): Promise<HealthLine[]>;
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

const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const toolNamePattern = /^[a-z][a-z0-9_]*$/;
/** What the models' interfaces take. */
const fullNameMax = 64;

const fullName = (integration: string, tool: string, { bareName }: { bareName?: boolean }) =>
  bareName ? tool : `${integration}_${tool}`.replaceAll('-', '_');

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

const shapeMistakes = (found: Integration, name: string): string[] => {
  const mistakes: string[] = [];
  if (found.name !== name) mistakes.push(`its name is "${found.name}": make it "${name}"`);
  if (!namePattern.test(name)) mistakes.push('its name must be lower case with dashes');
  for (const [toolName, tool] of Object.entries(found.tools)) {
    if (!toolNamePattern.test(toolName) || fullName(name, toolName, tool).length > fullNameMax) {
      mistakes.push(`tool ${toolName}: use lower case and underscores, 64 characters at most`);
    }
    for (const [language, patterns] of Object.entries(saysByLanguage(tool.says))) {
      for (const pattern of patterns) {
        for (const mistake of patternMistakes(pattern, tool.input)) {
          mistakes.push(`tool ${toolName}, says (${language}) "${pattern}": ${mistake}`);
        }
      }
    }
  }
  return mistakes;
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

const connectWithinMs = 10_000;

/** Connects at the first use, once for all who wait, and anew after a failure. */
const connector = (found: Integration, config: Record<string, unknown>) => {
  const closing = new AbortController();
  let connecting: Promise<unknown> | undefined;
  const connect = async (): Promise<unknown> => {
    const limit = AbortSignal.any([closing.signal, AbortSignal.timeout(connectWithinMs)]);
    try {
      return await found.connect?.(config, limit);
    } catch (error) {
      connecting = undefined;
      throw error;
    }
  };
  return {
    get: (): Promise<unknown> => {
      connecting ??= connect();
      return connecting;
    },
    close: async (): Promise<void> => {
      closing.abort(new Error('The house is closing.'));
      if (connecting !== undefined) await found.close?.(await connecting);
    },
  };
};

interface Connected {
  found: Integration;
  connection: ReturnType<typeof connector>;
}

const healthOf = async ({ found, connection }: Connected, signal: AbortSignal) => {
  const integration = found.name;
  try {
    const client = await connection.get();
    const line = found.health ? await found.health(client, signal) : 'ready';
    return { integration, ok: true, line };
  } catch (error) {
    const line = error instanceof Error ? error.message : String(error);
    return { integration, ok: false, line };
  }
};

const understandWithinMs = 300;

const understoodBy = async (
  { found, connection }: Connected,
  sentence: string,
  options: { language: string; signal: AbortSignal },
) => {
  if (!found.understand) return undefined;
  const call = await found.understand(await connection.get(), sentence, options);
  const tool = call && Object.hasOwn(found.tools, call.tool) ? found.tools[call.tool] : undefined;
  // What the tool would not take is better left to a mind than refused.
  if (!call || !tool?.input.safeParse(call.input).success) return undefined;
  return { tool: fullName(found.name, call.tool, tool), input: call.input };
};

/** The first service that knows the sentence; those that are away or slow do not count. */
const understoodByAny = async (
  connected: readonly Connected[],
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

const assemble = (
  found: readonly Integration[],
  settings: ReadonlyMap<string, Record<string, unknown>>,
): Toolbox => {
  const tools = new Map<string, LoadedTool>();
  const connected: Connected[] = [];
  for (const one of found) {
    const config = settings.get(one.name);
    if (!config) continue;
    const connection = connector(one, config);
    connected.push({ found: one, connection });
    for (const [toolName, tool] of Object.entries(one.tools)) {
      const name = fullName(one.name, toolName, tool);
      tools.set(name, { ...tool, name, integration: one.name, client: connection.get });
    }
  }
  return {
    tools,
    integrations: found.map((one) => ({
      name: one.name,
      about: one.about,
      on: settings.has(one.name),
      variables: variablesOf(one),
    })),
    health: (signal) => Promise.all(connected.map((one) => healthOf(one, signal))),
    understand: (sentence, options) => understoodByAny(connected, sentence, options),
    close: async () => {
      await Promise.allSettled(connected.map((one) => one.connection.close()));
    },
  };
};

const duplicates = (found: readonly Integration[]): string[] => {
  const owner = new Map<string, string>();
  const mistakes: string[] = [];
  for (const { name, tools } of found) {
    for (const [toolName, tool] of Object.entries(tools)) {
      const full = fullName(name, toolName, tool);
      const other = owner.get(full);
      if (other) mistakes.push(`${name} and ${other} both make the tool ${full}: rename one`);
      owner.set(full, name);
    }
  }
  return mistakes;
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
  const read = await Promise.all(files.map(({ file, name }) => importOne(file, name)));
  const found = read.flatMap((one) => (one.found ? [one.found] : []));
  const fileMistakes = [...read.flatMap((one) => one.mistakes), ...duplicates(found)];
  if (fileMistakes.length > 0) throw new ToolFileError(fileMistakes);
  const { settings, mistakes } = readSettings(found, options.environment);
  return { toolbox: assemble(found, settings), mistakes };
};
