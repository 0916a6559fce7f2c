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
    '/%2e%2e/secret',
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
