/** Thirty days of talk, judged by a household that knows the truth: what memory then holds. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { compileFastPath } from '../../agent/fastpath.ts';
import { createMemoryPort } from '../../agent/memory-port.ts';
import { openDatabase } from '../../memory/database.ts';
import type { Embedder } from '../../memory/embed.ts';
import { createFacts, type Fact } from '../../memory/facts.ts';
import { createHistory } from '../../memory/history.ts';
import { holdsSecret } from '../../memory/learn/secrets.ts';
import { createLearner } from '../../memory/learn.ts';
import { createRecall } from '../../memory/recall.ts';
import { openUsers } from '../../memory/users.ts';
import { loadTools, type Toolbox } from '../../tools/core/load.ts';
import { runTool } from '../../tools/core/run.ts';
import { portsInProcess } from '../fakes/ports.ts';
import { embeddedFolder, silent } from '../rig/database-folder.ts';
import type { MemoryPart } from './memory.ts';
import {
  Household,
  type HouseholdTurn,
  meantBy,
  type Person,
  people,
  valuesOf,
} from './memory-hygiene-household.ts';
import { MiddlingMind } from './memory-hygiene-mind.ts';
import { embedderHere } from './memory-hygiene-vectors.ts';

const startMs = Date.UTC(2025, 9, 1, 8);
const dayMs = 86_400_000;

export interface Hygiene {
  turns: number;
  openFacts: number;
  /** Shares from 0 to 1. */
  duplicates: number;
  staleInPrompt: number;
  /** Of what the household told, how much is known at the end. */
  learned: number;
  fromOutside: number;
  crossPerson: number;
  secrets: number;
  factsInPrompts: number;
  asked: number;
  counts: Readonly<Record<string, number>>;
}

