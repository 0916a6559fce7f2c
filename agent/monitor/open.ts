/** The monitor of one process: the server watches everything, a worker only what is down. */
import path from 'node:path';
import type { Memory } from '../../memory/memory.ts';
import type { HealthPort } from '../../tools/core/health-port.ts';
import type { Backups } from '../backups.ts';
import type { Happenings } from '../happenings.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { Monitor, type Watched } from '../monitor.ts';
import type { Notices } from '../notices.ts';
import { Outages } from '../outages.ts';
import type { Tracing } from '../tracing.ts';
import type { Turns } from '../turns.ts';
import { Evidence } from './evidence.ts';
import { healthOfServer, healthOfWorker } from './health.ts';
import { type IncidentBook, openIncidents } from './incidents.ts';
import { type WatchedHouse, watchedIn } from './watched.ts';

export interface Watching {
  /** How every part was when it was last asked. */
  readonly monitor: Monitor;
  /** What was down, and when; unset in a worker. */
  readonly incidents: IncidentBook | undefined;
  /** Services that do not answer now. */
  readonly outages: Outages;
  /** As tools are lent it. */
  readonly health: HealthPort;
}

interface Given extends Omit<WatchedHouse, 'evidence'> {
  role: 'server' | 'worker';
  version: string;
  memory: Pick<Memory, 'database' | 'state' | 'embedder'>;
  turns: Pick<Turns, 'on'>;
  happenings: Pick<Happenings, 'tell'>;
  /** Unset without a collector. */
  tracing: Pick<Tracing, 'observeIncident'> | undefined;
  notices: Pick<Notices, 'tell' | 'settle' | 'waiting'>;
  backups: Pick<Backups, 'part' | 'state'>;
  metrics: Pick<Metrics, 'watch'>;
  log: Logger;
}

/** Looks now and then whether what is down is back; nobody else waits for that. */
const ofWorker = (all: readonly Watched[], { toolbox, clock, settings }: Given): Watching => {
  const outages = new Outages(toolbox);
  const watched = (): Watched[] => {
    const down = new Set(outages.list().map(({ integration }) => integration));
    return all.filter(({ kind, part }) => kind === 'integration' && down.has(part));
  };
  const everyMs = settings.BUTLER_HEALTH_SECONDS * 1000;
  const monitor = new Monitor({ watched, clock, everyMs }).start();
  const health = healthOfWorker(path.resolve(settings.BUTLER_DATA), clock);
  return { outages, monitor, health, incidents: undefined };
};

export const openMonitor = (given: Given): Watching => {
  const { role, clock, toolbox, settings, memory, turns, metrics, notices, version } = given;
  const evidence = new Evidence(clock);
  const all = watchedIn({ ...given, evidence });
  if (role === 'worker') return ofWorker(all, given);
  turns.on((turn) => evidence.observe(turn));
  const { database } = memory;
  const onClosed = given.tracing?.observeIncident;
  const incidents = openIncidents({ ...given, database, onClosed });
  const everyMs = settings.BUTLER_HEALTH_SECONDS * 1000;
  const monitor: Monitor = new Monitor({
    ...{ watched: () => all, clock, everyMs, incidents },
    onLooked: () => health.write(),
  });
  const health = healthOfServer({
    ...{ clock, folder: path.resolve(settings.BUTLER_DATA) },
    states: () => monitor.states(),
    since: (from) => incidents.since(from),
  });
  monitor.start();
  metrics.watch({
    ...{ version, incidents, parts: () => monitor.states() },
    noticesWaiting: () => notices.waiting(),
    lastBackup: () => given.backups.state().lastSuccessAt,
    database: { engine: database.engine, isReady: () => database.state().state === 'ready' },
  });
  return { monitor, incidents, health, outages: new Outages(toolbox, () => monitor.failing()) };
};
