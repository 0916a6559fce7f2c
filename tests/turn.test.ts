/** A turn from sound to sound over both doors; only the three services are protocol fakes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunningButler } from './rig/butler.ts';
import { startButler } from './rig/butler.ts';
import { disposeLiveKit } from './rig/livekit-user.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startRoomButler } from './rig/rooms.ts';
import type { User } from './rig/user.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { said, samplesOf } from './speech/clips.ts';

const quick = {
  transcriptionMs: 60,
  firstTokenMs: 80,
  tokensPerSecond: 120,
  speechFirstByteMs: 40,
  speechRealTimeFactor: 10,
};
const answer = 'Leonardo da Vinci painted it. It hangs in Paris.';
const long = Array(4).fill('Honey bees dance to tell the others where the flowers are.').join(' ');

afterAll(disposeLiveKit);

const liveKit = await findLiveKit();
const doors = [
  { door: 'WebSocket', start: startButler, why: undefined },
  {
    door: 'LiveKit',
    start: startRoomButler,
    why: 'unavailable' in liveKit ? liveKit.unavailable : undefined,
  },
];

for (const { door, start, why } of doors) {
  // Without Go there is no real LiveKit server on this machine; the reason is in the title.
  describe.skipIf(why)(`over ${door}${why ? ` (${why})` : ''}`, () => {
    let providers: Providers;
    let butler: RunningButler;
    let user: User;

    beforeAll(async () => {
      providers = await startProviders(quick);
      const started = await start({ environment: providers.environment });
      if ('unavailable' in started) throw new Error(started.unavailable);
      butler = started;
      const joined = door === 'LiveKit' ? await butler.joinRoom() : await butler.join();
      if ('waitForTrack' in joined) await joined.waitForTrack();
      user = joined;
      await sleep(1_000);
    });

    beforeEach(async () => {
      for (const fake of [providers.groq, providers.claude, providers.kokoro]) fake.reset();
      providers.claude.always({ text: answer });
      await user?.ear.waitQuiet(500);
    });

    afterAll(async () => {
      await user?.leave();
      await butler?.stop();
      await providers?.stop();
    });

    const hears = (text: string): void => providers.groq.always({ text });
    const since = (sinceMs: number) => ({ sinceMs, withinMs: 15_000 });
    const finalOf = (who: string, sinceMs: number) =>
      user.waitFor('transcript', (event) => event.who === who && !!event.final, since(sinceMs));

    it('answers a question aloud, and shows both sides', async () => {
      const clip = said('Who painted the Mona Lisa?');
      hears(clip.text);
      const { startedAtMs, endedAtMs } = await user.say(clip.samples);
      expect(await user.ear.waitForSound(endedAtMs)).toBeGreaterThan(endedAtMs);
      expect((await finalOf('person', startedAtMs)).text).toBe(clip.text);
      expect((await finalOf('butler', startedAtMs)).text).toBe(answer);
      const { clocks } = await user.waitFor('turn', undefined, since(startedAtMs));
      expect(clocks).toMatchObject({ input: 'voice', path: 'mind' });
      expect(clocks).toHaveProperty('firstSentMs');
      const states = user.messages.of('state').filter(({ atMs }) => atMs > startedAtMs);
      expect(states.map(({ state }) => state)).toEqual(['thinking', 'speaking', 'listening']);
    });

    it('runs a declared sentence without the mind', async () => {
      const clip = said('What time is it?');
      hears(clip.text);
      const { startedAtMs, endedAtMs } = await user.say(clip.samples);
      await user.ear.waitForSound(endedAtMs);
      const hours = [0, -60_000].map((shiftMs) =>
        new Intl.DateTimeFormat('en', { timeZone: 'Europe/Oslo', hour: 'numeric', hour12: true })
          .format(new Date(Date.now() + shiftMs))
          .replace(/\D/g, ''),
      );
      const { text } = await finalOf('butler', startedAtMs);
      expect(hours.some((hour) => String(text).includes(hour))).toBe(true);
      expect(providers.claude.requests).toHaveLength(0);
    });

    it('lets the mind use a tool in the middle of a turn', async () => {
      const clip = said('What should I cook with leftover rice?');
      hears(clip.text);
      providers.claude.next(
        { text: 'Let me look.', toolCalls: [{ name: 'clock_time', input: {} }] },
        { text: 'It is time for fried rice.' },
      );
      const { startedAtMs, endedAtMs } = await user.say(clip.samples);
      await user.ear.waitForSound(endedAtMs);
      await user.waitFor('tool-end', ({ ok }) => ok === true, since(startedAtMs));
      await user.waitFor(
        'transcript',
        ({ who, final, text }) => who === 'butler' && !!final && /fried rice/.test(String(text)),
        since(startedAtMs),
      );
      const second = providers.claude.requests.at(-1)?.body as { messages: unknown[] };
      expect(JSON.stringify(second.messages)).toContain('tool_result');
    });

    it('falls silent when somebody speaks over it, and keeps what was heard', async () => {
      const clip = said('Tell me something interesting about honey bees.');
      hears(clip.text);
      providers.claude.always({ text: long });
      const { endedAtMs } = await user.say(clip.samples);
      await user.ear.waitForSound(endedAtMs);
      await sleep(1_500);
      const over = said('No, not that one.');
      hears(over.text);
      providers.claude.always({ text: 'All right.' });
      const spoken = await user.say(over.samples);
      const cut = await user.waitFor(
        'transcript',
        ({ who, final, text }) => who === 'butler' && !!final && String(text).length < long.length,
        since(spoken.startedAtMs),
      );
      expect(long).toContain(String(cut.text).split(' ').slice(0, 3).join(' '));
      expect(String(cut.text).length).toBeGreaterThan(10);
      // The interrupting sentence is spoken into silence: nothing sounds in its second half.
      const middle = (spoken.startedAtMs + spoken.endedAtMs) / 2;
      expect(user.ear.soundBetween(middle + 150, spoken.endedAtMs)).toBe(0);
      await user.ear.waitForSound(spoken.endedAtMs);
      const last = providers.claude.requests.at(-1)?.body as { messages: unknown[] };
      expect(JSON.stringify(last.messages)).not.toContain(long);
    });

    it('goes on after a cough', async () => {
      const clip = said('Tell me something interesting about honey bees.');
      hears(clip.text);
      providers.claude.always({ text: long });
      const { startedAtMs, endedAtMs } = await user.say(clip.samples);
      await user.ear.waitForSound(endedAtMs);
      await sleep(800);
      hears('');
      const cough = await user.say(samplesOf('cough.wav'));
      await user.ear.waitForSound(cough.endedAtMs + 1_200);
      expect((await finalOf('butler', startedAtMs)).text).toBe(long);
      expect(providers.claude.requests).toHaveLength(1);
    });

    it('takes a held turn at the release, and a press as a barge-in', async () => {
      const clip = said('Tell me something interesting about honey bees.');
      hears(clip.text);
      providers.claude.always({ text: long });
      user.talk(true);
      await sleep(100);
      const { startedAtMs, endedAtMs } = await user.say(clip.samples);
      user.talk(false);
      await user.ear.waitForSound(endedAtMs);
      await sleep(800);
      user.talk(true);
      const pressedAtMs = performance.now();
      await sleep(700);
      expect(user.ear.soundBetween(pressedAtMs + 400, pressedAtMs + 700)).toBe(0);
      user.talk(false);
      const { clocks } = await user.waitFor('turn', undefined, since(startedAtMs));
      expect(clocks).toMatchObject({ input: 'hold', interrupted: true });
    });

    it('answers typed text aloud', async () => {
      const before = performance.now();
      user.text('who painted the mona lisa');
      await user.ear.waitForSound(before);
      expect((await finalOf('butler', before)).text).toBe(answer);
    });

    it('says within three seconds what is wrong with the mind, and lives', async () => {
      const clip = said('Who painted the Mona Lisa?');
      hears(clip.text);
      for (const fault of [{ status: 401 }, { status: 500 }, 'hang', 'close', 'garbage'] as const) {
        providers.claude.always({ text: answer, fault });
        const { startedAtMs, endedAtMs } = await user.say(clip.samples);
        const soundAtMs = await user.ear.waitForSound(endedAtMs, 6_000);
        expect(soundAtMs - endedAtMs, JSON.stringify(fault)).toBeLessThan(3_400);
        if (fault !== 'hang') await user.waitFor('error', undefined, since(startedAtMs));
        user.stop();
        await user.ear.waitQuiet(700);
      }
      providers.claude.always({ text: answer });
      const { startedAtMs } = await user.say(clip.samples);
      expect((await finalOf('butler', startedAtMs)).text).toBe(answer);
    });

    it('says what is wrong with hearing, and hears the next turn', async () => {
      const clip = said('Who painted the Mona Lisa?');
      for (const fault of [{ status: 401 }, { status: 500 }, 'hang'] as const) {
        providers.groq.always({ text: clip.text, fault });
        const { startedAtMs, endedAtMs } = await user.say(clip.samples);
        const { code } = await user.waitFor('error', undefined, since(startedAtMs));
        expect(code).toBe('hearing-failed');
        const soundAtMs = await user.ear.waitForSound(endedAtMs, 6_000);
        expect(soundAtMs - endedAtMs, JSON.stringify(fault)).toBeLessThan(3_400);
        await user.ear.waitQuiet(700);
      }
      hears(clip.text);
      const { startedAtMs } = await user.say(clip.samples);
      expect((await finalOf('butler', startedAtMs)).text).toBe(answer);
    });

    it('shows the answer when the voice fails, and speaks the next one', async () => {
      const clip = said('Who painted the Mona Lisa?');
      hears(clip.text);
      // Words that were never said before: what is said often is kept and needs no service.
      providers.claude.always({ text: 'Nobody has ever asked me that on a Tuesday in spring.' });
      providers.kokoro.always({ fault: { status: 500 } });
      const first = await user.say(clip.samples);
      const { code } = await user.waitFor('error', undefined, since(first.startedAtMs));
      expect(code).toBe('voice-failed');
      providers.kokoro.reset();
      await sleep(1_000);
      const { endedAtMs } = await user.say(clip.samples);
      await user.ear.waitForSound(endedAtMs);
    });
  });
}
