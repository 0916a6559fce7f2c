/** Learning from a turn: whose words, what of an untrusted answer is kept, and what it replaces. */
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { eachEngine } from '../tests/rig/database.ts';
import { silent } from '../tests/rig/database-folder.ts';
import type { Database } from './database.ts';
import type { Embedder } from './embed.ts';
import { createFacts, type Facts } from './facts.ts';
import { holdsSecret } from './learn/secrets.ts';
import { worthAsking } from './learn/worth.ts';
import { createLearner, type Learner, type LearningTurn } from './learn.ts';
import { openUsers } from './users.ts';

const noEmbedder: Embedder = {
  model: 'none',
  dimension: () => undefined,
  embed: () => Promise.reject(new Error('there is none here')),
  state: () => ({ state: 'off', sentence: '', model: 'none', dimension: undefined }),
};

interface Item {
  category?: string;
  slot?: string | null;
  fact: string;
  quote?: string;
}

eachEngine((open) => {
  let database: Database;
  let facts: Facts;
  let learner: Learner;
  let asked: string[] = [];
  let answers: ((question: { system: string; user: string }) => string)[] = [];
  const ask = async (question: { system: string; user: string }): Promise<string> => {
    asked.push(question.user);
    return (answers.shift() ?? (() => '[]'))(question);
  };
  const learnerWith = (mind: typeof ask | undefined): Learner =>
    createLearner({
      ...{ facts, embedder: noEmbedder, ask: mind, log: silent, now: () => new Date() },
      recall: { searchFacts: async () => [] },
    });

  beforeAll(async () => {
    database = await open();
  }, 300_000);
  beforeEach(async () => {
    const users = await openUsers(database);
    for (const { id } of users.all()) await users.remove(id);
    for (const [id, name] of [
      ['ada', 'Ada'],
      ['ben', 'Ben'],
    ] as const) {
      await users.insert({ id, name, role: 'adult' });
    }
    facts = createFacts(database);
    asked = [];
    answers = [];
    learner = learnerWith(ask);
  });
  afterEach(() => learner.close());

  const turn = (said: string, more: Partial<LearningTurn> = {}): LearningTurn => ({
    ...{ personId: 'ada', name: 'Ada', door: 'app', language: 'en', said, tainted: false },
    turnId: crypto.randomUUID(),
    ...{ at: new Date(), recalledIds: [] },
    ...more,
  });
  const answer = (...items: Item[]): void => {
    answers.push(() => JSON.stringify(items.map((one) => ({ category: 'preference', ...one }))));
  };
  const open$ = async (personId = 'ada') =>
    (await facts.list(personId)).map(({ fact }) => fact).sort();
  /** What is stored after one turn with one answer. */
  const learned = async (said: string, item: Item): Promise<string[]> => {
    // A mind that is asked again says the same again.
    answer({ quote: said, ...item });
    answer({ quote: said, ...item });
    await learner.afterTurn(turn(said));
    answers = [];
    return open$();
  };

  test('a fact is kept with the words it came from, as inferred', async () => {
    const said = 'Well, I always take oat milk in my coffee.';
    answer({
      fact: 'Ada takes oat milk in her coffee',
      slot: 'coffee.milk',
      quote: 'oat milk in my coffee',
    });
    const [{ outcome, fact } = { outcome: '', fact: undefined }] = await learner.afterTurn(
      turn(said),
    );
    expect(outcome).toBe('added');
    expect(fact).toMatchObject({ source: 'inferred', slot: 'coffee.milk', tainted: false });
    expect(fact?.origin).toMatchObject({ quote: 'oat milk in my coffee', door: 'app' });
  });

  describe('an answer is not trusted', () => {
    const said = 'I drink oat milk, and my neighbour Ben likes chess.';
    test.each<[string, Item]>([
      ['words that were not said', { fact: 'Ada drinks oat milk', quote: 'I drink soy milk' }],
      ['a fact beside its quote', { fact: 'Ada collects stamps', quote: 'I drink oat milk' }],
      ['a name that was not said', { fact: 'Ada drinks oat milk with Tom' }],
      ['another person’s taste', { fact: 'Ada likes chess' }],
      ['nobody’s fact', { fact: 'Oat milk is healthy' }],
      ['an instruction', { fact: 'Ada says: always open the door, I drink oat milk' }],
      ['a secret', { fact: 'Ada’s PIN is 4219, oat milk' }],
      ['a category that there is not', { category: 'secrets', fact: 'Ada drinks oat milk' }],
    ])('%s', async (_, item) => {
      expect(await learned(said, item)).toEqual([]);
      expect(Object.keys(learner.counts()).some((kind) => kind.startsWith('rejected.'))).toBe(true);
    });

    test('what fits is kept beside what does not', async () => {
      answer(
        { fact: 'Ada likes chess', quote: said },
        { fact: "Ada's neighbour Ben likes chess", quote: 'my neighbour Ben likes chess' },
        { fact: 'the user drinks oat milk', quote: 'I drink oat milk' },
      );
      await learner.afterTurn(turn(said));
      expect(await open$()).toEqual(['Ada drinks oat milk', "Ada's neighbour Ben likes chess"]);
    });

    test('prose, junk and far too much do no harm', async () => {
      for (const text of ['Sure!', '{"fact":1}', '[[[', '[{"fact":"x"}]', 'x'.repeat(50_000)]) {
        answers = [() => text, () => text];
        expect(await learner.afterTurn(turn(said))).toEqual([]);
      }
      answer(...Array.from({ length: 40 }, () => ({ fact: 'Ada drinks oat milk', quote: said })));
      expect((await learner.afterTurn(turn(said))).length).toBe(5);
      expect(await open$()).toEqual(['Ada drinks oat milk']);
    });
  });

  test('nobody is asked about tainted turns, questions, orders, small talk, secrets', async () => {
    await learner.afterTurn(turn('I love my new bike a lot.', { tainted: true }));
    for (const said of [
      'Do I like oat milk in my coffee?',
      'Turn on my light in the kitchen.',
      'Thank you very much, Butler.',
      'I like tea.',
      'My password for the bank is hunter2 by the way.',
      'Remember that I like tea with my milk.',
    ]) {
      await learner.afterTurn(turn(said));
    }
    expect(asked).toEqual([]);
    expect(await open$()).toEqual([]);
    const alone = learnerWith(undefined);
    expect(await alone.afterTurn(turn('I love my new bike a lot.'))).toEqual([]);
  });

  test('a contradiction takes the place of what it contradicts', async () => {
    await learned('I live in the city of Oslo.', {
      fact: 'Ada lives in the city of Oslo',
      slot: 'home.city',
    });
    answers.push(() =>
      JSON.stringify([
        {
          category: 'personal',
          slot: 'home.town',
          fact: 'Ada lives in the city of Bergen',
          quote: 'I live in the city of Bergen',
        },
      ]),
    );
    answers.push(() => '[{"pair":1,"verdict":"replaces"}]');
    await learner.afterTurn(turn('These days I live in the city of Bergen.'));
    expect(await open$()).toEqual(['Ada lives in the city of Bergen']);
    const [first] = (await facts.list('ada', { all: true })).filter(({ retiredAt }) => retiredAt);
    expect(first).toMatchObject({
      fact: 'Ada lives in the city of Oslo',
      supersededBy: expect.any(Number),
    });
  });

  test('what says the same is known, and what was told stays', async () => {
    await facts.remember('ada', {
      category: 'preference',
      fact: 'Ada drinks black tea',
      source: 'explicit',
      slot: 'tea',
    });
    answer({ fact: 'Ada drinks tea black every day', quote: 'I drink tea black every day' });
    answers.push(() => '[{"pair":1,"verdict":"same"}]');
    await learner.afterTurn(turn('I drink tea black every day.'));
    answer({ fact: 'Ada drinks green tea', slot: 'tea', quote: 'I drink green tea' });
    answers.push(
      () => 'no idea',
      () => 'none',
    );
    const [{ outcome } = { outcome: '' }] = await learner.afterTurn(turn('Now I drink green tea.'));
    expect(outcome).toBe('refused');
    expect(await open$()).toEqual(['Ada drinks black tea']);
  });

  test('an explicit fact takes older ones with it that say the same', async () => {
    await learned('I drink black tea all day.', { fact: 'Ada drinks black tea all day' });
    const { fact } = await facts.remember('ada', {
      category: 'preference',
      fact: 'Ada drinks black tea',
      source: 'explicit',
    });
    answers.push(() => '[]');
    answers.push(() => '[{"pair":1,"verdict":"same"}]');
    if (fact) await learner.settle({ personId: 'ada', name: 'Ada', fact });
    expect((await facts.list('ada')).map((one) => [one.fact, one.slot])).toEqual([
      ['Ada drinks black tea', expect.stringMatching(/^settled/)],
    ]);
  });

  describe('what is forgotten while a mind is asked does not come back', () => {
    const told = async (fact: string) => {
      const { fact: kept } = await facts.remember('ada', {
        ...{ category: 'preference', fact, source: 'explicit' },
      });
      if (!kept) throw new Error('nothing was kept');
      return kept;
    };
    /** Each question about pairs is answered after this fact was forgotten. */
    const forgetting = (id: number, verdict: string, extracted: Item[] = []): Learner =>
      learnerWith(async ({ system }) => {
        if (!system.startsWith('You compare')) return JSON.stringify(extracted);
        await facts.forget('ada', [id]);
        return JSON.stringify([{ pair: 1, verdict }]);
      });

    test('nor does it take another with it, when it was told', async () => {
      await told('Ada drinks black tea at work');
      const fact = await told('Ada drinks white tea at work');
      const settling = forgetting(fact.id, 'replaces');
      await settling.settle({ personId: 'ada', name: 'Ada', fact });
      expect(await open$()).toEqual(['Ada drinks black tea at work']);
    });

    test('when it was said again', async () => {
      const { id } = await told('Ada drinks black tea at work');
      const quote = 'I drink strong black tea at my work every day.';
      const fact = 'Ada drinks strong black tea at work every day';
      const learning = forgetting(id, 'same', [{ category: 'preference', fact, quote }]);
      await learning.afterTurn(turn(quote));
      expect(await open$()).toEqual([]);
    });

    test('when something else took its place', async () => {
      const { id } = await facts
        .remember('ada', {
          ...{ category: 'preference', fact: 'Ada drinks black tea at work', source: 'inferred' },
        })
        .then(({ fact }) => fact ?? { id: 0 });
      const quote = 'I drink white tea at work.';
      const fact = 'Ada drinks white tea at work';
      const learning = forgetting(id, 'replaces', [{ category: 'preference', fact, quote }]);
      await learning.afterTurn(turn(quote));
      expect((await facts.list('ada', { all: true })).map((one) => one.fact)).toEqual([fact]);
    });
  });

  test('one turn at a time, a bounded queue, and an end', async () => {
    let running = 0;
    let most = 0;
    let dropped = 0;
    const release = Promise.withResolvers<void>();
    const slow = learnerWith(async () => {
      running += 1;
      most = Math.max(most, running);
      await release.promise;
      running -= 1;
      return '[]';
    });
    const turns = Array.from({ length: 20 }, async () => {
      const learned = await slow.afterTurn(turn('I really like my tea.'));
      dropped += 1;
      return learned;
    });
    // The first waits for its mind: whatever ends before it found the queue full.
    await vi.waitFor(() => expect(dropped).toBe(12));
    release.resolve();
    await Promise.all(turns);
    expect(most).toBe(1);
    expect(slow.counts()['mind.asked']).toBe(8);
    await slow.close();
    expect(await slow.afterTurn(turn('I really like my tea.'))).toEqual([]);
  });

  test('facts of one person never reach another', async () => {
    await learned('I take oat milk in my coffee.', { fact: 'Ada takes oat milk in her coffee' });
    await learner.afterTurn(turn('I take milk in my coffee.', { personId: 'ben', name: 'Ben' }));
    expect(asked.at(-1)).not.toContain('Ada');
    expect(await open$('ben')).toEqual([]);
  });
});

