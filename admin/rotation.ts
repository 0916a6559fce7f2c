/** A new key for the passwords that are kept: all rows at once or none, whatever breaks it off. */
import { rename, rm } from 'node:fs/promises';
import type { Database, TransactionSql } from '../memory/database.ts';
import { writeWhole } from './files.ts';
import { registry } from './provision/registry.ts';
import { accountWords } from './provision/words.ts';
import { createSealer, type Sealer } from './sealing.ts';
import { keptSecret, makeSecret, openSecrets, secretFiles } from './secret.ts';

export interface Rotated {
  /** Encrypted anew. */
  rewritten: number;
  /** Had the new key already. */
  already: number;
  /** Do not open with any secret that was given, and are marked so now. */
  marked: number;
  /** Butler's own file holds a new secret: tokens signed with the one before are worth nothing. */
  isNewSecret: boolean;
}

/** Nothing was changed; the message says what to do. */
class RotationError extends Error {
  readonly code = 'rotation-rows-unreadable';
}

interface Row {
  id: string;
  userId: string;
  service: string;
  sealed: string;
  status: string;
  isWhole: boolean;
}

const unreadable = (rows: readonly Row[]): RotationError =>
  new RotationError(
    `${rows.length} of the passwords do not open with any secret that was given, so nothing was ` +
      'changed. Put the secret that they were encrypted with into BUTLER_FORMER_SECRET and run ' +
      'this again; or run npm run rotate-key -- --mark: they are marked, the others encrypted ' +
      'anew, and their people set new ones.',
  );

const write = async (sql: TransactionSql, row: Row, sealer: Sealer): Promise<void> => {
  const text = sealer.open(row.sealed, row)?.text;
  if (text === undefined) {
    const service = registry[row.service as keyof typeof registry]?.title ?? row.service;
    await sql`
      update butler.service_credentials set status = 'decrypt_error', updated_at = now(),
        error_message = ${accountWords('en').cannotOpen(service)}
      where id = ${row.id}`;
    return;
  }
  // It opens again, so what was wrong with it is over.
  const heals = row.status === 'decrypt_error' && row.isWhole;
  await sql`
    update butler.service_credentials set password_encrypted = ${sealer.seal(text, row)},
      key_id = ${sealer.keyId}, updated_at = now()
      ${heals ? sql`, status = 'active', error_message = null` : sql``}
    where id = ${row.id}`;
};

/**
 * Encrypts all rows with the sealer's key, in one transaction.
 * @param isMarking rows that do not open are marked; else they stop everything.
 * @throws {RotationError}
 */
const rotateRows = (
  database: Pick<Database, 'sql'>,
  sealer: Sealer,
  isMarking: boolean,
): Promise<Omit<Rotated, 'isNewSecret'>> =>
  database.sql.begin(async (sql) => {
    const rows = await sql<Row[]>`
      select id, user_id as "userId", service, password_encrypted as sealed, status,
        external_id is not null and pending is null as "isWhole"
      from butler.service_credentials where password_encrypted is not null order by id for update`;
    const opened = rows.map((row) => ({ row, is: sealer.open(row.sealed, row) }));
    const lost = opened.filter(({ is }) => !is).map(({ row }) => row);
    if (lost.length > 0 && !isMarking) throw unreadable(lost);
    const old = opened.filter(({ is }) => is && !is.isCurrent).map(({ row }) => row);
    for (const row of [...old, ...lost]) await write(sql, row, sealer);
    const already = rows.length - old.length - lost.length;
    return { rewritten: old.length, already, marked: lost.length };
  });

/** Butler's own file: the next secret lies beside it until every row is encrypted with it. */
const rotateFile = async (parts: RotateKey): Promise<Rotated> => {
  const { database, folder, former, isMarking = false } = parts;
  const files = secretFiles(folder);
  const { current, others } = await openSecrets({ folder, former });
  const begun = await keptSecret(files.next);
  // What is left of a rotation that was broken off after its last step but one.
  const isFinishing = !begun && (await keptSecret(files.former)) !== undefined;
  const next = isFinishing ? current : (begun ?? (await makeSecret(files.next)));
  const sealer = createSealer({ current: next, others: [current, ...others] });
  const rows = await rotateRows(database, sealer, isMarking);
  if (!isFinishing) {
    await writeWhole(files.former, `${new TextDecoder().decode(current)}\n`);
    await rename(files.next, files.current);
  }
  await rm(files.former, { force: true });
  return { ...rows, isNewSecret: true };
};

export interface RotateKey {
  database: Pick<Database, 'sql'>;
  /** BUTLER_DATA. */
  folder: string;
  /** JWT_SECRET; undefined: Butler's own file. */
  secret?: string | undefined;
  /** BUTLER_FORMER_SECRET */
  former?: string | undefined;
  isMarking?: boolean;
}

/**
 * Encrypts every kept password with the secret that counts now; where that is Butler's own file,
 * with a new one. Broken off at any moment it can be run again; nobody else may use the database.
 * @throws {RotationError} {StateFileError}
 */
export const rotateKey = async (parts: RotateKey): Promise<Rotated> => {
  const { database, folder, secret, former, isMarking = false } = parts;
  if (secret === undefined) return await rotateFile(parts);
  const sealer = createSealer(await openSecrets({ folder, secret, former }));
  return { ...(await rotateRows(database, sealer, isMarking)), isNewSecret: false };
};
