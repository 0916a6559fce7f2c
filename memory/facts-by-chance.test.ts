// Whatever is told, corrected, forgotten and undone in whatever order: what always holds of facts.
import { beforeAll, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import { type Chance, chanceOf } from '../tests/rig/random.ts';
import type { Database } from './database.ts';
import { createFacts, type Fact, FactError, type Facts, type Forgotten } from './facts.ts';
import { openUsers } from './users.ts';

const slots = ['coffee.milk', 'wake.time', 'home', null];
const texts = ['Takes oat milk', 'takes OAT milk.', 'Wakes at six', 'Lives in Rome', 'Likes tea'];
const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number));

interface Life {
  facts: Facts;
  personId: string;
  chance: Chance;
  /** Ids of every fact that was acknowledged. */
  told: Set<number>;
  /** What was deleted and has not come back. */
  gone: Map<number, Forgotten>;
  /** What an undo may bring back, at any later time. */
  undoable: (Fact | Forgotten)[];
}

const isOpen = (fact: Fact): boolean => fact.retiredAt === null && fact.validTo === null;
const all = ({ facts, personId }: Life) => facts.list(personId, { all: true });

const tell = async (life: Life): Promise<string> => {
  const { facts, personId, chance, told, undoable } = life;
  const slot = chance.oneOf(slots);
  const source = chance.oneOf(['explicit', 'inferred'] as const);
  const fact = { category: 'personal' as const, fact: chance.oneOf(texts), source };
  const tainted = chance.below(5) === 0;
  const whole = { ...fact, tainted, ...(slot !== null && { slot }) };
  const before = (await all(life)).filter(isOpen);
  const { outcome, ...rest } = await facts.remember(personId, whole, day(chance.below(60)));
  if (outcome !== 'refused' && rest.fact) told.add(rest.fact.id);
  if (rest.replaced) undoable.push(rest.replaced);
  const open = new Set((await all(life)).filter(isOpen).map(({ id }) => id));
  const lost = before.filter(({ id }) => !open.has(id));
  // Only what counts as told by the person ends what the person told.
  if (source === 'inferred') expect(lost.filter((old) => old.source === 'explicit')).toEqual([]);
  if (tainted) expect(lost).toEqual([]);
  expect(lost.map(({ id }) => id)).toEqual(rest.replaced ? [rest.replaced.id] : []);
  return `${outcome} ${source} ${fact.fact} in ${slot}`;
};

const forget = async (life: Life): Promise<string> => {
  const { facts, personId, chance, gone, undoable } = life;
  const rows = await all(life);
  if (rows.length === 0) return 'nothing to forget';
  const { id } = chance.oneOf(rows);
  const forgotten = await facts.forget(personId, [id]);
  expect(forgotten.map((fact) => fact.id)).toContain(id);
  for (const fact of forgotten) gone.set(fact.id, fact);
  undoable.push(...forgotten);
  return `forgot ${forgotten.length}`;
};

const undo = async (life: Life): Promise<string> => {
  const { facts, personId, chance, gone, undoable } = life;
  if (undoable.length === 0) return 'nothing to undo';
  const from = chance.below(undoable.length);
  const some = undoable.slice(from, from + 1 + chance.below(3));
  await facts.restore(personId, some);
  for (const { id } of some) gone.delete(id);
  return `restored ${some.map(({ id }) => id)}`;
};

const change = async (life: Life): Promise<string> => {
  const { facts, personId, chance, undoable } = life;
  const rows = (await all(life)).filter(isOpen);
  if (rows.length === 0) return 'nothing to change';
  const fact = chance.oneOf(rows);
  if (chance.below(2) === 0) {
    await facts.corrected(personId, fact.id, day(chance.below(60)));
    return `corrected ${fact.id}`;
  }
  undoable.push(fact);
  const patch = { fact: chance.oneOf(texts), slot: chance.oneOf(slots) };
  try {
    await facts.edit(personId, fact.id, patch);
  } catch (error) {
    if (!(error instanceof FactError)) throw error;
    return error.code;
  }
  return `edited ${fact.id}`;
};

