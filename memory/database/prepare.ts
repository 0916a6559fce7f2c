/** What must be there before the first migration: version, vector, the role that asks. */
import { DatabaseError, messageOf } from './error.ts';
import type { Sql } from './sql.ts';

/** Of server_version_num: 15. */
export const versionMin = 150_000;

const notAllowed = (what: string, error: unknown): DatabaseError =>
  new DatabaseError(
    { code: 'database-not-allowed' },
    `The database does not let Butler ${what}: ${messageOf(error)}. Log in with a user that may, ` +
      'or let an administrator do it once (docs/troubleshooting.md says how).',
    error,
  );

/** The schema in which the type `vector` lies, or undefined without the extension. */
const vectorSchema = async (sql: Sql): Promise<string | undefined> => {
  const [row] = await sql<{ schema: string }[]>`
    select nspname as schema from pg_extension join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'vector'`;
  return row?.schema;
};

const createVector = async (sql: Sql): Promise<void> => {
  const [available] = await sql`select from pg_available_extensions where name = 'vector'`;
  if (!available) {
    throw new DatabaseError(
      { code: 'database-without-vector' },
      'The Postgres server has no pgvector. Use an image that has it (compose.yaml names one), ' +
        'or install the package postgresql-NN-pgvector on the server.',
    );
  }
  try {
    await sql`create extension if not exists vector with schema public`;
  } catch (error) {
    // Of two that start at once, the second may come too late for `if not exists`.
    if (!(await vectorSchema(sql))) throw notAllowed('create the extension vector', error);
  }
};

const createRole = async (sql: Sql): Promise<void> => {
  const [role] = await sql`select from pg_roles where rolname = 'butler_app'`;
  try {
    if (!role) await sql`create role butler_app nologin`;
  } catch (error) {
    const [other] = await sql`select from pg_roles where rolname = 'butler_app'`;
    if (!other) throw notAllowed('create the role butler_app', error);
  }
  // Since 16 a member is not always one that may take the role on: only trying tells.
  const takeOn = () => sql.begin((tx) => tx`set local role butler_app`);
  try {
    await takeOn();
  } catch {
    try {
      await sql`grant butler_app to current_user`;
      await takeOn();
    } catch (error) {
      throw notAllowed('take on the role butler_app', error);
    }
  }
};

/**
 * @returns the schema in which `vector` lies, for the search path.
 * @throws DatabaseError when the server is too old or does not allow what is needed.
 */
export const prepare = async (sql: Sql): Promise<string> => {
  const [server] = await sql<{ number: number; shown: string }[]>`
    select current_setting('server_version_num')::int as number,
      current_setting('server_version') as shown`;
  if (!server || server.number < versionMin) {
    throw new DatabaseError(
      { code: 'database-too-old' },
      `The server is Postgres ${server?.shown}; Butler needs 15 or newer.`,
    );
  }
  if (!(await vectorSchema(sql))) await createVector(sql);
  await createRole(sql);
  try {
    await sql`create schema if not exists butler`;
  } catch (error) {
    throw notAllowed('create the schema butler', error);
  }
  return (await vectorSchema(sql)) ?? 'public';
};
