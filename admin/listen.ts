/** One port for HTTP and WebSocket; which engine serves it is chosen here. */

import type { Settings } from '../agent/config.ts';
import { ConfigurationError } from '../agent/config.ts';
import type { Logger } from '../agent/log.ts';
import {
  type Engine,
  type FetchApp,
  type Listening,
  type Timeouts,
  timeouts,
} from './engine/engine.ts';
import { listenOnNode } from './engine/node.ts';
import { listenOnUws } from './engine/uws.ts';
import { loadNative } from './engine/uws-native.ts';

export type { Listening };

/** @throws {ConfigurationError} when uWebSockets.js is demanded and cannot be had. */
const engineFor = async (
  wanted: Settings['BUTLER_HTTP'],
  log: Logger,
  load = loadNative,
): Promise<Engine> => {
  if (wanted === 'node') return listenOnNode;
  const native = await load();
  if (!('unavailable' in native)) return listenOnUws(native);
  const { unavailable } = native;
  if (wanted === 'uws') {
    throw new ConfigurationError([
      `BUTLER_HTTP is uws, but ${unavailable}. Install it (docs/architecture.md, "HTTP ` +
        'engines"), or set BUTLER_HTTP to auto.',
    ]);
  }
  log.info({ engine: 'node' }, `HTTP runs on node:http: ${unavailable}`);
  return listenOnNode;
};

/**
 * Serves an application on a port (0: any free one).
 * @param engine `auto`: uWebSockets.js where it is installed and loads, else node:http.
 * @throws {ListenError} when the port cannot be had.
 * @throws {ConfigurationError} when `engine` is `uws` and uWebSockets.js does not load.
 */
export const listen = async ({
  engine = 'node',
  timeouts: own = {},
  load,
  ...serving
}: {
  app: FetchApp;
  host: string;
  port: number;
  log: Logger;
  engine?: Settings['BUTLER_HTTP'];
  timeouts?: Partial<Timeouts>;
  /** Instead of uWebSockets.js as it is installed. */
  load?: typeof loadNative;
}): Promise<Listening> => {
  const start = await engineFor(engine, serving.log, load);
  return await start({ ...serving, timeouts: { ...timeouts, ...own } });
};
