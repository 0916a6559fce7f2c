/** A hundred WebSockets that hear the same events: how many, how late, none lost. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { startChild } from './http-children.ts';
import type { DeviceEvent, FanOutOrder } from './http-fanout-server.ts';
import { percentile } from './table.ts';

const sockets = 100;
const seconds = 10;
const order: FanOutOrder = { eventsPerSecond: 100, events: 100 * seconds };
const doneWithinMs = 30_000;

export interface FanOut {
  sockets: number;
  /** Messages a second over all sockets. */
  perSecond: number;
  messages: number;
  lost: number;
  outOfOrder: number;
  p50Ms: number | undefined;
  p95Ms: number | undefined;
}

interface Heard {
  next: number;
  count: number;
  outOfOrder: number;
}

const connect = async (url: string, lateMs: number[]): Promise<[WebSocket, Heard]> => {
  const headers = { authorization: 'Bearer any' };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers });
  const heard: Heard = { next: 0, count: 0, outOfOrder: 0 };
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'subscribe', topics: ['devices'] }));
  await once(socket, 'message');
  socket.on('message', (data) => {
    const { number, saidAtMs } = JSON.parse(String(data)) as DeviceEvent;
    lateMs.push(performance.timeOrigin + performance.now() - saidAtMs);
    if (number !== heard.next) heard.outOfOrder += 1;
    heard.next = number + 1;
    heard.count += 1;
  });
  return [socket, heard];
};

export const fanOut = async (engine: string): Promise<FanOut> => {
  const server = await startChild('http-fanout-server.ts', engine);
  const lateMs: number[] = [];
  const all: [WebSocket, Heard][] = [];
  for (let at = 0; at < sockets; at++) all.push(await connect(server.url, lateMs));
  const messages = order.events * sockets;
  const startedAtMs = performance.now();
  server.process.send(order);
  while (lateMs.length < messages && performance.now() - startedAtMs < doneWithinMs) {
    await sleep(20);
  }
  const tookSeconds = (performance.now() - startedAtMs) / 1000;
  for (const [socket] of all) socket.terminate();
  await server.stop();
  return {
    sockets,
    perSecond: lateMs.length / tookSeconds,
    messages: lateMs.length,
    lost: messages - lateMs.length,
    outOfOrder: all.reduce((sum, [, heard]) => sum + heard.outOfOrder, 0),
    p50Ms: percentile(lateMs, 0.5),
    p95Ms: percentile(lateMs, 0.95),
  };
};
