/** What stands before every route: headers, whose page may ask, how much may be sent, the log. */
import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../agent/config.ts';
import type { Logger } from '../agent/log.ts';
import type { Metrics } from '../agent/metrics.ts';
import { type AdminEnv, patternOf } from './access.ts';
import { hostOf, isLoopback, writtenOrigin } from './address.ts';
import { addHeaders } from './engine/text-answer.ts';
import { remembered } from './layers.ts';
import { ProblemError } from './problem.ts';

const bodyBytesMax = 64 * 1024;

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
      // The ear of a device that stands in a room is WebAssembly.
      "script-src 'self' 'wasm-unsafe-eval'",
      "style-src 'self' 'unsafe-inline'",
      `connect-src 'self' ws: wss:${liveKitOrigin(settings)}`,
      "media-src 'self' blob:",
      "img-src 'self' data: blob:",
      "manifest-src 'self'",
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
  [
    'permissions-policy',
    [
      ...['microphone=(self)', 'screen-wake-lock=(self)', 'autoplay=(self)'],
      ...['speaker-selection=(self)', 'camera=()', 'geolocation=()', 'payment=()'],
    ].join(', '),
  ],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
];

/** Security headers on everything, errors too; what is not a file is never cached. */
export const securityHeaders = (settings: Settings): MiddlewareHandler<AdminEnv> => {
  const always = headersOf(settings).flat();
  const otherwise = ['cache-control', 'no-store'];
  const added = { always, otherwise, whole: [...always, ...otherwise] };
  return async (c, next) => {
    await next();
    addHeaders(c.res, added);
  };
};

interface Watched {
  log: Logger;
  metrics: Pick<Metrics, 'http'>;
}

const isApi = (route: string): boolean => route.startsWith('/api/');
const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

/**
 * One line per request: method, pattern, status and time; no address, header or body. What was
 * only read is counted, and written where everything is: a line costs as much as the request.
 */
export const requestLog =
  ({ log, metrics }: Watched, clock: () => number): MiddlewareHandler<AdminEnv> =>
  async (c, next) => {
    const startedAt = clock();
    const startedMs = performance.now();
    await next();
    const route = patternOf(c);
    const [method, status] = [c.req.method, c.res.status];
    metrics.http.answered({ method, route, status, tookMs: performance.now() - startedMs });
    const isQuiet = status < 400 ? isRead(method) || !isApi(route) : status < 500 && !isApi(route);
    const level = isQuiet ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    const tookMs = Math.round(clock() - startedAt);
    log[level]({ method, route, status, tookMs }, 'request');
  };

export const hostUnknown = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'host-unknown',
    title: 'Butler does not answer under this name',
    detail:
      'Open it as http://localhost, or add this host name to BUTLER_ALLOWED_HOSTS and restart.',
  });

/**
 * Against DNS rebinding: while Butler listens on loopback only, a page of another name that
 * resolves to 127.0.0.1 must not reach it.
 */
export const hostCheck = (settings: Settings, hosts: string[]): MiddlewareHandler<AdminEnv> => {
  const known = new Set(hosts.map((host) => host.toLowerCase()));
  if (!isLoopback(settings.BUTLER_HOST)) return (_, next) => next();
  const passes = remembered((origin: string): boolean => {
    if (!URL.canParse(origin)) return false;
    const { hostname, host } = new URL(origin);
    return isLoopback(hostname) || known.has(hostname) || known.has(host);
  });
  return (c, next) => {
    if (passes(writtenOrigin(c.req.url))) return next();
    throw hostUnknown();
  };
};

const sameHost = (origin: string, asked: URL): boolean => {
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  // A proxy that ends TLS keeps the host: compare it as that scheme would write it.
  return new URL(`${protocol}//${asked.host}`).host === host;
};

/** Only Butler's own page may post, or open a WebSocket; programs, which send no Origin, may. */
export const originCheck: MiddlewareHandler<AdminEnv> = (c, next) => {
  if (isRead(c.req.method) && !c.env?.upgrade) return next();
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const foreign =
    origin === undefined
      ? site !== undefined && site !== 'same-origin' && site !== 'none'
      : !sameHost(origin, hostOf(c));
  if (!foreign) return next();
  throw new ProblemError({
    status: 403,
    code: 'origin-foreign',
    title: 'The request comes from another site',
    detail: 'Open the page at the address of Butler itself and try again there.',
  });
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
export const bodyLimit: MiddlewareHandler<AdminEnv> = (c, next) => {
  if (Number(c.req.header('content-length') ?? 0) > bodyBytesMax) throw tooLarge();
  return isRead(c.req.method) ? next() : limited(c, next);
};

/** A NUL is no letter of any language, and no database takes it for one. */
const noText = (where: string): ProblemError =>
  new ProblemError({
    status: 400,
    code: 'text-malformed',
    title: `The ${where} holds what is no text`,
    detail: 'Send it without the character U+0000.',
  });

/** `\u0000` as JSON writes it, but not a backslash and what follows it. */
const nul = /(?<!\\)(?:\\\\)*\\u0000/;

/** Refuses an address that names nothing anywhere. */
export const addressCheck: MiddlewareHandler<AdminEnv> = (c, next) => {
  if (c.req.url.includes('%00')) throw noText('address');
  return next();
};

const limited: MiddlewareHandler<AdminEnv> = async (c, next) => {
  const { body } = c.req.raw;
  if (body) {
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of body) {
      bytes += piece.byteLength;
      if (bytes > bodyBytesMax) throw tooLarge();
      pieces.push(piece);
    }
    const text = new TextDecoder().decode(Buffer.concat(pieces));
    if (nul.test(text) || text.includes('\0')) throw noText('body');
    // Hono keeps promises here, which its type does not say.
    (c.req.bodyCache as { text?: unknown }).text = Promise.resolve(text);
  }
  await next();
};
