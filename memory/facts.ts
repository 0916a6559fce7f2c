/** What Butler knows about each person: facts with a history, written and read in their name. */
import type { Database, TransactionSql } from './database.ts';
import { createChanges, type FactChanges } from './facts/changes.ts';
import { editFact } from './facts/edit.ts';
import type { Fact, FactPatch, NewFact, Remembered } from './facts/fact.ts';
import { openFactsMax, personUnknown } from './facts/fact.ts';
import { type Forgotten, forgetFacts } from './facts/forget.ts';
import { checkedFact, rememberFact, retireBeyond } from './facts/remember.ts';
import { restoreFacts, type Snapshot } from './facts/restore.ts';
import { columns, lockPerson, open } from './facts/rows.ts';

export type { FactRow } from './facts/changes.ts';
export {
  categories,
  type Fact,
  FactError,
  type FactPatch,
  type NewFact,
  type Remembered,
  type Vector,
} from './facts/fact.ts';
export type { Forgotten } from './facts/forget.ts';

/** By so much of what is missing to certainty a fact gains when it was of use. */
const gainOfUse = 0.02;
/** A fact that is corrected below this is no longer believed. */
const believedFrom = 0.2;

export interface Facts extends FactChanges {
  /**
   * Committed when it returns.
   * @throws {FactError} when it cannot be a fact; nothing was written then.
   */
  remember(personId: string, fact: NewFact, at?: Date): Promise<Remembered>;
  /** Open ones, or all with `{ all: true }`; newest first. */
  list(personId: string, options?: { all?: boolean }): Promise<Fact[]>;
  byId(personId: string, id: number): Promise<Fact | undefined>;
  /** In the order of `ids`; those that are not this person's are missing. */
  byIds(personId: string, ids: number[]): Promise<Fact[]>;
  /**
   * The person's own correction of the wording: it counts as told by them.
   * @returns undefined where there is no such open fact.
   * @throws {FactError} also fact-duplicate and fact-slot-taken
   */
  edit(personId: string, id: number, patch: FactPatch): Promise<Fact | undefined>;
  /** For good, with the words it was learned from; give what it returns to `restore`. */
  forget(personId: string, ids: number[]): Promise<Forgotten[]>;
  /** Makes facts what they were: undo of forget, of a replacement, and of an edit. */
  restore(personId: string, facts: Snapshot[]): Promise<Fact[]>;
  /** They were in the prompt, or told. */
  used(personId: string, ids: number[], at?: Date): Promise<void>;
  /** Somebody said that it is wrong: half as sure, and after that no longer believed. */
  corrected(personId: string, id: number, at?: Date): Promise<Fact | undefined>;
}

interface Named {
  database: Database;
  personId: string;
}

const select = async ({ database, personId }: Named, where: (sql: TransactionSql) => unknown) => {
  const rows = await database.asPerson(
    personId,
    (sql) => sql<Fact[]>`
      select ${columns(sql)} from butler.user_facts
      where user_id = ${personId} and ${where(sql) as ReturnType<typeof columns>}
      order by valid_from desc, id desc`,
  );
  return [...rows];
};

const byIds = async (named: Named, ids: number[]): Promise<Fact[]> => {
  const facts = await select(named, (sql) => sql`id = any(${ids}::bigint[])`);
  const found = new Map(facts.map((fact) => [fact.id, fact]));
  return ids.flatMap((id) => found.get(id) ?? []);
};

const markUsed = ({ database, personId }: Named, ids: number[], at: Date) =>
  database.asPerson(personId, async (sql) => {
    await lockPerson(sql, personId);
    await sql`
      update butler.user_facts set uses = uses + 1,
        confidence = confidence + ${gainOfUse} * (1 - confidence),
        last_referenced = greatest(last_referenced, ${at}::timestamptz)
      where user_id = ${personId} and id = any(${ids}::bigint[]) and ${open(sql)}`;
  });

const correct = ({ database, personId }: Named, id: number, at: Date) =>
  database.asPerson(personId, async (sql) => {
    await lockPerson(sql, personId);
    const gone = sql`confidence * .5 < ${believedFrom}`;
    const [row] = await sql<Fact[]>`
      update butler.user_facts set corrected = corrected + 1, confidence = confidence * .5,
        valid_to = case when ${gone} then greatest(valid_from, ${at}::timestamptz) end,
        retired_at = case when ${gone} then greatest(recorded_at, ${at}::timestamptz) end
      where user_id = ${personId} and id = ${id} and ${open(sql)} returning ${columns(sql)}`;
    return row;
  });

const restore = async ({ database, personId }: Named, facts: Snapshot[]): Promise<Fact[]> => {
  if (facts.length === 0) return [];
  return await database.asPerson(personId, (sql) =>
    restoreFacts({ sql, personId, at: new Date() }, facts),
  );
};

/** @throws {FactError} person-unknown where the row of the person went away meanwhile. */
const asSomebody = (error: unknown): never => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  throw code === '23503' ? personUnknown() : error;
};

const rememberIn = (database: Database, openMax: number): Facts['remember'] => {
  // By person. Facts are counted only where this process cannot know that there is room left.
  const rooms = new Map<string, number>();
  return async (personId, fact, at = new Date()) => {
    const checked = checkedFact(fact);
    const work = async (sql: TransactionSql): Promise<Remembered> => {
      const writing = { sql, personId, at };
      const remembered = await rememberFact(writing, checked);
      if (remembered.outcome !== 'added' || !remembered.fact) return remembered;
      const room = (rooms.get(personId) ?? 0) - 1;
      const counted = room < 0 ? await retireBeyond(writing, openMax, remembered.fact.id) : room;
      rooms.set(personId, counted);
      return remembered;
    };
    return await database.asPerson(personId, work).catch(asSomebody);
  };
};

/** @param limits - `openMax`: how many open facts a person may have. */
export const createFacts = (database: Database, { openMax = openFactsMax } = {}): Facts => ({
  ...createChanges(database),
  remember: rememberIn(database, openMax),
  list: (personId, { all = false } = {}) =>
    select({ database, personId }, (sql) => (all ? sql`true` : open(sql))),
  byId: async (personId, id) => (await byIds({ database, personId }, [id]))[0],
  byIds: (personId, ids) => byIds({ database, personId }, ids),
  edit: (personId, id, patch) =>
    database.asPerson(personId, (sql) => editFact({ sql, personId, at: new Date() }, id, patch)),
  forget: (personId, ids) =>
    database.asPerson(personId, (sql) => forgetFacts({ sql, personId }, ids)),
  restore: (personId, facts) => restore({ database, personId }, facts),
  used: async (personId, ids, at = new Date()) => {
    if (ids.length > 0) await markUsed({ database, personId }, ids, at);
  },
  corrected: (personId, id, at = new Date()) => correct({ database, personId }, id, at),
});
