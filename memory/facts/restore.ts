/** Undo: rows are made what they were, without ever giving a slot two truths at once. */
import type { TransactionSql } from '../database/sql.ts';
import { putMessages } from '../history/message.ts';
import { type Fact, personUnknown } from './fact.ts';
import type { Forgotten } from './forget.ts';
import { close, pointTo, rivals, type Writing } from './remember.ts';
import { columns, isOpen, json, lockPerson } from './rows.ts';
import { vectorText } from './vectors.ts';

/** A fact as it was; what `forget` gave back carries its vector and its messages too. */
export type Snapshot = Fact & Partial<Forgotten>;

interface Span {
  from: Date;
  to: Date | null;
}

const endMs = ({ to }: Span): number => to?.getTime() ?? Number.POSITIVE_INFINITY;

const overlap = (one: Span, other: Span): boolean =>
  one.from.getTime() < endMs(other) &&
  other.from.getTime() < endMs(one) &&
  // What begins and ends at once lasts for no time.
  endMs(one) > one.from.getTime() &&
  endMs(other) > other.from.getTime();

const latest = (dates: Date[]): Date => new Date(Math.max(...dates.map(Number)));

/** Where a fact that comes back fits between those that its slot holds now. */
const fittingSpan = (span: Span, inSlot: Span[]): Span => {
  const others = inSlot.filter(({ from, to }) => to === null || from < to);
  const standing = others.find(({ to }) => to === null);
  if (span.to === null && !standing) {
    return { from: latest([span.from, ...others.flatMap(({ to }) => to ?? [])]), to: null };
  }
  const closed =
    span.to === null && standing ? { ...span, to: latest([span.from, standing.from]) } : span;
  return others.some((other) => overlap(closed, other)) ? { ...closed, to: closed.from } : closed;
};

const inSlot = async ({ sql, personId }: Writing, { slot, id }: Fact): Promise<Fact[]> => {
  if (slot === null) return [];
  const rows = await sql<Fact[]>`
    select ${columns(sql)} from butler.user_facts
    where user_id = ${personId} and slot = ${slot} and id <> ${id}`;
  return [...rows];
};

const spanOf = ({ validFrom, validTo }: Fact): Span => ({ from: validFrom, to: validTo });

/** The newer fact is taken back: it was never true, and its row says so. */
const takeBack = async (
  { sql, personId, at }: Writing,
  { newer, older }: { newer: Fact; older: Fact },
): Promise<void> => {
  if (older.retiredAt && newer.recordedAt < older.retiredAt) {
    // It was known before and had only been given the slot.
    await sql`
      update butler.user_facts set slot = null
      where user_id = ${personId} and id = ${newer.id}`;
    return;
  }
  await sql`
    update butler.user_facts set valid_to = valid_from, superseded_by = null,
      retired_at = greatest(recorded_at, ${at}::timestamptz)
    where user_id = ${personId} and id = ${newer.id}`;
};

/** How the snapshot is to stand in the table now. */
const placed = async (writing: Writing, snapshot: Fact): Promise<Fact> => {
  const others = await inSlot(writing, snapshot);
  const { same, inSlot: holder } = await rivals(writing, snapshot);
  const rival = [holder, same].find((fact) => fact && fact.id !== snapshot.id);
  const wanted = spanOf(snapshot);
  const open = isOpen(snapshot) && !rival;
  const to = wanted.to ?? (open ? null : latest([wanted.from, rival?.validFrom ?? writing.at]));
  const { from: validFrom, to: validTo } = fittingSpan({ ...wanted, to }, others.map(spanOf));
  if (open && validTo === null) return { ...snapshot, validFrom, validTo, supersededBy: null };
  const retiredAt = snapshot.retiredAt ?? latest([snapshot.recordedAt, writing.at]);
  const supersededBy = rival?.id ?? snapshot.supersededBy;
  return { ...snapshot, validFrom, validTo: validTo ?? validFrom, retiredAt, supersededBy };
};

