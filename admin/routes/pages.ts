/** The app: what Vite built, and nothing outside that folder; its own addresses are its page. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Context, Hono } from 'hono';
import type { AdminEnv } from '../access.ts';
import { type Encoding, encodingsOf } from '../encodings.ts';
import { notFound } from '../problem.ts';

const types: { [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.onnx': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Vite puts a hash of the content into these names: the same name is the same content. */
const hashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/;
const safeSegment = /^[\w@+~-][\w@+~. -]*$/;

/** A path below the folder, or undefined for anything that could lead elsewhere. */
const segmentsOf = (path: string): string[] | undefined => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const segments = decoded === '/' ? ['index.html'] : decoded.split('/').slice(1);
  return segments.every((segment) => safeSegment.test(segment)) ? segments : undefined;
};

/** The file's content, or undefined where there is none inside the folder. */
const readInside = async (folder: string, segments: string[]): Promise<Buffer | undefined> => {
  try {
    const root = await realpath(folder);
    // A link inside the folder must not lead out of it.
    const path = await realpath(join(root, ...segments));
    if (!path.startsWith(root + sep) || !(await stat(path)).isFile()) return undefined;
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return undefined;
    throw error;
  }
};

const missingPage = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Butler</title></head>
  <body>
    <h1>Butler runs, but its page has not been built</h1>
    <p>Stop Butler and start it with <code>npm start</code>: that builds the page.</p>
    <p>The API works: <a href="/health">/health</a>, <a href="/docs">/docs</a>.</p>
  </body>
</html>
`;

/** Asked for anew each time: an update of Butler must not wait for a cache. */
const asked: ReadonlySet<string> = new Set(['.html', '.webmanifest']);

const cacheControl = (path: string, name: string): string => {
  if (hashed.test(path)) return 'public, max-age=31536000, immutable';
  return asked.has(extname(name)) || name === 'sw.js' ? 'no-cache' : 'public, max-age=3600';
};

const etagOf = (content: Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

interface Sent {
  /** How `content` is packed. */
  encoding?: Encoding | undefined;
  /** It lies there packed, too: a cache must not give one client what another asked for. */
  varies?: boolean;
}

/** A file as the answer, or that the client has it already. @param name gives its type. */
export const sendFile = (
  c: Context,
  { name, encoding, varies }: Sent & { name: string },
  content: Buffer,
): Response => {
  const etag = etagOf(content);
  const headers = {
    ...{ etag, 'cache-control': cacheControl(c.req.path, name) },
    ...(varies && { vary: 'accept-encoding' }),
    ...(encoding && { 'content-encoding': encoding }),
  };
  const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  if (known.some((tag) => tag === etag || tag === `W/${etag}`)) return c.body(null, 304, headers);
  const type = types[extname(name).toLowerCase()] ?? 'application/octet-stream';
  return c.body(new Uint8Array(content), 200, { ...headers, 'content-type': type });
};

/** How the page's build packs what is worth it. */
const endings: readonly [Encoding, string][] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/** The file as this client takes it best; undefined where there is none. */
const readFor = async (
  c: Context,
  folder: string,
  segments: string[],
): Promise<(Sent & { content: Buffer }) | undefined> => {
  const plain = await readInside(folder, segments);
  if (!plain) return undefined;
  const name = segments.at(-1) ?? '';
  const packed = (ending: string) =>
    readInside(folder, [...segments.slice(0, -1), `${name}${ending}`]);
  const [first] = endings;
  const varies = first !== undefined && (await packed(first[1])) !== undefined;
  const taken = encodingsOf(c.req.header('accept-encoding'));
  for (const [encoding, ending] of varies ? endings : []) {
    const content = taken.has(encoding) ? await packed(ending) : undefined;
    if (content) return { content, encoding, varies };
  }
  return { content: plain, varies };
};

/** First parts of addresses that are Butler's own, and never the app's. */
const notTheApps: ReadonlySet<string> = new Set([
  ...['api', 'assets', 'docs', 'health', 'mcp', 'metrics', 'voice', 'ws'],
]);

/** An address of the app itself, such as /me/memory: the page finds out what to show there. */
const isInApp = (c: Context, segments: readonly string[]): boolean => {
  const [first = ''] = segments;
  if (notTheApps.has(first) || extname(segments.at(-1) ?? '') !== '') return false;
  return /\btext\/html\b/.test(c.req.header('accept') ?? '');
};

export const pageRoutes = ({ webFolder }: { webFolder: string }) => {
  const serve = async (c: Context): Promise<Response> => {
    const segments = segmentsOf(c.req.path);
    const found = segments && (await readFor(c, webFolder, segments));
    if (found) return sendFile(c, { name: segments?.at(-1) ?? '', ...found }, found.content);
    if (segments && isInApp(c, segments)) {
      const page = await readFor(c, webFolder, ['index.html']);
      if (page) return sendFile(c, { name: 'index.html', ...page }, page.content);
    }
    if (c.req.path === '/') return c.html(missingPage, 503, { 'cache-control': 'no-store' });
    throw notFound();
  };
  return new Hono<AdminEnv>().get('/', serve).get('*', serve);
};
