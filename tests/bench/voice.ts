/** From the last sample of speech to the first of the answer, with the peers' provider delays. */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokensOf } from '../fakes/tokens.ts';
import { type RunningButler, startButler } from '../rig/butler.ts';
import { disposeLiveKit } from '../rig/livekit-user.ts';
import { ProcessWatch, type RoleCost } from '../rig/processes.ts';
import { benchDelays, type Providers, startProviders } from '../rig/providers.ts';
import { startRoomButler } from '../rig/rooms.ts';
import type { User } from '../rig/user.ts';
import { bargeIn, type Clip, household, pauses } from '../speech/clips.ts';
import { median, percentile, table } from './table.ts';

const turnsDefault = 20;
const bargeIns = 4;
const pausesMs = [700, 1_200];
const idleMs = 5_000;

/** Never the same words twice: what is said often is kept, and would not be measured. */
export const replyAt = (at: number): string => {
  const replies = [
    `It's sunny and about ${at} degrees today. No rain is expected.`,
    `There are about ${at} of them in the house. None is broken.`,
    `It is almost ${at} kilometres from here. The road is clear.`,
    `You could fry it for ${at} minutes in some oil. Add an egg.`,
  ];
  return replies[at % replies.length] as string;
};

interface DoorFigures {
  door: string;
  turns: { v2vMs: number; providersMs: number; busy: number; clocks: unknown }[];
  bargeInMs: number[];
  pauses: { pauseMs: number; cuts: number; of: number }[];
  requests: { transcriptions: number; answers: number; clauses: number; turns: number };
  idle: Record<string, RoleCost>;
  talking: { seconds: number; roles: Record<string, RoleCost> };
}

/** What the providers alone take until the first sentence has its first byte of sound. */
const providersMs = (reply: string): number => {
  const tokens = tokensOf(reply);
  const sentence = tokens.findIndex((token) => /[.!?]$/.test(token.trim())) + 1;
  const writing = ((sentence - 1) / benchDelays.tokensPerSecond) * 1000;
  const { transcriptionMs, firstTokenMs, speechFirstByteMs } = benchDelays;
  return transcriptionMs + firstTokenMs + writing + speechFirstByteMs;
};

/** Share of the machine's time that was not idle since the last call. */
const busyMeter = () => {
  const read = () =>
    cpus().reduce(
      (sum, { times }) => ({
        idle: sum.idle + times.idle,
        all: sum.all + times.user + times.nice + times.sys + times.irq + times.idle,
      }),
      { idle: 0, all: 0 },
    );
  let before = read();
  return (): number => {
    const now = read();
    const share = 1 - (now.idle - before.idle) / Math.max(1, now.all - before.all);
    before = now;
    return Math.round(share * 100) / 100;
  };
};

const jobs = new Map<number, string>();

/** Each job process by itself: one waits while the other talks. */
const roleOf = ({ pid, command }: { pid: number; command: string }): string | undefined => {
  if (command.includes('job_proc_lazy_main')) {
    const name = jobs.get(pid) ?? `job ${jobs.size + 1}`;
    jobs.set(pid, name);
    return name;
  }
  if (command.includes('inference_proc')) return 'inference';
  if (command.includes('agent/main.ts')) return 'worker';
  return command.includes('agent/start.ts') ? 'butler' : undefined;
};

const watch = (pid: number) => new ProcessWatch({ rootPid: pid, roleOf, everyMs: 500 });

/** One turn that the mind answers. */
export const turn = async (
  user: User,
  providers: Providers,
  told: { clip: Clip; reply: string },
) => {
  const { clip, reply } = told;
  providers.groq.always({ text: clip.text });
  providers.claude.always({ text: reply });
  const busy = busyMeter();
  const { endedAtMs } = await user.say(clip.samples);
  const heardAtMs = await user.ear.waitForSound(endedAtMs, 9_000);
  const share = busy();
  const ended = await user.waitFor('turn', undefined, { withinMs: 20_000, sinceMs: endedAtMs });
  await user.ear.waitQuiet(600);
  await sleep(300 + Math.random() * 300);
  return {
    v2vMs: heardAtMs - endedAtMs,
    providersMs: providersMs(reply),
    busy: share,
    clocks: ended.clocks,
  };
};

/** Speaks over a long answer; the time until the last sound of it was heard. */
const interrupt = async (user: User, providers: Providers, clips: [Clip, Clip]) => {
  const [question, over] = clips;
  providers.groq.always({ text: question.text });
  const sentences = [301, 305, 309, 313, 317, 321].map(replyAt);
  providers.claude.always({ text: sentences.join(' ') });
  const { endedAtMs } = await user.say(question.samples);
  const heardAtMs = await user.ear.waitForSound(endedAtMs, 9_000);
  await sleep(Math.max(0, heardAtMs + 1_500 - performance.now()));
  providers.groq.always({ text: over.text });
  providers.claude.always({ text: 'All right.' });
  const said = user.say(over.samples);
  const beganAtMs = performance.now();
  await said;
  const silentAtMs = await user.ear.waitQuiet(250, 5_000);
  await user.ear.waitForSound(performance.now() - 400, 6_000).catch(() => undefined);
  await user.ear.waitQuiet(800);
  await sleep(400);
  // The old answer's last sound: silence came before the interrupting sentence was over.
  const stop = lastSoundBefore(user, beganAtMs, (silentAtMs ?? beganAtMs) + 1);
  return stop - beganAtMs;
};

