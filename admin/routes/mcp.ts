/** Butler's reading tools for other programs: MCP over Streamable HTTP, without sessions. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import { type AdminEnv, declare } from '../access.ts';
import { callerOf } from '../caller.ts';
import type { Doors, House } from '../house-view.ts';
import { createRate } from '../mcp/rate.ts';
import { methodNotAllowed, ProblemError } from '../problem.ts';

const requestsPerMinute = 120;

const messageSchema = z.object({ jsonrpc: z.literal('2.0') });

const ask = declare('post /mcp', {
  summary: 'One message of the Model Context Protocol; its tools only read.',
  responses: {
    200: {
      description: 'The answer, as JSON-RPC.',
      content: { 'application/json': { schema: messageSchema } },
    },
    202: { description: 'A notification, which has no answer.' },
  },
});

/** The protocol lets a server have neither; both are declared, so that no token is no answer. */
const listen = declare('get /mcp', {
  summary: 'Butler sends nothing of its own accord here: 405.',
  responses: { 405: { description: 'There is no stream.' } },
});
const leave = declare('delete /mcp', {
  summary: 'Butler keeps no sessions here: 405.',
  responses: { 405: { description: 'There is no session.' } },
});

const tooOften = (waitSeconds: number): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'mcp-too-often',
    title: 'Too many requests',
    detail: `Wait ${waitSeconds} seconds, then ask again.`,
    headers: { 'retry-after': String(waitSeconds) },
  });

export const mcpRoutes = ({
  house,
  doors,
  clock,
}: {
  house: House;
  doors: Doors;
  clock: () => number;
}) => {
  const rate = createRate(requestsPerMinute, clock);
  return new OpenAPIHono<AdminEnv>()
    .openapi(ask, async (c) => {
      const { person } = c.var;
      const waitSeconds = rate.take(person.id);
      if (waitSeconds > 0) throw tooOften(waitSeconds);
      const caller = callerOf(person, { door: 'mcp', settings: house.settings });
      const { signal } = c.req.raw;
      const asked = { readings: doors.readings, caller, version: house.version, signal };
      // Its library takes 30 MB: loaded when somebody asks.
      const { answerMcp } = await import('../mcp/server.ts');
      // The protocol's own answers, with its own status: no schema of ours describes them.
      return (await answerMcp(c.req.raw, await c.req.text(), asked)) as never;
    })
    .openapi(listen, () => {
      throw methodNotAllowed(['POST']);
    })
    .openapi(leave, () => {
      throw methodNotAllowed(['POST']);
    });
};
