/** Messages of a conversation: their shape, and as the database gives and takes them. */
import type { Sql, TransactionSql } from '../database/sql.ts';
import type { Vector } from '../facts/fact.ts';
import { vectorColumn, vectorOf, vectorText } from '../facts/vectors.ts';

export interface Message {
  id: number;
  /** A UUID; all messages of one utterance and its answer share it. */
  turn: string;
  door: string;
  role: 'user' | 'assistant';
  content: string;
  /** False: the answer was cut short; `content` is what had been heard. */
  heard: boolean;
  /** This turn had read words from outside. */
  tainted: boolean;
  at: Date;
}

/** A message that was taken out, with all that is needed to put it back. */
export interface TakenMessage extends Message {
  vector?: Vector;
}

type Executor = Sql | TransactionSql;

type TakenRow = Message & { vector: string | null; model: string | null };

export const messageColumns = (sql: Executor) =>
  sql`id, turn::text, door, role, content, heard, tainted, at`;

/** With the vector beside it, as {@link vectorColumns} give it. */
export const messageWithVector = ({ vector: text, model, ...row }: TakenRow): TakenMessage => {
  const values = vectorOf(text);
  return { ...row, ...(values && model !== null && { vector: { model, values } }) };
};

/** Deletes messages of a person for good; @returns them, oldest first. */
export const takeMessages = async (
  sql: TransactionSql,
  personId: string,
  ids: number[],
): Promise<TakenMessage[]> => {
  if (ids.length === 0) return [];
  const rows = await sql<TakenRow[]>`
    delete from butler.conversation_history
    where user_id = ${personId} and id = any(${ids}::bigint[])
    returning ${messageColumns(sql)}, ${vectorColumn(sql)},
      embedding_model as model`;
  return rows.map(messageWithVector).sort((a, b) => a.id - b.id);
};

/** Puts back what was taken out, under its old numbers; what is there stays. */
export const putMessages = async (
  sql: TransactionSql,
  personId: string,
  messages: readonly TakenMessage[],
): Promise<void> => {
  for (const { vector, ...message } of messages) {
    await sql`
      insert into butler.conversation_history (id, user_id, turn, door, role, content, heard,
        tainted, at, embedding, embedding_model)
      overriding system value
      values (${message.id}, ${personId}, ${message.turn}, ${message.door}, ${message.role},
        ${message.content}, ${message.heard}, ${message.tainted}, ${message.at},
        ${vector ? vectorText(vector.values) : null}::vector, ${vector?.model ?? null})
      on conflict (id) do nothing`;
  }
};
