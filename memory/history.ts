/** What was said, turn by turn, for some weeks: the recent talk, and what a search finds around. */
import type { Database, TransactionSql } from './database.ts';
import { personUnknown, storable } from './facts/fact.ts';
import { lockPerson } from './facts/rows.ts';
import { vectorColumn } from './facts/vectors.ts';
import {
  type Message,
  messageColumns,
  messageWithVector,
  putMessages,
  type TakenMessage,
  takeMessages,
} from './history/message.ts';
import { contentPieces, recentTurns } from './history/turns.ts';

export type { Message } from './history/message.ts';
export { contentMax } from './history/turns.ts';

export interface NewMessage {
  /** A UUID. */
  turn: string;
  door: string;
  role: Message['role'];
  content: string;
  heard?: boolean;
  tainted?: boolean;
  at?: Date;
}

/** A message as an index needs it: with its vector, where it has one. */
export type IndexedMessage = TakenMessage;

export interface History {
  /**
   * Writes messages down, committed when it returns. One that is longer than `contentMax` becomes
   * several, and one without content none.
   * @returns the ids of the rows, in order.
   * @throws {FactError} person-unknown
   * @throws {HistoryError} turn-malformed
   */
  record(personId: string, messages: NewMessage[]): Promise<number[]>;
  /**
   * The last whole turns that fit, oldest first; the first message is the person's.
   * @param options.before only what was said before this moment.
   */
  recent(
    personId: string,
    options: { days?: number; limit?: number; now: Date; before?: Date | undefined },
  ): Promise<Message[]>;
  /** With vectors, lowest id first. */
  indexed(personId: string, ids: number[]): Promise<IndexedMessage[]>;
  /** Messages and the `n` before and after each, oldest first, none twice. */
  around(personId: string, ids: number[], n: number): Promise<Message[]>;
  /** From `from` on and before `to`, oldest first. */
  between(personId: string, from: Date, to: Date): Promise<Message[]>;
  /** One utterance and its answer, oldest first. @param turn - a UUID */
  ofTurn(personId: string, turn: string): Promise<Message[]>;
  /** In the order of `ids`. */
  byIds(personId: string, ids: number[]): Promise<Message[]>;
  /** Deletes what is older, of everybody; @returns how many messages went. */
  clean(olderThan: Date): Promise<number>;
  /** For good; what it returns brings them back through `restore`. */
  remove(personId: string, ids: number[]): Promise<TakenMessage[]>;
  restore(personId: string, messages: TakenMessage[]): Promise<void>;
  /** How many messages were ever deleted; when it has grown, compare with `ids`. */
  deleted(personId: string): Promise<number>;
  ids(personId: string): Promise<number[]>;
}

/** Something that cannot be a message; the message says what to do. */
class HistoryError extends Error {
  readonly code = 'turn-malformed';
}

