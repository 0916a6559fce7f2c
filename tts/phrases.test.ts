// Kept sound: limits, order of leaving, counting, warming up.
import { describe, expect, it } from 'vitest';
import { Phrases, usualPhrases } from './phrases.ts';

const sound = (length: number) => [new Int16Array(length).fill(7), new Int16Array(1).fill(8)];

describe('keeping', () => {
  it('gives back what was put, per voice', () => {
    const phrases = new Phrases();
    phrases.put('a', 'Done.', sound(3));
    expect([...(phrases.get('a', 'Done.') ?? [])]).toEqual([7, 7, 7, 8]);
    expect(phrases.get('b', 'Done.')).toBeUndefined();
    expect(phrases.bytes).toBe(8);
  });

  it('drops what was not used for longest', () => {
    const phrases = new Phrases({ bytesMax: 40 });
    phrases.put('a', 'one', sound(7));
    phrases.put('a', 'two', sound(7));
    phrases.get('a', 'one');
    phrases.put('a', 'three', sound(7));
    expect(phrases.get('a', 'two')).toBeUndefined();
    expect(phrases.get('a', 'one')).toBeDefined();
    expect(phrases.bytes).toBe(32);
  });

  it('counts replaced sound once, and keeps neither nothing nor too much', () => {
    const phrases = new Phrases({ bytesMax: 40 });
    phrases.put('a', 'one', sound(7));
    phrases.put('a', 'one', sound(3));
    phrases.put('a', 'none', []);
    phrases.put('a', 'huge', sound(100));
    expect(phrases.bytes).toBe(8);
  });

  it('finds a short text worth keeping from its second use on', () => {
    const phrases = new Phrases({ countedMax: 2 });
    expect(phrases.isWorthKeeping('a', 'It is on.')).toBe(false);
    expect(phrases.isWorthKeeping('a', 'It is on.')).toBe(true);
    expect(phrases.isWorthKeeping('b', 'It is on.')).toBe(false);
    const long = 'x'.repeat(61);
    phrases.isWorthKeeping('a', long);
    expect(phrases.isWorthKeeping('a', long)).toBe(false);
    phrases.isWorthKeeping('a', 'another');
    expect(phrases.isWorthKeeping('a', 'It is on.')).toBe(false);
  });
});

describe('warming up', () => {
  const { signal } = new AbortController();

  it('makes what is missing, one after the other, and survives failures', async () => {
    const phrases = new Phrases();
    phrases.put('a', 'Done.', sound(1));
    const asked: string[] = [];
    const speak = async function* (text: string) {
      asked.push(text);
      if (text === 'Bad.') throw new Error('no voice');
      yield new Int16Array(5);
    };
    const list = ['Done.', 'Bad.', 'Yes?'];
    await phrases.warmUp({
      voice: 'a',
      phrases: list,
      speak,
      isBusy: () => false,
      signal,
      pauseMs: 1,
    });
    expect(asked).toEqual(['Bad.', 'Yes?']);
    expect(phrases.get('a', 'Yes?')).toHaveLength(5);
    expect(phrases.get('a', 'Bad.')).toBeUndefined();
  });

  it('waits while somebody talks, and stops when it is told', async () => {
    const phrases = new Phrases();
    const stop = new AbortController();
    let looks = 0;
    const isBusy = () => {
      looks++;
      if (looks === 3) stop.abort();
      return true;
    };
    const speak = () => {
      throw new Error('must not be asked');
    };
    const list = usualPhrases.en ?? [];
    await phrases.warmUp({
      voice: 'a',
      phrases: list,
      speak,
      isBusy,
      signal: stop.signal,
      pauseMs: 1,
    });
    expect(looks).toBe(3);
    expect(phrases.bytes).toBe(0);
  });
});
