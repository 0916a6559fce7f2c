/** How a text is cut for speech, asked of the Python that does it. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findPython } from './python.ts';

const found = await findPython();
if (!found.ok) console.log(`Skipped: ${found.why}`);

const PROGRAM =
  'import json, sys; from pieces import pieces; print(json.dumps(pieces(sys.argv[1])))';

const cut = (text: string): [string, number][] => {
  const python = found.ok ? found.path : '';
  const options = { cwd: import.meta.dirname, encoding: 'utf8' as const };
  return JSON.parse(execFileSync(python, ['-c', PROGRAM, text], options));
};

describe.skipIf(!found.ok)('pieces', () => {
  it('leaves a short sentence whole', () => {
    expect(cut('The kitchen light is on.')).toEqual([['The kitchen light is on.', 0]]);
  });

  it('begins with the first clause and lets the pieces grow', () => {
    const text =
      'The dishwasher has finished, and the washing machine needs twenty minutes or so. ' +
      'After that I would hang up the laundry, because it is going to be dry until the evening.';
    const lengths = cut(text).map(([piece]) => piece.length);
    expect(lengths[0]).toBeLessThanOrEqual(45);
    for (const [index, length] of lengths.slice(1).entries()) {
      expect(length).toBeLessThanOrEqual(2.5 * lengths[index]!);
    }
    expect(
      cut(text)
        .map(([piece]) => piece)
        .join(' '),
    ).toBe(text);
  });

  it('rests longer after a sentence than after a clause, and not after the last piece', () => {
    const rests = cut(`Yes, of course I will do that for you. ${'It is late now. '.repeat(12)}`);
    expect(rests.map(([, seconds]) => seconds)).toContain(0.3);
    expect(rests.at(-1)?.[1]).toBe(0);
  });

  it('does not stop after an abbreviation or inside a number', () => {
    expect(cut('Dr. Lee comes at 9.30 a.m. on Monday.')).toHaveLength(1);
  });

  it('cuts even what has no punctuation, between words, losing none', () => {
    const text = 'one two three four five six seven eight nine ten '.repeat(12).trim();
    const cutUp = cut(text);
    expect(Math.max(...cutUp.map(([piece]) => piece.length))).toBeLessThanOrEqual(240);
    expect(cutUp.map(([piece]) => piece).join(' ')).toBe(text);
    const endless = 'a'.repeat(1_000);
    const letters = cut(endless).map(([piece]) => piece.replaceAll(' ', ''));
    expect(letters.join('')).toBe(endless);
  });
});
