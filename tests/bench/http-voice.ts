/** Spoken turns with and without a thousand requests a second on the same process, by turns. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startButler } from '../rig/butler.ts';
import { benchDelays, startProviders } from '../rig/providers.ts';
import { type Clip, household } from '../speech/clips.ts';
import { type Burst, burst, pin } from './http-children.ts';
import { median, percentile } from './table.ts';
import { replyAt, turn } from './voice.ts';

const perSecond = 1_000;
const connections = 20;
/** Longer than a turn. */
const loadSeconds = 10;
const settleMs = 1_000;

/** From the last sample of speech to the first of the answer; both kinds take turns. */
export const voiceUnderLoad = async (pairs: number) => {
  const providers = await startProviders(benchDelays);
  const butler = await startButler({ environment: providers.environment });
  pin(butler.pid);
  const user = await butler.join();
  const clips = household.filter((clip) => !/time|date|timer|day is it/i.test(clip.text));
  const clipAt = (at: number) => clips[at % clips.length] as Clip;
  const url = `${butler.url}/api/v1/me`;
  const load = () =>
    burst({ url, token: butler.token, seconds: loadSeconds, connections, perSecond });
  const one = async (at: number): Promise<number> =>
    (await turn(user, providers, { clip: clipAt(at), reply: replyAt(at + 30) })).v2vMs;
  // Both ways once, unmeasured.
  const warming = load();
  await one(1);
  await warming;
  const [alone, loaded, bursts]: [number[], number[], Burst[]] = [[], [], []];
  for (let pair = 0; pair < pairs; pair++) {
    alone.push(await one(2 * pair + 2));
    const running = load();
    await sleep(settleMs);
    loaded.push(await one(2 * pair + 2));
    bursts.push(await running);
    process.stdout.write(`  voice ${pair + 1}/${pairs}\n`);
  }
  await user.leave();
  await butler.stop();
  await providers.stop();
  const [aloneMs = Number.NaN, loadedMs = Number.NaN] = [median(alone), median(loaded)];
  return {
    pairs,
    'alone p50 ms': aloneMs,
    'alone p95 ms': percentile(alone, 0.95),
    'loaded p50 ms': loadedMs,
    'loaded p95 ms': percentile(loaded, 0.95),
    'requests/s': median(bursts.map((each) => each.perSecond)),
    ratio: Math.round((loadedMs / aloneMs) * 1000) / 1000,
  };
};
