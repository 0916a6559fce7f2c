/** A server's tools as ours: dangerous, until its annotations and the owner both say otherwise. */
import { createHash } from 'node:crypto';
import type { CallToolResult, Tool } from '@modelcontextprotocol/sdk/types.js';
import type { AnyTool, Effect, ToolContext } from '../core/define.ts';
import { digestOf } from '../core/digest.ts';
import { plain } from './plain.ts';
import { resultOf } from './results.ts';
import { inputOf } from './schema.ts';
import { type ServerSettings, titleOf, type Vouched, vouchedIn } from './settings.ts';
import { whatSaid } from './words.ts';

/** More would fill every prompt; those that the owner vouches for come first. */
const toolsMax = 40;
const aboutMax = 200;
const spokenNameMax = 40;
/** With `mcp_` before it, at most 64. */
const nameMax = 60;
const versionLength = 8;
/** A server that makes up names without end is not remembered without end. */
const seenMax = 2_000;

/** Makes a call at the server. */
export type CallServer = (
  tool: string,
  input: Record<string, unknown>,
  call: { signal: AbortSignal; language: string; effect: boolean },
) => Promise<CallToolResult>;

export interface Mapped {
  /** By the name that comes behind `mcp_`. */
  tools: Record<string, AnyTool>;
  /** How many run without a question. */
  vouched: number;
  /** One sentence for each thing that the owner should know. */
  notes: string[];
  /** Tools that are not as they were when they were first seen. */
  changed: string[];
}

/** SHA-256 of all that a server says about a tool; its first characters are its version. */
const versionOf = (tool: Tool): string => {
  const { name, title, description, inputSchema, annotations } = tool;
  const input = { title, description, inputSchema, annotations };
  try {
    return digestOf({ name, input, effect: 'as listed' }).slice(0, versionLength);
  } catch {
    // Nested too deep to be written down; it is left out for that anyway.
    return '00000000';
  }
};

const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_+|_+$/gu, '');

/** `books_search`; where names are too long or fall together, with a mark of the whole name. */
const ourNames = (server: string, tools: readonly Tool[]): Map<string, string> => {
  const short = (tool: Tool): string => `${folded(server)}_${folded(tool.name) || 'tool'}`;
  const times = new Map<string, number>();
  for (const tool of tools) times.set(short(tool), (times.get(short(tool)) ?? 0) + 1);
  return new Map(
    tools.map((tool) => {
      const name = short(tool);
      if (times.get(name) === 1 && name.length <= nameMax) return [tool.name, name];
      const mark = createHash('sha256').update(tool.name).digest('hex').slice(0, 6);
      return [tool.name, `${name.slice(0, nameMax - mark.length - 1)}_${mark}`];
    }),
  );
};

interface Judged {
  tool: Tool;
  version: string;
  effect: Effect;
  /** The owner stands for this version of it: its own words may be read. */
  vouched: boolean;
  /** It is not as it was when it was first seen. */
  changed?: true;
}

const isListed = (list: readonly Vouched[], { tool, version }: Judged): boolean =>
  list.some((one) =>
    one.tool === tool.name ? (one.version ?? version) === version : one.tool === '*',
  );

/** What it finally does: as little as the server claims and the owner vouches for, together. */
const judge = (tool: Tool, server: ServerSettings, seen: Map<string, string>): Judged => {
  const { readOnlyHint, destructiveHint } = tool.annotations ?? {};
  const version = versionOf(tool);
  const plainly: Judged = { tool, version, effect: 'danger', vouched: false };
  const [reads, writes] = [vouchedIn(server.reads), vouchedIn(server.writes)];
  const named = [...reads, ...writes].find((one) => one.tool === tool.name);
  if (seen.size < seenMax && !seen.has(tool.name)) seen.set(tool.name, version);
  const first = seen.get(tool.name);
  // A version that the owner wrote down counts, whatever was seen first.
  if (first !== version && named?.version !== version) return { ...plainly, changed: true };
  if (isListed(reads, plainly) && readOnlyHint === true) {
    return { ...plainly, effect: 'read', vouched: true };
  }
  const written = named !== undefined && isListed([named], plainly);
  const harmless = readOnlyHint === true || destructiveHint === false;
  if (written && harmless && writes.includes(named)) {
    return { ...plainly, effect: 'write', vouched: true };
  }
  return { ...plainly, vouched: written };
};

const noteOf = ({ tool, version, effect, vouched, changed }: Judged): string | undefined => {
  const name = plain(tool.name, spokenNameMax);
  if (changed) return `${name} has changed; read it, then vouch for ${name}@${version}`;
  if (!vouched || effect !== 'danger') return undefined;
  return `${name} is asked about each time, because the server does not call it harmless`;
};

interface Offered {
  judged: Judged;
  input: AnyTool['input'];
  server: ServerSettings;
  call: CallServer;
}

const toolOf = ({ judged, input, server, call }: Offered): AnyTool => {
  const { tool, effect, vouched } = judged;
  const title = titleOf(server.name);
  const spokenName = plain(tool.name.replaceAll(/[_-]+/gu, ' '), spokenNameMax);
  // Only words that the owner stands for are read by the mind: others could give it orders.
  const words = vouched ? plain(tool.description ?? tool.title, aboutMax) : '';
  // Longer than a second try takes: how long it really may is the connection's own business.
  const timeoutMs = (2 * server.timeout + 10) * 1000;
  const what = (values: Record<string, unknown>, { language }: ToolContext<unknown>) => ({
    effect,
    what: whatSaid({ tool: spokenName, input: values }, { title, language }),
  });
  return {
    about: words === '' ? `${title}: ${spokenName}.` : `${title}, in its own words: ${words}`,
    effect,
    permission: server.permission,
    confirm: effect === 'danger' ? 'always' : 'if-unsure',
    says: [],
    timeoutMs,
    outside: true,
    asked: { en: title },
    input,
    ...(effect !== 'read' && { effectOf: what }),
    run: async (values, { signal, language }) => {
      const asked = { signal, language, effect: effect !== 'read' };
      return resultOf(await call(tool.name, values, asked), { title, language });
    },
  };
};

/**
 * The tools of one server.
 * @param seen the version in which each tool was first seen; what is new is added.
 */
export const mapped = (
  listed: readonly Tool[],
  { server, seen, call }: { server: ServerSettings; seen: Map<string, string>; call: CallServer },
): Mapped => {
  const names = ourNames(server.name, listed);
  const all = [...new Map(listed.map((tool) => [tool.name, tool])).values()]
    .map((tool) => judge(tool, server, seen))
    .sort((left, right) => Number(right.vouched) - Number(left.vouched));
  const notes = all.flatMap((judged) => noteOf(judged) ?? []);
  const tools: Record<string, AnyTool> = {};
  let beyond = 0;
  for (const judged of all) {
    const { tool, vouched } = judged;
    const made = inputOf(tool.inputSchema, { described: vouched });
    if ('why' in made) {
      notes.push(`${plain(tool.name, spokenNameMax)} is left out: ${made.why}`);
    } else if (Object.keys(tools).length >= toolsMax) beyond += 1;
    else {
      const { input } = made;
      tools[names.get(tool.name) ?? ''] = toolOf({ judged, input, server, call });
    }
  }
  if (beyond > 0) {
    notes.push(`${beyond} more tools are left out, after ${toolsMax}: vouch for those you want`);
  }
  return {
    tools,
    vouched: Object.values(tools).filter(({ effect }) => effect !== 'danger').length,
    notes,
    changed: all.flatMap(({ tool, changed }) => (changed ? [tool.name] : [])),
  };
};