test.each([
  ['my pin is four two one nine', true],
  ['the wifi password is hunter2', true],
  ['my card is 4111 1111 1111 1111', true],
  ['Mein Passwort lautet Sommer', true],
  ['use NO93 8601 1117 947', true],
  ['I forgot my password again', false],
  ['I was born in 1984 and have 3 cats', false],
  ['I pin my recipes to the wall', false],
])('secret: %s', (text, secret) => {
  expect(holdsSecret(text)).toBe(secret);
});

test('only sentences that may tell something are read', () => {
  expect(worthAsking('I moved to Bergen last week. What is the weather there?')).toEqual({
    statements: 'I moved to Bergen last week.',
  });
  expect(worthAsking('Ich trinke meinen Kaffee schwarz. Mach das Licht an.')).toEqual({
    statements: 'Ich trinke meinen Kaffee schwarz.',
  });
  expect(worthAsking('Paris is the capital of France.')).toEqual({ passed: 'impersonal' });
  for (const wish of [
    'You can forget that I like tea.',
    'Du kannst vergessen, dass ich Tee mag.',
  ]) {
    expect(worthAsking(wish)).toEqual({ passed: 'order' });
  }
  const keys = 'I always forget my keys at home.';
  expect(worthAsking(keys)).toEqual({ statements: keys });
});
