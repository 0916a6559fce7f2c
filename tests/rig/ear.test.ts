/** The ear says when it heard what; the loudspeaker lets sound out in real time only. */
import { describe, expect, test } from 'vitest';
import { Ear } from './ear.ts';
import { Loudspeaker } from './loudspeaker.ts';
import { Messages } from './messages.ts';
import { concatenate, quiet, voice } from './wav.ts';

const rateHz = 24_000;
const loud = (ms: number) => voice(ms, rateHz);

describe('ear', () => {
  test('finds beginnings and ends in sound of any chunk length', () => {
    const ear = new Ear({ sampleRateHz: rateHz });
    const whole = concatenate([quiet(100, rateHz), loud(200), quiet(300, rateHz), loud(50)]);
    for (let at = 0; at < whole.length; at += 331) {
      ear.hear(whole.subarray(at, at + 331), 1_000 + (at * 1000) / rateHz);
    }
    expect(ear.firstSoundAfter(0)).toBeCloseTo(1_100, 6);
    expect(ear.firstSoundAfter(1_320)).toBeCloseTo(1_600, 6);
    expect(ear.firstSoundAfter(1_660)).toBeUndefined();
    expect(ear.lastSound()).toBeCloseTo(1_650, 6);
    expect(ear.soundBetween(1_000, 1_500)).toBe(200);
    expect(ear.soundBetween(1_305, 1_595)).toBe(0);
    expect(ear.recording()).toEqual(whole);
    expect(ear.recording(1_500).length).toBeLessThan(whole.length / 2);
  });

  test('one loud frame is a click, not sound', () => {
    const ear = new Ear({ sampleRateHz: rateHz });
    ear.hear(concatenate([quiet(50, rateHz), loud(10), quiet(50, rateHz)]), 0);
    expect(ear.firstSoundAfter(-1)).toBeUndefined();
  });

  test('waits for sound and for quiet, and gives up with a sentence', async () => {
    const ear = new Ear({ sampleRateHz: rateHz });
    const beganAtMs = performance.now();
    setTimeout(() => ear.hear(loud(20), performance.now()), 40);
    const heardAtMs = await ear.waitForSound(beganAtMs, 1_000);
    expect(heardAtMs - beganAtMs).toBeGreaterThan(35);
    expect(await ear.waitQuiet(60)).toBeCloseTo(heardAtMs + 20, 0);
    expect(performance.now() - heardAtMs).toBeGreaterThan(75);
    await expect(ear.waitForSound(performance.now(), 30)).rejects.toThrow(/Nothing was heard/);
  });
});

describe('loudspeaker', () => {
  const make = () => {
    const clock = { ms: 0 };
    const now = () => clock.ms;
    const ear = new Ear({ sampleRateHz: rateHz, now });
    const loudspeaker = new Loudspeaker({ ear, now });
    return { clock, ear, loudspeaker };
  };

  test('a burst is heard 40 ms later, at the speed of sound, and drains once', () => {
    const { clock, ear, loudspeaker } = make();
    let drained = 0;
    loudspeaker.onDrain = () => drained++;
    for (let part = 0; part < 10; part++) loudspeaker.play(loud(20));
    clock.ms = 39;
    loudspeaker.advance();
    expect(ear.firstSoundAfter(0)).toBeUndefined();
    clock.ms = 140;
    loudspeaker.advance();
    expect(ear.firstSoundAfter(0)).toBe(40);
    expect(loudspeaker.playedMs).toBe(100);
    clock.ms = 500;
    loudspeaker.advance();
    expect(ear.lastSound()).toBe(240);
    expect([loudspeaker.playedMs, drained, loudspeaker.playing]).toEqual([200, 1, false]);
    loudspeaker.close();
  });

  test('clear drops what has not been heard; the next sound waits its 40 ms again', () => {
    const { clock, ear, loudspeaker } = make();
    loudspeaker.play(loud(1_000));
    clock.ms = 140;
    loudspeaker.clear();
    expect(loudspeaker.playedMs).toBe(100);
    clock.ms = 600;
    loudspeaker.advance();
    expect(ear.lastSound()).toBe(140);
    loudspeaker.resetPlayed();
    loudspeaker.play(loud(25));
    clock.ms = 700;
    loudspeaker.advance();
    expect(ear.firstSoundAfter(600)).toBe(640);
    expect(loudspeaker.playedMs).toBe(25);
    loudspeaker.close();
  });
});

describe('messages', () => {
  test('waits for one that fits, come or to come, and says what came instead', async () => {
    const messages = new Messages();
    messages.receive('{"type":"state","state":"listening"}', 10);
    expect(await messages.waitFor('state')).toMatchObject({ state: 'listening', atMs: 10 });
    const later = messages.waitFor('state', ({ state }) => state === 'speaking');
    messages.receive('not json', 20);
    messages.receive('{"type":"state","state":"speaking"}', 30);
    expect((await later).atMs).toBe(30);
    const newer = messages.waitFor('state', undefined, { sinceMs: 31, withinMs: 20 });
    await expect(newer).rejects.toThrow(/No such state within 20 ms.*malformed.*speaking/);
    const hanging = messages.waitFor('turn');
    messages.end('The connection is closed.');
    await expect(hanging).rejects.toThrow('The connection is closed.');
    await expect(messages.waitFor('turn')).rejects.toThrow('The connection is closed.');
    expect(messages.of('state')).toHaveLength(2);
  });
});
