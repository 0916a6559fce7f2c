/** Two people in a real LiveKit room hear each other; what the way there and back costs. */
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, expect, test } from 'vitest';
import { startLiveKit } from '../servers/livekit.ts';
import { disposeLiveKit, joinByLiveKit } from './livekit-user.ts';
import { voice } from './wav.ts';

const server = await startLiveKit();

afterAll(async () => {
  await disposeLiveKit();
  if ('stop' in server) await server.stop();
});

test('one speaks, the other hears; messages go both ways', async (context) => {
  // A machine without Go and without a server cannot run this one; it says what would help.
  if ('unavailable' in server) return context.skip(server.unavailable);
  const join = async (identity: string) => {
    const token = new AccessToken(server.apiKey, server.apiSecret, { identity });
    token.addGrant({ roomJoin: true, room: 'kitchen' });
    return joinByLiveKit({ url: server.url, token: await token.toJwt() });
  };
  const anna = await join('anna');
  const ben = await join('ben');
  await Promise.all([anna.waitForTrack(), ben.waitForTrack()]);
  await new Promise((resolve) => setTimeout(resolve, 500));

  const latencies: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { startedAtMs, endedAtMs } = await anna.say(voice(400, 16_000));
    const heardAtMs = await ben.ear.waitForSound(startedAtMs);
    latencies.push(heardAtMs - startedAtMs);
    const lastMs = (await ben.ear.waitQuiet(300)) ?? 0;
    expect(lastMs).toBeGreaterThan(endedAtMs - 50);
    expect(lastMs - heardAtMs).toBeGreaterThan(300);
    expect(lastMs - heardAtMs).toBeLessThan(700);
  }
  expect(anna.ear.lastSound()).toBeUndefined();
  const sorted = latencies.sort((a, b) => a - b).map((ms) => Math.round(ms));
  console.log(`LiveKit from mouth to ear: ${sorted.join(', ')} ms.`);
  expect(sorted[2]).toBeLessThan(1_000);

  anna.talk(true);
  ben.text('hello');
  expect(await ben.waitFor('talk')).toMatchObject({ down: true });
  expect(await anna.waitFor('text')).toMatchObject({ text: 'hello' });
  await anna.leave();
  await expect(anna.say(voice(50, 16_000))).rejects.toThrow(/open it first/);
  await ben.leave();
  await expect(ben.waitFor('turn')).rejects.toThrow(/closed/);
}, 60_000);
