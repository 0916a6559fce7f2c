/** What the database itself says of its tables: which there are, and which hold rows of people. */
import type { Sql, TransactionSql } from '../database.ts';

export type Executor = Sql | TransactionSql;

export interface PersonColumn {
  table: string;
  /** Refers to butler.users, or is called user_id. */
  column: string;
}

/** Every column by which a row is somebody's; a new table is in it without a word here. */
export const personColumns = (sql: Executor): Promise<PersonColumn[]> => sql<PersonColumn[]>`
  select distinct class.relname::text as "table", attribute.attname::text as "column"
  from pg_class class
  join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0
    and not attribute.attisdropped
  where class.relnamespace = 'butler'::regnamespace and class.relkind in ('r', 'p')
    and (attribute.attname = 'user_id' or exists (
      select from pg_constraint key where key.conrelid = class.oid and key.contype = 'f'
        and key.confrelid = 'butler.users'::regclass and attribute.attnum = any (key.conkey)))
  order by 1, 2`;

export interface Column {
  table: string;
  column: string;
  type: string;
}

/** Every column of every table. */
export const allColumns = (sql: Executor): Promise<Column[]> => sql<Column[]>`
  select class.relname::text as "table", attribute.attname::text as "column",
    type.typname::text as "type"
  from pg_class class
  join pg_attribute attribute on attribute.attrelid = class.oid and attribute.attnum > 0
    and not attribute.attisdropped
  join pg_type type on type.oid = attribute.atttypid
  where class.relnamespace = 'butler'::regnamespace and class.relkind in ('r', 'p')
  order by 1, attribute.attnum`;

export const grouped = <Row extends { table: string }>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, ({ table }) => table);
