/** A Butler whose sound goes through a real LiveKit server and a worker. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startLiveKit } from '../servers/livekit.ts';
import { freePorts } from '../servers/ports.ts';
import { type RunningButler, type StartOptions, startButler } from './butler.ts';

export interface RoomButler extends RunningButler {
  workerPort: number;
}

const workerWithinMs = 30_000;

/** @returns why there is no LiveKit server here, or the running Butler; its stop ends both. */
export const startRoomButler = async (
  options: StartOptions = {},
): Promise<RoomButler | { unavailable: string }> => {
  const server = await startLiveKit();
  if ('unavailable' in server) return server;
  const [workerPort = 0] = await freePorts(['tcp']);
  const butler = await startButler({
    ...options,
    environment: {
      LIVEKIT_URL: server.url,
      LIVEKIT_API_KEY: server.apiKey,
      LIVEKIT_API_SECRET: server.apiSecret,
      BUTLER_WORKER_PORT: String(workerPort),
      ...options.environment,
    },
  });
  const stop = async (): Promise<void> => {
    await butler.stop();
    await server.stop();
  };
  try {
    await workerReady(workerPort, butler);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...butler, workerPort, stop };
};

/** The worker's health answers 200 when it is registered with LiveKit. */
const workerReady = async (port: number, butler: RunningButler): Promise<void> => {
  const giveUpAtMs = performance.now() + workerWithinMs;
  while (performance.now() < giveUpAtMs) {
    const answer = await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`The worker did not come up:\n${butler.output()}`);
};
