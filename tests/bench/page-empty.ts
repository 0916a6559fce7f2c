/** The measure for Butler's page: a page of Vite's with nothing on it but one button. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

export interface EmptyPage {
  url: string;
  stop(): void;
}

/** Tells when it was drawn, and how long after a press the next picture was. */
const script = `
const drawn = (then) => requestAnimationFrame(() => setTimeout(then));
globalThis.empty = { readyAt: 0, pressMs: [] };
drawn(() => { globalThis.empty.readyAt = performance.now(); });
document.querySelector('button').addEventListener('pointerdown', ({ timeStamp }) => {
  drawn(() => globalThis.empty.pressMs.push(performance.now() - timeStamp));
});
`;
const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head>
<body><button type="button">Press</button><script type="module" src="/main.ts"></script></body>
</html>`;

/** Built by Vite as Butler's page is, and served from this process. */
export const startEmptyPage = async (): Promise<EmptyPage> => {
  const root = mkdtempSync(path.join(tmpdir(), 'butler-empty-'));
  writeFileSync(path.join(root, 'index.html'), html);
  writeFileSync(path.join(root, 'main.ts'), script);
  await build({ root, configFile: false, logLevel: 'error', build: { outDir: 'dist' } });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const isPage = pathname === '/';
    try {
      const body = readFileSync(path.join(root, 'dist', isPage ? 'index.html' : pathname));
      const type = isPage ? 'text/html' : 'text/javascript';
      const cache = isPage ? 'no-cache' : 'max-age=31536000, immutable';
      response.writeHead(200, { 'content-type': type, 'cache-control': cache }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () => {
      server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
};
