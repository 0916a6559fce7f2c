/** The tools that a server lists, page by page, as far as they are tools. */
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ErrorCode, McpError, type Tool, ToolSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

const listWithinMs = 5_000;
const pagesMax = 20;
const toolsMax = 500;

/** One page; a tool that is malformed must not cost the others. */
const pageSchema = z.looseObject({
  tools: z.array(z.unknown()),
  nextCursor: z.string().max(2_000).optional(),
});

/** The SDK's own `listTools` would compile every output schema that the server sends. */
const pageOf = async (
  client: Client,
  cursor: string | undefined,
): Promise<z.output<typeof pageSchema>> => {
  const request = { method: 'tools/list' as const, params: cursor === undefined ? {} : { cursor } };
  try {
    return await client.request(request, pageSchema, { timeout: listWithinMs });
  } catch (error) {
    // A server without tools is no broken one.
    if (error instanceof McpError && error.code === ErrorCode.MethodNotFound) return { tools: [] };
    throw error;
  }
};

/** @throws whatever the SDK's client does. */
export const listTools = async (client: Client): Promise<Tool[]> => {
  const tools: Tool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const found = await pageOf(client, cursor);
    const fit = found.tools.map((one) => ToolSchema.safeParse(one));
    tools.push(...fit.flatMap((one) => (one.success ? [one.data] : [])));
    if (tools.length >= toolsMax || found.nextCursor === undefined) break;
    if (found.nextCursor === cursor) break;
    cursor = found.nextCursor;
  }
  return tools.slice(0, toolsMax);
};
