/** Doctor's word on integrations: well, broken, half set, off; in time, and without secrets. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfiguration } from '../config.ts';
import { shown } from './doctor.ts';
import { examineTools } from './doctor-tools.ts';
import type { Finding } from './finding.ts';

const define = JSON.stringify(join(import.meta.dirname, '../../tools/core/define.ts'));
const zod = JSON.stringify(import.meta.resolve('zod'));
let folder: string;
const open = new Set<Server>();
beforeEach(() => {
  // Inside the repository, as a household's own tools must be.
  mkdirSync(join(import.meta.dirname, '../../.butler'), { recursive: true });
  folder = mkdtempSync(join(import.meta.dirname, '../../.butler/doctor-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  open.clear();
});

const integrate = (name: string, more: string): void =>
  writeFileSync(
    join(folder, `${name}.ts`),
    `import { integration, ToolError } from ${define};
import { z } from ${zod};
export default integration({ name: '${name}', about: 'A post office.', ${more} }).tools({});`,
  );
const account = 'z.object({ url: z.url(), token: z.string().min(8) })';

const examine = async (environment: Record<string, string> = {}): Promise<Finding[]> =>
  examineTools(readConfiguration({ BUTLER_TOOLS: folder, ...environment }));
const found = async (name: string, environment: Record<string, string> = {}) =>
  (await examine(environment)).find((one) => one.name === name);

const set = { POST_URL: 'http://post.example', POST_TOKEN: 'sesame-sesame' };

describe('an integration', () => {
  it('that is well says so in its own line', async () => {
    integrate('post', `config: ${account}, health: () => 'three letters wait',`);
    expect(await found('post', set)).toEqual({
      ...{ name: 'post', use: 'A post office.', state: 'works', detail: 'three letters wait' },
    });
  });

  it('that is off says which variables switch it on, and where they come from', async () => {
    const renew = "renew: 'Ask the postmaster for a token.',";
    integrate('post', `config: ${account}, ${renew}`);
    integrate('parcels', `sources: { van: ${account}, boat: ${account} },`);
    expect(await found('post')).toMatchObject({
      state: 'off',
      mend: 'Set POST_URL and POST_TOKEN. Ask the postmaster for a token.',
    });
    expect((await found('parcels'))?.mend).toBe(
      'Set VAN_URL and VAN_TOKEN, or BOAT_URL and BOAT_TOKEN.',
    );
  });

  it('that is half set names what is missing', async () => {
    integrate('post', `config: ${account},`);
    const result = await found('post', { POST_URL: 'http://post.example' });
    expect(result).toMatchObject({ state: 'fails' });
    expect(result?.detail).toMatch(/^POST_TOKEN is missing: POST_URL is set/);
    integrate('parcels', `sources: { van: ${account} },`);
    const second = { VAN_2_TOKEN: 'sesame-sesame' };
    expect((await found('parcels', second))?.detail).toMatch(/^VAN_2_URL is missing/);
  });

  it('whose setting is wrong says which, and not what was set', async () => {
    integrate('post', `config: ${account},`);
    const result = await found('post', { ...set, POST_URL: 'sesame-address' });
    expect(result?.detail).toMatch(/^POST_URL: /);
    expect(JSON.stringify(result)).not.toContain('sesame');
  });

  it.each([
    ["throw new ToolError('No.', 'no', { mend: 'Set POST_TOKEN anew.' })", 'Set POST_TOKEN anew.'],
    ["throw new Error('No.')", 'Ask the postmaster.'],
  ])('that fails says how to mend it: %s', async (thrown, mend) => {
    const renew = "renew: 'Ask the postmaster.',";
    integrate('post', `config: ${account}, health: () => { ${thrown}; }, ${renew}`);
    expect(await found('post', set)).toMatchObject({ state: 'fails', detail: 'No.', mend });
  });

  it('that is on without any setting is no failure while it is away', async () => {
    const optional = 'config: z.object({ url: z.url().optional() })';
    integrate(
      'post',
      `${optional}, health: () => { throw new ToolError('Away.', 'unreachable'); },`,
    );
    expect(await found('post')).toMatchObject({
      state: 'off',
      detail: 'Away. (nothing is set for it)',
    });
    expect(await found('post', { POST_URL: 'http://post.example' })).toMatchObject({
      state: 'fails',
    });
  });

  it('that throws its own secrets at doctor does not get them printed', async () => {
    const health = 'health: (client) => { throw new Error(JSON.stringify(client)); }';
    const connect = 'connect: (config) => config';
    integrate('post', `config: ${account}, ${connect}, ${health},`);
    integrate('parcels', `sources: { van: ${account} }, ${connect}, ${health},`);
    const findings = await examine({
      ...{ POST_URL: 'http://ada:hush-hush@post.example/?key=hidden-key' },
      ...{ POST_TOKEN: 'sesame-sesame', VAN_URL: 'http://van.example', VAN_TOKEN: 'van-sesame' },
      ...{ VAN_2_URL: 'http://van.example', VAN_2_TOKEN: 'other-van-sesame' },
    });
    expect(shown(findings, false)).not.toMatch(/sesame|hush|hidden/);
    expect(shown(findings, false)).toContain('van.example');
  });
});

it('silent ones are given up after five seconds, all at once, and hold nobody up', async () => {
  const silent = createServer(() => undefined);
  open.add(silent);
  await new Promise<void>((ready) => void silent.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const asks = 'health: async ({ url }) => String((await fetch(url)).status)';
  integrate('post', `config: ${account}, connect: (config) => config, ${asks},`);
  integrate('parcels', `config: ${account}, connect: () => new Promise(() => {}),`);
  integrate('clings', `close: () => new Promise(() => {}),`);
  const startedMs = performance.now();
  const findings = await examine({
    ...set,
    POST_URL: url,
    PARCELS_URL: url,
    PARCELS_TOKEN: 'x'.repeat(9),
  });
  expect(performance.now() - startedMs).toBeLessThan(9_000);
  for (const name of ['post', 'parcels']) {
    const one = findings.find((finding) => finding.name === name);
    expect(one).toMatchObject({ state: 'fails', detail: 'it did not answer in time' });
  }
});

it('a file that cannot be used is one finding, and doctor goes on', async () => {
  writeFileSync(join(folder, 'broken.ts'), 'export default {{{');
  const [only, ...others] = await examine();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ name: 'Tools', state: 'fails' });
  expect(only?.detail).toContain('broken.ts');
});

it('speaks for every integration that ships', async () => {
  const findings = await examineTools(readConfiguration({ WEATHER_URL: 'http://127.0.0.1:9' }));
  for (const { name, use, state, detail, mend = '.' } of findings) {
    expect(`${use}${detail}`, name).not.toMatch(/undefined|\[object/);
    expect(mend, name).toMatch(/[.?)]$/);
    const isAway = detail.includes('nothing is set for it');
    if (state === 'off' && !isAway) expect(mend, name).toMatch(/^Set [A-Z][A-Z0-9_]+/);
  }
  expect(findings.length).toBeGreaterThan(6);
});
