/** The LiveKit server starts on its own ports, takes our keys, and leaves nothing behind. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterEach, expect, test, vi } from 'vitest';
import { startLiveKit } from './livekit.ts';
import { findLiveKit } from './livekit-build.ts';
import { once } from './once.ts';
import { listens } from './ports.ts';

const BUILD_WITHIN_MS = 600_000;

afterEach(() => vi.unstubAllEnvs());

test(
  'serves rooms to our key only; after stop there is no process and no port',
  async () => {
    const [one, two] = await Promise.all([startLiveKit(), startLiveKit()]);
    if ('unavailable' in one || 'unavailable' in two) {
      // Where there is no Go and no server, the sentence is what we promise.
      expect(JSON.stringify([one, two])).toMatch(/Go .*brew|did not start/s);
      console.log(`LiveKit: skipped. ${JSON.stringify(one)}`);
      return;
    }
    expect(one.ports.http).not.toBe(two.ports.http);
    const address = one.url.replace('ws', 'http');
    const rooms = new RoomServiceClient(address, one.apiKey, one.apiSecret);
    await rooms.createRoom({ name: 'kitchen' });
    expect((await rooms.listRooms()).map(({ name }) => name)).toEqual(['kitchen']);
    const stranger = new RoomServiceClient(address, one.apiKey, two.apiSecret);
    await expect(stranger.listRooms()).rejects.toThrow();
    await Promise.all([one.stop(), two.stop()]);
    expect(await listens(one.ports.http)).toBe(false);
    expect(await listens(two.ports.tcp)).toBe(false);
    expect(() => process.kill(one.pid, 0)).toThrow(/ESRCH/);
  },
  BUILD_WITHIN_MS,
);

test('a server named in LIVEKIT_SERVER comes first, and its absence is said', async () => {
  vi.stubEnv('LIVEKIT_SERVER', '/nowhere/livekit-server');
  const found = await findLiveKit();
  expect(found).toEqual({
    unavailable: 'LIVEKIT_SERVER names /nowhere/livekit-server, which does not exist.',
  });
});

test('without Go, server or cache a sentence says what helps', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'butler-empty-'));
  vi.stubEnv('PATH', empty);
  const found = await findLiveKit(empty);
  expect(found).toMatchObject({ unavailable: expect.stringMatching(/install Go.*LIVEKIT_SERVER/) });
  rmSync(empty, { recursive: true });
});

test('work is done once by parallel callers, and a dead owner’s lock is taken over', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'butler-once-'));
  const lock = join(folder, 'lock');
  const dead = spawnSync(process.execPath, ['-e', '0']).pid;
  writeFileSync(lock, String(dead));
  let done = 0;
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    done++;
  };
  const all = { lock, isDone: () => done > 0, work, withinMs: 5_000 };
  await Promise.all([once(all), once(all), once(all)]);
  expect(done).toBe(1);
  writeFileSync(lock, String(process.pid));
  const late = once({ ...all, isDone: () => false, withinMs: 100 });
  await expect(late).rejects.toThrow(/too long: end it/);
  rmSync(folder, { recursive: true });
});
