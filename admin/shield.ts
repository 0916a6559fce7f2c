/** What stands before every route: headers, whose page may ask, how much may be sent, the log. */
import { isIP } from 'node:net';
import type { Context, MiddlewareHandler } from 'hono';
import type { Settings } from '../agent/config.ts';
import type { Logger } from '../agent/log.ts';
import { type AdminEnv, patternOf } from './access.ts';
import { ProblemError } from './problem.ts';

const bodyBytesMax = 64 * 1024;

const loopback = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\]|::ffff:127(\.\d{1,3}){3})$/i;
const isLoopback = (host: string): boolean => loopback.test(host);

/** LiveKit's client also asks its server over HTTP why a connection failed. */
const liveKitOrigin = ({ LIVEKIT_URL, LIVEKIT_PUBLIC_URL }: Settings): string => {
  const url = LIVEKIT_PUBLIC_URL ?? LIVEKIT_URL;
  return url ? ` ${new URL(url.replace(/^ws/, 'http')).origin}` : '';
};

const headersOf = (settings: Settings): [string, string][] => [
  [
    'content-security-policy',
    [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      `connect-src 'self' ws: wss:${liveKitOrigin(settings)}`,
      "media-src 'self' blob:",
      "img-src 'self' data:",
      "worker-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
  ],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
  ['permissions-policy', 'microphone=(self), camera=(), geolocation=(), payment=()'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];

/** Security headers on everything, errors too; what is not a file is never cached. */
export const securityHeaders = (settings: Settings): MiddlewareHandler<AdminEnv> => {
  const headers = headersOf(settings);
  return async (c, next) => {
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  };
};

/** One line per request: method, pattern, status and time; no address, header or body. */
export const requestLog =
  (log: Logger, clock: () => number): MiddlewareHandler<AdminEnv> =>
  async (c, next) => {
    const startedAt = clock();
    await next();
    const route = patternOf(c);
    const tookMs = Math.round(clock() - startedAt);
    const entry = { method: c.req.method, route, status: c.res.status, tookMs };
    if (route.startsWith('/api/') || c.res.status >= 500) log.info(entry, 'request');
    else log.debug(entry, 'request');
  };

/** The host that the client asked for, as `URL` writes it (no default port). */
const hostOf = (c: Context<AdminEnv>): URL => new URL(c.req.url);

/**
 * Against DNS rebinding: while Butler listens on loopback only, a page of another name that
 * resolves to 127.0.0.1 must not reach it.
 */
export const hostCheck = (settings: Settings, hosts: string[]): MiddlewareHandler<AdminEnv> => {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  const open = !isLoopback(settings.BUTLER_HOST);
  return async (c, next) => {
    const { hostname, host } = hostOf(c);
    if (!open && !isLoopback(hostname) && !known.has(hostname) && !known.has(host)) {
      throw new ProblemError({
        status: 403,
        code: 'host-unknown',
        title: 'Butler does not answer under this name',
        detail:
          'Open it as http://localhost, or add this host name to BUTLER_ALLOWED_HOSTS and restart.',
      });
    }
    await next();
  };
};

const sameHost = (origin: string, asked: URL): boolean => {
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  // A proxy that ends TLS keeps the host: compare it as that scheme would write it.
  return new URL(`${protocol}//${asked.host}`).host === host;
};

/** Only Butler's own page may post, or open a WebSocket; programs, which send no Origin, may. */
export const originCheck: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const reads = ['GET', 'HEAD'].includes(c.req.method) && !c.env?.upgrade;
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const foreign =
    origin === undefined
      ? site !== undefined && site !== 'same-origin' && site !== 'none'
      : !sameHost(origin, hostOf(c));
  if (!reads && foreign) {
    throw new ProblemError({
      status: 403,
      code: 'origin-foreign',
      title: 'The request comes from another site',
      detail: 'Open the page at the address of Butler itself and try again there.',
    });
  }
  await next();
};

const tooLarge = (): ProblemError =>
  new ProblemError({
    status: 413,
    code: 'body-too-large',
    title: 'The body is too large',
    detail: `Send ${bodyBytesMax / 1024} KiB or less.`,
    // What was not read would be taken for the next request.
    headers: { connection: 'close' },
  });

/** Reads the body up to the limit; the routes parse what was read. */
export const bodyLimit: MiddlewareHandler<AdminEnv> = async (c, next) => {
  if (Number(c.req.header('content-length') ?? 0) > bodyBytesMax) throw tooLarge();
  const body = ['GET', 'HEAD'].includes(c.req.method) ? null : c.req.raw.body;
  if (body) {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of body) {
      bytes += piece.byteLength;
      if (bytes > bodyBytesMax) throw tooLarge();
      pieces.push(piece);
    }
    const text = new TextDecoder().decode(Buffer.concat(pieces));
    // Hono keeps promises here, which its type does not say.
    (c.req.bodyCache as { text?: unknown }).text = Promise.resolve(text);
  }
  await next();
};

/** Whether the request came through a proxy on this machine, the only kind that is believed. */
const throughOwnProxy = (c: Context<AdminEnv>): boolean =>
  isLoopback(c.env?.incoming?.socket.remoteAddress ?? '');

/** The client's address; behind a proxy of this machine the one that the proxy appended. */
export const addressOf = (c: Context<AdminEnv>): string => {
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  if (throughOwnProxy(c) && isIP(forwarded)) return forwarded;
  return c.env?.incoming?.socket.remoteAddress ?? 'unknown';
};

/** Where the client finds Butler's WebSockets: `ws://host` or `wss://host`, as it sees it. */
export const socketOriginOf = (c: Context<AdminEnv>): string => {
  const { protocol, host } = hostOf(c);
  const forwarded = throughOwnProxy(c) ? c.req.header('x-forwarded-proto') : undefined;
  const secure = (forwarded?.split(',').at(-1)?.trim() ?? protocol).startsWith('https');
  return `${secure ? 'wss' : 'ws'}://${host}`;
};
