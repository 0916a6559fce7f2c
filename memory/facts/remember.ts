/** Writing a fact down: known already, new, or in place of an older one. */
import type { TransactionSql } from '../database/sql.ts';
import {
  type Fact,
  givenConfidence,
  knownCategory,
  type NewFact,
  normalFact,
  normalSlot,
  type Origin,
  personUnknown,
  type Remembered,
  saidAgain,
  sameFacts,
  storableOrigin,
} from './fact.ts';
import { columns, json, lockPerson, open } from './rows.ts';
import { vectorFault, vectorText } from './vectors.ts';

interface Checked {
  category: Fact['category'];
  slot: string | null;
  fact: string;
  source: Fact['source'];
  confidence: number;
  origin: Origin;
  tainted: boolean;
  vector: NewFact['vector'];
}

/** @throws {FactError} */
export const checkedFact = (fact: NewFact): Checked => ({
  category: knownCategory(fact.category),
  slot: normalSlot(fact.slot),
  fact: normalFact(fact.fact),
  source: fact.source,
  confidence: givenConfidence(fact),
  origin: storableOrigin(fact.origin),
  tainted: fact.tainted ?? false,
  vector: fact.vector,
});

export interface Writing {
  sql: TransactionSql;
  personId: string;
  at: Date;
}

/** The open facts that say the same, or hold the slot; there is at most one of each. */
export const rivals = async (
  { sql, personId }: Pick<Writing, 'sql' | 'personId'>,
  { fact, slot }: Pick<Checked, 'fact' | 'slot'>,
): Promise<{ same: Fact | undefined; inSlot: Fact | undefined }> => {
  const rows = await sql<(Fact & { same: boolean })[]>`
    with spelling as (
      select md5(lower(text)) as digest from unnest(${sameFacts(fact)}::text[]) text
    )
    select ${columns(sql)}, digest in (select digest from spelling) as same
    from butler.user_facts where user_id = ${personId} and id in (
      -- Two questions, as each has an index of its own.
      select id from butler.user_facts
      where user_id = ${personId} and ${open(sql)} and slot = ${slot}
      union
      select id from butler.user_facts where user_id = ${personId} and ${open(sql)}
        and digest = any(array(select digest from spelling)))`;
  const found = rows.map(({ same, ...row }) => ({ same, fact: row }));
  return {
    same: found.find(({ same }) => same)?.fact,
    inSlot: found.find((row) => slot !== null && row.fact.slot === slot)?.fact,
  };
};

/** Ends the validity of a fact; `by` is set afterwards, when the newer one has its id. */
export const close = async ({ sql, personId, at }: Writing, id: number): Promise<void> => {
  await sql`
    update butler.user_facts set valid_to = greatest(valid_from, ${at}::timestamptz),
      retired_at = greatest(recorded_at, ${at}::timestamptz)
    where user_id = ${personId} and id = ${id}`;
};

export const pointTo = async (
  { sql, personId }: Writing,
  old: number,
  by: number,
): Promise<void> => {
  await sql`
    update butler.user_facts set superseded_by = ${by}
    where user_id = ${personId} and id = ${old}`;
};

/** No earlier than what held the slot before: what was told last is what counts. */
export const startIn = ({ sql, personId, at }: Writing, slot: string | null) =>
  slot === null
    ? sql`${at}::timestamptz`
    : sql`greatest(${at}::timestamptz, (select max(coalesce(valid_to, valid_from))
        from butler.user_facts where user_id = ${personId} and slot = ${slot}))`;

/** The dimension of a person's vectors of this model, where there are any. */
const dimensionOf = async ({ sql, personId }: Writing, model: string) => {
  const [row] = await sql<{ dimension: number }[]>`
    select vector_dims(embedding) as dimension from butler.user_facts
    where user_id = ${personId} and embedding_model = ${model} limit 1`;
  return row?.dimension;
};

const insert = async (writing: Writing, fact: Checked, held?: Fact) => {
  const { sql, personId, at } = writing;
  const { vector } = fact;
  const dimension = vector && (await dimensionOf(writing, vector.model));
  const vectorRefused = vector && vectorFault(vector, dimension);
  const stored = vector && !vectorRefused ? vector : undefined;
  // Whoever held the slot until now began after all who held it before.
  const from = held
    ? sql`greatest(${at}::timestamptz, ${held.validFrom}::timestamptz)`
    : startIn(writing, fact.slot);
  const [row] = await sql<Fact[]>`
    insert into butler.user_facts (user_id, category, slot, fact, source, confidence, origin,
      tainted, valid_from, recorded_at, last_referenced, embedding, embedding_model)
    values (${personId}, ${fact.category}, ${fact.slot}, ${fact.fact}, ${fact.source},
      ${fact.confidence}, ${json(sql, fact.origin)}, ${fact.tainted},
      ${from}, ${at}, ${at},
      ${stored ? vectorText(stored.values) : null}::vector, ${stored?.model ?? null})
    returning ${columns(sql)}`;
  if (!row) throw new Error('an insert returned no row');
  return { fact: row, ...(vectorRefused !== undefined && { vectorRefused }) };
};

