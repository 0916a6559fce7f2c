/** The rows of every table as JSON lines, read in one snapshot and put back as they were. */
import type { Sql, TransactionSql } from '../database.ts';

/** Of a fact with its vector that is about 2 MB: what is held in memory at a time. */
const rowsAtOnce = 200;

interface Table {
  name: string;
  /** Those that can be written: not the generated ones. */
  columns: string[];
  key: string[];
}

/** Tables of the schema in the order of their names; the list of migrations is not one of them. */
export const tablesOf = async (sql: Sql | TransactionSql): Promise<Table[]> => {
  const rows = await sql<{ name: string; columns: string[]; key: string[] | null }[]>`
    select relname as name,
      (select to_jsonb(array_agg(attname order by attnum)) from pg_attribute
        where attrelid = pg_class.oid and attnum > 0 and not attisdropped
          and attgenerated = '') as columns,
      (select to_jsonb(array_agg(attname order by array_position(conkey, attnum)))
        from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
        where conrelid = pg_class.oid and contype = 'p') as key
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'butler' and relkind = 'r' and relname <> 'migrations' order by relname`;
  return rows.map(({ name, columns, key }) => ({ name, columns, key: key ?? columns }));
};

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A slice of a table: each row one JSON object, in the order of its key. */
export interface Slice {
  table: string;
  lines: string[];
}

/**
 * Row by row as Postgres itself writes JSON: no number passes through a double on its way, and a
 * vector is the shortest text that gives the same bits again (extra_float_digits).
 */
export async function* readRows(tx: TransactionSql, table: Table): AsyncGenerator<Slice> {
  const { name, columns, key } = table;
  const shown = columns.map((column) => `t.${quoted(column)}`).join(', ');
  const order = key.map((column) => quoted(column)).join(', ');
  await tx.unsafe(`declare butler_rows no scroll cursor for
    select to_jsonb(r)::text as line from (
      select ${shown} from butler.${quoted(name)} t order by ${order}) r`);
  for (;;) {
    const rows = await tx.unsafe<{ line: string }[]>(`fetch ${rowsAtOnce} from butler_rows`);
    if (rows.length > 0) yield { table: name, lines: rows.map(({ line }) => line) };
    if (rows.length < rowsAtOnce) break;
  }
  await tx.unsafe('close butler_rows');
}

/** Last values of the sequences that were used. */
export const readSequences = async (tx: TransactionSql): Promise<Record<string, string>> => {
  const rows = await tx<{ name: string; last: string }[]>`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = 'butler' and last_value is not null order by sequencename`;
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
};

/** @throws Postgres's own error for a row that does not fit its table. */
export const writeRows = async (
  tx: TransactionSql,
  { table, columns, lines }: Slice & { columns: string[] },
): Promise<void> => {
  if (lines.length === 0) return;
  const names = columns.map(quoted).join(', ');
  const whole = `butler.${quoted(table)}`;
  await tx.unsafe(
    `insert into ${whole} (${names}) overriding system value
      select ${names} from jsonb_populate_recordset(null::${whole}, $1::text::jsonb)`,
    [`[${lines.join(',')}]`],
  );
};

const foreignKeys = (tx: TransactionSql) => tx<{ table: string; name: string }[]>`
  select relname as table, conname as name from pg_constraint
    join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = 'butler' and contype = 'f'`;

/**
 * Does `work` while no trigger of ours runs and references are checked at the end: rows are to be
 * what they were, and come in any order.
 */
export const asTheyWere = async (tx: TransactionSql, work: () => Promise<void>): Promise<void> => {
  const tables = await tablesOf(tx);
  const keys = await foreignKeys(tx);
  const eachTable = async (what: string) => {
    for (const { name } of tables) {
      await tx.unsafe(`alter table butler.${quoted(name)} ${what} trigger user`);
    }
  };
  const eachKey = async (what: string) => {
    for (const { table, name } of keys) {
      const constraint = `alter constraint ${quoted(name)} ${what}`;
      await tx.unsafe(`alter table butler.${quoted(table)} ${constraint}`);
    }
  };
  await eachTable('disable');
  await eachKey('deferrable initially deferred');
  await work();
  await tx`set constraints all immediate`;
  await eachKey('not deferrable');
  await eachTable('enable');
};

export const writeSequences = async (
  tx: TransactionSql,
  sequences: Record<string, string>,
): Promise<void> => {
  for (const [name, last] of Object.entries(sequences)) {
    await tx`select setval(to_regclass(${`butler.${quoted(name)}`}), ${last}::text::bigint)
      where to_regclass(${`butler.${quoted(name)}`}) is not null`;
  }
};
