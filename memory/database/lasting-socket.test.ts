/** Connections that die in the middle: nothing acknowledged is lost, and nobody crashes. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silent } from '../../tests/rig/database-folder.ts';
import { startPostgres, type TestPostgres } from '../../tests/servers/postgres.ts';
import { openDatabase } from '../database.ts';
import { connect } from './sql.ts';
import { welcome } from './wire.ts';

let server: TestPostgres;

beforeAll(async () => {
  const started = await startPostgres();
  if ('unavailable' in started) throw new Error(started.unavailable);
  server = started;
}, 300_000);
afterAll(async () => {
  await server?.stop();
});

describe('a connection that the server ends', () => {
  it('takes no acknowledged write with it, and none that was not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'butler-lost-'));
    const database = await openDatabase({ url: server.url, folder, role: 'server', log: silent });
    await database.sql`insert into butler.users (id, name, role) values ('a', 'Ada', 'adult')`;
    const written: string[] = [];
    const refused: string[] = [];
    let over = false;
    const write = async (writer: number): Promise<void> => {
      for (let count = 0; !over; count++) {
        const fact = `fact ${writer}-${count}`;
        try {
          await database.asPerson('a', async (tx) => {
            await tx`insert into butler.user_facts (user_id, category, fact, source, confidence)
              values ('a', 'personal', ${fact}, 'explicit', 0.9)`;
            await tx`select pg_sleep(0.002)`;
          });
          written.push(fact);
        } catch {
          refused.push(fact);
          await sleep(5);
        }
      }
    };
    const writers = [0, 1, 2, 3].map(write);
    const hand = connect(server.url, { max: 1 });
    for (let round = 0; round < 25; round++) {
      await sleep(60);
      await hand`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'butler'`;
    }
    const before = written.length;
    const giveUpAtMs = performance.now() + 10_000;
    while (written.length < before + 20 && performance.now() < giveUpAtMs) await sleep(50);
    over = true;
    await Promise.all(writers);
    expect(written.length).toBeGreaterThanOrEqual(before + 20);
    expect(refused.length).toBeGreaterThan(0);
    const rows = await hand<{ fact: string }[]>`select fact from butler.user_facts`;
    const there = new Set(rows.map(({ fact }) => fact));
    expect(written.filter((fact) => !there.has(fact))).toEqual([]);
    await hand.end();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});

it('that ends right after the login is refused, and harms nothing else', async () => {
  // What nobody waits for would end the process, and here the run of tests.
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write(welcome({}));
      socket.once('data', () => socket.destroy());
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as AddressInfo;
  const sql = connect(`postgres://butler@127.0.0.1:${port}/butler`, { max: 1 });
  await expect(sql`select 1`).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await sleep(100);
  await sql.end({ timeout: 1 });
  door.close();
});

it('arrays arrive whole, whatever stands in them', async () => {
  const sql = connect(server.url, { max: 1 });
  const texts = ['plain', 'a "quoted" one', 'back\\slash', '{a,b}', '', 'null', 'ä\n'];
  const id = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
  const [row] = await sql`select to_jsonb(${texts}::text[]) as texts,
    to_jsonb(${[1, 2 ** 40]}::bigint[]) as numbers, to_jsonb(${[id]}::uuid[]) as ids,
    to_jsonb(${[]}::bigint[]) as none`;
  expect(row).toEqual({ texts, numbers: [1, 2 ** 40], ids: [id], none: [] });
  await sql.end({ timeout: 1 });
});

const certificate = (): { key: Buffer; cert: Buffer } | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-keyout', key, '-out', cert];
  const made = spawnSync('openssl', [...words, ...names], { stdio: 'ignore' });
  const pair = made.status === 0 ? { key: readFileSync(key), cert: readFileSync(cert) } : undefined;
  rmSync(folder, { recursive: true, force: true });
  return pair;
};

/** What stands before Postgres and speaks TLS: its own build in the tests cannot. */
const startTlsDoor = async (pair: { key: Buffer; cert: Buffer }, port: number) => {
  const open = new Set<Socket>();
  const door = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('S');
      const safe = new TLSSocket(socket, { isServer: true, ...pair });
      const inner = createConnection({ host: '127.0.0.1', port });
      safe.on('error', () => inner.destroy());
      inner.on('error', () => safe.destroy());
      safe.pipe(inner).pipe(safe);
    });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const socket of open) socket.destroy();
    door.close();
  };
  return { port: (door.address() as AddressInfo).port, close };
};

const pair = certificate();

describe.skipIf(!pair)(`TLS${pair ? '' : ' (no openssl here to make a certificate with)'}`, () => {
  const through = async (mode: string): Promise<unknown> => {
    if (!pair) throw new Error('no certificate');
    const address = new URL(server.url);
    const door = await startTlsDoor(pair, Number(address.port));
    address.port = String(door.port);
    address.searchParams.set('sslmode', mode);
    const sql = connect(address.href, { max: 1 });
    try {
      const [row] = await sql`select 7 as seven`;
      return row?.seven;
    } catch (error) {
      return (error as { code?: string }).code;
    } finally {
      await sql.end({ timeout: 1 });
      door.close();
    }
  };

  it('is used where the address asks for it, and checked where it says so', async () => {
    expect(await through('require')).toBe(7);
    expect(await through('prefer')).toBe(7);
    expect(await through('verify-full')).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  it('is refused with a reason where the server has none', async () => {
    const sql = connect(`${server.url}?sslmode=require`, { max: 1 });
    await expect(sql`select 1`).rejects.toMatchObject({ code: 'NO_TLS' });
    await sql.end({ timeout: 1 });
    const offered = connect(`${server.url}?sslmode=prefer`, { max: 1 });
    expect((await offered`select 7 as seven`)[0]?.seven).toBe(7);
    await offered.end({ timeout: 1 });
  });
});
