/** The table of accounts on other services: one row for each person and service, never two. */
import type { Database, TransactionSql } from '../memory/database.ts';

export interface Credential {
  userId: string;
  service: string;
  username: string;
  /** Encrypted (admin/sealing.ts); null: rows of earlier systems may have none. */
  sealed: string | null;
  keyId: string | null;
  /** The account's id over there; what is recorded here was made by Butler. */
  externalId: string | null;
  status: 'active' | 'failed' | 'decrypt_error';
  /** A sentence for the person. */
  message: string | null;
  attempts: number;
  /** What the service was asked and did not answer. */
  pending: 'create' | 'password' | null;
  /** Until then somebody is at work on it. */
  busyUntil: Date | null;
  disabledAt: Date | null;
  updatedAt: Date;
}

export type CredentialPatch = Partial<
  Omit<Credential, 'userId' | 'service' | 'attempts' | 'updatedAt'>
>;

/** Longer than any work on one account may take; a crash leaves the row claimed for so long. */
export const claimedForMs = 90_000;

export interface Credentials {
  list(userId: string): Promise<Credential[]>;
  get(userId: string, service: string): Promise<Credential | undefined>;
  /**
   * Takes the row for oneself, making it where there is none; what is there stays as it is.
   * Undefined while somebody else is at it.
   */
  claim(
    draft: Pick<Credential, 'userId' | 'service' | 'username' | 'sealed' | 'keyId' | 'message'>,
  ): Promise<Credential | undefined>;
  write(row: { userId: string; service: string }, patch: CredentialPatch): Promise<void>;
  /** Puts another form of the same password in the place of `was`, unless it changed meanwhile. */
  reseal(
    row: { userId: string; service: string },
    change: { was: string; sealed: string; keyId: string },
  ): Promise<void>;
}

const columns = (sql: TransactionSql) => sql`
  user_id as "userId", service, username, password_encrypted as sealed, key_id as "keyId",
  external_id as "externalId", status, error_message as message, attempts, pending,
  busy_until as "busyUntil", disabled_at as "disabledAt", updated_at as "updatedAt"`;

export const openCredentials = (
  database: Pick<Database, 'asPerson'>,
  clock: () => number,
): Credentials => ({
  list: (userId) =>
    database.asPerson(
      userId,
      (sql) => sql<Credential[]>`
        select ${columns(sql)} from butler.service_credentials
        where user_id = ${userId} order by service`,
    ),
  get: async (userId, service) => {
    const rows = await database.asPerson(
      userId,
      (sql) => sql<Credential[]>`
        select ${columns(sql)} from butler.service_credentials
        where user_id = ${userId} and service = ${service}`,
    );
    return rows[0];
  },
  claim: async ({ userId, service, username, sealed, keyId, message }) => {
    const now = new Date(clock());
    const until = new Date(now.getTime() + claimedForMs);
    const rows = await database.asPerson(
      userId,
      (sql) => sql<Credential[]>`
        insert into butler.service_credentials as row (user_id, service, username,
          password_encrypted, key_id, status, error_message, attempts, busy_until, updated_at)
        values (${userId}, ${service}, ${username}, ${sealed}, ${keyId}, 'failed', ${message}, 1,
          ${until}, ${now})
        on conflict (user_id, service) do update
          set busy_until = ${until}, attempts = row.attempts + 1, updated_at = ${now}
          where row.busy_until is null or row.busy_until <= ${now}
        returning ${columns(sql)}`,
    );
    return rows[0];
  },
  write: async ({ userId, service }, patch) => {
    const now = new Date(clock());
    await database.asPerson(userId, async (sql) => {
      const [row] = await sql<Credential[]>`
        select ${columns(sql)} from butler.service_credentials
        where user_id = ${userId} and service = ${service} for update`;
      if (!row) return;
      const next = { ...row, ...patch };
      await sql`
        update butler.service_credentials set username = ${next.username},
          password_encrypted = ${next.sealed}, key_id = ${next.keyId},
          external_id = ${next.externalId}, status = ${next.status},
          error_message = ${next.message}, pending = ${next.pending},
          busy_until = ${next.busyUntil}, disabled_at = ${next.disabledAt}, updated_at = ${now}
        where user_id = ${userId} and service = ${service}`;
    });
  },
  reseal: async ({ userId, service }, { was, sealed, keyId }) => {
    await database.asPerson(
      userId,
      (sql) => sql`
        update butler.service_credentials set password_encrypted = ${sealed}, key_id = ${keyId}
        where user_id = ${userId} and service = ${service} and password_encrypted = ${was}`,
    );
  },
});
