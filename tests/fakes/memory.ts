/** A memory for tests of the routes: real people, the rest in arrays, and it can go away. */

import type { HouseMemory } from '../../admin/house-view.ts';
import type { Database } from '../../memory/database.ts';
import type { Fact } from '../../memory/facts.ts';
import type { Message } from '../../memory/history.ts';
import { openUsers } from '../../memory/users.ts';

type Table<Row> = (Row & { personId: string })[];

/** Deletes the rows that fit and gives them back. */
const takeOut = <Row>(table: Row[], fits: (row: Row) => boolean): Row[] => {
  const taken = table.filter(fits);
  for (const row of taken) table.splice(table.indexOf(row), 1);
  return taken;
};

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
const shares = (text: string, query: string): boolean =>
  words(query).some((word) => words(text).includes(word));

const factsIn = (table: Fact[], now: () => Date): HouseMemory['facts'] => {
  let last = 0;
  const isOpen = ({ retiredAt }: Fact): boolean => retiredAt === null;
  const own = (personId: string) => table.filter((fact) => fact.personId === personId);
  const facts: Partial<HouseMemory['facts']> = {
    remember: async (personId, told) => {
      if (/ignore previous/i.test(told.fact)) return { outcome: 'refused', why: 'An order.' };
      const known = own(personId).find((fact) => isOpen(fact) && fact.fact === told.fact);
      if (known) return { outcome: 'known', fact: known };
      const replaced = own(personId).find(
        (fact) => isOpen(fact) && told.slot !== undefined && fact.slot === told.slot,
      );
      if (replaced) replaced.retiredAt = now();
      const at = now();
      last += 1;
      const fact: Fact = {
        ...{ id: last, personId, category: told.category, slot: told.slot ?? null },
        ...{ fact: told.fact, source: told.source, confidence: told.confidence ?? 1, uses: 0 },
        ...{ validFrom: at, validTo: null, recordedAt: at, retiredAt: null },
        ...{ supersededBy: null, origin: told.origin ?? {}, tainted: false, lastReferenced: at },
      };
      table.push(fact);
      return replaced ? { outcome: 'replaced', fact, replaced } : { outcome: 'added', fact };
    },
    list: async (personId, options) =>
      own(personId).filter((fact) => options?.all === true || isOpen(fact)),
    edit: async (personId, id, change) => {
      const fact = own(personId).find((one) => one.id === id);
      const same = own(personId).some((one) => one.id !== id && one.fact === change.fact);
      if (same) throw Object.assign(new Error('The same.'), { code: 'fact-duplicate' });
      return fact && Object.assign(fact, change);
    },
    forget: async (personId, ids) =>
      takeOut(table, (fact) => fact.personId === personId && ids.includes(fact.id)).map((fact) => ({
        ...fact,
        messages: [],
      })),
    restore: async (personId, back) => {
      table.push(...back.filter((fact) => fact.personId === personId));
      return back;
    },
  };
  return facts as HouseMemory['facts'];
};

const historyIn = (table: Table<Message>): HouseMemory['history'] => {
  const own = (personId: string) => table.filter((message) => message.personId === personId);
  const history: Partial<HouseMemory['history']> = {
    recent: async (personId, { limit = 20 }) => own(personId).slice(-limit),
    between: async (personId, from, to) => own(personId).filter(({ at }) => at >= from && at < to),
    ofTurn: async (personId, turn) => own(personId).filter((message) => message.turn === turn),
    remove: async (personId, ids) => {
      const gone = takeOut(
        table,
        (message) => message.personId === personId && ids.includes(message.id),
      );
      return gone;
    },
  };
  return history as HouseMemory['history'];
};

/** @param database with the people, who are real rows: devices and accounts belong to them. */
export const fakeMemory = async (now: () => Date, database: Database) => {
  const facts: Fact[] = [];
  const said: Table<Message> = [];
  const memory = {
    /** A sentence: the memory is away, and says so. */
    away: undefined as string | undefined,
    /** Thrown by the next question: lost in the middle. */
    lost: undefined as Error | undefined,
    said,
    database,
    users: await openUsers(database),
    facts: factsIn(facts, now),
    history: historyIn(said),
    recall: {
      searchFacts: async (personId: string, query: string, limit: number) => {
        if (memory.lost) throw memory.lost;
        const own = facts.filter((fact) => fact.personId === personId);
        const found = own.filter(({ fact }) => shares(fact, query)).slice(0, limit);
        return found.map((fact) => ({ ...fact, score: 1 }));
      },
      searchHistory: async (personId: string, query: string, options: { limit: number }) =>
        said
          .filter((one) => one.personId === personId && shares(one.content, query))
          .slice(0, options.limit),
    },
    state: (): ReturnType<HouseMemory['state']> =>
      memory.away === undefined
        ? { state: 'ready', sentence: 'Butler remembers.' }
        : { state: 'failed', sentence: memory.away },
  };
  return memory satisfies HouseMemory;
};
