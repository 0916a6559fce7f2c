/** The newest line of the audit log: whoever keeps it elsewhere can tell if the end was cut off. */
import type { Sql, TransactionSql } from './database.ts';

export interface AuditAnchor {
  number: number;
  /** SHA-256 in hex; it vouches for every line up to this one. */
  hash: string;
}

/** Undefined while nothing has been recorded. */
export const auditAnchor = async (sql: Sql | TransactionSql): Promise<AuditAnchor | undefined> => {
  const [newest] = await sql<AuditAnchor[]>`
    select number, hash from butler.audit order by number desc limit 1`;
  return newest && { number: newest.number, hash: newest.hash };
};
