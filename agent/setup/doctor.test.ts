/** Doctor against real sockets: right answers, refusals, silence, and nobody there. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { noPostgres } from '../../tests/rig/database.ts';
import { startPostgres } from '../../tests/servers/postgres.ts';
import { readConfiguration, type Settings } from '../config.ts';
import { examine, postgres, shown } from './doctor.ts';
import type { Result } from './finding.ts';
import { disk, localModels, portOf } from './machine.ts';
import { claude, groq, kokoro, liveKit, openAiCompatible } from './providers.ts';

const open = new Set<Server | TcpServer>();
const folders = new Set<string>();
afterEach(() => {
  for (const server of open) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  open.clear();
  folders.clear();
});

const listen = async (server: Server | TcpServer): Promise<number> => {
  open.add(server);
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
};

const serve = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(createServer(answer))}`;

const json =
  (status: number, body: unknown): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** A port on which nothing listens. */
const nobody = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((closed) => server.close(closed));
  open.delete(server);
  return port;
};

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-doctor-'));
  folders.add(folder);
  return folder;
};

const secret = 's'.repeat(32);
const withKeys = (url: string): Settings =>
  readConfiguration({
    GROQ_API_KEY: 'key',
    GROQ_BASE_URL: url,
    ANTHROPIC_API_KEY: 'key',
    ANTHROPIC_BASE_URL: url,
    BUTLER_LLM_URL: `${url}/v1`,
    BUTLER_LLM_MODEL: 'llama3',
    KOKORO_URL: url,
    LIVEKIT_URL: url.replace('http', 'ws'),
    LIVEKIT_API_KEY: 'key',
    LIVEKIT_API_SECRET: secret,
  });

const services: [string, (settings: Settings) => Promise<Result>][] = [
  ['Groq', groq],
  ['Claude', claude],
  ['OpenAI-compatible', openAiCompatible],
  ['Kokoro', kokoro],
  ['LiveKit', liveKit],
];

describe.each(services)('%s', (_name, probe) => {
  it('is off when it is not configured', async () => {
    expect(await probe(readConfiguration({}))).toMatchObject({ state: 'off' });
  });

  it('fails with a way out when nobody is there', async () => {
    const result = await probe(withKeys(`http://127.0.0.1:${await nobody()}`));
    expect(result).toMatchObject({ state: 'fails' });
    expect(result.detail).toMatch(/nothing listens there/);
    expect(result.mend).toMatch(/\.$/);
  });

  it('fails when it refuses us', async () => {
    const result = await probe(withKeys(await serve(json(401, {}))));
    expect(result).toMatchObject({ state: 'fails' });
    expect(result.detail).toMatch(/401/);
  });

  it('fails when it hangs up', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect((await probe(withKeys(url))).detail).toMatch(/hung up/);
  });
});

it('a silent service fails within its limit, whichever it is', async () => {
  const settings = withKeys(await serve(() => undefined));
  const results = await Promise.all(services.map(([, probe]) => probe(settings)));
  for (const result of results) {
    expect(result).toMatchObject({ state: 'fails' });
    expect(result.detail).toMatch(/did not answer within 5 s/);
  }
});

describe('what a right answer shows', () => {
  const models = json(200, { data: [{ id: 'whisper-large-v3-turbo' }, { id: 'llama3:latest' }] });

  it('Groq: the model is on the list, and our key was sent', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url, request.headers.authorization);
      models(request, response);
    });
    expect(await groq(withKeys(url))).toMatchObject({ state: 'works' });
    expect(seen).toEqual(['/openai/v1/models', 'Bearer key']);
  });

  it('an OpenAI-compatible server: Ollama’s tag counts, another model does not', async () => {
    const url = await serve(models);
    expect(await openAiCompatible(withKeys(url))).toMatchObject({ state: 'works' });
    const other = { ...withKeys(url), BUTLER_LLM_MODEL: 'other' };
    expect(await openAiCompatible(other)).toMatchObject({ state: 'fails' });
  });

  it('Claude: an unknown model is named', async () => {
    const url = await serve((request, response) =>
      json(request.url?.startsWith('/v1/models?') ? 200 : 404, {})(request, response),
    );
    expect((await claude(withKeys(url))).detail).toContain('claude-haiku-4-5');
  });

  it('Kokoro: the household’s voice has to be there', async () => {
    const url = await serve(json(200, { voices: ['af_heart'] }));
    expect(await kokoro(withKeys(url))).toMatchObject({ state: 'works' });
    const other = { ...withKeys(url), BUTLER_VOICE: 'nobody' };
    expect(await kokoro(other)).toMatchObject({ state: 'fails' });
  });

  it('LiveKit: rooms are listed with our token, and a wrong secret is told apart', async () => {
    const rooms = await serve(json(200, { rooms: [] }));
    expect(await liveKit(withKeys(rooms))).toMatchObject({ state: 'works' });
    const refusing = await serve((request, response) =>
      json(request.method === 'GET' ? 200 : 401, { msg: 'invalid token' })(request, response),
    );
    expect((await liveKit(withKeys(refusing))).detail).toMatch(/refuses our token/);
  });
});

