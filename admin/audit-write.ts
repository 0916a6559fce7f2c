/** Adds lines to the audit log, in one transaction under a lock: the chain never forks. */
import { auditAnchor } from '../memory/audit-anchor.ts';
import type { Sql, TransactionSql } from '../memory/database.ts';
import { aliasesOf, nobodyHere } from './aliases.ts';
import type { AuditEntry } from './audit.ts';
import { beginning, type ChainedLine, type Detail, hashOf } from './audit-chain.ts';

export interface Accepted extends AuditEntry {
  at: Date;
}

const textMax = 200;
const fieldsMax = 30;

/** What the database takes for sure: jsonb knows no NUL and no half of a surrogate pair. */
const storable = (text: string): string =>
  text.slice(0, textMax).toWellFormed().replaceAll('\0', '');

const personIn = (of: { personId: string } | object | undefined): string | undefined =>
  of && 'personId' in of ? of.personId : undefined;

/** Every text of an entry that could be somebody's id. */
const idsIn = ({ actor, device, target, detail = {} }: Accepted): string[] => {
  const id = target && 'id' in target ? target.id : undefined;
  const texts = [personIn(actor), personIn(target), id, device, ...Object.values(detail)];
  return texts.filter((text) => typeof text === 'string').map(storable);
};

const tidied = (detail: Detail, alias: (text: string) => string): Detail =>
  Object.fromEntries(
    Object.entries(detail)
      .slice(0, fieldsMax)
      .map(([key, value]) => {
        const isText = typeof value === 'string';
        const isOdd = typeof value === 'number' && !Number.isFinite(value);
        return [storable(key), isText ? alias(value) : isOdd ? null : value];
      }),
  );

type Unchained = Omit<ChainedLine, 'number' | 'previous'>;

const lineOf = (entry: Accepted, aliases: Map<string, string>): Unchained => {
  const { actor, device, what, target, outcome, detail = {} } = entry;
  // A person's id never stands in the log, also not where it came as the id of a thing.
  const alias = (text: string): string => aliases.get(storable(text)) ?? storable(text);
  const who = (of: { personId: string }): string =>
    aliases.get(storable(of.personId)) ?? nobodyHere;
  const whom = (of: NonNullable<AuditEntry['target']>): string =>
    'personId' in of ? who(of) : alias(of.id);
  return {
    at: entry.at,
    actor: 'personId' in actor ? who(actor) : storable(actor.part),
    device: device === undefined ? null : alias(device),
    what: storable(what),
    target: target ? whom(target) : null,
    outcome,
    detail: tidied(detail, alias),
  };
};

/** Held to the end of the transaction: who comes meanwhile waits, in this process or another. */
const lock = (sql: TransactionSql) => sql`select pg_advisory_xact_lock(hashtext('butler.audit'))`;

/** All of them or none. @throws what the database throws. */
export const appendLines = async (sql: Sql, entries: readonly Accepted[]): Promise<void> => {
  await sql.begin(async (tx) => {
    await lock(tx);
    const aliases = await aliasesOf(tx, [...new Set(entries.flatMap(idsIn))]);
    const newest = await auditAnchor(tx);
    let [number, previous] = [newest?.number ?? 0, newest?.hash ?? beginning];
    const lines = entries.map((entry) => {
      number += 1;
      const line: ChainedLine = { ...lineOf(entry, aliases), number, previous };
      previous = hashOf(line);
      return { ...line, at: line.at.toISOString(), hash: previous };
    });
    await tx`
      insert into butler.audit
        (number, at, actor, device, what, target, outcome, detail, previous, hash)
      select number, at, actor, device, what, target, outcome, detail, previous, hash
      from jsonb_to_recordset(${tx.json(lines)}) as line(number bigint, at timestamptz, actor text,
        device text, what text, target text, outcome text, detail jsonb, previous text, hash text)`;
  });
};
