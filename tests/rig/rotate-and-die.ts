/** Rotates the key of a folder and is killed at the moment that its argument names. */
import { rotateKey } from '../../admin/rotation.ts';
import { openDatabase, type TransactionSql } from '../../memory/database.ts';
import { silent } from './database-folder.ts';

const [folder = '', moment = ''] = process.argv.slice(2);
const die = (): never => process.kill(process.pid, 'SIGKILL') as never;

/** Lets two rows be written, and dies at the third. */
const dying = (sql: TransactionSql): TransactionSql => {
  let updates = 0;
  return new Proxy(sql, {
    apply: (target, self, given: unknown[]) => {
      const isUpdate = String((given[0] as string[] | undefined)?.[0]).includes('update butler');
      if (isUpdate && ++updates === 3) die();
      return Reflect.apply(target, self, given) as unknown;
    },
  });
};

const database = await openDatabase({ folder, role: 'server', log: silent });
const begin = async (work: (sql: TransactionSql) => Promise<unknown>) => {
  const done = await database.sql.begin((sql) => work(moment === 'between' ? dying(sql) : sql));
  // Committed, and the new secret still lies beside the old one.
  if (moment === 'committed') die();
  return done;
};
await rotateKey({ database: { sql: Object.assign(() => undefined, { begin }) as never }, folder });
