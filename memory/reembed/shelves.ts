/** Where texts with vectors lie in the database, and how a batch of them is taken and put back. */
import type { Database } from '../database.ts';
import type { Vector } from '../facts/fact.ts';
import { lockPerson } from '../facts/rows.ts';
import { vectorText } from '../facts/vectors.ts';

/** What counts as stale: no vector, one of another model, or of another dimension. */
export interface Stale {
  model: string;
  /** Undefined: dimensions are not looked at, which would read every vector. */
  dimension: number | undefined;
}

interface TextRow {
  id: number;
  personId: string;
  text: string;
}

export interface Shelf {
  count(stale: Stale): Promise<number>;
  /** The next stale rows; `after` is the last id that was taken. */
  next(take: Stale & { after: number | undefined; limit: number }): Promise<TextRow[]>;
  /** Only where the text is still the same. */
  put(rows: (TextRow & { vector: Vector })[]): Promise<void>;
}

/** Facts first, as they are in every turn; then what was said, newest first. */
export const createShelves = (database: Database): Shelf[] => [facts(database), said(database)];

const staleRows = ({ sql }: Database, { model, dimension }: Stale) => sql`
  (embedding is null or embedding_model <> ${model}
    ${dimension === undefined ? sql`` : sql`or vector_dims(embedding) <> ${dimension}`})`;

const facts = (database: Database): Shelf => ({
  count: async (stale) => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*) from butler.user_facts where ${staleRows(database, stale)}`;
    return Number(row?.count ?? 0);
  },
  next: async ({ after = 0, limit, ...stale }) =>
    await database.sql<TextRow[]>`
      select id, user_id as "personId", fact as text from butler.user_facts
      where id > ${after} and ${staleRows(database, stale)} order by id limit ${limit}`,
  put: async (rows) => {
    for (const [personId, own] of Map.groupBy(rows, (row) => row.personId)) {
      await database.sql.begin(async (sql) => {
        // So that an index in another process, which reads by revision, misses none.
        await lockPerson(sql, personId);
        await sql`
          update butler.user_facts as facts
          set embedding = given.vector::vector, embedding_model = given.model
          from unnest(${own.map(({ id }) => id)}::bigint[], ${own.map(({ text }) => text)}::text[],
            ${own.map(({ vector }) => vectorText(vector.values))}::text[],
            ${own.map(({ vector }) => vector.model)}::text[]) as given(id, text, vector, model)
          where facts.id = given.id and facts.user_id = ${personId} and facts.fact = given.text`;
      });
    }
  },
});

const said = (database: Database): Shelf => ({
  count: async (stale) => {
    const [row] = await database.sql<{ count: number }[]>`
      select count(*) from butler.conversation_history
      where content ~ '\\S' and ${staleRows(database, stale)}`;
    return Number(row?.count ?? 0);
  },
  next: async ({ after = Number.MAX_SAFE_INTEGER, limit, ...stale }) =>
    await database.sql<TextRow[]>`
      select id, user_id as "personId", content as text from butler.conversation_history
      where id < ${after} and content ~ '\\S' and ${staleRows(database, stale)}
      order by id desc limit ${limit}`,
  put: async (rows) => {
    await database.sql`
      update butler.conversation_history as history
      set embedding = given.vector::vector, embedding_model = given.model
      from unnest(${rows.map(({ id }) => id)}::bigint[], ${rows.map(({ text }) => text)}::text[],
        ${rows.map(({ vector }) => vectorText(vector.values))}::text[],
        ${rows.map(({ vector }) => vector.model)}::text[]) as given(id, text, vector, model)
      where history.id = given.id and history.content = given.text`;
  },
});
