/** What an index in some process has missed: rows by revision, with their vectors. */
import type { Database, TransactionSql } from '../database.ts';
import type { Fact, Vector } from './fact.ts';
import { columns, open } from './rows.ts';
import { vectorColumn, vectorOf } from './vectors.ts';

/** A fact as an index needs it. */
export interface FactRow extends Fact {
  revision: number;
  vector?: Vector;
}

export interface Changes {
  /** Ask from here next time. */
  revision: number;
  /** How many facts of the person were ever deleted; when it has grown, compare with `ids`. */
  deleted: number;
  /** Lowest revision first. From revision 0: open ones only, else retired ones too. */
  rows: FactRow[];
}

/** Rows of one query: on the embedded database everybody else waits meanwhile. */
const pageRows = 500;

type ChangedRow = Fact & { revision: number; vector: string | null; model: string | null };

const changedOf = ({ vector: text, model, ...row }: ChangedRow): FactRow => {
  const values = vectorOf(text);
  return { ...row, ...(values && model !== null && { vector: { model, values } }) };
};

export interface FactMarks {
  revision: number;
  deleted: number;
}

/** Where an index begins that has nothing yet. */
export interface FactStart extends FactMarks {
  /** Of all open facts, the surest first, among equals the one last of use. */
  ids: number[];
}

export interface FactChanges {
  /** Read these first, then `rows` of the ids, then `changedSince` the revision. */
  start(personId: string): Promise<FactStart>;
  /** Facts with their vectors as they are now, in no order; those that are gone are missing. */
  rows(personId: string, ids: readonly number[]): Promise<FactRow[]>;
  changedSince(personId: string, revision: number): Promise<Changes>;
  /** The counters alone: cheap, to see whether anything has changed. */
  marks(personId: string): Promise<FactMarks>;
  /** The ids of all open facts of a person. */
  ids(personId: string): Promise<number[]>;
}

const marksIn = async (sql: TransactionSql, personId: string): Promise<FactMarks> => {
  const [marks] = await sql<FactMarks[]>`
    select fact_revision as revision, facts_deleted as deleted from butler.memory_marks
    where user_id = ${personId}`;
  return { revision: marks?.revision ?? 0, deleted: marks?.deleted ?? 0 };
};

/** The counters, and which facts have changed. */
const changedIds = async (sql: TransactionSql, personId: string, revision: number) => {
  // First: whatever is written from now on has a higher number, and comes next time again.
  const marks = await marksIn(sql, personId);
  if (marks.revision === revision) return { marks, ids: [] };
  const rows = await sql<{ id: number }[]>`
    select id from butler.user_facts where user_id = ${personId} and revision > ${revision}
      ${revision === 0 ? sql`and ${open(sql)}` : sql``}`;
  return { marks, ids: rows.map(({ id }) => id) };
};

const inferredShare = 0.8;

/** One row for all ids: tens of thousands of rows take several times as long. */
const idsIn = async (sql: TransactionSql, personId: string): Promise<number[]> => {
  const [row] = await sql<{ ids: string | null }[]>`
    select string_agg(id::text, ',' order by
      confidence * (case source when 'explicit' then 1 else ${inferredShare}::float8 end) desc,
      last_referenced desc, id desc) as ids
    from butler.user_facts where user_id = ${personId} and ${open(sql)}`;
  return row?.ids ? row.ids.split(',').map(Number) : [];
};

const rowsOf =
  (database: Database): FactChanges['rows'] =>
  async (personId, ids) => {
    const found = await database.asPerson(
      personId,
      (sql) => sql<ChangedRow[]>`
        select ${columns(sql)}, revision, ${vectorColumn(sql)}, embedding_model as model
        from butler.user_facts where user_id = ${personId} and id = any(${[...ids]}::bigint[])`,
    );
    return found.map(changedOf);
  };

const changedSince =
  (database: Database): FactChanges['changedSince'] =>
  async (personId, revision) => {
    const { marks, ids } = await database.asPerson(personId, (sql) =>
      changedIds(sql, personId, revision),
    );
    const rows: FactRow[] = [];
    for (let start = 0; start < ids.length; start += pageRows) {
      rows.push(...(await rowsOf(database)(personId, ids.slice(start, start + pageRows))));
    }
    return { ...marks, rows: rows.sort((a, b) => a.revision - b.revision) };
  };

export const createChanges = (database: Database): FactChanges => ({
  changedSince: changedSince(database),
  marks: (personId) => database.asPerson(personId, (sql) => marksIn(sql, personId)),
  ids: (personId) => database.asPerson(personId, (sql) => idsIn(sql, personId)),
  rows: rowsOf(database),
  start: (personId) =>
    database.asPerson(personId, async (sql) => {
      // First: whatever is written from now on has a higher number, and comes as a change.
      const marks = await marksIn(sql, personId);
      return { ...marks, ids: await idsIn(sql, personId) };
    }),
});
