/** Text read twice: from the beginning each time, while it is still coming. */
import { describe, expect, it } from 'vitest';
import { Replay } from './replay.ts';

const collect = async (stream: ReadableStream<string>): Promise<string> => {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
};

describe('Replay', () => {
  it('gives a second reader everything, also what came before it', async () => {
    const gate = Promise.withResolvers<void>();
    const replay = new Replay(
      (async function* () {
        yield 'One ';
        await gate.promise;
        yield 'two.';
      })(),
    );
    const first = collect(replay.stream());
    await new Promise(setImmediate);
    const second = collect(replay.stream());
    gate.resolve();
    expect(await first).toBe('One two.');
    expect(await second).toBe('One two.');
    expect(replay.isEmpty).toBe(false);
  });

  it('passes a failure on after what was said', async () => {
    const replay = new Replay(
      (async function* () {
        yield 'Well';
        throw new Error('gone');
      })(),
    );
    const seen: string[] = [];
    await expect(
      (async () => {
        for await (const piece of replay.stream()) seen.push(piece);
      })(),
    ).rejects.toThrow('gone');
    expect(seen).toEqual(['Well']);
  });
});
