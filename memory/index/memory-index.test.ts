/** What was put in is found, what was removed is gone, in any order. */
import { describe, expect, it } from 'vitest';
import { type Entry, MemoryIndex } from './memory-index.ts';
import { VectorLengthError } from './vectors.ts';

const nowMs = Date.parse('2026-11-21T14:00:00Z');
const hourMs = 3_600_000;
const base = { nowMs, timeZone: 'Europe/Berlin', limit: 10 };

const indexOf = (kind: 'facts' | 'turns', entries: Iterable<Entry>): MemoryIndex => {
  const index = new MemoryIndex({ kind });
  index.put(entries);
  return index;
};
const ids = (index: MemoryIndex, text: string, more = {}): number[] =>
  index.search({ ...base, text, ...more }).map(({ id }) => id);

/** Numbers below `below`, the same each time. */
const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * below);
  };
};
const words = 'tea coffee milk garden dog walk piano lamp paint bike Oslo train letter soup'.split(
  ' ',
);
const makeEntry = (id: number, next: (below: number) => number): Entry => {
  const text = Array.from({ length: 3 + next(9) }, () => words[next(words.length)]).join(' ');
  const vector = Float32Array.from({ length: 12 }, () => next(1000) / 1000 - 0.5);
  return {
    id,
    text: next(4) === 0 ? `${text}?` : text,
    atMs: nowMs - next(60) * hourMs,
    session: `s${next(6)}`,
    weight: next(100) / 100,
    ...(next(5) > 0 && { vector }),
    ...(next(3) > 0 && { speaker: next(2) === 0 ? 'Ada' : 'Butler' }),
  };
};

describe('MemoryIndex of facts', () => {
  const facts: Entry[] = [
    { id: 1, text: 'Ada takes oat milk in her coffee', atMs: nowMs },
    { id: 2, text: 'Ada walks the dog every morning', atMs: nowMs },
    { id: 3, text: 'The piano is tuned by Mr. Lund', atMs: nowMs },
  ];

  it('finds by words, without any vector, and nothing that has none of them', () => {
    const index = indexOf('facts', facts);
    expect(ids(index, 'What milk do I take?')).toEqual([1]);
    expect(ids(index, 'Who tuned the piano?')).toEqual([3]);
    expect(ids(index, 'bicycle')).toEqual([]);
    expect(ids(index, '')).toEqual([]);
  });

  it('finds by meaning where the words differ', () => {
    const vectors = [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0), Float32Array.of(0, 0, 1)];
    const index = indexOf(
      'facts',
      facts.map((fact, at) => ({ ...fact, vector: vectors[at] as Float32Array })),
    );
    expect(ids(index, 'pet', { vector: Float32Array.of(0, 1, 0) })[0]).toBe(2);
  });

  it('puts the surer of two alike first', () => {
    const index = indexOf('facts', [
      { id: 1, text: 'Ada drinks tea', atMs: nowMs, weight: 0.2 },
      { id: 2, text: 'Ada drinks tea', atMs: nowMs, weight: 0.9 },
    ]);
    expect(ids(index, 'tea')).toEqual([2, 1]);
  });

  it('finds the one it is about by the name', () => {
    const index = indexOf('facts', [{ id: 1, text: 'likes jazz', speaker: 'Bo', atMs: nowMs }]);
    expect(ids(index, 'Bo')).toEqual([1]);
  });

  it('replaces an entry that comes again, and gives back its vector', () => {
    const index = indexOf('facts', facts);
    index.put([{ id: 1, text: 'Ada drinks tea', atMs: nowMs, vector: Float32Array.of(1, 0) }]);
    expect(ids(index, 'coffee')).toEqual([]);
    expect(ids(index, 'tea')).toEqual([1]);
    expect(index.size).toBe(3);
    expect(index.vectorOf(1)).toEqual(Float32Array.of(1, 0));
    expect(index.vectorOf(2)).toBeUndefined();
    expect(index.vectorOf(99)).toBeUndefined();
  });

  it('refuses a vector of another length and keeps what it had', () => {
    const index = indexOf('facts', [{ ...(facts[0] as Entry), vector: Float32Array.of(1, 0) }]);
    const wrong = { ...(facts[0] as Entry), text: 'other', vector: Float32Array.of(1) };
    expect(() => index.put([wrong])).toThrow(VectorLengthError);
    expect(() => ids(index, 'milk', { vector: Float32Array.of(1) })).toThrow(VectorLengthError);
    expect(ids(index, 'milk')).toEqual([1]);
  });
});