interface Named {
  database: Database;
  personId: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const record = async ({ database, personId }: Named, messages: NewMessage[]) => {
  for (const { turn } of messages) {
    if (!uuid.test(turn)) {
      throw new HistoryError('The id of a turn must be a UUID, as randomUUID() makes it.');
    }
  }
  const now = new Date();
  const rows = messages.flatMap((message) =>
    contentPieces(storable(message.content)).map((content) => ({ ...message, content })),
  );
  if (rows.length === 0) return [];
  return await database.asPerson(personId, async (sql) => {
    if (!(await lockPerson(sql, personId))) throw personUnknown();
    const ids: number[] = [];
    for (const { turn, door, role, content, heard = true, tainted = false, at = now } of rows) {
      const [row] = await sql<{ id: number }[]>`
        insert into butler.conversation_history
          (user_id, turn, door, role, content, heard, tainted, at)
        values (${personId}, ${turn}, ${door}, ${role}, ${content}, ${heard}, ${tainted}, ${at})
        returning id`;
      if (row) ids.push(row.id);
    }
    return ids;
  });
};

const select = async (
  { database, personId }: Named,
  query: (sql: TransactionSql) => PromiseLike<Message[]>,
): Promise<Message[]> => [...(await database.asPerson(personId, async (sql) => await query(sql)))];

const dayMs = 24 * 60 * 60 * 1000;

const recent = async (named: Named, options: Parameters<History['recent']>[1]) => {
  const { days = 7, limit = 20, now, before } = options;
  const from = new Date(now.getTime() - days * dayMs);
  // One more than wanted shows whether the oldest turn is whole.
  const newestFirst = await select(
    named,
    (sql) => sql<Message[]>`
      select ${messageColumns(sql)} from butler.conversation_history
      where user_id = ${named.personId} and at >= ${from}
        ${before === undefined ? sql`` : sql`and at < ${before}`}
      order by at desc, id desc limit ${limit + 1}`,
  );
  return recentTurns(newestFirst.reverse(), limit);
};

const indexed = async ({ database, personId }: Named, ids: number[]): Promise<IndexedMessage[]> => {
  type Row = Message & { vector: string | null; model: string | null };
  const rows = await database.asPerson(
    personId,
    (sql) => sql<Row[]>`
      select ${messageColumns(sql)}, ${vectorColumn(sql)}, embedding_model as model
      from butler.conversation_history
      where user_id = ${personId} and id = any(${ids}::bigint[]) order by id`,
  );
  return rows.map(messageWithVector);
};

const around = async (named: Named, ids: number[], n: number): Promise<Message[]> =>
  await select(
    named,
    (sql) => sql<Message[]>`
      with numbered as (
        select id, row_number() over (order by at, id) as place
        from butler.conversation_history where user_id = ${named.personId}
      ), wanted as (
        select distinct other.id from numbered named
        join numbered other
          on other.place between named.place - ${n}::int and named.place + ${n}::int
        where named.id = any(${ids}::bigint[])
      )
      select ${messageColumns(sql)} from butler.conversation_history
      where user_id = ${named.personId} and id in (select id from wanted) order by at, id`,
  );

const byIds = async (named: Named, ids: number[]): Promise<Message[]> => {
  const rows = await select(
    named,
    (sql) => sql<Message[]>`
      select ${messageColumns(sql)} from butler.conversation_history
      where user_id = ${named.personId} and id = any(${ids}::bigint[])`,
  );
  const found = new Map(rows.map((message) => [message.id, message]));
  return ids.flatMap((id) => found.get(id) ?? []);
};

export const createHistory = (database: Database): History => ({
  record: (personId, messages) => record({ database, personId }, messages),
  recent: (personId, options) => recent({ database, personId }, options),
  indexed: (personId, ids) => indexed({ database, personId }, ids),
  around: (personId, ids, n) => around({ database, personId }, ids, n),
  between: (personId, from, to) =>
    select(
      { database, personId },
      (sql) => sql<Message[]>`
        select ${messageColumns(sql)} from butler.conversation_history
        where user_id = ${personId} and at >= ${from} and at < ${to} order by at, id`,
    ),
  ofTurn: async (personId, turn) => {
    if (!uuid.test(turn)) return [];
    return await select(
      { database, personId },
      (sql) => sql<Message[]>`
        select ${messageColumns(sql)} from butler.conversation_history
        where user_id = ${personId} and turn = ${turn} order by at, id`,
    );
  },
  byIds: (personId, ids) => byIds({ database, personId }, ids),
  clean: async (olderThan) =>
    (await database.sql`delete from butler.conversation_history where at < ${olderThan}`).count,
  remove: (personId, ids) => database.asPerson(personId, (sql) => takeMessages(sql, personId, ids)),
  restore: async (personId, messages) => {
    await database.asPerson(personId, (sql) => putMessages(sql, personId, messages));
  },
  deleted: async (personId) => {
    const [row] = await database.asPerson(
      personId,
      (sql) => sql<{ deleted: number }[]>`
        select history_deleted as deleted from butler.memory_marks where user_id = ${personId}`,
    );
    return row?.deleted ?? 0;
  },
  ids: async (personId) => {
    const rows = await database.asPerson(
      personId,
      (sql) => sql<{ id: number }[]>`
        select id from butler.conversation_history where user_id = ${personId} order by id`,
    );
    return rows.map(({ id }) => id);
  },
});
