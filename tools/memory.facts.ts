/** Facts by tools: kept, looked up, forgotten; each effect is read back from the store. */
import { type ToolContext, ToolError } from './core/define.ts';
import type { FactCategory, KnownFact } from './core/memory-port.ts';
import { categoryOf, inThirdPerson, slotOf } from './memory.statement.ts';
import { memoryWords } from './memory.words.ts';

export type Context = ToolContext<undefined>;

/** What the store answers, or the sentence that it is away. */
export const reaching = async <Result>(
  { language }: Context,
  work: Promise<Result>,
): Promise<Result> => {
  try {
    return await work;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'memory-unavailable') throw error;
    throw new ToolError(memoryWords(language).away, 'memory-unavailable');
  }
};

const heardMax = 90;

/** A fact or message as part of a spoken sentence. */
export const heard = (text: string): string => {
  const plain = text
    .replace(/[*_#`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '');
  return plain.length > heardMax ? `${plain.slice(0, heardMax - 1).trimEnd()}…` : plain;
};

interface WantedFact {
  fact: string;
  category?: FactCategory | undefined;
  slot?: string | undefined;
}

const refusalOf = (why: string | undefined, language: string): ToolError => {
  const said = memoryWords(language);
  if (why === 'secret') return new ToolError(said.secret, 'secret');
  if (why === 'explicit') return new ToolError(said.contradicts, 'contradicts');
  return new ToolError(why === 'length' ? said.length : said.notKept, 'not-kept');
};

/** Writes, then reads the row back: that is the receipt. */
export const remember = async (wanted: WantedFact, context: Context) => {
  const { caller, language, memory, turn } = context;
  const said = memoryWords(language);
  const slot = wanted.slot ?? slotOf(wanted.fact);
  const { outcome, fact, replaced, why } = await reaching(
    context,
    memory.remember(caller.personId, {
      category: wanted.category ?? categoryOf(wanted.fact),
      fact: inThirdPerson(wanted.fact, { name: caller.name, language }),
      door: caller.door,
      ...(slot && { slot }),
      ...(turn && { turn }),
    }),
  );
  if (outcome === 'refused' || !fact) throw refusalOf(why, language);
  const [kept] = await reaching(context, memory.byIds(caller.personId, [fact.id]));
  if (!kept) throw refusalOf(undefined, language);
  if (outcome === 'known') return { say: said.known, receipt: kept };
  return {
    say: replaced ? said.replaced(heard(replaced.fact)) : said.remembered,
    receipt: kept,
    undo: { tool: 'forget_fact', input: { takeBack: kept.id } },
  };
};

const listedMax = 12;
const heardFactsMax = 3;

/** Looks up what is known, by topic or in general. */
export const recallFacts = async (
  { about, category }: { about?: string | undefined; category?: FactCategory | undefined },
  context: Context,
) => {
  const { caller, language, memory } = context;
  const said = memoryWords(language);
  const found = await reaching<KnownFact[]>(
    context,
    about === undefined
      ? memory.strongest(caller.personId, listedMax * 2)
      : memory.search(caller.personId, about, listedMax),
  );
  const facts = found.filter((one) => !category || one.category === category).slice(0, listedMax);
  if (facts.length === 0) {
    return { say: about === undefined ? said.nothingAtAll : said.nothing, show: [] };
  }
  const rest = facts.length - heardFactsMax;
  const listed = facts.slice(0, heardFactsMax).map(({ fact }) => heard(fact));
  const say = said.about([...listed, ...(rest > 0 ? [said.more(rest)] : [])].join('; '));
  const show = facts.map(({ id, fact, category: kind, slot, source }) => ({
    ...{ id, fact, category: kind, source },
    ...(slot !== null && { slot }),
  }));
  return { say, show };
};

interface WantedForgotten {
  what?: string | undefined;
  ids?: number[] | undefined;
  restore?: number[] | undefined;
  takeBack?: number | undefined;
}

const forgetMax = 10;
/** As much of what was said is in a fact that it may be meant. */
const maybeFrom = 0.5;
const surelyFrom = 0.99;

/** What is meant, and whether that is certain. */
const meant = async (
  { what, ids }: WantedForgotten,
  context: Context,
): Promise<{ facts: KnownFact[]; sure: boolean }> => {
  const { caller, memory } = context;
  if (ids) {
    const facts = await reaching(context, memory.byIds(caller.personId, ids));
    return { facts, sure: facts.length <= 1 };
  }
  if (what === undefined) return { facts: [], sure: true };
  const found = await reaching(context, memory.search(caller.personId, what, forgetMax));
  const likely = found.filter(({ score }) => score >= maybeFrom);
  if (likely.length === 0) return { facts: found.slice(0, 1), sure: false };
  return { facts: likely, sure: likely.length === 1 && (likely[0]?.score ?? 0) >= surelyFrom };
};

/** Whoever is not surely this person does not hear what is known of them. */
const hearsFrom = 0.8;

/** What would go, with a question where several things, or another, could be meant. */
export const touchedByForgetting = async (wanted: WantedForgotten, context: Context) => {
  const { facts, sure } = await meant(wanted, context);
  if (sure || facts.length === 0) return 'write' as const;
  const said = memoryWords(context.language);
  const count = facts.length;
  const listed = facts.slice(0, heardFactsMax).map(({ fact }) => heard(fact));
  const named = count > heardFactsMax ? `${listed.join('; ')} …` : listed.join('; ');
  const secret = context.caller.sure < hearsFrom;
  const what = count === 1 ? said.forgetThis(named) : said.forgetThese(count, named);
  return { effect: 'write' as const, ask: true, what: secret ? said.forgetUnsure(count) : what };
};

const restored = async (ids: number[], context: Context) => {
  const { caller, language, memory } = context;
  const back = await reaching(context, memory.restore(caller.personId, ids));
  if (back.length === 0) throw new ToolError(memoryWords(language).notBack, 'gone');
  return back;
};

/** Deletes for good, or takes that back; what was forgotten is not said again. */
export const forget = async (wanted: WantedForgotten, context: Context) => {
  const { caller, language, memory } = context;
  const said = memoryWords(language);
  if (wanted.takeBack !== undefined) {
    const taken = await reaching(context, memory.takeBack(caller.personId, wanted.takeBack));
    if (!taken) throw new ToolError(said.notFound, 'nothing-found');
    const [left] = await reaching(context, memory.byIds(caller.personId, [wanted.takeBack]));
    return { say: said.forgot(1), receipt: { confirmed: left ? 0 : 1, missed: [] } };
  }
  if (!wanted.what && !wanted.ids && !wanted.restore) {
    throw new ToolError(said.whatForget, 'nothing-named', true);
  }
  const { facts } = await meant(wanted, context);
  const ids = facts.map(({ id }) => id);
  if (ids.length === 0 && !wanted.restore) throw new ToolError(said.notFound, 'nothing-found');
  const gone = ids.length > 0 ? await reaching(context, memory.forget(caller.personId, ids)) : [];
  const left = ids.length > 0 ? await reaching(context, memory.byIds(caller.personId, ids)) : [];
  const back = wanted.restore ? await restored(wanted.restore, context) : [];
  return {
    say: back.length > 0 ? said.restored(back.length) : said.forgot(gone.length),
    receipt: {
      confirmed: gone.length - left.length + back.length,
      missed: left.map(({ fact }) => heard(fact)),
    },
    ...(gone.length > 0 && {
      undo: { tool: 'forget_fact', input: { restore: gone.map(({ id }) => id) } },
    }),
  };
};
