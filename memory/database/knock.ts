/** Whether a Postgres server would do for Butler: asked without changing anything. */
import { versionMin } from './prepare.ts';
import { connect } from './sql.ts';

export interface Knock {
  /** Such as 18.6. */
  version: string;
  /** Of the extension pgvector, installed or to be had; undefined without it. */
  vector: string | undefined;
  isTooOld: boolean;
}

/** @throws Postgres's or the system's own error. */
export const knock = async (url: string, withinMs: number): Promise<Knock> => {
  const sql = connect(url, { max: 1, fetch_types: false, connect_timeout: withinMs / 1000 });
  try {
    const [row] = await sql<{ number: number; version: string; vector: string | null }[]>`
      select current_setting('server_version_num')::int as number,
        current_setting('server_version') as version,
        (select coalesce(installed_version, default_version) from pg_available_extensions
          where name = 'vector') as vector`;
    const { number = 0, version = 'unknown', vector } = row ?? {};
    return { version, vector: vector ?? undefined, isTooOld: number < versionMin };
  } finally {
    await sql.end({ timeout: 1 });
  }
};
