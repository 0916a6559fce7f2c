/** What the parts are asked: what costs nothing, seldom what needs a key, and turns before both. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HealthLine, Listed } from '../../tools/core/load.ts';
import { breakersOf } from '../../tools/core/run.ts';
import { readConfiguration } from '../config.ts';
import { Evidence } from './evidence.ts';
import { type WatchedHouse, watchedIn } from './watched.ts';

const wholeMs = 600_000;
let server: Server;
let asked: string[];
let keyed: string[];
let status: number;
let nowMs: number;
beforeEach(async () => {
  [asked, keyed, status, nowMs] = [[], [], 200, Date.parse('2026-03-01T12:00:00Z')];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split('?')[0]}`);
    if (request.headers['x-api-key'] ?? request.headers.authorization)
      keyed.push(asked.at(-1) ?? '');
    const data = [{ id: 'whisper-large-v3-turbo' }];
    response.writeHead(request.method === 'HEAD' ? 404 : status);
    response.end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const listed = (name: string, more: Partial<Listed> = {}): Listed => ({
  ...{ name, about: 'A service.', on: true, variables: [], mistakes: [], declared: [] },
  ...more,
});

const houseWith = (integrations: Listed[] = [], line?: Partial<HealthLine>) => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = readConfiguration({
    ...{ GROQ_API_KEY: 'a key', GROQ_BASE_URL: url, BUTLER_LOCAL_MODELS: 'off' },
    ...{ ANTHROPIC_API_KEY: 'a key', ANTHROPIC_BASE_URL: url, MAIL_TOKEN: 'sesame-sesame' },
  });
  const clock = () => new Date(nowMs);
  const ready = { state: 'ready', sentence: 'It is there.' } as const;
  const house: WatchedHouse = {
    ...{ settings, clock, evidence: new Evidence(clock) },
    models: { state: () => ready, address: () => undefined },
    memory: {
      database: { sql: async () => [] } as never,
      state: () => ready,
      embedder: { state: () => ({ ...ready, model: 'a model' }) } as never,
    },
    backups: { part: () => ({ name: 'backups', ...ready }) },
    toolbox: {
      ...{ tools: new Map(), integrations, away: () => [] },
      health: async (_, only) =>
        [...(only ?? [])].map((integration) => ({
          ...{ integration, ok: true, line: 'two letters, by sesame-sesame' },
          ...line,
        })),
    },
  };
  const all = watchedIn(house);
  const look = async (part: string) => {
    const found = all.find((one) => one.part === part);
    if (!found) throw new Error(`Nobody watches ${part}.`);
    return await found.look(AbortSignal.timeout(5_000));
  };
  return { house, all, look };
};

const turn = (clocks: object, faults: string[] = []) =>
  ({ clocks: { input: 'voice', ...clocks }, faults }) as never;

describe('a paid part', () => {
  it('is asked for its models first, then only whether it is there, without the key', async () => {
    const { look } = houseWith();
    expect(await look('mind')).toMatchObject({ state: 'ready' });
    expect(asked.every((line) => line.startsWith('GET /v1/models'))).toBe(true);
    [asked, keyed] = [[], []];
    for (let time = 0; time < 5; time++) {
      nowMs += 30_000;
      expect(await look('mind')).toMatchObject({ state: 'ready' });
    }
    expect(asked).toEqual(Array.from({ length: 5 }, () => 'HEAD /'));
    expect(keyed).toEqual([]);
    nowMs += wholeMs;
    await look('mind');
    expect(asked.slice(5).every((line) => line.startsWith('GET /v1/models'))).toBe(true);
  });

  it('is asked nothing while turns show that it works, and never to do its work', async () => {
    const { house, look } = houseWith();
    await Promise.all([look('mind'), look('speech to text')]);
    asked = [];
    house.evidence.observe(turn({ path: 'mind', firstTokenMs: 300, transcriptMs: 200 }));
    nowMs += 30_000;
    expect(await look('mind')).toMatchObject({ state: 'ready' });
    expect(await look('speech to text')).toMatchObject({ state: 'ready' });
    expect(asked).toEqual([]);
    nowMs += 120_000;
    await look('speech to text');
    expect(asked).toEqual(['HEAD /']);
    expect(asked.some((line) => line.startsWith('POST'))).toBe(false);
  });

  it('has failed where the last turn did, until another works or time has passed', async () => {
    const { house, look } = houseWith();
    house.evidence.observe(turn({ path: 'mind' }, ['mind-unreachable']));
    const failed = { state: 'failed', mend: expect.stringContaining('mind-unreachable') };
    expect(await look('mind')).toMatchObject(failed);
    house.evidence.observe(turn({ path: 'mind', firstTokenMs: 300 }));
    expect(await look('mind')).toMatchObject({ state: 'ready' });
    house.evidence.observe(turn({ path: 'mind' }, ['mind-unreachable']));
    nowMs += 301_000;
    expect(await look('mind')).toMatchObject({ state: 'ready' });
  });

  it('says as doctor does what mends a key that is refused', async () => {
    const { look } = houseWith();
    status = 401;
    expect(await look('mind')).toMatchObject({
      ...{ state: 'failed', mend: 'Put a valid key into ANTHROPIC_API_KEY.' },
    });
    status = 200;
    expect(await look('mind')).toMatchObject({ state: 'ready' });
  });

  it('has failed when nobody is there', async () => {
    const { look } = houseWith();
    expect(await look('speech to text')).toMatchObject({ state: 'ready' });
    server.closeAllConnections();
    server.close();
    nowMs += 30_000;
    const mend = 'Check the network and GROQ_BASE_URL.';
    expect(await look('speech to text')).toMatchObject({ state: 'failed', mend });
  });
});

describe('an integration', () => {
  const variables = [{ name: 'MAIL_TOKEN', about: '', required: true, otherwise: '' }];

  it('says what it is, without its secrets, and one good answer ends its rest', async () => {
    const { house, look } = houseWith([listed('mail', { variables })]);
    const breakers = breakersOf(house.toolbox.tools);
    for (let time = 0; time < 3; time++) breakers.failed('mail');
    expect(await look('mail')).toEqual({ state: 'ready', sentence: 'two letters, by …' });
    expect(breakers.restMs('mail')).toBe(0);
  });

  it('that fails says how to mend it; set up by nobody, it opens no incident', async () => {
    const line = { ok: false, line: 'It refuses sesame-sesame.', mend: 'Set MAIL_TOKEN anew.' };
    const mail = listed('mail', { variables });
    const { look, all } = houseWith([mail, listed('weather'), listed('memory')], line);
    const mend = 'Set MAIL_TOKEN anew.';
    expect(await look('mail')).toEqual({ state: 'failed', sentence: 'It refuses ….', mend });
    const watched = all.filter(({ kind }) => kind === 'integration');
    expect(watched.map((one) => [one.part, one.opensIncidents, one.restMs])).toEqual([
      ['mail', true, undefined],
      ['weather', false, wholeMs],
    ]);
    expect(await look('weather')).toMatchObject({ state: 'failed' });
  });
});