const openHouse = async (seed: number, embedder: Embedder) => {
  const folder = await embeddedFolder();
  const database = await openDatabase({ folder, role: 'server', log: silent });
  const users = await openUsers(database);
  for (const { id, name } of people) {
    await users.insert({ id, name, role: 'adult' });
  }
  const clock = { atMs: startMs };
  const now = (): Date => new Date(clock.atMs);
  const facts = createFacts(database);
  const history = createHistory(database);
  const parts = { facts, history, embedder, users, log: silent, now };
  const recall = createRecall({ ...parts, timeZone: 'UTC' });
  const mind = new MiddlingMind(seed);
  const learner = createLearner({ ...parts, recall, ask: mind.ask });
  const port = createMemoryPort({ ...parts, recall, learner }, now);
  const { toolbox } = await loadTools({ environment: {} });
  const fastPath = compileFastPath(toolbox.tools.values());
  return {
    ...{ facts, history, recall, mind, learner, port, toolbox, fastPath, clock, now },
    close: async () => {
      await learner.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

type House = Awaited<ReturnType<typeof openHouse>>;

/** A tool call as the fast path, or a mind that obeys a mail, would make it. */
const call = (
  house: House,
  turn: HouseholdTurn,
  { name, input, id }: { name: string; input: object; id: string },
) => {
  const { person, said, kind } = turn;
  const box: Pick<Toolbox, 'tools'> = house.toolbox;
  return runTool({
    ...{ ...portsInProcess({ memory: house.port }), toolbox: box, name, input },
    caller: {
      ...{ personId: person.id, name: person.name, role: 'adult', sure: 1, door: 'app' },
      language: 'en',
    },
    ...{ signal: new AbortController().signal, now: house.now, timeZone: 'UTC' },
    turn: { id, said },
    tainted: kind === 'tainted',
    yes: (digest) => ({ by: 'yes', personId: person.id, digest, ageMs: 1000 }),
  });
};

/** One turn, as a conversation makes it: recall, an answer, tools, history, then learning. */
const live = async (house: House, turn: HouseholdTurn): Promise<Fact[]> => {
  const { person, said, kind, answered, outside } = turn;
  const id = randomUUID();
  const at = house.now();
  const { facts } = await house.recall.recall(person.id, said, { deadlineMs: 5_000 });
  const tainted = kind === 'tainted';
  const message = { turn: id, door: 'app', heard: true, tainted, at };
  await house.history.record(person.id, [
    { ...message, role: 'user', content: said },
    { ...message, role: 'assistant', content: outside ?? answered },
  ]);
  const match = house.fastPath.match(said, 'en');
  if (match && house.toolbox.tools.get(match.tool)?.integration === 'memory') {
    await call(house, turn, { name: match.tool, input: match.input, id });
  } else if (kind === 'explicit') {
    // Words that the fast path leaves to the mind, which calls the same tool.
    const fact = said.replace(/^Remember that /, '');
    await call(house, turn, { name: 'remember_fact', input: { fact }, id });
  } else if (outside) {
    const fact = outside.split('. ')[0] ?? outside;
    await call(house, turn, { name: 'remember_fact', input: { fact }, id });
  }
  await house.learner.afterTurn({
    ...{ personId: person.id, name: person.name, turnId: id, door: 'app', language: 'en' },
    ...{ said, at, tainted, recalledIds: facts.map((fact) => fact.id) },
  });
  await house.learner.idle();
  return facts;
};

interface Tally {
  prompts: number;
  stale: number;
  leaked: number;
  duplicates: number;
  open: number;
}

/** Does a fact say what is no longer so, of this person? */
const isStale = (household: Household, person: Person, { fact }: Fact): boolean =>
  meantBy(fact).some(({ topic, value }) => {
    const isTheirs = valuesOf(topic, person).includes(value);
    return isTheirs && household.truth.get(`${person.id} ${topic.key}`) !== value;
  });

const meaningOf = (fact: string): string =>
  meantBy(fact)
    .map(({ topic, value }) => `${topic.key} ${value}`)
    .join(' ') || fact.toLowerCase();

const strangersIn = (person: Person, { fact }: Fact): { leaks: number; outside: number } => {
  const found = meantBy(fact);
  const own = (topic: (typeof found)[number]['topic'], value: string, of: Person): boolean =>
    valuesOf(topic, of).includes(value);
  const others = people.filter((other) => other !== person);
  const leaks = found.filter(({ topic, value }) => others.some((one) => own(topic, value, one)));
  const nobodys = found.filter(({ topic, value }) => !people.some((one) => own(topic, value, one)));
  // "Ada's neighbour Kurt …" is what Ada said of Kurt.
  return { leaks: leaks.length, outside: fact.includes('Kurt') ? 0 : nobodys.length };
};

const duplicatesIn = (facts: readonly Fact[]): number =>
  facts.length - new Set(facts.map(({ fact }) => meaningOf(fact))).size;

/** @param seed - of the household and of its mind. */
export const hygieneOf = async (
  options: { seed: number; turns: number; days: number },
  embedder: Embedder,
): Promise<Hygiene> => {
  const house = await openHouse(options.seed, embedder);
  try {
    const household = new Household(options.seed);
    const tally: Tally = { prompts: 0, stale: 0, leaked: 0, duplicates: 0, open: 0 };
    let day = -1;
    for (const turn of household.turns(options.turns, options.days)) {
      house.clock.atMs = Math.max(house.clock.atMs + 60_000, startMs + turn.day * dayMs);
      const told = await live(house, turn);
      // What the turn's own words are about may have been true until they were said.
      const asked = told.filter(
        (fact) => !meantBy(turn.said).some(({ topic }) => sameTopic(fact, topic.key)),
      );
      tally.prompts += asked.length;
      tally.stale += asked.filter((fact) => isStale(household, turn.person, fact)).length;
      tally.leaked += told.filter((fact) => fact.personId !== turn.person.id).length;
      if (turn.day === day) continue;
      day = turn.day;
      for (const { id } of people) {
        const open = await house.facts.list(id);
        tally.open += open.length;
        tally.duplicates += duplicatesIn(open);
      }
    }
    return await judged(house, household, { tally, turns: options.turns });
  } finally {
    await house.close();
  }
};

const sameTopic = ({ fact }: Fact, key: string): boolean =>
  meantBy(fact).some(({ topic }) => topic.key === key);

const judged = async (
  house: House,
  household: Household,
  { tally, turns }: { tally: Tally; turns: number },
): Promise<Hygiene> => {
  const all: Fact[] = [];
  let openFacts = 0;
  let known = 0;
  let leaks = tally.leaked;
  let outside = 0;
  for (const person of people) {
    const facts = await house.facts.list(person.id, { all: true });
    const open = facts.filter(({ retiredAt }) => !retiredAt);
    all.push(...facts);
    openFacts += open.length;
    for (const fact of facts) {
      const strangers = strangersIn(person, fact);
      leaks += strangers.leaks;
      outside += strangers.outside;
    }
    for (const [key, value] of household.truth) {
      const [id, topic] = key.split(' ');
      const isKnown = open.some(({ fact }) =>
        meantBy(fact).some((one) => one.topic.key === topic && one.value === value),
      );
      if (id === person.id && isKnown) known += 1;
    }
  }
  return {
    ...{ turns, openFacts, fromOutside: outside, crossPerson: leaks },
    duplicates: tally.duplicates / Math.max(1, tally.open),
    staleInPrompt: tally.stale / Math.max(1, tally.prompts),
    learned: known / household.truth.size,
    secrets: all.filter(({ fact, origin }) => holdsSecret(`${fact}. ${origin.quote ?? ''}`)).length,
    factsInPrompts: tally.prompts,
    asked: house.mind.read.length,
    counts: house.learner.counts(),
  };
};

const percent = (share: number): string => `${Math.round(share * 10_000) / 100} %`;
const optionOf = (options: readonly string[], name: string): string | undefined => {
  const at = options.indexOf(name);
  return at < 0 ? undefined : options[at + 1];
};

/** `--seed N` for one household; vectors by the local models, or by `--embeddings URL`. */
export const hygiene = async (options: readonly string[]): Promise<MemoryPart> => {
  const seed = optionOf(options, '--seed');
  const vectors = await embedderHere(optionOf(options, '--embeddings'));
  const rows: MemoryPart['rows'] = [];
  for (const one of seed === undefined ? [1, 2, 3] : [Number(seed)]) {
    const found = await hygieneOf({ seed: one, turns: 600, days: 30 }, vectors.embedder);
    rows.push({
      ...{ seed: String(one), turns: found.turns, 'open facts': found.openFacts },
      duplicates: percent(found.duplicates),
      'stale in prompt': percent(found.staleInPrompt),
      'not theirs': found.fromOutside,
      leaks: found.crossPerson,
      ...{ secrets: found.secrets, learned: percent(found.learned), 'mind asked': found.asked },
    });
    console.log(`seed ${one}: ${JSON.stringify(found.counts)}`);
  }
  await vectors.stop();
  return {
    title: 'Hygiene: 30 days, 600 turns, three people, a simulated mind that errs',
    rows,
    notes: [
      'The mind is simulated: it errs on purpose, so these figures judge what code lets through,',
      'not how well a model reads. Limits: duplicates and stale 1 %, the next three 0.',
      'What was told with "remember that" is only changed so; casual words against it are refused.',
      vectors.note,
    ],
  };
};
