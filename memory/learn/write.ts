/** A new fact among known ones: said again, in place of one, beside them, or not kept at all. */

import { isOpen } from '../facts/rows.ts';
import type { Fact, Facts, NewFact, Remembered } from '../facts.ts';
import { termsOf } from '../index/terms.ts';
import type { Likeness } from './answer.ts';

export type Written = 'added' | 'known' | 'replaced' | 'refused' | 'undecided';

export interface Writing {
  facts: Facts;
  personId: string;
  at: Date;
}

export interface Judged {
  fact: Fact;
  /** Undefined: nobody could say. */
  likeness: Likeness | undefined;
}

const slotWordsMax = 2;

/** A slot made of the words of a fact, for two that contradict each other and have none. */
const madeSlot = ({ category, fact }: { category: string; fact: string }): string => {
  const words = termsOf(fact)
    .map((term) => term.replace(/[^a-z0-9]/g, ''))
    .filter((term) => term !== '');
  return [category, words.slice(1, 1 + slotWordsMax).join('_') || 'only'].join('.');
};

const again = ({ facts, personId, at }: Writing, there: Fact, fact: NewFact) =>
  facts.remember(
    personId,
    {
      ...{ category: there.category, fact: there.fact, source: fact.source },
      ...(fact.origin && { origin: fact.origin }),
      ...(fact.slot && there.slot === null && { slot: fact.slot }),
    },
    at,
  );

/** Puts the older fact into the slot in which the new one is going to replace it. */
const intoSlot = async (writing: Writing, older: Fact, slot: string): Promise<boolean> => {
  if (older.slot === slot) return true;
  const { facts, personId, at } = writing;
  const { category, fact } = older;
  const { outcome } = await facts.remember(
    personId,
    { category, fact, slot, source: 'inferred' },
    at,
  );
  return outcome === 'known' || outcome === 'replaced';
};

/** Those that nobody has forgotten or replaced while a mind was asked about them. */
const stillOpen = async ({ facts, personId }: Writing, ids: number[]): Promise<Set<number>> => {
  const there = await facts.byIds(personId, ids);
  return new Set(there.filter(isOpen).map(({ id }) => id));
};

/** An open fact takes the place of an older open one; its own slot, if it has one, stays. */
export const supersede = async (
  { facts, personId, at }: Writing,
  { newer, older }: { newer: Fact; older: Fact },
): Promise<void> => {
  if ((await stillOpen({ facts, personId, at }, [newer.id, older.id])).size < 2) return;
  const move = (one: Fact, slot: string): Promise<Remembered> => {
    const { category, fact, source } = one;
    return facts.remember(personId, { category, fact, source, slot }, at);
  };
  const shared = `settled.${older.id}`;
  await move(older, shared);
  await move(newer, shared);
  const slot = newer.slot ?? older.slot;
  if (slot) await move(newer, slot);
};

/**
 * @param compared - the known facts near to it, with what was found about each.
 */
export const write = async (
  writing: Writing,
  fact: NewFact,
  compared: readonly Judged[],
): Promise<{ written: Written; remembered?: Remembered }> => {
  const { facts, personId, at } = writing;
  const there = await stillOpen(
    writing,
    compared.map((one) => one.fact.id),
  );
  const isGone = ({ fact: one, likeness }: Judged): boolean =>
    likeness === 'same' && !there.has(one.id);
  if (compared.some(isGone)) return { written: 'undecided' };
  const judged = compared.filter((one) => there.has(one.fact.id));
  const same = judged.find(({ likeness }) => likeness === 'same');
  const older = judged.filter(({ likeness }) => likeness === 'replaces').map((one) => one.fact);
  if (same) {
    const remembered = await again(writing, same.fact, fact);
    const { fact: newer } = remembered;
    // Said once more, and only now seen to contradict something, or to be there twice.
    const others = judged.filter(
      ({ fact: one, likeness }) =>
        one.id !== newer?.id &&
        (likeness === 'replaces' || likeness === 'same') &&
        (one.source === 'inferred' || (likeness === 'same' && newer?.source === 'explicit')),
    );
    for (const one of others) if (newer) await supersede(writing, { newer, older: one.fact });
    return { written: 'known', remembered };
  }
  const inSlot = judged.find((one) => fact.slot !== undefined && one.fact.slot === fact.slot);
  // Not known whether it says something new: better learned next time than twice.
  const isOpen = judged.some(({ likeness }) => likeness === undefined);
  if (isOpen && older.length === 0 && !inSlot) return { written: 'undecided' };
  // What the person said themselves is only changed by themselves.
  if (fact.source === 'inferred' && older.some(({ source }) => source === 'explicit')) {
    return { written: 'refused' };
  }
  // Two facts that stand side by side cannot share a slot.
  const { slot: wanted, ...plain } = fact;
  const isFree = inSlot?.likeness !== 'unrelated';
  const slot =
    older.find((one) => one.slot !== null)?.slot ??
    (isFree ? wanted : undefined) ??
    (older[0] && madeSlot(older[0]));
  for (const one of older) if (slot) await intoSlot(writing, one, slot);
  const whole = slot ? { ...plain, slot } : plain;
  const remembered = await facts.remember(personId, whole, at);
  return { written: remembered.outcome, remembered };
};