const write = async (writing: Writing, { vector, ...fact }: Snapshot): Promise<void> => {
  const { sql, personId } = writing;
  await sql`
    insert into butler.user_facts (id, user_id, category, slot, fact, source, confidence, uses,
      valid_from, valid_to, recorded_at, retired_at, origin, tainted, last_referenced,
      embedding, embedding_model, superseded_by)
    overriding system value
    values (${fact.id}, ${personId}, ${fact.category}, ${fact.slot}, ${fact.fact},
      ${fact.source}, ${fact.confidence}, ${fact.uses}, ${fact.validFrom}, ${fact.validTo},
      ${fact.recordedAt}, ${fact.retiredAt}, ${json(sql, fact.origin)}, ${fact.tainted},
      ${fact.lastReferenced}, ${vector ? vectorText(vector.values) : null}::vector,
      ${vector?.model ?? null}, (select id from butler.user_facts
        where user_id = ${personId} and id = ${fact.supersededBy}))
    on conflict (id) do update set category = excluded.category, slot = excluded.slot,
      fact = excluded.fact, source = excluded.source, confidence = excluded.confidence,
      valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      retired_at = excluded.retired_at, superseded_by = excluded.superseded_by,
      tainted = excluded.tainted,
      embedding = case when user_facts.fact = excluded.fact then user_facts.embedding end,
      embedding_model = case when user_facts.fact = excluded.fact
        then user_facts.embedding_model end`;
};

/** What must go so that the snapshot can stand open; what may not go stays. */
const makeRoom = async (writing: Writing, snapshot: Fact, there: Fact | undefined) => {
  const { same, inSlot: holder } = await rivals(writing, snapshot);
  const guesses = new Set<number>();
  for (const rival of [same, holder]) {
    if (!rival || rival.id === snapshot.id) continue;
    if (there && !isOpen(there) && there.supersededBy === rival.id) {
      await takeBack(writing, { newer: rival, older: there });
    } else if (snapshot.source === 'explicit' && rival.source === 'inferred') {
      // Guessed while it was away: what the person told goes before that.
      guesses.add(rival.id);
    }
  }
  for (const id of guesses) await close(writing, id);
  return guesses;
};

const restoreOne = async (writing: Writing, snapshot: Snapshot): Promise<void> => {
  const { sql, personId } = writing;
  const [there] = await sql<Fact[]>`
    select ${columns(sql)} from butler.user_facts
    where user_id = ${personId} and id = ${snapshot.id}`;
  // What was closed and is there needs nothing.
  if (there && !isOpen(snapshot)) return;
  const closed = isOpen(snapshot) ? await makeRoom(writing, snapshot, there) : [];
  const { messages: _, ...fact } = snapshot;
  const now = await placed(writing, fact);
  // An edit that cannot be undone, as another fact has that slot or text by now, stays.
  if (there && isOpen(there) && !isOpen(now)) return;
  await write(writing, { ...fact, ...now });
  for (const id of closed) await pointTo(writing, id, snapshot.id);
};

const pointAgain = async (sql: TransactionSql, personId: string, snapshots: Snapshot[]) => {
  for (const { id, supersededBy } of snapshots) {
    if (supersededBy === null) continue;
    // The newer row may have come back only after the older.
    await sql`
      update butler.user_facts set superseded_by = ${supersededBy}
      where user_id = ${personId} and id = ${id} and superseded_by is null
        and retired_at is not null
        and exists (select from butler.user_facts
          where user_id = ${personId} and id = ${supersededBy})`;
  }
};

/**
 * In the transaction that is given. A fact that another one has replaced since comes back as one
 * that was true before it.
 * @throws {FactError} person-unknown
 */
export const restoreFacts = async (writing: Writing, facts: Snapshot[]): Promise<Fact[]> => {
  const { sql, personId } = writing;
  if (!(await lockPerson(sql, personId))) throw personUnknown();
  const own = facts.filter((fact) => fact.personId === personId);
  const oldestFirst = [...own].sort((a, b) => Number(a.validFrom) - Number(b.validFrom));
  for (const snapshot of oldestFirst) await restoreOne(writing, snapshot);
  await pointAgain(sql, personId, own);
  await putMessages(
    sql,
    personId,
    own.flatMap(({ messages }) => messages ?? []),
  );
  const rows = await sql<Fact[]>`
    select ${columns(sql)} from butler.user_facts
    where user_id = ${personId} and id = any(${own.map(({ id }) => id)}::bigint[]) order by id`;
  return [...rows];
};
