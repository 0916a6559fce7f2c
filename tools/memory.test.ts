/** Memory by tools: who may, what is kept of which words, what is asked first, what undo does. */
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryInProcess } from '../tests/fakes/memory-port.ts';
import { portsInProcess } from '../tests/fakes/ports.ts';
import type { Role } from './core/define.ts';
import { loadTools } from './core/load.ts';
import { runTool, type ToolCall, type ToolOutcome } from './core/run.ts';
import { spanOf } from './core/spans.ts';
import { categoryOf, inThirdPerson, slotOf } from './memory.statement.ts';

const { toolbox } = await loadTools({ environment: {} });
let memory: ReturnType<typeof memoryInProcess>;
beforeEach(() => {
  memory = memoryInProcess();
});

interface As extends Partial<ToolCall> {
  personId?: string;
  role?: Role;
  sure?: number;
}

const run = (name: string, input: object, as: As = {}): Promise<ToolOutcome> => {
  const { personId = 'ada', role = 'owner', sure = 1, language = 'en', ...more } = as;
  return runTool({
    ...{ ...portsInProcess({ memory }), name, input, timeZone: 'Europe/Oslo' },
    // A copy has counts of its own: what a minute allows is tested with the kit.
    toolbox: { tools: new Map(toolbox.tools) },
    caller: { personId, name: 'Ada', role, sure, door: 'app', language },
    signal: new AbortController().signal,
    now: () => new Date('2025-11-21T14:45:00Z'),
    ...more,
  });
};
const facts = async (personId = 'ada') =>
  (await memory.strongest(personId, 50)).map(({ fact }) => fact);
const yes = (digest: string) => ({ by: 'yes' as const, personId: 'ada', digest, ageMs: 1000 });

test('the mind sees exactly these names', () => {
  const own = [...toolbox.tools.values()].filter(({ integration }) => integration === 'memory');
  expect(own.map(({ name }) => name)).toEqual([
    ...['remember_fact', 'recall_facts', 'get_recent_conversations'],
    ...['update_soul', 'forget_fact'],
  ]);
});

describe('remembering', () => {
  test('keeps it in the third person, shows the row, and can be taken back', async () => {
    const outcome = await run('remember_fact', { fact: 'I take my coffee black' });
    expect(outcome).toMatchObject({
      ...{ ok: true, verified: true, say: "I'll remember that." },
      receipt: { fact: 'Ada takes their coffee black', category: 'personal' },
    });
    const { undo } = outcome;
    expect((await run(undo?.tool ?? '', undo?.input ?? {})).ok).toBe(true);
    expect(await facts()).toEqual([]);
  });

  test('a newer fact takes the place of the older, until that is undone', async () => {
    await run('remember_fact', { fact: 'my favourite colour is blue' });
    const newer = await run('remember_fact', { fact: 'My favorite colour is green.' });
    expect(newer.say).toContain("no longer: Ada's favourite colour is blue");
    expect(await facts()).toEqual(["Ada's favorite colour is green"]);
    await run(newer.undo?.tool ?? '', newer.undo?.input ?? {});
    expect(await facts()).toContain("Ada's favourite colour is blue");
  });

  test('the same again is known, and a secret is not kept', async () => {
    await run('remember_fact', { fact: 'I like tea' });
    expect((await run('remember_fact', { fact: 'I like tea' })).say).toContain('already');
    const secret = await run('remember_fact', { fact: 'my PIN is 4219' });
    expect(secret).toMatchObject({ ok: false, error: { code: 'secret' } });
    expect(await facts()).toEqual(['Ada likes tea']);
  });
});

describe('who may', () => {
  test.each(['remember_fact', 'recall_facts', 'get_recent_conversations', 'update_soul'])(
    '%s: never for the person that a model names',
    async (name) => {
      const { input = {} } = toolbox.tools.get(name)?.examples?.[0] ?? {};
      for (const extra of ['user_id', 'personId', 'person']) {
        const outcome = await run(name, { ...input, [extra]: 'ben' });
        expect(outcome.error?.code).toBe('wrong-arguments');
      }
      await run(name, input);
      expect(await facts('ben')).toEqual([]);
    },
  );

  test('guests hear that they have no memory, children have one', async () => {
    const fact = { fact: 'I like tea' };
    const guest = await run('remember_fact', fact, { role: 'guest' });
    expect(guest).toMatchObject({ verdict: 'refuse', say: /no memory of guests/ });
    expect(guest.say).toMatch(/no memory of guests/);
    expect((await run('remember_fact', fact, { role: 'child' })).ok).toBe(true);
  });

  test('whoever is not surely the person hears nothing, and is asked before a change', async () => {
    await run('remember_fact', { fact: 'I like tea' });
    expect((await run('recall_facts', {}, { sure: 0.5 })).verdict).toBe('refuse');
    const asked = await run('forget_fact', { what: 'something with tea' }, { sure: 0.5 });
    expect(asked.verdict).toBe('ask');
    expect(asked.say).not.toContain('tea');
  });

  test.each([
    ['remember_fact', { fact: 'I like tea' }],
    ['update_soul', { formality: 'formal' }],
    ['forget_fact', { what: 'I like tea' }],
  ])('%s: not after words from outside, not even with a yes', async (name, input) => {
    for (const given of [undefined, yes]) {
      const outcome = await run(name, input, { tainted: true, ...(given && { yes: given }) });
      expect(outcome).toMatchObject({ ok: false, verdict: 'refuse' });
      expect(outcome.say).toMatch(/from outside/);
    }
    expect(await facts()).toEqual([]);
  });
});

