/** Forgetting: the rows, what they had superseded, and the words they were learned from. */
import type { TransactionSql } from '../database/sql.ts';
import {
  type Message,
  messageColumns,
  type TakenMessage,
  takeMessages,
} from '../history/message.ts';
import type { Fact, Vector } from './fact.ts';
import { columns, lockPerson, open } from './rows.ts';
import { vectorColumn, vectorOf } from './vectors.ts';

/** What was deleted, with all that is needed to put it back. */
export interface Forgotten extends Fact {
  vector?: Vector;
  /** The messages that went with it. */
  messages: TakenMessage[];
}

interface Named {
  sql: TransactionSql;
  personId: string;
}

type TakenRow = Fact & { vector: string | null; model: string | null };

const forgottenOf = ({ vector: text, model, ...row }: TakenRow): Forgotten => {
  const values = vectorOf(text);
  const vector = values && model !== null ? { model, values } : undefined;
  return { ...row, ...(vector && { vector }), messages: [] };
};

/** An open fact takes with it all that its slot said before, and all that it superseded. */
const deleteRows = async ({ sql, personId }: Named, ids: number[]): Promise<Forgotten[]> => {
  const rows = await sql<TakenRow[]>`
    with recursive named as (
      select id, slot, (${open(sql)}) as open from butler.user_facts
      where user_id = ${personId} and id = any(${ids}::bigint[])
    ), gone (id) as (
      select id from named where open
      union
      select older.id from butler.user_facts older join gone on older.superseded_by = gone.id
      where older.user_id = ${personId}
    )
    delete from butler.user_facts where user_id = ${personId}
      and (id in (select id from named) or id in (select id from gone)
        or (not (${open(sql)}) and slot in (select slot from named where open)))
    returning ${columns(sql)}, ${vectorColumn(sql)}, embedding_model as model`;
  return rows.map(forgottenOf).sort((a, b) => a.id - b.id);
};

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] => [
  ...new Set(
    fold(text)
      .split(' ')
      .filter((word) => word.length >= 3),
  ),
];

/** The share of the words of `text` that stand in `content`. */
const shareIn = (content: string, text: string): number => {
  const words = wordsOf(text);
  const there = new Set(fold(content).split(' '));
  if (words.length === 0) return 0;
  return words.filter((word) => there.has(word)).length / words.length;
};

const contains = (content: string, text: string): boolean =>
  fold(text) !== '' && ` ${fold(content)} `.includes(` ${fold(text)} `);

/** From this share of its words on, a message repeats a fact. */
const repeatsFrom = 1 / 3;

/** The messages of one turn that hold the words, and the answers that repeat them. */
const telling = (messages: Message[], fact: string, quote: string | undefined): Message[] => {
  const own = messages.filter(({ role }) => role === 'user');
  const quoted = quote ? own.filter(({ content }) => contains(content, quote)) : [];
  // A mind may have quoted loosely: then whatever of that turn says the same goes.
  const said = quoted.length > 0 ? quoted : own.filter((m) => shareIn(m.content, fact) >= 0.5);
  const answers = messages.filter(
    ({ role, content }) =>
      role === 'assistant' &&
      (shareIn(content, fact) >= repeatsFrom || (quote !== undefined && contains(content, quote))),
  );
  return [...said, ...answers];
};

const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

const places = ({ origin }: Fact) =>
  [origin, ...(origin.again ?? [])].flatMap(({ turn, quote }) =>
    turn !== undefined && isUuid(turn) ? [{ turn: turn.toLowerCase(), quote }] : [],
  );

const takeWords = async ({ sql, personId }: Named, facts: Forgotten[]): Promise<void> => {
  const turns = [...new Set(facts.flatMap(places).map(({ turn }) => turn))];
  if (turns.length === 0) return;
  const rows = await sql<Message[]>`
    select ${messageColumns(sql)} from butler.conversation_history
    where user_id = ${personId} and turn = any(${turns}::uuid[])`;
  const messages = [...rows];
  const holder = new Map<number, Forgotten>();
  for (const fact of facts) {
    for (const { turn, quote } of places(fact)) {
      const ofTurn = messages.filter((message) => message.turn === turn);
      for (const { id } of telling(ofTurn, fact.fact, quote)) holder.set(id, fact);
    }
  }
  const taken = await takeMessages(sql, personId, [...holder.keys()]);
  for (const message of taken) holder.get(message.id)?.messages.push(message);
};

/** In the transaction that is given; ids that are not this person's are passed over. */
export const forgetFacts = async (named: Named, ids: number[]): Promise<Forgotten[]> => {
  await lockPerson(named.sql, named.personId);
  const facts = await deleteRows(named, ids);
  await takeWords(named, facts);
  return facts;
};
