/** The LiveKit worker: `node agent/main.ts start`. Each job process builds the house once. */
import { fileURLToPath } from 'node:url';
import {
  cli,
  defineAgent,
  InferenceRunner,
  type JobContext,
  type JobProcess,
  ServerOptions,
} from '@livekit/agents';
import { ConfigurationError, readConfiguration } from './config.ts';
import { talkInRoom } from './doors/room.ts';
import { type House, openHouse } from './house.ts';

/** The name in every token's dispatch; surface.md promises it. */
const agentName = 'butler';
const drainMs = 10_000;

export default defineAgent({
  prewarm: async (process: JobProcess) => {
    process.userData.house = await openHouse('worker');
  },
  entry: async (context: JobContext) => {
    const house = context.proc.userData.house as House;
    context.addShutdownCallback(() => house.close());
    await talkInRoom(house, context);
  },
});

const serve = (): void => {
  const settings = readConfiguration();
  if (!settings.LIVEKIT_URL || !settings.LIVEKIT_API_KEY || !settings.LIVEKIT_API_SECRET) {
    throw new ConfigurationError([
      'LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET are needed by the worker.',
    ]);
  }
  // LiveKit would load its end-of-turn model into a process of its own (340 MB). We decide about
  // turns ourselves, so nothing may register there.
  InferenceRunner.registerRunner = () => undefined;
  // Its log lines below this level quote what people say.
  if (!process.argv.includes('--log-level')) process.argv.push('--log-level', 'error');
  // Started by the server, it ends with the server, however that ends.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  cli.runApp(
    new ServerOptions({
      agent: fileURLToPath(import.meta.url),
      agentName,
      wsURL: settings.LIVEKIT_URL,
      apiKey: settings.LIVEKIT_API_KEY,
      apiSecret: settings.LIVEKIT_API_SECRET,
      host: settings.BUTLER_WORKER_HOST,
      port: settings.BUTLER_WORKER_PORT,
      numIdleProcesses: 1,
      // A busy machine would be refused jobs, and LiveKit never asks again: the room stays silent.
      loadFunc: async () => 0,
      loadThreshold: Number.POSITIVE_INFINITY,
      drainTimeout: drainMs,
      shutdownProcessTimeout: drainMs,
    }),
  );
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    serve();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}
