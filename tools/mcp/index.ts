/** Tools of any MCP server: https://modelcontextprotocol.io, revision 2025-11-25 and older ones. */
import { integration } from '../core/define.ts';
import type { Servers } from './servers.ts';
import { serverSettings } from './settings.ts';

export default integration({
  name: 'mcp',
  about: 'Tools of other servers, by the Model Context Protocol.',
  doing: {
    read: { en: 'asking another service', de: 'frage einen anderen Dienst' },
    write: { en: 'asking another service', de: 'frage einen anderen Dienst' },
  },
  sources: { mcp: serverSettings },
  awake: true,
  // The SDK takes 30 MB: only where there is a server.
  connect: async ({ sources }): Promise<Servers> => {
    const { Servers: Opened } = await import('./servers.ts');
    return new Opened(sources.mcp);
  },
  discover: (servers, changed) => servers.discover(changed),
  health: (servers) => servers.health(),
  renew: 'Get a new token from the server and set it as MCP_TOKEN.',
  close: (servers) => servers.close(),
}).tools({});
