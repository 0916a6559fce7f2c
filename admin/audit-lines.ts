/** The audit log as a person reads it: aliases are names again, where they still mean somebody. */
import type { Sql } from '../memory/database.ts';
import type { Detail, Outcome } from './audit-chain.ts';

/** A person who still lives here, or the part of Butler, alias or thing as it stands in the log. */
export type Named = { personId: string; name: string } | { id: string };

export interface AuditLine {
  number: number;
  at: Date;
  actor: Named;
  device: string | null;
  what: string;
  target: Named | null;
  outcome: Outcome;
  detail: Detail;
}

export interface LinesWanted {
  limit: number;
  /** Numbers below this. */
  before?: number | undefined;
  /** What this person did. */
  actor?: string | undefined;
  /** What this person did, and what was done to them. */
  concerning?: string | undefined;
  /** How `what` begins. */
  what?: string | undefined;
  /** From then on, and before then. */
  from?: Date | undefined;
  to?: Date | undefined;
}

interface Row extends Omit<AuditLine, 'actor' | 'target'> {
  actor: string;
  target: string | null;
  actorId: string | null;
  actorName: string | null;
  targetId: string | null;
  targetName: string | null;
}

const named = (shown: string, id: string | null, name: string | null): Named =>
  id === null || name === null ? { id: shown } : { personId: id, name };

const lineOf = ({ actorId, actorName, targetId, targetName, ...row }: Row): AuditLine => ({
  ...row,
  actor: named(row.actor, actorId, actorName),
  target: row.target === null ? null : named(row.target, targetId, targetName),
});

/** Newest first. */
export const listLines = async (sql: Sql, wanted: LinesWanted): Promise<AuditLine[]> => {
  const { limit, before, actor, concerning, what, from, to } = wanted;
  const rows = await sql<Row[]>`
    select number, at, actor, device, what, target, outcome, detail,
      doer.id as "actorId", doer.name as "actorName",
      other.id as "targetId", other.name as "targetName"
    from butler.audit
    left join butler.audit_aliases doing on doing.alias = audit.actor
    left join butler.users doer on doer.id = doing.user_id
    left join butler.audit_aliases done on done.alias = audit.target
    left join butler.users other on other.id = done.user_id
    where true
      ${before === undefined ? sql`` : sql`and number < ${before}`}
      ${actor === undefined ? sql`` : sql`and doer.id = ${actor}`}
      ${concerning === undefined ? sql`` : sql`and ${concerning} in (doer.id, other.id)`}
      ${what === undefined ? sql`` : sql`and starts_with(what, ${what})`}
      ${from === undefined ? sql`` : sql`and at >= ${from}`}
      ${to === undefined ? sql`` : sql`and at < ${to}`}
    order by number desc limit ${limit}`;
  return rows.map(lineOf);
};
