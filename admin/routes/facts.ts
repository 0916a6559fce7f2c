/** What Butler knows about the person who asks: theirs alone, whatever their role. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { doorNames } from '../../agent/caller.ts';
import type { Fact, FactPatch, Forgotten } from '../../memory/facts.ts';
import { holdsSecret } from '../../memory/learn/secrets.ts';
import type { AdminEnv } from '../access.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import { ProblemError, refuseBody } from '../problem.ts';
import { createUndos, type Undos } from '../undo.ts';
import { add, edit, type FactView, forget, forgetAll, list, restore } from './facts-declared.ts';

/** A search gives the best; further down nothing fits. */
const foundMax = 50;

const unknown = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'fact-unknown',
    title: 'Butler does not know this fact of you',
    detail: 'It may be forgotten or replaced already: ask for the list again.',
  });

const refused = (why: string | undefined): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'fact-refused',
    title: 'Butler does not keep this',
    detail: why ?? 'Say it in other words.',
  });

const refuseSecret = (fact: string | undefined): void => {
  if (fact === undefined || !holdsSecret(fact)) return;
  throw refused('It keeps no passwords, PINs or card numbers. Use a password manager for those.');
};

const undoGone = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'undo-gone',
    title: 'It is too late to take this back',
    detail: 'An undo works once and for five minutes. Tell Butler the fact again.',
  });

const invalid = refuseBody({ code: 'fact-invalid', title: 'The fact has mistakes in it' });

/** Only what was sent. */
const given = (change: { [Field in keyof FactPatch]: FactPatch[Field] | undefined }): FactPatch =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));

const doorOf = (door: string | undefined): FactView['door'] =>
  doorNames.find((known) => known === door) ?? null;

const show = (fact: Fact): FactView => ({
  id: fact.id,
  category: fact.category,
  slot: fact.slot,
  fact: fact.fact,
  source: fact.source,
  confidence: fact.confidence,
  learnedAt: fact.recordedAt.toISOString(),
  lastUsedAt: fact.lastReferenced.toISOString(),
  current: fact.retiredAt === null && fact.validTo === null,
  quote: fact.origin.quote ?? null,
  door: doorOf(fact.origin.door),
  tainted: fact.tainted,
});

const newestFirst = (a: Fact, b: Fact): number =>
  b.recordedAt.getTime() - a.recordedAt.getTime() || b.id - a.id;

const contains =
  (query: string) =>
  ({ fact }: Fact): boolean => {
    const text = fact.toLocaleLowerCase();
    return query
      .toLocaleLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word));
  };

interface Wanted {
  query?: string | undefined;
  category?: Fact['category'] | undefined;
  all: boolean;
  limit: number;
}

const find = (house: House, personId: string, wanted: Wanted): Promise<Fact[]> =>
  withMemory(house, async ({ facts, recall }) => {
    const { query = '', category, all, limit } = wanted;
    const fits = (fact: Fact): boolean => category === undefined || fact.category === category;
    if (query === '' || all) {
      const listed = (await facts.list(personId, { all })).toSorted(newestFirst);
      return listed
        .filter(query === '' ? () => true : contains(query))
        .filter(fits)
        .slice(0, limit);
    }
    // A category is chosen afterwards: ask for more than will stay.
    const found = await recall.searchFacts(personId, query, category ? foundMax * 4 : foundMax);
    return found.filter(fits).slice(0, Math.min(limit, foundMax));
  });

export const factRoutes = ({ house, clock }: { house: House; clock: () => number }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(list, async (c) => {
      const found = await find(house, c.var.person.id, c.req.valid('query'));
      return c.json({ facts: found.map(show) }, 200);
    })
    .openapi(
      add,
      async (c) => {
        const { slot, ...told } = c.req.valid('json');
        refuseSecret(told.fact);
        const fact = { ...told, ...(slot && { slot }), source: 'explicit' as const };
        const kept = await withMemory(house, ({ facts }) =>
          facts.remember(c.var.person.id, { ...fact, origin: { door: 'app' } }),
        );
        const { outcome, replaced } = kept;
        if (outcome === 'refused' || !kept.fact) throw refused(kept.why);
        if (outcome === 'known') return c.json({ outcome, fact: show(kept.fact) }, 200);
        const before = replaced ? { replaced: show(replaced) } : {};
        return c.json({ outcome, fact: show(kept.fact), ...before }, 201);
      },
      invalid,
    )
    .openapi(
      edit,
      async (c) => {
        const { id } = c.req.valid('param');
        const change = c.req.valid('json');
        refuseSecret(change.fact);
        const edited = await withMemory(house, ({ facts }) =>
          facts.edit(c.var.person.id, id, given(change)),
        );
        if (!edited) throw unknown();
        return c.json({ fact: show(edited) }, 200);
      },
      invalid,
    )
    .route('/', forgetRoutes({ house, undos: createUndos<Forgotten[]>(clock) }));

const forgetRoutes = ({ house, undos }: { house: House; undos: Undos<Forgotten[]> }) =>
  new OpenAPIHono<AdminEnv>()
    .openapi(forget, async (c) => {
      const { person } = c.var;
      const { id } = c.req.valid('param');
      const forgotten = await withMemory(house, ({ facts }) => facts.forget(person.id, [id]));
      // What it had replaced went with it.
      const fact = forgotten.find((one) => one.id === id);
      if (!fact) throw unknown();
      const { undo, until } = undos.keep(person.id, forgotten);
      const undoUntil = new Date(until).toISOString();
      return c.json({ fact: show(fact), undo, undoUntil }, 200);
    })
    .openapi(restore, async (c) => {
      const { person } = c.var;
      const { undo } = c.req.valid('json');
      const back = await withMemory(house, ({ facts }) =>
        undos.use({ personId: person.id, undo }, async (kept) => {
          await facts.restore(person.id, kept);
        }),
      );
      if (!back) throw undoGone();
      return c.json({ facts: back.map(show) }, 200);
    })
    .openapi(forgetAll, async (c) => {
      const { person } = c.var;
      undos.drop(person.id);
      const forgotten = await withMemory(house, async ({ facts }) => {
        const ids = (await facts.list(person.id, { all: true })).map(({ id }) => id);
        return await facts.forget(person.id, ids);
      });
      return c.json({ forgotten: forgotten.length }, 200);
    });
