/** What of the sound around the word leaves the device, and in which order. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FrameListener, VoiceInput } from '../voice/microphone.ts';
import { CatchUp } from './catch-up.ts';

const frame = (value: number): ArrayBuffer => new Int16Array(320).fill(value).buffer;
const firstOf = (one: ArrayBuffer): number => new Int16Array(one)[0] ?? 0;
class FakeMicrophone implements VoiceInput {
  readonly track = undefined;
  say: FrameListener = () => undefined;
  open(onFrame: FrameListener): void {
    this.say = onFrame;
  }
  async shut(): Promise<void> {
    this.say = () => undefined;
  }
}

const opened = ({ word, after }: { word: number[]; after: number[] }) => {
  const microphone = new FakeMicrophone();
  const catchUp = new CatchUp(microphone);
  for (const value of word) catchUp.keep(frame(value));
  catchUp.called();
  for (const value of after) catchUp.keep(frame(value));
  const sent: number[] = [];
  catchUp.open((one) => sent.push(firstOf(one)));
  return { microphone, catchUp, sent };
};

const times = (count: number, value: number): number[] =>
  Array.from({ length: count }, () => value);

describe('sound from before the connection', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('comes first and whole where somebody went on speaking, live frames behind it', () => {
    const word = Array.from({ length: 70 }, (_, index) => 1_000 + index);
    const after = Array.from({ length: 20 }, (_, index) => 2_000 + index);
    const { microphone, sent } = opened({ word, after });
    microphone.say(frame(3_000));
    vi.advanceTimersByTime(100);
    microphone.say(frame(3_001));
    expect(sent).toEqual([...word, ...after, 3_000, 3_001]);
  });

  it('is not poured out all at once', () => {
    const { sent } = opened({ word: times(70, 1_000), after: times(130, 1_000) });
    expect(sent.length).toBeLessThan(50);
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(200);
  });

  it('leaves the word out where a pause followed it', () => {
    const word = [...times(70, 4_000), ...times(6, 20)];
    const after = [...times(8, 20), ...times(10, 2_000)];
    const { microphone, sent } = opened({ word, after });
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([...times(11, 20), ...times(10, 2_000)]);
    microphone.say(frame(5_000));
    expect(sent.at(-1)).toBe(5_000);
  });

  it('sends no sound of a word after which nobody went on', () => {
    const after = [...times(3, 3_000), ...times(20, 20)];
    const { sent } = opened({ word: times(80, 4_000), after });
    vi.advanceTimersByTime(100);
    expect(new Set(sent)).toEqual(new Set([20]));
  });

  it('keeps a short order that followed at once, whatever pause comes after it', () => {
    const after = [...times(12, 2_500), ...times(30, 20)];
    const { sent } = opened({ word: times(80, 4_000), after });
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([...times(75, 4_000), ...after]);
  });

  it('does not cut in the closed mouth of a “t”', () => {
    const word = [...times(70, 4_000), ...times(4, 10), ...times(6, 1_500)];
    const { sent } = opened({ word, after: times(20, 2_000) });
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(95);
  });

  it('hears a far voice as well as a near one, and one over a fan', () => {
    const far = opened({ word: times(80, 120), after: times(20, 100) });
    const fan = [...times(30, 600), ...times(50, 4_000), ...times(8, 600), ...times(10, 3_000)];
    const overFan = opened({ word: fan.slice(0, 82), after: fan.slice(82) });
    vi.advanceTimersByTime(100);
    expect(far.sent).toHaveLength(95);
    expect(new Set(overFan.sent)).toEqual(new Set([600, 3_000]));
  });

  it('hands over what is left before it is shut', async () => {
    const { catchUp, sent } = opened({ word: times(70, 1_000), after: times(130, 1_000) });
    await catchUp.shut();
    expect(sent).toHaveLength(200);
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(200);
  });

  it('never goes out where the word was not said, however long it was kept', () => {
    const microphone = new FakeMicrophone();
    const untold = new CatchUp(microphone);
    for (const value of times(300, 4_000)) untold.keep(frame(value));
    const heard: number[] = [];
    untold.open((one) => heard.push(firstOf(one)));
    vi.advanceTimersByTime(100);
    expect(heard).toEqual([]);
  });

  it('sends no more than the word of what was said before', () => {
    const { sent } = opened({ word: times(400, 1_000), after: times(20, 1_000) });
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(95);
  });

  it('looks for the pause where the word was, also where the ear is behind', () => {
    const microphone = new FakeMicrophone();
    const late = new CatchUp(microphone);
    const said = [...times(50, 4_000), ...times(10, 20), ...times(30, 3_000), ...times(10, 20)];
    for (const value of said) late.keep(frame(value));
    late.called(900);
    const heard: number[] = [];
    late.open((one) => heard.push(firstOf(one)));
    vi.advanceTimersByTime(100);
    expect(heard).toEqual([...times(7, 20), ...times(30, 3_000), ...times(10, 20)]);
  });

  it('forgets the oldest where a house takes long to answer, and all when told to', () => {
    const { sent } = opened({ word: times(75, 1), after: times(600, 2_000) });
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual(times(500, 2_000));
    const microphone = new FakeMicrophone();
    const silent = new CatchUp(microphone);
    for (const value of times(50, 1_000)) silent.keep(frame(value));
    silent.called();
    silent.forget();
    const heard: number[] = [];
    silent.open((one) => heard.push(firstOf(one)));
    vi.advanceTimersByTime(100);
    expect(heard).toEqual([]);
  });
});
