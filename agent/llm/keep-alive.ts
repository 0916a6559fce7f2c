/** Connections that outlive the pause between two turns, so that no turn waits for a TLS handshake. */

// Node's own fetch keeps an idle connection for 4 s, less than people pause. Its agent class is not
// exported; undici documents this symbol for reaching the instance that fetch uses.
const dispatcherSymbol = Symbol.for('undici.globalDispatcher.1');
const IDLE_MS = 55_000;

type AgentClass = new (options: { keepAliveTimeout: number; connections?: number }) => object;

/**
 * `fetchOptions` for an SDK client: an own connection pool that keeps idle connections for 55 s.
 * Where the runtime has no such agent, nothing is set and fetch keeps its 4 s.
 */
export function keepAliveOptions(idleMs = IDLE_MS): Record<string, unknown> {
  // Node installs its agent when fetch is first looked at.
  void globalThis.fetch;
  const agent = (globalThis as Record<symbol, unknown>)[dispatcherSymbol] as object | undefined;
  if (agent?.constructor?.name !== 'Agent') return {};
  return { dispatcher: new (agent.constructor as AgentClass)({ keepAliveTimeout: idleMs }) };
}
