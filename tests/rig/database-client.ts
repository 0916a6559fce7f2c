/** A process that uses the database as a test tells it to: JSON in, lines of words back. */

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '../../memory/database.ts';

export interface ClientTask {
  /** `count`: many transactions; `hold`: one that stays open; `write`: rows until it is killed. */
  task: 'count' | 'hold' | 'write' | 'open';
  folder: string;
  role: 'server' | 'worker';
  url?: string;
  person: string;
  times: number;
  /** The number of the first row. */
  first?: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const failing = (about: object, message: string) => say(`log ${message} ${JSON.stringify(about)}`);
const log = { info: () => undefined, debug: () => undefined, warn: failing, error: failing };

/** Reads a number, waits, writes it back with one more: whoever comes between loses a count. */
const count = async (database: Database, { person, times }: ClientTask): Promise<void> => {
  for (let time = 0; time < times; time++) {
    await database.asPerson(person, async (tx) => {
      const [before] = await tx<{ person: string; rows: number; count: number }[]>`
        select current_setting('butler.user_id') as person,
          (select count(*) from butler.users) as rows,
          (select (notifications->>'count')::int from butler.users) as count`;
      if (before?.person !== person || before.rows !== 1) throw new Error('somebody came between');
      await sleep(1);
      await tx`update butler.users set notifications = ${tx.json({ count: before.count + 1 })}
        where id = ${person}`;
    });
  }
};

const insert = (database: Database, person: string, content: string): Promise<void> =>
  database.asPerson(person, async (tx) => {
    await tx`insert into butler.conversation_history (user_id, turn, door, role, content)
      values (${person}, ${randomUUID()}, 'test', 'user', ${content})`;
  });

/** Says `done N` only when row N is committed. */
const write = async (database: Database, task: ClientTask): Promise<void> => {
  const { person, times, first = 0 } = task;
  for (let row = first; row < first + times; row++) {
    await insert(database, person, `row ${row}`);
    say(`done ${row}`);
  }
};

const hold = (database: Database, { person }: ClientTask): Promise<void> =>
  database.asPerson(person, async (tx) => {
    await tx`insert into butler.conversation_history (user_id, turn, door, role, content)
      values (${person}, ${randomUUID()}, 'test', 'user', 'never committed')`;
    say('holding');
    await sleep(60_000);
  });

const given = JSON.parse(process.argv[2] ?? '') as ClientTask;
try {
  const database = await openDatabase({ ...given, log });
  say('open');
  if (given.task === 'count') await count(database, given);
  if (given.task === 'hold') await hold(database, given);
  if (given.task === 'write') await write(database, given);
  await database.close();
  say('closed');
} catch (error) {
  say(`failed ${(error as { code?: string }).code} ${String(error)}`);
  process.exitCode = 1;
}