describe('MemoryIndex of turns', () => {
  const turns: Entry[] = [
    { id: 1, speaker: 'Ada', text: 'Which book did Tom lend me?', session: 'a' },
    { id: 2, speaker: 'Butler', text: 'Dune, by Frank Herbert.', session: 'a' },
    { id: 3, speaker: 'Ada', text: 'The garden needs water.', session: 'b' },
    { id: 4, speaker: 'Butler', text: 'The sprinkler runs at seven.', session: 'b' },
    { id: 5, speaker: 'Ada', text: 'I bought a lamp for the hall.', session: 'c' },
  ].map((turn, at) => ({ ...turn, atMs: nowMs - (100 - at * 20) * hourMs }));

  it('finds the answer beside the words of its question', () => {
    expect(
      ids(indexOf('turns', turns), 'the book that was lent by Tom').slice(0, 2).sort(),
    ).toEqual([1, 2]);
    expect(ids(indexOf('turns', turns), 'What did I ask about the book?')[0]).toBe(1);
  });

  it('prefers whose words are asked for', () => {
    const said = (id: number, speaker: string): Entry => ({
      ...{ id, speaker, text: 'the lamp is broken', atMs: nowMs, session: speaker },
    });
    const index = indexOf('turns', [said(1, 'Butler'), said(2, 'Ada Lund')]);
    expect(ids(index, 'What did Ada say about the lamp?')[0]).toBe(2);
    expect(ids(index, 'What did Butler say about the lamp?')[0]).toBe(1);
    expect(ids(index, 'What did I say about the lamp?', { names: ['Ada Lund'] })[0]).toBe(2);
  });

  it('finds what was said at the time, also without other words', () => {
    const index = indexOf('turns', turns);
    expect(ids(index, 'yesterday')[0]).toBe(5);
    expect(ids(index, 'What did I buy yesterday?')[0]).toBe(5);
  });

  it('forgets at once, also as a neighbour', () => {
    const index = indexOf('turns', turns);
    index.remove([1, 77]);
    expect(ids(index, 'book Tom lend')).toEqual([]);
    expect(index.size).toBe(4);
  });
});

describe.each(['facts', 'turns'] as const)('any order of changes to %s', (kind) => {
  it.each([1, 2, 3, 4])('finds what an index made at once finds (%i)', (seed) => {
    const next = random(seed);
    const index = new MemoryIndex({ kind });
    const alive = new Map<number, Entry>();
    for (let step = 0; step < 300; step++) {
      const id = next(80);
      if (next(3) === 0) {
        index.remove([id]);
        alive.delete(id);
      } else {
        const entry = makeEntry(id, next);
        index.put([entry]);
        alive.set(id, entry);
      }
    }
    const fresh = indexOf(kind, alive.values());
    expect(index.size).toBe(alive.size);
    for (const text of [...words, 'When did Ada paint the lamp?', 'soup with milk yesterday']) {
      const vector = Float32Array.from({ length: 12 }, () => next(1000) / 1000 - 0.5);
      const search = { ...base, text, vector, limit: 200 };
      const expected = new Map(fresh.search(search).map(({ id, score }) => [id, score]));
      const found = index.search(search);
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(expected.keys()));
      for (const { id, score } of found) expect(score).toBeCloseTo(expected.get(id) ?? 0, 4);
      const few = index.search({ ...search, limit: 5 });
      expect(few).toEqual(found.slice(0, 5));
    }
  });
});
