/** Facts that the words are not about stay out of a turn, though some always fit best. */
import { expect, it } from 'vitest';
import { silent } from '../../tests/rig/database-folder.ts';
import type { Embedder } from '../embed.ts';
import type { FactRow, Facts } from '../facts.ts';
import { createRecall } from '../recall.ts';

const at = new Date('2026-11-21T12:00:00Z');
const model = 'made-up';
const dimension = 64;

/** Of length one, and so alike to the first direction. */
const alike = (cosine: number, other: number): Float32Array => {
  const vector = new Float32Array(dimension);
  vector[0] = cosine;
  vector[1 + (other % (dimension - 1))] = Math.sqrt(1 - cosine ** 2);
  return vector;
};

const row = (id: number, fact: string, cosine: number): FactRow => ({
  ...{ id, personId: 'ada', category: 'preference', slot: null, fact, source: 'explicit' },
  ...{ confidence: id <= 4 ? 1 : 0.6, uses: 0, validFrom: at, validTo: null, recordedAt: at },
  ...{ retiredAt: null, supersededBy: null, origin: {}, tainted: false, lastReferenced: at },
  ...{ revision: id, vector: { model, values: alike(cosine, id) } },
});

/** Ids 1 to 4 are the strongest; all are as alike to any question as unlike sentences are. */
const rows = Array.from({ length: 36 }, (_, at) =>
  row(at + 1, `Ada likes thing${at}`, ((at % 9) - 1) / 50),
);

const told = async (question: string, more: FactRow[], vectors = true): Promise<string[]> => {
  const all = [...rows, ...more];
  const facts: Partial<Facts> = {
    start: async () => ({ revision: 99, deleted: 0, ids: all.map(({ id }) => id) }),
    rows: async () => all,
    changedSince: async () => ({ revision: 99, deleted: 0, rows: [] }),
  };
  const embedder: Embedder = {
    model,
    dimension: () => dimension,
    state: () => ({ state: 'ready', sentence: '', model, dimension }),
    embed: async () => {
      if (!vectors) throw new Error('away');
      return [alike(1, 0)];
    },
  };
  const rest = { history: {} as never, users: { byId: () => undefined }, timeZone: 'UTC' };
  const parts = { facts: facts as Facts, embedder, now: () => at, log: silent };
  const recall = createRecall({ ...parts, ...rest });
  const recalled = await recall.recall('ada', question, { deadlineMs: 5_000 });
  return recalled.facts.map(({ fact }) => fact);
};

const strongest = rows.slice(0, 4).map(({ fact }) => fact);

it('a question about nothing that is known: only the strongest', async () => {
  expect(await told('How far is the moon?', [])).toEqual(strongest);
  // A name that nearly every fact has is no reason.
  expect(await told('Does Ada know how far the moon is?', [])).toEqual(strongest);
});

it('what comes near by its meaning is told, with none of the words', async () => {
  const nuts = row(50, 'is allergic to peanuts', 0.21);
  expect(await told('What can I eat?', [nuts])).toEqual([nuts.fact, ...strongest]);
});

it('what shares a word that few have is told, however unlike it is', async () => {
  const lamp = row(50, 'turns the lamps down at nine', 0);
  expect(await told('Which lamps are on?', [lamp])).toEqual([lamp.fact, ...strongest]);
});

it('without vectors any shared word is enough', async () => {
  const films = Array.from({ length: 6 }, (_, at) => row(50 + at, `watches films of ${at}`, 0));
  const found = await told('Which films?', films, false);
  expect(found.slice(0, 6).every((fact) => fact.includes('films'))).toBe(true);
  expect(await told('Which films?', films)).not.toContain(films[0]?.fact);
});