/** The end of the sound that was running at `fromMs`: the first gap of 200 ms after it. */
const lastSoundBefore = (user: User, fromMs: number, untilMs: number): number => {
  for (let atMs = fromMs; atMs < untilMs; atMs += 10) {
    if (user.ear.soundBetween(atMs, atMs + 200) === 0) return atMs;
  }
  return untilMs;
};

/** A person pauses in the middle: how often does Butler speak into it? */
const pauseTest = async (user: User, providers: Providers, pauseMs: number) => {
  let cuts = 0;
  for (const { a, b, text } of pauses) {
    const voiced = a.samples.length / 16;
    providers.groq.always({
      text: (audio) => (audio.durationMs > voiced + 600 + pauseMs * 0.5 ? text : a.text),
    });
    providers.claude.always({ text: replyAt(pauseMs + cuts) });
    const first = await user.say(a.samples);
    await sleep(pauseMs);
    const second = await user.say(b.samples);
    if (user.ear.soundBetween(first.endedAtMs, second.endedAtMs) >= 50) cuts += 1;
    await user.ear.waitForSound(second.endedAtMs, 9_000).catch(() => undefined);
    await user.ear.waitQuiet(900);
    await sleep(300);
  }
  return { pauseMs, cuts, of: pauses.length };
};

const measureDoor = async (
  door: string,
  { butler, providers, turns }: { butler: RunningButler; providers: Providers; turns: number },
): Promise<DoorFigures> => {
  const idleWatch = watch(butler.pid);
  await sleep(idleMs);
  const idle = idleWatch.stop().roles;
  const user = door === 'livekit' ? await butler.joinRoom() : await butler.join();
  if ('waitForTrack' in user) await user.waitForTrack();
  await sleep(1_500);
  const asked = household.filter((clip) => !/time|date|timer|day is it/i.test(clip.text));
  const clipAt = (at: number) => asked[at % asked.length] as Clip;
  await turn(user, providers, { clip: clipAt(0), reply: replyAt(100) });
  const fakes = [providers.groq, providers.claude, providers.kokoro];
  for (const fake of fakes) fake.reset();
  const talkingWatch = watch(butler.pid);
  const measured: DoorFigures['turns'] = [];
  for (let at = 1; at <= turns; at++) {
    const one = await turn(user, providers, { clip: clipAt(at), reply: replyAt(20 + at) });
    measured.push(one);
    process.stdout.write(`  ${door} ${at}/${turns}: ${Math.round(one.v2vMs)} ms\n`);
  }
  const [transcriptions = 0, answers = 0, clauses = 0] = fakes.map((fake) => fake.requests.length);
  const stops: number[] = [];
  for (let at = 0; at < bargeIns; at++) {
    const over = bargeIn[at % bargeIn.length] as Clip;
    stops.push(await interrupt(user, providers, [clipAt(at), over]));
  }
  const paused = [];
  for (const pauseMs of pausesMs) paused.push(await pauseTest(user, providers, pauseMs));
  const talking = talkingWatch.stop();
  await user.leave();
  return {
    door,
    turns: measured,
    bargeInMs: stops,
    pauses: paused,
    requests: { transcriptions, answers, clauses, turns },
    idle,
    talking,
  };
};

const summary = (figures: DoorFigures) => {
  const v2v = figures.turns.map((one) => one.v2vMs);
  const overhead = figures.turns.map((one) => one.v2vMs - one.providersMs);
  return {
    door: figures.door,
    turns: v2v.length,
    'v2v p50': median(v2v),
    'v2v p95': percentile(v2v, 0.95),
    'overhead p50': median(overhead),
    'overhead p95': percentile(overhead, 0.95),
    'barge-in p50': median(figures.bargeInMs),
    ...Object.fromEntries(
      figures.pauses.map(({ pauseMs, cuts, of }) => [`cuts ${pauseMs} ms`, `${cuts}/${of}`]),
    ),
    'busy %': (median(figures.turns.map((one) => one.busy)) ?? 0) * 100,
  };
};

const processRows = (figures: DoorFigures) =>
  Object.entries(figures.talking.roles).map(([role, cost]) => ({
    process: `${figures.door}: ${role}`,
    'idle MB': figures.idle[role]?.rssMb,
    'talking MB': cost.rssMb,
    'PSS MB': cost.pssMb,
    'CPU % of a core': (cost.cpuSeconds / figures.talking.seconds) * 100,
  }));

export default async function voice(options: string[]): Promise<object> {
  const turns = Number(options.find((option) => /^\d+$/.test(option)) ?? turnsDefault);
  const doors = ['websocket', 'livekit'].filter(
    (door) => !options.some((option) => /^[a-z]+$/.test(option)) || options.includes(door),
  );
  const providers = await startProviders(benchDelays);
  const results: DoorFigures[] = [];
  for (const door of doors) {
    const { environment } = providers;
    const start = door === 'livekit' ? startRoomButler : startButler;
    const butler = await start({ environment });
    if ('unavailable' in butler) {
      console.log(`${door} is left out: ${butler.unavailable}`);
      continue;
    }
    results.push(await measureDoor(door, { butler, providers, turns }));
    await butler.stop();
  }
  await providers.stop();
  await disposeLiveKit();
  console.log(`\n${table(results.map(summary))}\n\n${table(results.flatMap(processRows))}`);
  console.log(
    `\nMilliseconds; ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}. ` +
      'Overhead: above what the providers themselves took.',
  );
  return { delays: benchDelays, results, summary: results.map(summary) };
}
