/** A person's own correction of what is written about them. */
import {
  type Fact,
  FactError,
  type FactPatch,
  knownCategory,
  normalFact,
  normalSlot,
} from './fact.ts';
import { rivals, startIn, type Writing } from './remember.ts';
import { columns, lockPerson, open } from './rows.ts';

const refuseRivals = async (writing: Writing, fact: Fact): Promise<void> => {
  const { same, inSlot } = await rivals(writing, fact);
  if (same && same.id !== fact.id) {
    throw new FactError({
      code: 'fact-duplicate',
      message: 'Another fact says the same already. Forget one of the two instead.',
    });
  }
  if (inSlot && inSlot.id !== fact.id) {
    throw new FactError({
      code: 'fact-slot-taken',
      message:
        `Another fact holds ${fact.slot} already. Edit or forget that one, ` +
        'or choose another slot.',
    });
  }
};

/**
 * In the transaction that is given; a changed text loses its vector until it is embedded anew.
 * @throws {FactError}
 */
export const editFact = async (
  writing: Writing,
  id: number,
  patch: FactPatch,
): Promise<Fact | undefined> => {
  const { sql, personId } = writing;
  const category = patch.category === undefined ? undefined : knownCategory(patch.category);
  const text = patch.fact === undefined ? undefined : normalFact(patch.fact);
  const slot = patch.slot === undefined ? undefined : normalSlot(patch.slot);
  await lockPerson(sql, personId);
  const [row] = await sql<Fact[]>`
    select ${columns(sql)} from butler.user_facts
    where user_id = ${personId} and id = ${id} and ${open(sql)}`;
  if (!row) return undefined;
  const old = row;
  const fact: Fact = {
    ...old,
    category: category ?? old.category,
    fact: text ?? old.fact,
    slot: slot === undefined ? old.slot : slot,
  };
  await refuseRivals(writing, fact);
  const changed = fact.fact !== old.fact;
  // Between the others of its new slot, so that the slot never held two truths at once.
  const from =
    fact.slot === old.slot
      ? sql`valid_from`
      : startIn({ ...writing, at: old.validFrom }, fact.slot);
  const [written] = await sql<Fact[]>`
    update butler.user_facts set category = ${fact.category}, fact = ${fact.fact},
      slot = ${fact.slot}, source = 'explicit', confidence = greatest(confidence, .95::real),
      tainted = false, valid_from = ${from},
      embedding = case when ${changed} then null else embedding end,
      embedding_model = case when ${changed} then null else embedding_model end
    where user_id = ${personId} and id = ${id} returning ${columns(sql)}`;
  return written;
};
