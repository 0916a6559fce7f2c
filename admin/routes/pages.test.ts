// The app's files: cached as their names allow, and nothing outside the folder.
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

let admin: FakeAdmin;
beforeAll(async () => {
  admin = await fakeAdmin();
});
afterAll(() => admin.forget());

it('says what to do while there is no page', async () => {
  const answer = await admin.app.request('/');
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('npm start');
});

it('serves what was built, and only that', async () => {
  const { webFolder, app } = admin;
  await mkdir(join(webFolder, 'assets', 'folder.js'), { recursive: true });
  await writeFile(join(webFolder, 'index.html'), '<title>Butler</title>');
  await writeFile(join(webFolder, 'bell.svg'), '<svg/>');
  await writeFile(join(webFolder, '.env'), 'secret');
  await writeFile(join(webFolder, 'assets', 'index-Bx3_k-9Z.js'), 'let a;');
  await symlink(join(admin.folder, 'secret'), join(webFolder, 'assets', 'link.txt'));

  const page = await app.request('/');
  expect([page.status, await page.text()]).toEqual([200, '<title>Butler</title>']);
  expect(page.headers.get('cache-control')).toBe('no-cache');
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const script = await app.request('/assets/index-Bx3_k-9Z.js');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  const icon = await app.request('/bell.svg');
  expect(icon.headers.get('cache-control')).toBe('public, max-age=3600');

  const headers = { 'if-none-match': `"other", W/${icon.headers.get('etag')}` };
  const known = await app.request('/bell.svg', { headers });
  expect([known.status, await known.text()]).toEqual([304, '']);
  const head = await app.request('/bell.svg', { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);

  const outside = [
    '/.env',
    '/assets/link.txt',
    '/assets',
    '/assets/folder.js',
    '/assets/',
    '/..%2fsecret',
    '/..%2fsecret',
    '/..%5csecret',
    '/assets/..%2f..%2fsecret',
    '/bell.svg%07.js',
    '/%ff',
    '/%',
    '//etc/passwd',
    `/${'a'.repeat(5000)}`,
  ];
  for (const path of outside) {
    const answer = await app.request(`http://localhost${path}`);
    expect([path.slice(0, 40), answer.status]).toEqual([path.slice(0, 40), 404]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  }
});

it('gives the page for the addresses of the app, and for no other', async () => {
  const { webFolder, app } = admin;
  await mkdir(webFolder, { recursive: true });
  await writeFile(join(webFolder, 'index.html'), '<title>Butler</title>');
  const look = (path: string, accept = 'text/html,application/xhtml+xml,*/*;q=0.8') =>
    app.request(`http://localhost${path}`, { headers: { accept } });
  for (const path of ['/talk', '/me/memory', '/house/turns/4f1c', '/room', '/join']) {
    const page = await look(path);
    expect([path, page.status, await page.text()]).toEqual([path, 200, '<title>Butler</title>']);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect([path, (await look(path, 'application/json')).status]).toEqual([path, 404]);
    expect([path, (await look(path, '*/*')).status]).toEqual([path, 404]);
  }
  const others = [
    ...['/api', '/api/v1/nowhere', '/docs/x/y', '/health/x', '/metrics/x', '/mcp/x', '/ws/x'],
    ...['/voice/x', '/openapi.yaml', '/assets/nowhere', '/talk.js', '/talk/', '/.env', '/a//b'],
    '/..%2fsecret',
  ];
  for (const path of others) expect([path, (await look(path)).status]).toEqual([path, 404]);
  const posted = await app.request('http://localhost/talk', { method: 'POST' });
  expect(posted.status).toBe(404);
});

it('sends what is packed to who takes it, and tells caches that it does', async () => {
  const { webFolder, app } = admin;
  await mkdir(join(webFolder, 'assets'), { recursive: true });
  const name = 'assets/talk-Bx3_k-9Z.js';
  await writeFile(join(webFolder, name), 'plain');
  await writeFile(join(webFolder, `${name}.br`), 'by br');
  await writeFile(join(webFolder, `${name}.gz`), 'by gzip');
  const ask = async (accepted: string, more = {}) => {
    const headers = { 'accept-encoding': accepted, ...more };
    const answer = await app.request(`/${name}`, { headers });
    const encoding = answer.headers.get('content-encoding');
    return { status: answer.status, headers: answer.headers, text: await answer.text(), encoding };
  };
  expect(await ask('gzip, br')).toMatchObject({ text: 'by br', encoding: 'br' });
  expect(await ask('gzip')).toMatchObject({ text: 'by gzip', encoding: 'gzip' });
  expect(await ask('br;q=0, gzip;q=0')).toMatchObject({ text: 'plain', encoding: null });
  const [packed, plain] = [await ask('br'), await ask('identity')];
  for (const { headers } of [packed, plain]) {
    expect(headers.get('vary')).toContain('accept-encoding');
    expect(headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(headers.get('cache-control')).toContain('immutable');
  }
  const [etag, other] = [packed.headers.get('etag'), plain.headers.get('etag')];
  expect(etag).not.toBe(other);
  expect((await ask('br', { 'if-none-match': etag })).status).toBe(304);
  expect((await ask('identity', { 'if-none-match': etag })).status).toBe(200);
});

it('lets no cache hold back an update, and knows the types of the ear', async () => {
  const { webFolder, app } = admin;
  await mkdir(webFolder, { recursive: true });
  const files: [string, string, string][] = [
    ['sw.js', 'no-cache', 'text/javascript; charset=utf-8'],
    ['manifest.webmanifest', 'no-cache', 'application/manifest+json'],
    ['word.onnx', 'public, max-age=3600', 'application/octet-stream'],
    ['ort.mjs', 'public, max-age=3600', 'text/javascript; charset=utf-8'],
    ['ort.wasm', 'public, max-age=3600', 'application/wasm'],
  ];
  for (const [name, cached, type] of files) {
    await writeFile(join(webFolder, name), 'x');
    const { headers } = await app.request(`/${name}`);
    const told = [headers.get('cache-control'), headers.get('content-type'), headers.get('vary')];
    expect([name, ...told]).toEqual([name, cached, type, null]);
  }
});
