/** An embedded Postgres for oneself alone: to read a copy, or to fill a new one. */

import { connect, type Sql } from './sql.ts';
import { PortStream } from './stream.ts';
import { startThread } from './thread.ts';

/** Packing a slice of rows may take its time on a slow disk. */
const silentMs = 120_000;

export interface Apart {
  sql: Sql;
  close(): Promise<void>;
}

/** @param cluster a folder that no other process has open. */
export const openApart = async (cluster: string): Promise<Apart> => {
  const thread = await startThread({ cluster, socket: undefined, silentMs }, () => undefined);
  const sql = connect(undefined, {
    max: 1,
    user: 'postgres',
    database: 'postgres',
    socket: async () => new PortStream(thread.connect()),
  });
  return {
    sql,
    close: async () => {
      await sql.end({ timeout: 2 });
      await thread.close();
    },
  };
};
