/** One burst of requests from a process of its own; prints what came back as a line of JSON. */
import autocannon from 'autocannon';
import { percentile } from './table.ts';

export interface Burst {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  /** Answers that were not 2xx, and connections that broke. */
  failed: number;
}

export interface BurstOrder {
  url: string;
  token: string;
  seconds: number;
  connections: number;
  /** Unset: as many as there can be. */
  perSecond?: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as BurstOrder;
const tookMs: number[] = [];
const given = {
  url: order.url,
  connections: order.connections,
  duration: order.seconds,
  headers: { authorization: `Bearer ${order.token}` },
  ...(order.perSecond && { overallRate: order.perSecond }),
};
const { requests, errors, non2xx } = await new Promise<autocannon.Result>((resolve, reject) => {
  const running = autocannon(given, (error, result) => (error ? reject(error) : resolve(result)));
  // Client, status, bytes and milliseconds.
  running.on('response', (...heard) => tookMs.push(heard[3]));
});
const burst: Burst = {
  perSecond: requests.average,
  p50Ms: percentile(tookMs, 0.5) ?? Number.NaN,
  p95Ms: percentile(tookMs, 0.95) ?? Number.NaN,
  failed: errors + non2xx,
};
console.log(JSON.stringify(burst));
