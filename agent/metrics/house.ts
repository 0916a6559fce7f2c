/** How the house is, in numbers: read when Prometheus asks, and at no other time. */
import { Counter, Gauge, type Registry } from 'prom-client';
import type { PartHealth } from '../monitor.ts';

/** Each is asked at every scrape; none waits. */
export interface HouseNumbers {
  version: string;
  parts(): readonly Pick<PartHealth, 'part' | 'kind' | 'state' | 'latencyMs'>[];
  incidents: { open(): readonly { part: string }[]; count(part: string): number } | undefined;
  noticesWaiting(): number;
  database: { engine: string; isReady(): boolean };
  /** Unset where this house makes none. */
  lastBackup?: () => Date | undefined;
}

type Numbers = { labels: Record<string, string>; value: number }[];

const gauges = {
  butler_info: ['The version that runs.', 'version'],
  butler_part_up: ['1: it answers; 0: it does not, or it is starting.', 'part', 'kind'],
  butler_part_latency_seconds: ['How long its last answer took.', 'part', 'kind'],
  butler_incidents_open: ['Incidents that are open now.'],
  butler_incidents_total: ['Incidents opened since the process began.', 'part'],
  butler_notices_waiting: ['Notices that the database could not take yet.'],
  butler_database_up: ['1: the database answers.', 'engine'],
  butler_backup_last_success_timestamp_seconds: ['When the last backup was made; 0: never.'],
} as const;

type GaugeName = keyof typeof gauges;

const one = (value: number, labels: Record<string, string> = {}): Numbers => [{ labels, value }];

const readings: Record<GaugeName, (house: HouseNumbers) => Numbers> = {
  butler_info: ({ version }) => one(1, { version }),
  butler_part_up: ({ parts }) =>
    parts().flatMap(({ part, kind, state }) =>
      state === 'off' ? [] : one(state === 'ready' ? 1 : 0, { part, kind }),
    ),
  butler_part_latency_seconds: ({ parts }) =>
    parts().flatMap(({ part, kind, state, latencyMs }) =>
      state === 'off' ? [] : one(latencyMs / 1000, { part, kind }),
    ),
  butler_incidents_open: ({ incidents }) => one(incidents?.open().length ?? 0),
  butler_incidents_total: ({ parts, incidents }) =>
    parts().flatMap(({ part }) => one(incidents?.count(part) ?? 0, { part })),
  butler_notices_waiting: ({ noticesWaiting }) => one(noticesWaiting()),
  butler_database_up: ({ database: { engine, isReady } }) => one(isReady() ? 1 : 0, { engine }),
  butler_backup_last_success_timestamp_seconds: ({ lastBackup }) =>
    lastBackup ? one((lastBackup()?.getTime() ?? 0) / 1000) : [],
};

export const watchHouse = (house: HouseNumbers, registry: Registry): void => {
  for (const name of Object.keys(gauges) as GaugeName[]) {
    const [help, ...labelNames] = gauges[name];
    const about = { name, help, labelNames: [...labelNames], registers: [registry] };
    // What is counted elsewhere is only copied: it is set to nothing before each reading, which
    // also takes away the numbers of parts that are watched no more.
    const copy = (metric: Gauge | Counter): void => {
      metric.reset();
      for (const { labels, value } of readings[name](house)) metric.inc(labels, value);
    };
    const made: Gauge | Counter = name.endsWith('_total')
      ? new Counter({ ...about, collect: () => copy(made) })
      : new Gauge({ ...about, collect: () => copy(made) });
  }
};
