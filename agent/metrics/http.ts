/** Requests by route pattern, and open WebSockets: a few additions of numbers for each. */
import { Gauge, Histogram, type Registry } from 'prom-client';

export interface Answered {
  method: string;
  /** The pattern, never the address: an address may hold private text. */
  route: string;
  status: number;
  tookMs: number;
}

export interface HttpNumbers {
  answered(request: Answered): void;
  /** @returns a function that counts it as closed, once. */
  socketOpened(kind: 'events' | 'voice'): () => void;
}

const buckets = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

export const countHttp = (registry: Registry): HttpNumbers => {
  const registers = [registry];
  const time = new Histogram({
    name: 'butler_http_request_seconds',
    help: 'How long an HTTP request took, by pattern of the route and class of the status.',
    labelNames: ['method', 'route', 'status'],
    ...{ buckets, registers },
  });
  const open = new Gauge({
    name: 'butler_websockets_open',
    help: 'WebSockets that are open now.',
    labelNames: ['kind'],
    registers,
  });
  for (const kind of ['events', 'voice']) open.set({ kind }, 0);
  /** Looking a child up by its labels is what costs: once for each. */
  const children = new Map<string, ReturnType<typeof time.labels>>();
  return {
    answered: ({ method, route, status, tookMs }) => {
      const key = `${method} ${route} ${Math.floor(status / 100)}`;
      let child = children.get(key);
      if (!child) {
        // Anybody may write any word there, and each would be a series for good.
        const known = methods.has(method) ? method : 'OTHER';
        child = time.labels(known, route, `${Math.floor(status / 100)}xx`);
        if (known === method) children.set(key, child);
      }
      child.observe(tookMs / 1000);
    },
    socketOpened: (kind) => {
      open.inc({ kind });
      let closed = false;
      return () => {
        if (closed) return;
        closed = true;
        open.dec({ kind });
      };
    },
  };
};
