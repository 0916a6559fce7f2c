/** Records what changes something, and who looked at what is not theirs; nobody waits for it. */
import { createHmac, randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { TurnRecord } from '../agent/events.ts';
import { type AdminEnv, patternOf } from './access.ts';
import type { Audit, AuditEntry } from './audit.ts';
import type { Outcome } from './audit-chain.ts';
import type { Doors, House } from './house-view.ts';
import type { People } from './people.ts';
import { ProblemError } from './problem.ts';

type Request = Parameters<MiddlewareHandler<AdminEnv>>[0];

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Reads that are recorded; what is below a person's id only where it is another person's. */
const sensitive = /^\/api\/v1\/(export|audit|backups\/|souls\/export|users\/|accounts\/)/;
/** So many lines a minute of people who are not logged in: a flood must not fill the disk. */
const strangersPerMinute = 60;
/** Made by Butler, never typed: numbers, random letters, and names of backups. */
const idPattern = /^(\d{1,18}|[\w-]{8,100}(\.[a-z.]{2,20})?)$/;
const dayMs = 24 * 60 * 60_000;

const outcomeOf = (status: number): Outcome => {
  if (status < 400) return 'done';
  return status < 500 ? 'refused' : 'failed';
};

/** The same address has the same mark for a day; the key is kept nowhere and nobody can go back. */
const addressMarks = (clock: () => number): ((address: string) => string) => {
  let [key, madeAtMs] = [randomBytes(32), clock()];
  return (address) => {
    if (clock() - madeAtMs >= dayMs) [key, madeAtMs] = [randomBytes(32), clock()];
    return createHmac('sha256', key).update(address).digest('hex').slice(0, 12);
  };
};

/** Lets so many through in a minute, and counts the rest for the next one that passes. */
const meter = (clock: () => number) => {
  let [sinceMs, passed, held] = [clock(), 0, 0];
  return (): { held: number } | undefined => {
    if (clock() - sinceMs >= 60_000) [sinceMs, passed] = [clock(), 0];
    passed += 1;
    if (passed > strangersPerMinute) {
      held += 1;
      return undefined;
    }
    const before = held;
    held = 0;
    return { held: before };
  };
};

/** The first `{…}` of the pattern, as the address has it. */
const idIn = (pattern: string, path: string): string | undefined => {
  const at = pattern.split('/').findIndex((part) => part.startsWith('{'));
  return at < 0 ? undefined : path.split('/')[at];
};

/** Whom or what a request was about. Never something that was typed and does not exist. */
const targetOf = (c: Request, pattern: string, people: People): AuditEntry['target'] => {
  const named = idIn(pattern, c.req.path) ?? c.req.query('userId');
  if (named === undefined) return undefined;
  if (people.byId(named)) return { personId: named };
  const isPerson = pattern.startsWith('/api/v1/users/') || c.req.query('userId') === named;
  return !isPerson && c.res.status < 400 && idPattern.test(named) ? { id: named } : undefined;
};

/** Who tried to come in, where there is such a username. */
const namedIn = async (c: Request, people: People): Promise<AuditEntry['target']> => {
  // Only what was read already: a body that was refused may be of any size.
  if (!('text' in c.req.bodyCache)) return undefined;
  const sent: unknown = await c.req.json().catch(() => undefined);
  const username = sent !== null && typeof sent === 'object' && 'username' in sent && sent.username;
  const person = typeof username === 'string' ? people.byUsername(username) : undefined;
  return person && { personId: person.id };
};

interface AuditingParts {
  audit: Pick<Audit, 'record'>;
  people: People;
  clock: () => number;
}

/** Stands before the guard, so that what it refuses is recorded too. */
export const auditing = ({ audit, people, clock }: AuditingParts): MiddlewareHandler<AdminEnv> => {
  const mark = addressMarks(clock);
  const admit = meter(clock);
  const record = async (c: Request): Promise<void> => {
    const pattern = patternOf(c);
    if (!pattern.startsWith('/')) return;
    // Nobody is there where the guard refused: see access.ts.
    const { person, token, origin } = c.var as Partial<AdminEnv['Variables']>;
    let target = targetOf(c, pattern, people);
    const isRead = reads.has(c.req.method);
    // One's own soul is looked at often, and is nobody else's business.
    const isOwn = target !== undefined && 'personId' in target && target.personId === person?.id;
    if (isRead && (!person || (isOwn && pattern.startsWith('/api/v1/users/')))) return;
    const admitted = person ? { held: 0 } : admit();
    if (!admitted) return;
    if (!person && pattern.startsWith('/api/v1/auth/')) target = await namedIn(c, people);
    const code = c.error instanceof ProblemError ? c.error.content.code : undefined;
    await audit.record({
      actor: person ? { personId: person.id } : { part: 'door' },
      ...(token && { device: token.deviceId }),
      what: `${c.req.method.toLowerCase()} ${pattern}`,
      ...(target && { target }),
      outcome: outcomeOf(c.res.status),
      detail: {
        status: c.res.status,
        ...(code !== undefined && { code }),
        ...(!person && origin && { from: mark(origin.address) }),
        ...(admitted.held > 0 && { unrecorded: admitted.held }),
      },
    });
  };
  const recorded: MiddlewareHandler<AdminEnv> = async (c, next) => {
    await next();
    // A request never waits for its line.
    record(c).catch(() => undefined);
  };
  return (c, next) => {
    const isRead = reads.has(c.req.method);
    return isRead && !sensitive.test(c.req.path) ? next() : recorded(c, next);
  };
};

type Tools = Pick<House, 'toolbox'>['toolbox'];

const isEffect = ({ tools }: Tools, tool: string): boolean => {
  const effect = tools.get(tool)?.effect;
  return effect !== undefined && effect !== 'read';
};

type Mark = NonNullable<TurnRecord['clocks']['tools']>[number];

const outcomeOfCall = ({ ok, verdict }: Pick<Mark, 'ok' | 'verdict'>): Outcome => {
  if (verdict === 'ask' || verdict === 'refuse') return 'refused';
  return ok ? 'done' : 'failed';
};

interface Effects {
  house: Pick<House, 'turns' | 'toolbox'>;
  doors: Doors;
  audit: Pick<Audit, 'record'>;
}

/**
 * Records what tools do: in conversations of every process, and by commands that are none.
 * @returns the doors to use from now on.
 */
export const auditEffects = ({ house, doors, audit }: Effects): Doors => {
  const { turns, toolbox } = house;
  turns.on(({ id, door, personId, clocks }) => {
    for (const call of clocks.tools ?? []) {
      if (!isEffect(toolbox, call.tool)) continue;
      void audit.record({
        actor: { personId },
        what: `tool ${call.tool}`,
        target: { id },
        outcome: outcomeOfCall(call),
        detail: { door, verdict: call.verdict ?? null },
      });
    }
  });
  const command: Doors['command'] = async (order) => {
    const outcome = await doors.command(order);
    if (isEffect(toolbox, order.tool)) {
      void audit.record({
        actor: { personId: order.caller.personId },
        what: `tool ${order.tool}`,
        outcome: outcome.ok ? 'done' : 'refused',
        detail: { door: order.caller.door, code: outcome.code ?? null },
      });
    }
    return outcome;
  };
  return { ...doors, command };
};
