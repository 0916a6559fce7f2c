/** Tools of any MCP server: https://modelcontextprotocol.io, revision 2025-11-25 and older ones. */
import { integration } from '../core/define.ts';
import { Servers } from './servers.ts';
import { serverSettings } from './settings.ts';

export default integration({
  name: 'mcp',
  about: 'Tools of other servers, by the Model Context Protocol.',
  sources: { mcp: serverSettings },
  awake: true,
  connect: ({ sources }) => new Servers(sources.mcp),
  discover: (servers, changed) => servers.discover(changed),
  health: (servers) => servers.health(),
  renew: 'Get a new token from the server and set it as MCP_TOKEN.',
  close: (servers) => servers.close(),
}).tools({});
