/** Passkeys in the database: a person's own by that person, the one that signs in by the house. */
import type { Database, TransactionSql } from '../memory/database.ts';

/** As their owner sees it; the public key tells nobody anything. */
export interface Passkey {
  id: string;
  name: string;
  /** The host name it works under. */
  host: string;
  transports: string[];
  isBackedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export interface PasskeyRow
  extends Pick<Passkey, 'id' | 'name' | 'host' | 'transports' | 'isBackedUp'> {
  /** COSE key, base64url. */
  publicKey: string;
  counter: number;
}

const columns = (tx: TransactionSql) => tx`
  id, name, host, to_jsonb(transports) as transports, backed_up as "isBackedUp",
  created_at as "createdAt", last_used_at as "lastUsedAt"`;

const insert = (tx: TransactionSql, personId: string, row: PasskeyRow) => {
  const transports = tx`array(select jsonb_array_elements_text(${tx.json(row.transports)}))`;
  return tx<Passkey[]>`
    insert into butler.passkeys
      (id, user_id, name, host, public_key, counter, transports, backed_up)
    values (${row.id}, ${personId}, ${row.name}, ${row.host}, ${row.publicKey}, ${row.counter},
      ${transports}, ${row.isBackedUp})
    on conflict (id) do nothing
    returning ${columns(tx)}`;
};

export const passkeyRows = (database: () => Database) => ({
  list: (personId: string): Promise<Passkey[]> =>
    database().asPerson(personId, async (tx) => [
      ...(await tx<Passkey[]>`
        select ${columns(tx)} from butler.passkeys order by created_at, id`),
    ]),

  add: (
    personId: string,
    { row, atMost }: { row: PasskeyRow; atMost: number },
  ): Promise<Passkey | 'too-many' | 'known'> =>
    database().asPerson(personId, async (tx) => {
      // Two at once count each other.
      await tx`select pg_advisory_xact_lock(hashtext(${`passkeys ${personId}`}))`;
      const [{ count } = { count: 0 }] = await tx<{ count: number }[]>`
        select count(*) as count from butler.passkeys`;
      if (count >= atMost) return 'too-many';
      const [added] = await insert(tx, personId, row);
      return added ?? 'known';
    }),

  rename: (
    personId: string,
    { id, name }: { id: string; name: string },
  ): Promise<Passkey | undefined> =>
    database().asPerson(personId, async (tx) => {
      const [renamed] = await tx<Passkey[]>`
        update butler.passkeys set name = ${name} where id = ${id} returning ${columns(tx)}`;
      return renamed;
    }),

  remove: (personId: string, id: string): Promise<boolean> =>
    database().asPerson(personId, async (tx) => {
      const removed = await tx`delete from butler.passkeys where id = ${id} returning id`;
      return removed.length > 0;
    }),

  removeAll: async (personId: string): Promise<void> => {
    await database().asPerson(personId, (tx) => tx`delete from butler.passkeys`);
  },

  /** Whoever's it is: asked before anybody is known. */
  find: async (
    id: string,
  ): Promise<{ userId: string; host: string; publicKey: string } | undefined> => {
    const [found] = await database().sql<{ userId: string; host: string; publicKey: string }[]>`
      select user_id as "userId", host, public_key as "publicKey"
      from butler.passkeys where id = ${id}`;
    return found;
  },

  /**
   * Takes the counter of a login. False where it did not grow, which a copy of the key explains
   * (WebAuthn Level 3, section 6.1.1); keys that do not count say 0 every time.
   */
  use: async (
    id: string,
    { counter, isBackedUp }: { counter: number; isBackedUp: boolean },
  ): Promise<boolean> => {
    const used = await database().sql`
      update butler.passkeys
      set counter = ${counter}, backed_up = ${isBackedUp}, last_used_at = now()
      where id = ${id} and
        (${counter}::bigint > counter or (${counter}::bigint = 0 and counter = 0))
      returning id`;
    return used.length > 0;
  },
});

export type PasskeyRows = ReturnType<typeof passkeyRows>;