/** A Postgres that sends these bytes after the start-up message. */
const postgresThatSays = async (...bytes: Buffer[]): Promise<Result> => {
  const port = await listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.write(Buffer.concat(bytes)));
    }),
  );
  const address = `postgres://butler:wrong@127.0.0.1:${port}/butler`;
  return postgres(readConfiguration({ DATABASE_URL: address }));
};

const pgMessage = (type: string, body: string): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(Buffer.byteLength(body) + 4);
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body, 'latin1')]);
};

describe('Postgres', () => {
  it.skipIf(noPostgres)('says which Postgres and which pgvector there are', async () => {
    const server = await startPostgres();
    if ('unavailable' in server) throw new Error(server.unavailable);
    const result = await postgres(readConfiguration({ DATABASE_URL: server.url }));
    await server.stop();
    expect(result).toMatchObject({ state: 'works' });
    expect(result.detail).toMatch(/Postgres 18\.\d+ with pgvector 0\.\d/);
  });

  it('fails with Postgres’s own words', async () => {
    const refusal = pgMessage('E', 'SFATAL\0C28P01\0Mpassword authentication failed\0\0');
    expect((await postgresThatSays(refusal)).detail).toMatch(/password authentication failed/);
  });

  it('fails within its limit when it is silent', async () => {
    expect((await postgresThatSays()).detail).toMatch(/did not answer within 5 s/);
  });

  it('fails when nobody is there', async () => {
    const address = `postgres://butler@127.0.0.1:${await nobody()}/butler`;
    const result = await postgres(readConfiguration({ DATABASE_URL: address }));
    expect(result.detail).toMatch(/nothing listens there/);
  });
});

describe('this machine', () => {
  it('a taken port is a failure, unless Butler is the one who listens', async () => {
    const at = (port: number) => ({ host: '127.0.0.1', port, setting: 'BUTLER_PORT' });
    const other = Number(new URL(await serve(json(404, {}))).port);
    expect((await portOf(at(other))).mend).toMatch(/BUTLER_PORT/);
    const butler = Number(new URL(await serve(json(200, {}))).port);
    expect((await portOf(at(butler))).detail).toMatch(/Butler is running/);
    expect((await portOf(at(await nobody()))).detail).toMatch(/is free/);
  });

  it('a data folder that cannot be made is named with the way out', async () => {
    const file = join(temporary(), 'file');
    writeFileSync(file, '');
    const result = await disk(readConfiguration({ BUTLER_DATA: join(file, 'data') }));
    expect(result).toMatchObject({ state: 'fails' });
    expect(result.mend).toMatch(/BUTLER_DATA/);
  });

  it('the local models are shown with their sizes and figures, or as damaged', async () => {
    const folder = temporary();
    const settings = readConfiguration({ BUTLER_DATA: folder });
    expect(await localModels(settings)).toMatchObject({ state: 'off' });
    mkdirSync(join(folder, 'models'));
    const chosen = join(folder, 'models', 'chosen.json');
    const measured = { transcription: { base: { seconds: 0.6, clipSeconds: 1.9 } } };
    writeFileSync(chosen, JSON.stringify({ transcription: { model: 'base' }, measured }));
    expect((await localModels(settings)).detail).toMatch(/base \(1\.9 s of speech in 0\.6 s\)/);
    writeFileSync(chosen, '{');
    expect(await localModels(settings)).toMatchObject({ state: 'fails' });
  });

  it('the model of memory alone is looked for where others hear and speak', async () => {
    const folder = temporary();
    const environment = { BUTLER_DATA: folder, GROQ_API_KEY: 'k', KOKORO_URL: 'http://k:1' };
    const settings = readConfiguration(environment);
    expect(await localModels(settings)).toMatchObject({ state: 'off', detail: 'not installed' });
    mkdirSync(join(folder, 'models', 'weights', 'minilm'), { recursive: true });
    writeFileSync(join(folder, 'models', 'weights', 'minilm', 'model.onnx'), '');
    expect(await localModels(settings)).toMatchObject({ state: 'works' });
    const all = readConfiguration({ ...environment, EMBEDDINGS_URL: 'http://ollama:11434' });
    expect((await localModels(all)).detail).toMatch(/not needed/);
  });

  it('everything is examined, and shown plain or in colour', async () => {
    const settings = readConfiguration({ BUTLER_DATA: temporary(), BUTLER_PORT: '0' });
    const findings = await examine(settings);
    expect(findings.map(({ name }) => name)).toContain('Postgres');
    expect(shown(findings, false)).not.toContain('\u001b');
    expect(shown(findings, true)).toContain('\u001b');
  });
});
