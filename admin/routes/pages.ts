/** The app's files: what Vite built, and nothing outside that folder. */
import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { type Context, Hono } from 'hono';
import type { AdminEnv } from '../access.ts';
import { notFound } from '../problem.ts';

const types: { [extension: string]: string } = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mp3': 'audio/mpeg',
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

const cacheControl = (path: string, name: string): string => {
  if (hashed.test(path)) return 'public, max-age=31536000, immutable';
  return name.endsWith('.html') ? 'no-cache' : 'public, max-age=3600';
};

const etagOf = (content: Buffer): string =>
  `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

/** A file as the answer, or that the client has it already. @param name gives its type. */
export const sendFile = (c: Context, name: string, content: Buffer): Response => {
  const etag = etagOf(content);
  const headers = { etag, 'cache-control': cacheControl(c.req.path, name) };
  const known = (c.req.header('if-none-match') ?? '').split(',').map((tag) => tag.trim());
  if (known.some((tag) => tag === etag || tag === `W/${etag}`)) return c.body(null, 304, headers);
  const type = types[extname(name).toLowerCase()] ?? 'application/octet-stream';
  return c.body(new Uint8Array(content), 200, { ...headers, 'content-type': type });
};

export const pageRoutes = ({ webFolder }: { webFolder: string }) => {
  const serve = async (c: Context): Promise<Response> => {
    const segments = segmentsOf(c.req.path);
    const content = segments && (await readInside(webFolder, segments));
    if (content) return sendFile(c, segments?.at(-1) ?? '', content);
    if (c.req.path === '/') return c.html(missingPage, 503, { 'cache-control': 'no-store' });
    throw notFound();
  };
  return new Hono<AdminEnv>().get('/', serve).get('*', serve);
};