/** Surer of it, and with the slot that it is now said to have. */
const confirm = async (
  { sql, personId, at }: Writing,
  fact: Checked,
  { same, slot, from }: { same: Fact; slot: string | null; from: Date | undefined },
): Promise<Fact> => {
  const explicit = fact.source === 'explicit' || same.source === 'explicit';
  const least = fact.source === 'explicit' ? fact.confidence : 0;
  const [row] = await sql<Fact[]>`
    update butler.user_facts set
      confidence = greatest(confidence + .1 * (1 - confidence), ${least}::real),
      source = ${explicit ? 'explicit' : 'inferred'}, slot = ${slot},
      origin = ${json(sql, saidAgain(same.origin, fact.origin))},
      tainted = false, last_referenced = greatest(last_referenced, ${at}::timestamptz),
      valid_from = greatest(valid_from, ${from ?? same.validFrom}::timestamptz)
    where user_id = ${personId} and id = ${same.id} returning ${columns(sql)}`;
  if (!row) throw new Error('a row that is locked was not there');
  return row;
};

/** Why this must not take the place of what is there, or undefined. */
const guarded = (fact: Checked, there: Fact): string | undefined => {
  if (fact.tainted) {
    return 'It came up together with words from outside, and such a fact replaces nothing. Ask.';
  }
  if (fact.source === 'inferred' && there.source === 'explicit') {
    return 'The person said something else about that themselves. Ask before it is changed.';
  }
  return undefined;
};

const endOfSlot = async ({ sql, personId }: Writing, slot: string): Promise<Date | undefined> => {
  const [row] = await sql<{ end: Date | null }[]>`
    select max(coalesce(valid_to, valid_from)) as end from butler.user_facts
    where user_id = ${personId} and slot = ${slot}`;
  return row?.end ?? undefined;
};

/** It says what is there already. */
const again = async (
  writing: Writing,
  fact: Checked,
  { same, inSlot }: { same: Fact; inSlot: Fact | undefined },
): Promise<Remembered> => {
  // Words from outside make nothing surer.
  if (fact.tainted) return { outcome: 'known', fact: same };
  const other = inSlot && inSlot.id !== same.id ? inSlot : undefined;
  const moves =
    fact.slot !== null &&
    fact.slot !== same.slot &&
    !guarded(fact, same) &&
    !(other && guarded(fact, other));
  if (!moves) {
    const stays = { same, slot: same.slot, from: undefined };
    return { outcome: 'known', fact: await confirm(writing, fact, stays) };
  }
  if (other) await close(writing, other.id);
  const from = await endOfSlot(writing, fact.slot ?? '');
  const moved = await confirm(writing, fact, { same, slot: fact.slot, from });
  if (!other) return { outcome: 'known', fact: moved };
  await pointTo(writing, other.id, moved.id);
  return { outcome: 'replaced', fact: moved, replaced: other };
};

/**
 * One fact, in the transaction that is given.
 * @throws {FactError} person-unknown
 */
export const rememberFact = async (writing: Writing, fact: Checked): Promise<Remembered> => {
  if (!(await lockPerson(writing.sql, writing.personId))) throw personUnknown();
  if (fact.tainted && fact.source === 'explicit') {
    const why = 'It came up together with words from outside: have the person say it once more.';
    return { outcome: 'refused', why };
  }
  const { same, inSlot } = await rivals(writing, fact);
  if (same) return await again(writing, fact, { same, inSlot });
  if (!inSlot) return { outcome: 'added', ...(await insert(writing, fact)) };
  const why = guarded(fact, inSlot);
  if (why) return { outcome: 'refused', fact: inSlot, why };
  await close(writing, inSlot.id);
  const inserted = await insert(writing, fact, inSlot);
  await pointTo(writing, inSlot.id, inserted.fact.id);
  return { outcome: 'replaced', ...inserted, replaced: inSlot };
};

/**
 * Retires the weakest inferred facts of a person beyond `max` open ones; never the newest.
 * @returns for how many more there is room.
 */
export const retireBeyond = async (writing: Writing, max: number, newest: number) => {
  const { sql, personId, at } = writing;
  const [row] = await sql<{ count: number }[]>`
    select count(*) from butler.user_facts where user_id = ${personId} and ${open(sql)}`;
  const room = max - (row?.count ?? 0);
  if (room >= 0) return room;
  await sql`
    update butler.user_facts set retired_at = greatest(recorded_at, ${at}::timestamptz),
      valid_to = greatest(valid_from, ${at}::timestamptz)
    where user_id = ${personId} and id in (
      select id from butler.user_facts
      where user_id = ${personId} and ${open(sql)} and source = 'inferred' and id <> ${newest}
      order by confidence, last_referenced, id limit ${-room})`;
  return 0;
};