describe('forgetting', () => {
  beforeEach(async () => {
    for (const fact of ['I like black tea', 'I like green tea', 'I own a dog']) {
      await run('remember_fact', { fact });
    }
  });

  test('one that is surely meant goes at once and can come back', async () => {
    const outcome = await run('forget_fact', { what: 'own a dog' });
    expect(outcome).toMatchObject({ ok: true, receipt: { confirmed: 1, missed: [] } });
    expect(outcome.say).not.toContain('dog');
    expect(await facts()).toHaveLength(2);
    expect((await run(outcome.undo?.tool ?? '', outcome.undo?.input ?? {})).say).toMatch(/again/);
    expect(await facts()).toHaveLength(3);
  });

  test('several, or none for sure, need a yes to exactly these', async () => {
    const asked = await run('forget_fact', { what: 'tea' });
    expect(asked.ask?.question).toMatch(/2 things: Ada likes black tea; Ada likes green tea\?/);
    expect(await facts()).toHaveLength(3);
    expect((await run('forget_fact', { what: 'tea' }, { yes })).receipt).toMatchObject({
      confirmed: 2,
    });
    expect((await run('forget_fact', { what: 'a big dog from Bergen' })).verdict).toBe('ask');
    expect((await run('forget_fact', { what: 'unicorns' })).error?.code).toBe('nothing-found');
    expect((await run('forget_fact', {})).error?.code).toBe('nothing-named');
  });
});

describe('recalling', () => {
  test('tells a few and shows the rest', async () => {
    expect((await run('recall_facts', {})).say).toMatch(/remember that/);
    for (const what of ['tea', 'cake', 'chess', 'rain', 'Oslo']) {
      await run('remember_fact', { fact: `I like ${what}` });
    }
    const { say, show } = await run('recall_facts', {});
    expect(say).toMatch(/Ada likes tea; .*and 2 more/);
    expect(show).toHaveLength(5);
    expect((await run('recall_facts', { about: 'chess' })).say).toContain('Ada likes chess');
    expect((await run('recall_facts', {}, { personId: 'ben' })).show).toEqual([]);
  });

  test('what was said yesterday about something', async () => {
    const said = (content: string, at: string) =>
      memory.said.push({ personId: 'ada', role: 'user', content, at: new Date(at) });
    said('When does Dune start?', '2025-11-20T19:00:00Z');
    said('Who wrote Dune?', '2025-11-18T19:00:00Z');
    const { say, show } = await run('get_recent_conversations', {
      ...{ query: 'Dune', when: 'yesterday' },
    });
    expect(say).toBe('Thursday, November 20, 8 p.m. you said: When does Dune start?');
    expect(show).toHaveLength(1);
    expect((await run('get_recent_conversations', { query: 'tea' })).say).toMatch(/no conver/);
  });
});

test('a soul is changed field by field, told, and changed back', async () => {
  const outcome = await run('update_soul', { formality: 'formal', verbosity: 'concise' });
  expect(outcome.say).toBe('From now on: tone formal and answers short.');
  expect(outcome.receipt).toEqual({ formality: 'formal', verbosity: 'concise' });
  await run('update_soul', outcome.undo?.input ?? {});
  expect(await memory.soul('ada')).toMatchObject({ formality: 'balanced', verbosity: 'moderate' });
  const wrong = await run('update_soul', { formality: 'rude' });
  expect(wrong.error?.detail).toContain('casual, balanced, formal');
});

test('without the database there is a sentence, and the house goes on', async () => {
  memory.away = true;
  for (const [name, input] of [
    ['remember_fact', { fact: 'I like tea' }],
    ['recall_facts', {}],
    ['get_recent_conversations', {}],
    ['update_soul', { formality: 'formal' }],
    ['forget_fact', { what: 'I like tea' }],
  ] as const) {
    const outcome = await run(name, input);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'memory-unavailable' } });
    expect(outcome.say).toMatch(/cannot reach my memory/);
  }
});

test.each([
  ['I am allergic to nuts', 'en', 'Ada is allergic to nuts'],
  ["I'm a nurse and I work nights", 'en', 'Ada is a nurse and they work nights'],
  ['I never eat my toast dry', 'en', 'Ada never eats their toast dry'],
  ['my brother lives in Bergen', 'en', "Ada's brother lives in Bergen"],
  ['we moor the boat at Nes', 'en', 'Ada: "We moor the boat at Nes"'],
  ['Ada likes tea', 'en', 'Ada likes tea'],
  ['ich Kaffee schwarz trinke', 'de', 'Ada: "Ich trinke Kaffee schwarz"'],
  ['mein Bruder heißt Tom', 'de', 'Ada: "Mein Bruder heißt Tom"'],
])('%s (%s) → %s', (said, language, fact) => {
  expect(inThirdPerson(said, { name: 'Ada', language })).toBe(fact);
});

test('kinds, slots and spans of time', () => {
  expect(
    ['I love jazz music', 'I swim every Monday', 'I prefer tea', 'I own a boat'].map(categoryOf),
  ).toEqual(['media', 'routine', 'preference', 'personal']);
  expect(slotOf('my favourite tea is Assam')).toBe('favorite_tea');
  expect(slotOf('my wife is ill')).toBeUndefined();
  const now = new Date('2025-10-26T10:00:00Z');
  const hours = (wanted: string) => {
    const { from, to } = spanOf(wanted, { now, timeZone: 'Europe/Oslo' });
    return (to.getTime() - from.getTime()) / 3_600_000;
  };
  expect([hours('today'), hours('yesterday'), hours('last_week')]).toEqual([25, 24, 168]);
});
