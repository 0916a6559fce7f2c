/** Memory as tools see it: facts, former talk and the soul of whoever speaks, by plain shapes. */
import { DatabaseError } from '../memory/database.ts';
import { type Fact, FactError, type Forgotten } from '../memory/facts.ts';
import { termsOf } from '../memory/index/terms.ts';
import { holdsSecret } from '../memory/learn/secrets.ts';
import type { Memory } from '../memory/memory.ts';
import { strongest } from '../memory/recall/choose.ts';
import { defaultSoul } from '../memory/souls.ts';
import type { KnownFact, MemoryPort, RememberedFact } from '../tools/core/memory-port.ts';

type Parts = Pick<Memory, 'facts' | 'history' | 'recall' | 'users' | 'embedder' | 'learner'>;
type Wanted = Parameters<MemoryPort['remember']>[1];

class MemoryUnavailable extends Error {
  readonly code = 'memory-unavailable';
}

const reaching = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatabaseError) throw new MemoryUnavailable(error.message);
    throw error;
  }
};

const known = ({ id, category, slot, fact, source }: Fact): KnownFact => ({
  ...{ id, category, slot, fact, source },
});

/** A vector that takes longer than this is made later, by re-embedding. */
const vectorWithinMs = 400;

const vectorOf = async ({ embedder }: Parts, fact: string) => {
  try {
    const limit = AbortSignal.timeout(vectorWithinMs);
    const [values] = await embedder.embed([fact], 'document', limit);
    return values && { vector: { model: embedder.model, values } };
  } catch {
    return undefined;
  }
};

const refused = (why?: RememberedFact['why']): RememberedFact => ({ outcome: 'refused', why });

/** Removed and replaced facts of this process, each with all that must come back with it. */
class Undoable {
  readonly #kept = new Map<string, Fact[]>();

  keep(personId: string, ids: readonly number[], facts: Fact[]): void {
    for (const id of ids) this.#kept.set(`${id} ${personId}`, facts);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= undoableMax) break;
      this.#kept.delete(oldest);
    }
    // What is forgotten must be gone from this process too, even if nobody asks again.
    const gone = (): void => {
      for (const key of ids.map((id) => `${id} ${personId}`)) {
        if (this.#kept.get(key) === facts) this.#kept.delete(key);
      }
    };
    setTimeout(gone, undoableForMs).unref();
  }