const most = (counts: Map<string, unknown[]>): number =>
  Math.max(0, ...[...counts.values()].map((group) => group.length));

const holds = async (life: Life, done: string[]): Promise<void> => {
  const rows = await all(life);
  const said = JSON.stringify(done.slice(-12), null, 1);
  const open = rows.filter(isOpen);
  const inSlots = open.filter(({ slot }) => slot !== null);
  expect(most(Map.groupBy(inSlots, ({ slot }) => slot ?? '')), said).toBeLessThan(2);
  const spelt = ({ fact }: Fact): string => fact.toLowerCase().replace(/\.$/, '');
  expect(most(Map.groupBy(open, spelt)), said).toBeLessThan(2);
  for (const { validFrom, validTo, retiredAt } of rows) {
    expect(validTo === null, said).toBe(retiredAt === null);
    if (validTo) expect(Number(validTo), said).toBeGreaterThanOrEqual(Number(validFrom));
  }
  for (const [slot, group] of Map.groupBy(rows, (row) => row.slot)) {
    if (slot === null) continue;
    const spans = group
      .map(({ validFrom, validTo }) => [Number(validFrom), Number(validTo ?? Infinity)] as const)
      .filter(([from, to]) => from < to)
      .sort(([a], [b]) => a - b);
    for (const [index, [from]] of spans.entries()) {
      const before = spans[index - 1];
      if (before) expect(from, `${slot} ${said}`).toBeGreaterThanOrEqual(before[1]);
    }
  }
  const there = new Set(rows.map(({ id }) => id));
  for (const id of life.told) expect(there.has(id) !== life.gone.has(id), said).toBe(true);
  expect(new Set(await life.facts.ids(life.personId))).toEqual(new Set(open.map(({ id }) => id)));
};

eachEngine((open) => {
  let database: Database;
  const seen = new Set<string>();
  beforeAll(async () => {
    database = await open();
  }, 120_000);

  it.each([1, 2, 3, 4, 5])(
    'one truth for each slot and each text, nothing lost, by chance %i',
    async (seed) => {
      const chance = chanceOf(seed);
      const users = await openUsers(database);
      const { id } = await users.insert({ id: `chance-${seed}`, name: 'Ada', role: 'adult' });
      const facts = createFacts(database);
      const lists = { told: new Set<number>(), gone: new Map(), undoable: [] };
      const life: Life = { facts, personId: id, chance, ...lists };
      const done: string[] = [];
      for (let step = 0; step < 60; step += 1) {
        const act = chance.oneOf([tell, tell, tell, tell, forget, undo, undo, change]);
        done.push(await act(life));
        await holds(life, done);
      }
      for (const line of done) seen.add(line.split(' ')[0] ?? '');
    },
    120_000,
  );

  it('and by chance everything was tried', () => {
    const needed = ['added', 'known', 'replaced', 'refused', 'forgot', 'restored', 'edited'];
    expect([...seen]).toEqual(expect.arrayContaining([...needed, 'corrected', 'fact-slot-taken']));
  });

  it('one truth also when several processes tell at once', async () => {
    const users = await openUsers(database);
    const { id } = await users.insert({ id: 'at-once', name: 'Ada', role: 'adult' });
    const facts = createFacts(database);
    const said = Array.from({ length: 12 }, (_, index) => ({
      category: 'personal' as const,
      fact: `Wakes at ${index % 4}`,
      slot: 'wake.time',
      source: 'explicit' as const,
    }));
    const told = await Promise.all(said.map((fact) => facts.remember(id, fact)));
    expect(told.every(({ outcome }) => outcome !== 'refused')).toBe(true);
    expect(await facts.list(id)).toHaveLength(1);
  });
});
