/** No key, no LiveKit, no database: the house's own models hear real speech and speak. */
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { assertNothingLeft, processTree } from './rig/processes.ts';
import { transcribe } from './rig/transcribe.ts';
import type { WebSocketUser } from './rig/websocket-user.ts';
import { said, samplesOf } from './speech/clips.ts';
import { canRunModels, preparedModels } from './speech/models.ts';

const able = await canRunModels();

// The reason is printed by canRunModels: Python is missing on this machine.
describe.skipIf(!able)('without any key', () => {
  let butler: RunningButler;
  let user: WebSocketUser;

  beforeAll(async () => {
    const { dataFolder } = await preparedModels();
    butler = await startButler({ models: path.join(dataFolder, 'models') });
    await readyOf(butler);
    user = await butler.join();
    await sleep(500);
  });

  afterAll(async () => {
    await user?.leave();
    await butler?.stop();
  });

  it('tells the right time, aloud', async () => {
    const clip = said('What time is it?');
    const { startedAtMs, endedAtMs } = await user.say(clip.samples);
    const soundAtMs = await user.ear.waitForSound(endedAtMs, 20_000);
    const { text } = await user.waitFor(
      'transcript',
      ({ who, final }) => who === 'butler' && final === true,
      { sinceMs: startedAtMs, withinMs: 20_000 },
    );
    const [hour = '', minute = ''] = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Europe/Oslo',
      timeStyle: 'short',
    })
      .format(new Date(Date.now() - (performance.now() - endedAtMs)))
      .split(':');
    // "It's 2 p.m." on the hour, "It's 2:05 p.m." else.
    const said12 = `${Number(hour) % 12 || 12}${minute === '00' ? ' ' : `:${minute}`}`;
    expect([`${hour}:${minute}`, said12].some((time) => String(text).includes(time))).toBe(true);
    await user.ear.waitQuiet(800);
    const samples = user.ear.recording(soundAtMs - 200);
    const heard = await transcribe(butler.dataFolder, {
      samples,
      sampleRateHz: user.ear.sampleRateHz,
    });
    // Whisper writes the same time in many ways; the hour is in all of them.
    expect(heard).toMatch(new RegExp(`\\b0?(${Number(hour)}|${Number(hour) % 12 || 12})`));
  });

  it('sets a timer and speaks when it is due', async () => {
    const clip = said('Set a tea timer for ten seconds.');
    const { startedAtMs, endedAtMs } = await user.say(clip.samples);
    const answered = await user.waitFor(
      'transcript',
      ({ who, final }) => who === 'butler' && final === true,
      { sinceMs: startedAtMs, withinMs: 20_000 },
    );
    expect(String(answered.text)).toMatch(/ten|10/i);
    const due = await user.waitFor(
      'transcript',
      ({ who, text }) => who === 'butler' && /timer is up/i.test(String(text)),
      { sinceMs: endedAtMs, withinMs: 25_000 },
    );
    expect(String(due.text)).toMatch(/tea/i);
    await user.ear.waitForSound(due.atMs, 10_000);
    await user.ear.waitQuiet(800);
  });

  it('declines what needs a mind, and names what it can do', async () => {
    const clip = said('Who painted the Mona Lisa?');
    const { startedAtMs, endedAtMs } = await user.say(clip.samples);
    const answered = await user.waitFor(
      'transcript',
      ({ who, final }) => who === 'butler' && final === true,
      { sinceMs: startedAtMs, withinMs: 25_000 },
    );
    expect(String(answered.text)).toMatch(/can't answer that yet.*time/i);
    await user.ear.waitForSound(endedAtMs, 20_000);
    await user.ear.waitQuiet(800, 40_000);
  });

  it.each(['silence.wav', 'white-noise.wav', 'cough.wav', 'hum.wav'])(
    'takes %s for no turn',
    async (file) => {
      await user.ear.waitQuiet(1_500);
      const { startedAtMs } = await user.say(samplesOf(file));
      await sleep(3_000);
      const since = user.messages.all.filter(({ atMs }) => atMs > startedAtMs);
      const turns = since.filter(({ type, who }) => type === 'turn' || who === 'butler');
      expect(turns).toEqual([]);
    },
  );

  it('starts the models server again when it dies, and says so meanwhile', async () => {
    const python = processTree(butler.pid).find(({ command }) => command.includes('server.py'));
    expect(python).toBeDefined();
    process.kill(python?.pid ?? 0, 'SIGKILL');
    await sleep(300);
    const { parts } = (await (await fetch(`${butler.url}/health`)).json()) as Health;
    expect(parts.find(({ name }) => name === 'voice')?.state).toBe('starting');
    await readyOf(butler);
    const { endedAtMs } = await user.say(said('What time is it?').samples);
    await user.ear.waitForSound(endedAtMs, 20_000);
    await user.ear.waitQuiet(800);
  });

  it('leaves no process and no port behind', async () => {
    const pids = processTree(butler.pid).map(({ pid }) => pid);
    const port = Number(new URL(butler.url).port);
    await user.leave();
    await butler.stop();
    expect(await butler.exit).toBe(0);
    await assertNothingLeft({ pids, ports: [port] });
  });
});

interface Health {
  parts: { name: string; state: string }[];
}

const readyOf = async (butler: RunningButler): Promise<void> => {
  const giveUpAtMs = performance.now() + 60_000;
  while (performance.now() < giveUpAtMs) {
    const { parts } = (await (await fetch(`${butler.url}/health`)).json()) as Health;
    if (parts.every(({ name, state }) => name === 'mind' || state === 'ready')) return;
    await sleep(200);
  }
  throw new Error(`The models did not come up:\n${butler.output()}`);
};
