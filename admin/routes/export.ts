/** Everything about a person as one archive: one's own, and a child's for an owner. */
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Belongings } from '../../agent/belongings.ts';
import { type AdminEnv, declare } from '../access.ts';
import { onlyAtHome } from '../address.ts';
import type { Audit } from '../audit.ts';
import { zipped } from '../export/archive.ts';
import { contentsOf } from '../export/contents.ts';
import type { House } from '../house-view.ts';
import { withMemory } from '../memory-access.ts';
import type { Person } from '../people.ts';
import { ProblemError, personUnknown } from '../problem.ts';
import { mayShape } from './users.ts';

const perHour = 4;
const hourMs = 60 * 60_000;
/** A client that stopped reading does not keep others from theirs longer than this. */
const heldMaxMs = 10 * 60_000;

const route = declare('get /api/v1/export', {
  summary: 'Everything about you as a ZIP of JSON and CSV files.',
  description: `An owner may have a child's. One at a time; ${perHour} in an hour.`,
  request: {
    query: z.object({
      userId: z
        .string()
        .min(1)
        .max(100, 'must be at most 100 characters')
        .optional()
        .meta({ description: 'A child; unset: you.' }),
    }),
  },
  responses: {
    200: {
      description: 'The archive; README.txt in it says what each file is.',
      content: { 'application/zip': { schema: z.string().meta({ format: 'binary' }) } },
    },
  },
});

const ofAnother = (): ProblemError =>
  new ProblemError({
    status: 403,
    code: 'export-of-another',
    title: 'This is theirs alone',
    detail: 'What Butler keeps of an adult only they themselves can export: ask them to.',
  });

const limited = (waitSeconds: number, detail: string): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'export-limited',
    title: 'Not another export now',
    detail,
    headers: { 'retry-after': String(waitSeconds) },
  });

/** Lets one export run at a time, and so many of a person in an hour. */
const createTurnstile = (clock: () => number) => {
  const begun = new Map<string, number[]>();
  let running: { sinceMs: number } | undefined;
  return {
    /** @returns what ends it. @throws {ProblemError} 429 */
    enter: (personId: string): (() => void) => {
      const now = clock();
      if (running && now - running.sinceMs < heldMaxMs) {
        throw limited(30, 'Another export is being made: wait until it is done, then ask again.');
      }
      const recent = (begun.get(personId) ?? []).filter((atMs) => now - atMs < hourMs);
      const [first = now] = recent;
      if (recent.length >= perHour) {
        const waitSeconds = Math.ceil((first + hourMs - now) / 1000);
        const minutes = Math.ceil(waitSeconds / 60);
        throw limited(waitSeconds, `You had ${perHour} within an hour: wait ${minutes} minutes.`);
      }
      begun.set(personId, [...recent, now]);
      const mine = { sinceMs: now };
      running = mine;
      return () => {
        if (running === mine) running = undefined;
      };
    },
  };
};

/** Made as fast as it is read. @param end called once: it is whole, failed, or nobody reads on. */
const streamed = (pieces: AsyncGenerator<Uint8Array>, end: () => void): ReadableStream => {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { value, done } = await pieces.next();
        if (!done) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      end();
    },
    // Also before the first piece: a generator that has not begun would not hear of it.
    cancel: async () => {
      end();
      await pieces.return(undefined);
    },
  });
};

/** @throws {ProblemError} */
const exportedFor = async (house: House, person: Person, userId = person.id) => {
  const user = await withMemory(house, ({ users }) => users.load(userId));
  if (!user || (user.id !== person.id && person.role !== 'owner')) throw personUnknown();
  if (!mayShape(person, user)) throw ofAnother();
  const language = person.language ?? house.settings.BUTLER_LANGUAGE;
  return { id: user.id, name: user.name, language };
};

interface Parts {
  house: House;
  audit: Audit;
  belongings: Belongings;
  clock: () => number;
}

export const exportRoutes = ({ house, audit, belongings, clock }: Parts) => {
  const turnstile = createTurnstile(clock);
  return new OpenAPIHono<AdminEnv>().openapi(route, async (c) => {
    const { userId } = c.req.valid('query');
    // What an owner does to others is done at home.
    const isOther = userId !== undefined && userId !== c.var.person.id;
    if (isOther && c.var.person.role === 'owner' && !c.var.origin.isNear) throw onlyAtHome();
    const exported = await exportedFor(house, c.var.person, userId);
    const at = new Date(clock());
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="butler-${at.toISOString().slice(0, 10)}.zip"`,
    };
    // Its body would never be read, nor given up.
    if (c.req.method === 'HEAD') return c.body(null, 200, headers);
    const end = turnstile.enter(c.var.person.id);
    const { sql } = house.memory.database;
    const pieces = zipped(contentsOf({ sql, audit, belongings }, exported, at), at);
    return c.body(streamed(pieces, end), 200, headers);
  });
};
