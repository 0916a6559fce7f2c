/** Which device answers: nearest, then surest, then first; late ones learn who it is. */
import { beforeEach, expect, it } from 'vitest';
import { type Claim, type Claims, createClaims } from './claims.ts';

let now: number;
let waits: { atMs: number; resolve: () => void }[];
let claims: Claims;
beforeEach(() => {
  [now, waits] = [10_000, []];
  claims = createClaims({
    nowMs: () => now,
    wait: (ms) => new Promise<void>((resolve) => waits.push({ atMs: now + ms, resolve })),
  });
});

const pass = async (ms: number): Promise<void> => {
  now += ms;
  for (const { resolve } of waits.filter(({ atMs }) => atMs <= now)) resolve();
  waits = waits.filter(({ atMs }) => atMs > now);
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve();
};

/** What it was told, once it was; undefined: it still waits. */
const hears = (deviceId: string, of: Partial<Claim> = {}) => {
  const told: { winner?: string } = {};
  const claim = { deviceId, word: 'hey butler', score: 0.9, loudness: 0.1, agoMs: 300, ...of };
  void claims.claim(claim).then((winner) => {
    told.winner = winner;
  });
  return told;
};

it('lets one that is alone answer, after a moment', async () => {
  const kitchen = hears('kitchen');
  await pass(249);
  expect(kitchen.winner).toBeUndefined();
  await pass(1);
  expect(kitchen.winner).toBe('kitchen');
});

it.each<[string, first: Partial<Claim>, second: Partial<Claim>]>([
  ['louder', { loudness: 0.2 }, { loudness: 0.3 }],
  ['louder, however sure the other is', { score: 1, loudness: 0.1 }, { score: 0.5, loudness: 0.2 }],
  ['as loud, and surer', { score: 0.6 }, { score: 0.7 }],
])('lets the second one answer where it is %s', async (_, first, second) => {
  const kitchen = hears('kitchen', first);
  await pass(120);
  const hall = hears('hall', { ...second, agoMs: 420 });
  await pass(130);
  expect([kitchen.winner, hall.winner]).toEqual(['hall', 'hall']);
});

it('lets the first one answer where both are alike', async () => {
  const kitchen = hears('kitchen');
  await pass(120);
  const hall = hears('hall', { agoMs: 420 });
  await pass(130);
  expect([kitchen.winner, hall.winner]).toEqual(['kitchen', 'kitchen']);
});

it('compares ages, not clocks: a slow network is no later word', async () => {
  const kitchen = hears('kitchen', { agoMs: 100 });
  await pass(200);
  // Heard at the same moment, and told 200 ms later.
  const hall = hears('hall', { agoMs: 300, loudness: 0.5 });
  await pass(50);
  expect([kitchen.winner, hall.winner]).toEqual(['hall', 'hall']);
});

it('tells one that comes too late who answers, also where it is louder', async () => {
  hears('kitchen');
  await pass(250);
  await pass(600);
  const hall = hears('hall', { loudness: 1, agoMs: 1_100 });
  await pass(0);
  expect(hall.winner).toBe('kitchen');
  // Whoever answers asks again after a broken connection.
  const again = hears('kitchen', { agoMs: 1_150 });
  await pass(0);
  expect(again.winner).toBe('kitchen');
});

it('keeps apart what was said moments apart: each word has its own answer', async () => {
  const kitchen = hears('kitchen', { agoMs: 300 });
  const attic = hears('attic', { agoMs: 1_900, loudness: 0.01 });
  await pass(250);
  expect([kitchen.winner, attic.winner]).toEqual(['kitchen', 'attic']);
  await pass(2_000);
  const hall = hears('hall', { agoMs: 300, loudness: 0.01 });
  await pass(250);
  expect(hall.winner).toBe('hall');
});

it('has exactly one winner of many at once, whatever their order', async () => {
  const all = Array.from({ length: 12 }, (_, index) => ({
    deviceId: `device-${index}`,
    loudness: ((index * 7) % 12) / 12,
  }));
  const told = all.map(({ deviceId, loudness }) => hears(deviceId, { loudness }));
  await pass(250);
  const loudest = all.find(({ loudness }) => loudness === 11 / 12)?.deviceId;
  expect(new Set(told.map(({ winner }) => winner))).toEqual(new Set([loudest]));
});

it('forgets what nobody asks about any more', async () => {
  hears('kitchen');
  await pass(250);
  await pass(60_000);
  const hall = hears('hall', { agoMs: 0 });
  await pass(250);
  expect(hall.winner).toBe('hall');
});
