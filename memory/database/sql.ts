/** postgres.js as Butler uses it, whichever Postgres is behind it. */
import postgres from 'postgres';
import { lastingSocket } from './lasting-socket.ts';
import { brokenStream } from './stream.ts';

/** Row ids are int8 and come as numbers: no household reaches 2^53 of them. */
interface Types extends Record<string, unknown> {
  int8: number;
}

export type Sql = postgres.Sql<Types>;
export type TransactionSql = postgres.TransactionSql<Types>;

type Options = postgres.Options<Record<string, postgres.PostgresType>> & {
  /** Documented by postgres.js, missing in its types: makes the stream of a connection. */
  socket?: () => Promise<unknown>;
};

/** An array as a parameter, as text (PostgreSQL documentation, 8.15.2). */
const listOf = (oid: number) => ({
  ...{ to: oid, from: [] },
  serialize: (values: readonly unknown[]) =>
    `{${values.map((value) => `"${String(value).replace(/["\\]/g, '\\$&')}"`).join(',')}}`,
  parse: (text: string) => text,
});

const connectSeconds = 5;
const reconnectSeconds = 0.3;

/** @param url undefined where `socket` makes the connection. */
export const connect = (url: string | undefined, options: Options): Sql => {
  const all: Options = {
    connect_timeout: connectSeconds,
    keep_alive: 10,
    backoff: () => reconnectSeconds,
    ...options,
    onnotice: () => undefined,
    // Else postgres.js asks for them at each login, and where the connection breaks just then,
    // nobody hears of it but Node, which ends the process.
    fetch_types: false,
    types: {
      int8: { to: 20, from: [20], serialize: String, parse: (text: string) => Number(text) },
      // Of bigint[], text[] and uuid[] (pg_type.dat).
      ...{ int8s: listOf(1016), texts: listOf(1009), uuids: listOf(2951) },
    },
  };
  const make = options.socket ?? lastingSocket(url ?? '', connectSeconds * 1000);
  const through: Options = { ...all, socket: () => make().catch(brokenStream) };
  const made = url === undefined ? postgres(through) : postgres(url, { ...through, ssl: false });
  // The types of postgres.js cannot see through its options' union: `types` above is what counts.
  return made as unknown as Sql;
};
