// Every route is asked nonsense made from its own schema, for a while: it may refuse, never break.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemSchema } from '../admin/problem.ts';
import { type FakeAdmin, fakeAdmin } from './rig/admin.ts';
import { type MadeRequest, requestFor } from './security/arbitrary.ts';
import {
  filled,
  isStream,
  type Operation,
  readSurface,
  type Surface,
} from './security/operations.ts';

/** Longer by hand: BUTLER_FUZZ_SECONDS=600. */
const seconds = Number(process.env.BUTLER_FUZZ_SECONDS ?? 20);
const atOnce = 12;
const answerWithinMs = 15_000;

let admin: FakeAdmin;
let surface: Surface;
let bearer: { authorization: string };
let known: string[];

const comeIn = async () => {
  const ada = await admin.joinAs('owner', `ada${Math.random()}`);
  bearer = ada.bearer;
  return ada;
};

beforeAll(async () => {
  admin = await fakeAdmin();
  surface = await readSurface(admin.app);
  const ada = await comeIn();
  const bob = await admin.joinAs('child', 'Bob');
  known = [ada.id, ada.deviceId, bob.id, bob.deviceId, '1', '0'];
});
afterAll(() => admin.forget());

const send = async ({ method, path }: Operation, made: MadeRequest): Promise<Response> => {
  const query = new URLSearchParams(made.query).toString();
  const takesBody = method !== 'GET' && made.body !== undefined;
  const signal = AbortSignal.timeout(answerWithinMs);
  return await admin.app.request(`${filled(path, made.path)}${query && `?${query}`}`, {
    ...{ method, signal },
    headers: { ...bearer, 'content-type': made.contentType },
    ...(takesBody && { body: made.body as string }),
  });
};

/** What is wrong with an answer; undefined: nothing. */
const complaintAbout = async (answer: Response): Promise<string | undefined> => {
  const text = await answer.text();
  if (answer.status >= 500) return `${answer.status} ${text}`;
  if (answer.status < 400) return undefined;
  // MCP has a form of its own for what is wrong.
  if (text.startsWith('{"jsonrpc"')) return undefined;
  const problem = problemSchema.safeParse(JSON.parse(text));
  if (!problem.success) return `no problem document: ${text.slice(0, 200)}`;
  return problem.data.detail.length > 10 ? undefined : `no sentence: ${text}`;
};

it(
  `breaks nothing in ${seconds} s`,
  async () => {
    const seed = Date.now() % 2 ** 31;
    const routes = surface.operations.filter((one) => !isStream(one));
    const endAtMs = performance.now() + seconds * 1000;
    const asked = new Map<string, number>();
    const statuses = new Map<number, number>();
    const wrong: string[] = [];
    for (let round = 0; performance.now() < endAtMs && wrong.length === 0; round += 1) {
      for (const operation of routes) {
        const arbitrary = requestFor(operation, surface, known);
        for (const made of fc.sample(arbitrary, { seed: seed + round, numRuns: atOnce })) {
          const answer = await send(operation, made);
          const complaint = await complaintAbout(answer);
          if (complaint !== undefined) {
            wrong.push(`${operation.key} ${JSON.stringify(made).slice(0, 1_500)}: ${complaint}`);
          }
          asked.set(operation.key, (asked.get(operation.key) ?? 0) + 1);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          // It may have logged itself out, or gone.
          if (answer.status === 401 && Array.isArray(operation.who)) await comeIn();
        }
        if (performance.now() > endAtMs && round > 0) break;
      }
    }
    const count = [...asked.values()].reduce((sum, one) => sum + one, 0);
    const table = [...statuses].sort(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
    console.log(
      `Fuzzing: ${count} requests to ${asked.size} routes (seed ${seed}); ${table.join(', ')}`,
    );
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(asked.size).toBe(routes.length);
    // It has to get through to the routes, or it would only test the doorman.
    expect(statuses.get(200) ?? 0).toBeGreaterThan(count / 50);
  },
  (seconds + 120) * 1000,
);
