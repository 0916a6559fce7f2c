/** Chromium hears the file we wrote, at the times we wrote; refusal and autoplay can be had. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, type TestContext, test, vi } from 'vitest';
import { voice } from '../rig/wav.ts';
import { startBrowser, type TestBrowser, writeMicrophoneFile } from './browser.ts';
import { findBrowser } from './browser-find.ts';

// The page measures its own microphone: [ms since it opened, level] every 20 ms.
const page = `<!doctype html><title>microphone</title><script>
window.soundAtLoad = new AudioContext().state;
window.listen = async (forMs) => {
  const audio = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const stream = await navigator.mediaDevices.getUserMedia({ audio });
  const openedAt = performance.now();
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  const wave = new Float32Array(1024), seen = [];
  while (performance.now() - openedAt < forMs) {
    analyser.getFloatTimeDomainData(wave);
    seen.push([performance.now() - openedAt, Math.hypot(...wave) / 32]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return seen;
};
</script>`;

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end(page);
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const folder = mkdtempSync(join(tmpdir(), 'butler-browser-'));

const open: TestBrowser[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((one) => one.stop()));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function visit(context: TestContext, options: Parameters<typeof startBrowser>[0]) {
  const started = await startBrowser(options);
  // A machine without Chromium says what would help, and goes on.
  if ('unavailable' in started) return context.skip(started.unavailable);
  open.push(started);
  const tab = await started.context.newPage();
  await tab.goto(url);
  return tab;
}

test('the microphone plays the clips once, where the file has them', async (context) => {
  const clips = [voice(500, 16_000), voice(300, 16_000)];
  const path = join(folder, 'microphone.wav');
  const track = writeMicrophoneFile({ path, clips, leadMs: 1_000, gapMs: 700, tailMs: 1_000 });
  expect(track).toMatchObject({ clips: [{ startMs: 1_000, endMs: 1_500 }, { startMs: 2_200 }] });
  expect(track.durationMs).toBe(3_500);
  const tab = await visit(context, { microphoneWav: path });
  expect(await tab.evaluate('soundAtLoad')).toBe('running');
  const seen = await tab.evaluate<[number, number][]>('listen(5000)');
  const loud = seen.filter(([, level]) => level > 0.02).map(([atMs]) => atMs);
  const starts = loud.filter((atMs, index) => index === 0 || atMs - (loud[index - 1] ?? 0) > 400);
  expect(starts).toHaveLength(2);
  expect(Math.abs((starts[0] ?? 0) - 1_000)).toBeLessThan(500);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(1_000);
  expect((starts[1] ?? 0) - (starts[0] ?? 0)).toBeLessThan(1_400);
  expect(loud.at(-1)).toBeLessThan(3_400);
}, 60_000);

test('a refused microphone, a page that may not sound yet, nothing outside', async (context) => {
  const tab = await visit(context, { microphone: 'refused', autoplay: 'blocked' });
  const refused = tab.evaluate('listen(100).catch((error) => error.name)');
  expect(await refused).toBe('NotAllowedError');
  // Asked at load, because Playwright evaluates as if somebody had clicked.
  expect(await tab.evaluate('soundAtLoad')).toBe('suspended');
  await expect(tab.goto('http://example.com/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
}, 60_000);

test('without a browser a sentence says what helps', async () => {
  vi.stubEnv('PATH', folder);
  const found = await findBrowser({ mayInstall: true });
  if (!('path' in found)) expect(found.unavailable).toMatch(/install it.*CHROMIUM_PATH/);
  else expect(found.path).toMatch(/^(\/Applications|C:)/);
  vi.stubEnv('CHROMIUM_PATH', join(folder, 'none'));
  expect(await findBrowser()).toMatchObject({ unavailable: expect.stringMatching(/not exist/) });
});
