/** What the owner sets for one server: where it is, and which of its tools they vouch for. */
import { z } from 'zod';
import { permissions } from '../core/permissions.ts';

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const usualTimeoutSeconds = 20;

/** One account of the kind `mcp`: MCP_NAME, MCP_URL …; MCP_2_NAME, MCP_2_URL … */
export const serverSettings = z.object({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/, 'must be up to 16 small letters, digits and dashes')
    .describe('A short name, which its tools begin with: "books".'),
  url: z
    .url({ protocol: /^https?$/, error: 'must begin with http:// or https://' })
    .optional()
    .describe('Where it answers, as Streamable HTTP; or set MCP_COMMAND.'),
  token: z.string().min(1).optional().describe('Sent as a Bearer token, where it wants one.'),
  command: z
    .string()
    .optional()
    .describe('A program that speaks MCP on its standard input and output, with its words.'),
  variables: z
    .string()
    .optional()
    .describe("The program's own variables: NAME=value, separated by spaces."),
  reads: z
    .string()
    .optional()
    .describe('Tools that you vouch for as reading only, with commas between; * for all such.'),
  writes: z
    .string()
    .optional()
    .describe('Tools that you vouch for to change things without being asked each time.'),
  permission: z
    .enum(permissions)
    .default('admin')
    .describe('Who may use it: those with this permission; unset, the owner alone.'),
  timeout: z
    .number()
    .min(1)
    .max(300)
    .default(usualTimeoutSeconds)
    .describe('Seconds after which an answer is given up.'),
});

export type ServerSettings = z.output<typeof serverSettings>;

/** `search@1a2b3c4d` vouches for one version of a tool, and for no other. */
export interface Vouched {
  tool: string;
  version?: string;
}

/** The tools of a list such as MCP_READS. */
export const vouchedIn = (text: string | undefined): Vouched[] =>
  listOf(text).map((entry) => {
    const [tool = '', version] = entry.split(/@(?=[0-9a-f]{8}$)/u);
    return version === undefined ? { tool } : { tool, version };
  });

/** "my-books" is heard as "My Books". */
export const titleOf = (name: string): string =>
  name
    .split('-')
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');

/**
 * A program and its words as they are written on a command line: separated by spaces, held
 * together by quotes; nothing else has a meaning, because no shell reads it.
 * @throws an Error where a quote is not closed.
 */
export const wordsOf = (line: string): string[] => {
  const words: string[] = [];
  const piece = /"([^"]*)"|'([^']*)'|([^\s"']+)|(["'])/guy;
  for (let at = 0, glued = false; at < line.length; ) {
    if (/\s/u.test(line.charAt(at))) {
      at += 1;
      glued = false;
      continue;
    }
    piece.lastIndex = at;
    const found = piece.exec(line);
    if (!found || found[4] !== undefined) throw new Error('a quote is not closed');
    const text = found[1] ?? found[2] ?? found[3] ?? '';
    if (glued) words.push(`${words.pop() ?? ''}${text}`);
    else words.push(text);
    at = piece.lastIndex;
    glued = true;
  }
  return words;
};

/** `NAME=value` words as variables. @throws an Error that names a word which is none. */
export const variablesIn = (line: string | undefined): Record<string, string> =>
  Object.fromEntries(
    wordsOf(line ?? '').map((word, index) => {
      const [name = '', value] = word.split(/=(.*)/su);
      if (value === undefined || !/^[A-Za-z_]\w*$/u.test(name)) {
        throw new Error(`word ${index + 1} is not written NAME=value`);
      }
      return [name, value];
    }),
  );

/** What is wrong with a server's settings as a whole, in a sentence; undefined: nothing. */
export const settingsMistake = (server: ServerSettings): string | undefined => {
  const { name, url, command, token, variables } = server;
  if (url && command) return `${name}: set its MCP_URL or its MCP_COMMAND, not both.`;
  if (!url && !command) return `${name}: set its MCP_URL or its MCP_COMMAND.`;
  if (url && new URL(url).password) return `${name}: put no password into MCP_URL; set MCP_TOKEN.`;
  if (command && token) return `${name}: MCP_TOKEN is for MCP_URL; use MCP_VARIABLES instead.`;
  if (url && variables) return `${name}: MCP_VARIABLES is for MCP_COMMAND alone.`;
  try {
    if (command && wordsOf(command).length === 0) return `${name}: its MCP_COMMAND is empty.`;
    variablesIn(variables);
    return undefined;
  } catch (error) {
    return `${name}: in MCP_COMMAND or MCP_VARIABLES, ${(error as Error).message}.`;
  }
};
