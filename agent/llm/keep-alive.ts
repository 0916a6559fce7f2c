/** Connections that outlive the pause between two turns: no turn waits for a TLS handshake. */

// Node's own fetch keeps an idle connection for 4 s, less than people pause. Its agent class is not
// exported; undici documents this symbol for reaching the instance that fetch uses.
const dispatcherSymbol = Symbol.for('undici.globalDispatcher.1');
const IDLE_MS = 55_000;

type AgentClass = new (options: { keepAliveTimeout: number }) => object;

let shared: Record<string, unknown> | undefined;

/**
 * `fetchOptions` for an SDK client: one connection pool for the whole process, so that a new
 * conversation finds the connections of the last one. Idle connections are kept for 55 s. Where
 * the runtime has no such agent, nothing is set and fetch keeps its 4 s.
 */
export function keepAliveOptions(): Record<string, unknown> {
  shared ??= makePool();
  return shared;
}

function makePool(): Record<string, unknown> {
  // Node installs its agent when fetch is first looked at.
  void globalThis.fetch;
  const agent = (globalThis as Record<symbol, unknown>)[dispatcherSymbol] as object | undefined;
  if (agent?.constructor?.name !== 'Agent') return {};
  return { dispatcher: new (agent.constructor as AgentClass)({ keepAliveTimeout: IDLE_MS }) };
}