  take(personId: string, ids: readonly number[]): Fact[] {
    const found = new Map<number, Fact>();
    for (const id of ids) {
      for (const fact of this.#kept.get(`${id} ${personId}`) ?? []) found.set(fact.id, fact);
      this.#kept.delete(`${id} ${personId}`);
    }
    return [...found.values()];
  }
}

const undoableMax = 200;
/** As long as an undo of the page counts. */
const undoableForMs = 5 * 60_000;

const ownWords = async ({ history }: Parts, personId: string, turn: string) =>
  (await history.ofTurn(personId, turn)).filter(({ role }) => role === 'user');

const unsay = async (
  { history }: Parts,
  personId: string,
  messages: readonly { id: number }[],
): Promise<void> => {
  const ids = messages.map(({ id }) => id);
  if (ids.length > 0) await history.remove(personId, ids);
};

const remember = async (
  parts: Parts,
  { personId, wanted }: { personId: string; wanted: Wanted },
): Promise<RememberedFact> => {
  const { facts, learner, users } = parts;
  const { category, slot, fact, turn, door } = wanted;
  if (holdsSecret(fact) || (turn && holdsSecret(turn.said))) {
    // Said aloud by mistake: the words are not kept either.
    if (turn) await unsay(parts, personId, await ownWords(parts, personId, turn.id));
    return refused('secret');
  }
  const origin = { door, ...(turn && { turn: turn.id, quote: turn.said }) };
  const vector = await vectorOf(parts, fact);
  const row = { category, fact, source: 'explicit' as const, origin, ...(slot && { slot }) };
  try {
    const done = await facts.remember(personId, { ...row, ...vector });
    const { outcome, fact: kept, replaced } = done;
    if (outcome === 'refused' || !kept) return refused();
    const name = users.byId(personId)?.name;
    if (outcome === 'added' && name) void learner.settle({ personId, name, fact: kept });
    return { outcome, fact: known(kept), replaced: replaced && known(replaced) };
  } catch (error) {
    if (!(error instanceof FactError)) throw error;
    return refused(error.code === 'fact-too-long' ? 'length' : undefined);
  }
};

/** How much of what was said is in a fact, from 0 to 1; a name alone says nothing. */
const shareOf = (text: string, fact: string): number => {
  const terms = new Set(termsOf(text));
  const there = new Set(termsOf(fact));
  if (terms.size === 0) return 0;
  return [...terms].filter((term) => there.has(term)).length / terms.size;
};

/** The order to forget, and the question before it, say again what is to be forgotten. */
const lastMessages = 8;
const repeatsFrom = 0.5;

const forget = async (
  parts: Parts,
  undoable: Undoable,
  { personId, ids, now }: { personId: string; ids: number[]; now: Date },
) => {
  const gone: Forgotten[] = await parts.facts.forget(personId, ids);
  const named = gone.filter(({ id }) => ids.includes(id));
  undoable.keep(personId, ids, gone);
  const last = await parts.history.recent(personId, { days: 1, limit: lastMessages, now });
  const repeats = last.filter(({ content }) =>
    gone.some(({ fact }) => shareOf(fact, content) >= repeatsFrom),
  );
  await unsay(parts, personId, repeats);
  return named.map(known);
};

/** What a fact had superseded lives as long as it does, unless it is brought back with the undo. */
const takeBack = async ({ facts }: Parts, personId: string, id: number) => {
  const gone = await facts.forget(personId, [id]);
  const open = { retiredAt: null, validTo: null, supersededBy: null };
  const older = gone.filter((fact) => fact.id !== id);
  const before = older.map((fact) => (fact.supersededBy === id ? { ...fact, ...open } : fact));
  if (before.length > 0) await facts.restore(personId, before);
  const fact = gone.find((one) => one.id === id);
  return fact && known(fact);
};

const conversations: (parts: Parts, now: () => Date) => MemoryPort['conversations'] =
  ({ history, recall }, now) =>
  async (personId, { query, from, to, limit, exceptTurn }) => {
    const range = { ...(from && { from }), ...(to && { to }) };
    const found = query
      ? await recall.searchHistory(personId, query, { limit, ...range })
      : from && to
        ? await history.between(personId, from, to)
        : await history.recent(personId, { limit, now: now() });
    return found
      .filter(({ turn }) => turn !== exceptTurn)
      .slice(-limit)
      .map(({ role, content, at, tainted }) => ({
        ...{ role, content, at },
        // The person's own words are theirs, whatever was read in that turn.
        ...(tainted && role !== 'user' && { tainted }),
      }));
  };

const soulOf = async ({ users }: Parts, personId: string) =>
  (await users.load(personId))?.soul ?? defaultSoul;

/** @param now - for how fresh a fact is; the house's clock. */
export const createMemoryPort = (parts: Parts, now = (): Date => new Date()): MemoryPort => {
  const { facts, recall, users } = parts;
  const undoable = new Undoable();
  const talk = conversations(parts, now);
  return {
    remember: (personId, wanted) => reaching(() => remember(parts, { personId, wanted })),
    search: (personId, text, limit) =>
      reaching(async () => {
        const found = await recall.searchFacts(personId, text, limit);
        return found.map((fact) => ({ ...known(fact), score: shareOf(text, fact.fact) }));
      }),
    strongest: (personId, limit) =>
      reaching(async () =>
        strongest(await facts.list(personId), now().getTime(), limit).map(known),
      ),
    byIds: (personId, ids) =>
      reaching(async () => {
        const found = await facts.byIds(personId, [...ids]);
        return found.filter(({ retiredAt, validTo }) => !retiredAt && !validTo).map(known);
      }),
    forget: (personId, ids) =>
      reaching(() => forget(parts, undoable, { personId, ids: [...ids], now: now() })),
    takeBack: (personId, id) => reaching(() => takeBack(parts, personId, id)),
    restore: (personId, ids) =>
      reaching(async () => {
        const kept = undoable.take(personId, ids);
        const back = await facts.restore(personId, kept).catch((error: unknown) => {
          undoable.keep(personId, ids, kept);
          throw error;
        });
        return back.filter(({ id }) => ids.includes(id)).map(known);
      }),
    conversations: (personId, wanted) => reaching(() => talk(personId, wanted)),
    soul: (personId) => reaching(() => soulOf(parts, personId)),
    updateSoul: (personId, patch) =>
      reaching(async () => {
        const before = await soulOf(parts, personId);
        await users.update(personId, { soul: patch });
        return { before, after: await soulOf(parts, personId) };
      }),
  };
};
