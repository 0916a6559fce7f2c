// Facts on both databases: what is written, what it replaces, and what comes back.
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import type { Database } from './database.ts';
import { createFacts, type Facts, type NewFact } from './facts.ts';
import { createHistory, type History } from './history.ts';
import { openUsers } from './users.ts';

const told = (fact: string, slot?: string): NewFact => ({
  category: 'preference',
  fact,
  source: 'explicit',
  ...(slot !== undefined && { slot }),
});
const guessed = (fact: string, slot?: string): NewFact => ({
  ...told(fact, slot),
  source: 'inferred',
});
const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const vector = (...values: number[]) => Float32Array.from(values);

eachEngine((open) => {
  let database: Database;
  let facts: Facts;
  let history: History;
  let people = 0;
  let ada = '';
  beforeAll(async () => {
    database = await open();
    facts = createFacts(database);
    history = createHistory(database);
  }, 120_000);
  const person = async () => {
    people += 1;
    const users = await openUsers(database);
    return (await users.insert({ id: `person-${people}`, name: 'Ada', role: 'adult' })).id;
  };

  describe('a fact', () => {
    it('is added once, however it is spelt, and grows surer', async () => {
      ada = await person();
      const first = await facts.remember(ada, guessed('  Ärgert sich\n über  Regen. '), day(1));
      expect(first).toMatchObject({
        outcome: 'added',
        fact: { fact: 'Ärgert sich über Regen.', confidence: 0.5, source: 'inferred' },
      });
      const again = await facts.remember(ada, guessed('ärgert sich über REGEN!'), day(2));
      expect(again).toMatchObject({ outcome: 'known', fact: { id: first.fact?.id } });
      expect(again.fact?.confidence).toBeCloseTo(0.55);
      expect(again.fact?.lastReferenced).toEqual(day(2));
      const said = await facts.remember(ada, told('Ärgert sich über Regen'), day(3));
      expect(said).toMatchObject({ outcome: 'known', fact: { source: 'explicit' } });
      expect(said.fact?.confidence).toBeGreaterThanOrEqual(0.95);
      expect(await facts.list(ada)).toHaveLength(1);
      expect(await facts.byId(ada, first.fact?.id ?? 0)).toEqual(said.fact);
      expect(await facts.byId(await person(), first.fact?.id ?? 0)).toBeUndefined();
    });

    it('takes the slot of an older one, which stays as history', async () => {
      ada = await person();
      await facts.remember(ada, guessed('Takes cow milk', 'coffee.milk'), day(1));
      const oat = await facts.remember(ada, told('Takes oat milk', 'Coffee.Milk'), day(5));
      expect(oat.outcome).toBe('replaced');
      expect(oat.replaced).toMatchObject({ fact: 'Takes cow milk', validTo: null });
      const soy = await facts.remember(ada, guessed('Takes soy milk', 'coffee.milk'), day(6));
      expect(soy).toMatchObject({ outcome: 'refused', fact: { id: oat.fact?.id } });
      expect(soy.why).toContain('Ask');
      expect((await facts.list(ada)).map(({ fact }) => fact)).toEqual(['Takes oat milk']);
      const all = await facts.list(ada, { all: true });
      expect(all[1]).toMatchObject({
        validFrom: day(1),
        validTo: day(5),
        retiredAt: day(5),
        supersededBy: oat.fact?.id,
      });
      // What is told last counts, also when the clock says that it was earlier.
      const late = await facts.remember(ada, told('Takes no milk', 'coffee.milk'), day(2));
      expect(late).toMatchObject({ outcome: 'replaced', fact: { validFrom: day(5) } });
    });

    it('known without its slot takes it, and what held it', async () => {
      ada = await person();
      const bare = await facts.remember(ada, told('Wakes at six'), day(1));
      const seven = await facts.remember(ada, guessed('Wakes at seven', 'wake.time'), day(2));
      const six = await facts.remember(ada, told('Wakes at six.', 'wake.time'), day(3));
      expect(six).toMatchObject({
        outcome: 'replaced',
        fact: { id: bare.fact?.id, slot: 'wake.time', validFrom: day(3) },
        replaced: { id: seven.fact?.id },
      });
      await facts.restore(ada, six.replaced ? [six.replaced] : []);
      const now = await facts.list(ada);
      expect(now.map(({ fact, slot }) => [fact, slot]).sort()).toEqual([
        ['Wakes at seven', 'wake.time'],
        ['Wakes at six', null],
      ]);
    });

    it('from words of outside is neither explicit nor in the place of another', async () => {
      ada = await person();
      const tainted = { tainted: true };
      expect(
        await facts.remember(ada, { ...told('The door code is 1'), ...tainted }),
      ).toMatchObject({ outcome: 'refused' });
      const first = await facts.remember(ada, { ...guessed('Likes A', 'x'), ...tainted });
      expect(first).toMatchObject({ outcome: 'added', fact: { tainted: true } });
      const second = await facts.remember(ada, { ...guessed('Likes B', 'x'), ...tainted });
      expect(second).toMatchObject({ outcome: 'refused', fact: { id: first.fact?.id } });
      const same = await facts.remember(ada, { ...guessed('likes a'), ...tainted });
      expect(same).toMatchObject({ outcome: 'known', fact: { confidence: 0.5 } });
    });

    it('that cannot be is refused with a sentence, and nothing is written', async () => {
      ada = await person();
      const wrong: [NewFact, string, string][] = [
        [told('x'.repeat(10_000)), 'fact-too-long', 'this one has 10000: nothing was kept'],
        [told(' \0\n '), 'fact-empty', 'Say what to remember'],
        [told('!?'), 'fact-empty', 'Say what to remember'],
        [told('Likes tea', 'No slot!'), 'fact-slot-malformed', 'such as coffee.milk'],
        [{ ...told('Likes tea'), category: 'mood' as 'media' }, 'fact-category-unknown', 'routine'],
        [{ ...told('Likes tea'), confidence: Number.NaN }, 'fact-confidence-out-of-range', '0 and'],
      ];
      for (const [fact, code, sentence] of wrong) {
        const refusal = facts.remember(ada, fact);
        await expect(refusal).rejects.toMatchObject({ code });
        await expect(refusal).rejects.toThrow(sentence);
      }
      await expect(facts.remember('nobody', told('Likes tea'))).rejects.toMatchObject({
        code: 'person-unknown',
      });
      expect(await facts.list(ada, { all: true })).toEqual([]);
      // Counted as a reader counts.
      expect((await facts.remember(ada, told('𝒳'.repeat(500)))).outcome).toBe('added');
    });

    it('is kept without a vector that cannot be, and says so', async () => {
      ada = await person();
      const withVector = (fact: string, values: Float32Array, model = 'm') =>
        facts.remember(ada, { ...told(fact), vector: { model, values } });
      expect((await withVector('Likes A', vector(0.6, 0.8))).vectorRefused).toBeUndefined();
      const wrong: [Float32Array, string][] = [
        [vector(1, 0, 0), '3 dimensions'],
        [vector(), 'empty'],
        [vector(Number.NaN, 1), 'not a number'],
        [vector(0, 0), 'zeros'],
      ];
      for (const [index, [values, sentence]] of wrong.entries()) {
        const remembered = await withVector(`Likes B${index}`, values);
        expect(remembered).toMatchObject({ outcome: 'added' });
        expect(remembered.vectorRefused).toContain(sentence);
      }
      expect((await withVector('Likes C', vector(1, 0, 0), 'other')).vectorRefused).toBeUndefined();
      const { rows } = await facts.changedSince(ada, 0);
      expect(rows.map((row) => row.vector && [row.vector.model, ...row.vector.values])).toEqual([
        ['m', Math.fround(0.6), Math.fround(0.8)],
        ...wrong.map(() => undefined),
        ['other', 1, 0, 0],
      ]);
    });

    it('moves with use and correction, and is no longer believed below a fifth', async () => {
      ada = await person();
      const { fact } = await facts.remember(ada, told('Likes jazz'), day(1));
      const id = fact?.id ?? 0;
      await facts.used(ada, [id], day(4));
      expect(await facts.byId(ada, id)).toMatchObject({ uses: 1, lastReferenced: day(4) });
      expect((await facts.corrected(ada, id, day(5)))?.confidence).toBeCloseTo(0.4755);
      await facts.corrected(ada, id, day(5));
      const gone = await facts.corrected(ada, id, day(6));
      expect(gone).toMatchObject({ validTo: day(6), retiredAt: day(6) });
      expect(await facts.list(ada)).toEqual([]);
      expect(await facts.corrected(ada, id)).toBeUndefined();
    });
  });

  describe('a person', () => {
    it('has so many open facts at most: the weakest guesses go first', async () => {
      ada = await person();
      const few = createFacts(database, { openMax: 3 });
      await few.remember(ada, told('Told one'));
      await few.remember(ada, { ...guessed('Weak'), confidence: 0.3 });
      await few.remember(ada, { ...guessed('Strong'), confidence: 0.8 });
      await few.remember(ada, { ...guessed('New'), confidence: 0.2 });
      const left = (await few.list(ada)).map(({ fact }) => fact).sort();
      expect(left).toEqual(['New', 'Strong', 'Told one']);
      expect(await few.list(ada, { all: true })).toHaveLength(4);
    });

    it('edits a fact: it counts as told by them, and its vector goes', async () => {
      ada = await person();
      const values = vector(1, 2);
      const { fact } = await facts.remember(ada, {
        ...guessed('Likes jaz', 'music'),
        vector: { model: 'm', values },
      });
      const id = fact?.id ?? 0;
      const before = await facts.byId(ada, id);
      const edited = await facts.edit(ada, id, { fact: 'Likes jazz', category: 'media' });
      expect(edited).toMatchObject({ fact: 'Likes jazz', source: 'explicit', slot: 'music' });
      expect((await facts.changedSince(ada, 0)).rows[0]?.vector).toBeUndefined();
      await facts.remember(ada, told('Likes rock', 'rock'));
      await expect(facts.edit(ada, id, { fact: 'likes ROCK.' })).rejects.toMatchObject({
        code: 'fact-duplicate',
      });
      await expect(facts.edit(ada, id, { slot: 'rock' })).rejects.toMatchObject({
        code: 'fact-slot-taken',
      });
      expect(await facts.edit(await person(), id, { fact: 'Likes me' })).toBeUndefined();
      const [undone] = await facts.restore(ada, before ? [before] : []);
      expect(undone).toMatchObject({
        fact: 'Likes jaz',
        source: 'inferred',
        category: 'preference',
      });
    });
  });

  describe('forgetting', () => {
    it('takes the row, what it had replaced, and the words; undo brings it back', async () => {
      ada = await person();
      const [first, second] = [randomUUID(), randomUUID()];
      const message = { door: 'app', at: day(2) };
      const say = (turn: string, role: 'user' | 'assistant', content: string) =>
        history.record(ada, [{ ...message, turn, role, content }]);
      await say(first, 'user', 'By the way, I take sugar in my tea, and what time is it?');
      await say(first, 'assistant', 'It is nine. Sugar in your tea, noted.');
      await say(second, 'user', 'No sugar in tea from now on.');
      await say(second, 'assistant', 'Good.');
      await say(second, 'user', 'Thank you');
      const sugar = { ...told('Takes sugar in tea', 'tea.sugar') };
      await facts.remember(ada, { ...sugar, origin: { turn: first, quote: 'I take sugar' } });
      const { fact } = await facts.remember(ada, {
        ...told('Takes no sugar in tea', 'tea.sugar'),
        origin: { turn: second, quote: 'no sugar in tea' },
        vector: { model: 'm', values: vector(1, 2) },
      });
      const other = await facts.remember(ada, told('Likes tea'));
      const before = await facts.list(ada, { all: true });
      const messages = await history.between(ada, day(1), day(9));
      const marks = await facts.marks(ada);

      const forgotten = await facts.forget(ada, [fact?.id ?? 0]);
      expect(forgotten.map((gone) => gone.fact)).toEqual([
        'Takes sugar in tea',
        'Takes no sugar in tea',
      ]);
      expect(await facts.list(ada, { all: true })).toEqual([other.fact]);
      const left = await history.between(ada, day(1), day(9));
      expect(left.map(({ content }) => content)).toEqual(['Good.', 'Thank you']);
      expect((await facts.marks(ada)).deleted).toBe(marks.deleted + 2);
      expect(await facts.ids(ada)).toEqual([other.fact?.id]);
      expect(await facts.forget(ada, [fact?.id ?? 0])).toEqual([]);

      for (let twice = 0; twice < 2; twice += 1) {
        await facts.restore(ada, forgotten);
        expect(await facts.list(ada, { all: true })).toEqual(before);
        expect(await history.between(ada, day(1), day(9))).toEqual(messages);
      }
      const { rows } = await facts.changedSince(ada, 0);
      expect(rows.find(({ id }) => id === fact?.id)?.vector?.values).toEqual(vector(1, 2));
    });

    it('takes the words of every time it was said', async () => {
      ada = await person();
      for (const content of ['I love jazz a lot', 'As I said: I love jazz a lot']) {
        const turn = randomUUID();
        const said = { turn, door: 'app', role: 'user' as const };
        await history.record(ada, [{ ...said, content }]);
        const origin = { turn, quote: 'I love jazz a lot' };
        await facts.remember(ada, { ...told('Loves jazz'), origin });
      }
      const [fact] = await facts.list(ada);
      const [gone] = await facts.forget(ada, [fact?.id ?? 0]);
      expect(gone?.messages).toHaveLength(2);
      expect(await history.ids(ada)).toEqual([]);
    });

    it('undone after something newer was told leaves the newer one standing', async () => {
      ada = await person();
      const { fact } = await facts.remember(ada, told('Lives in Rome', 'home'), day(1));
      const forgotten = await facts.forget(ada, [fact?.id ?? 0]);
      const paris = await facts.remember(ada, told('Lives in Paris', 'home'), day(7));
      const [rome] = await facts.restore(ada, forgotten);
      expect(rome).toMatchObject({ validFrom: day(1), validTo: day(7) });
      expect(rome?.supersededBy).toBe(paris.fact?.id);
      expect(await facts.list(ada)).toEqual([paris.fact]);
    });

    it('undone goes before what was guessed meanwhile', async () => {
      ada = await person();
      const { fact } = await facts.remember(ada, told('Lives in Rome', 'home'), day(1));
      const forgotten = await facts.forget(ada, [fact?.id ?? 0]);
      const guess = await facts.remember(ada, guessed('Lives in Paris', 'home'), day(7));
      const [rome] = await facts.restore(ada, forgotten);
      expect(await facts.list(ada)).toEqual([rome]);
      expect(rome).toMatchObject({ id: fact?.id, validTo: null });
      const paris = await facts.byId(ada, guess.fact?.id ?? 0);
      expect(paris?.supersededBy).toBe(rome?.id);
    });

    it('of another person’s fact does nothing', async () => {
      ada = await person();
      const eve = await person();
      const { fact } = await facts.remember(ada, told('Has a key under the stone'));
      const id = fact?.id ?? 0;
      expect(await facts.forget(eve, [id])).toEqual([]);
      await facts.used(eve, [id]);
      expect(await facts.corrected(eve, id)).toBeUndefined();
      expect(await facts.restore(eve, fact ? [{ ...fact, fact: 'Has none' }] : [])).toEqual([]);
      const stolen = fact ? [{ ...fact, personId: eve, fact: 'Has none' }] : [];
      await facts.restore(eve, stolen).catch(() => undefined);
      expect(await facts.list(ada)).toEqual([fact]);
    });
  });

  it('tells an index what it has missed', async () => {
    ada = await person();
    const cow = await facts.remember(ada, told('Takes cow milk', 'milk'));
    const start = await facts.changedSince(ada, 0);
    expect(start.rows.map(({ id }) => id)).toEqual([cow.fact?.id]);
    expect(await facts.changedSince(ada, start.revision)).toMatchObject({ rows: [] });
    const oat = await facts.remember(ada, told('Takes oat milk', 'milk'));
    const next = await facts.changedSince(ada, start.revision);
    expect(next.rows.map(({ id, retiredAt }) => [id, retiredAt === null])).toEqual(
      expect.arrayContaining([
        [cow.fact?.id, false],
        [oat.fact?.id, true],
      ]),
    );
    expect(await facts.changedSince(ada, 0)).toMatchObject({ rows: [{ id: oat.fact?.id }] });
    expect(await facts.changedSince('nobody', 0)).toEqual({ revision: 0, deleted: 0, rows: [] });
  });
});
