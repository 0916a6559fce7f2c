/** The gate: every call may run, must be asked about, or is refused. Pure. */
import { type AnyTool, type Effect, type Role, roles, type ToolCaller } from './define.ts';
import { gateSentences, questionOf, sentenceIn } from './gate.words.ts';
import { type Permission, permissions } from './permissions.ts';

/** How a person says that they mean it. */
export type Assent = 'yes' | 'pin';

/** A yes that was given: by whom, for which call, and how long after the question. */
export interface Yes {
  by: Assent;
  personId: string;
  digest: string;
  ageMs: number;
}

/** Everything the gate may know; all of it comes from the runtime, nothing from a model. */
export interface GateFacts {
  caller: ToolCaller;
  /** Full name of the tool. */
  name: string;
  input: Readonly<Record<string, unknown>>;
  /** BCP 47 language of the answer. */
  language: string;
  /** What this call finally touches: the tool's own effect, or what `effectOf` raised it to. */
  effect: Effect;
  /** The same in words, where the tool knows them. */
  what?: string | undefined;
  /** The call itself wants a word, because it is not sure what is meant. */
  ask: boolean;
  /** Of this call, by `digestOf`. */
  digest: string;
  /** This turn has read text from outside. */
  tainted: boolean;
  /** The caller has set a PIN, and it is not locked. */
  hasPin: boolean;
  yes?: Yes | undefined;
}

export type RefusalReason = 'role' | 'permission' | 'tainted' | 'unsure' | 'door';

export type Verdict =
  | { verdict: 'run' }
  | { verdict: 'ask'; question: string; by: Assent }
  | { verdict: 'refuse'; why: string; reason: RefusalReason };

/** Below this, a speaker counts as unsure. */
const sureFrom = 0.8;

/** A yes counts for so long after its question. */
export const yesWithinMs = 30_000;

/** Where a question is heard by a person who can answer it there. */
const doorsThatAsk: ReadonlySet<string> = new Set(['app', 'room', 'whatsapp']);

/** What a role may do where the person has no permissions of their own; undefined: everything. */
const permissionsOf: Record<Role, readonly Permission[] | undefined> = {
  owner: undefined,
  adult: permissions.filter((permission) => permission !== 'admin'),
  child: ['home', 'media', 'books', 'photos', 'lists', 'calendar', 'location'],
  guest: ['home'],
};

/** Nobody below this opens a door, whatever the tool says. */
const dangerFrom: Role = 'adult';

const order: readonly Effect[] = ['read', 'write', 'danger'];

/** The greater of two effects. */
export const greater = (left: Effect, right: Effect): Effect =>
  order.indexOf(left) < order.indexOf(right) ? right : left;

type GatedTool = Pick<
  AnyTool,
  'effect' | 'confirm' | 'role' | 'permission' | 'asks' | 'untaintedOnly' | 'belowRole'
>;

const isBelow = (role: Role, least: Role): boolean => roles.indexOf(role) < roles.indexOf(least);

/** Whether a person has a permission: their own list decides, else their role. */
export const mayUse = (
  { role, permissions: own }: Pick<ToolCaller, 'role' | 'permissions'>,
  permission: Permission,
): boolean => {
  const allowed: readonly string[] | undefined = own ?? permissionsOf[role];
  return allowed === undefined || allowed.includes(permission);
};

const forbiddenBy = (tool: GatedTool, facts: GateFacts): RefusalReason | undefined => {
  const { caller, effect, tainted } = facts;
  if (isBelow(caller.role, tool.role ?? 'guest')) return 'role';
  if (effect === 'danger' && isBelow(caller.role, dangerFrom)) return 'role';
  if (tool.permission && !mayUse(caller, tool.permission)) return 'permission';
  if (tool.untaintedOnly && tainted) return 'tainted';
  return undefined;
};

/** What the person must say first; `never`: no word of an unsure speaker would do. */
const wanted = (tool: GatedTool, facts: GateFacts): Assent | 'never' | undefined => {
  const { effect, hasPin, tainted, caller } = facts;
  const unsure = caller.sure < sureFrom;
  // Whoever has set a PIN wants it asked for before anything dangerous.
  const guarded = tool.confirm === 'with-pin' || effect === 'danger';
  const strongest: Assent = guarded && hasPin ? 'pin' : 'yes';
  if (effect === 'read') {
    if (tool.confirm === 'never') return undefined;
    // A stranger's yes does not make a private answer theirs to hear.
    if (unsure) return strongest === 'pin' ? 'pin' : 'never';
    return tool.confirm === 'if-unsure' ? undefined : strongest;
  }
  if (effect === 'danger') return unsure && strongest === 'yes' ? 'never' : strongest;
  if (tool.confirm === 'always' || tool.confirm === 'with-pin') return strongest;
  if (facts.ask) return 'yes';
  if (tainted) return 'yes';
  return tool.confirm === 'if-unsure' && unsure ? 'yes' : undefined;
};

const isGiven = (assent: Assent, { yes, digest, caller }: GateFacts): boolean =>
  yes !== undefined &&
  yes.personId === caller.personId &&
  yes.digest === digest &&
  yes.ageMs >= 0 &&
  yes.ageMs <= yesWithinMs &&
  (assent === 'yes' || yes.by === 'pin');

/**
 * The one decision about every call: first who may, then whether a word is needed, then whether it
 * was given, and last whether it can be asked for here. `tests/gate.test.ts` walks the whole table.
 */
export const judge = (tool: GatedTool, facts: GateFacts): Verdict => {
  const sentences = gateSentences(facts.language);
  const refuse = (reason: RefusalReason): Verdict => ({
    verdict: 'refuse',
    reason,
    why: (reason === 'role' && sentenceIn(tool.belowRole, facts.language)) || sentences[reason],
  });
  const forbidden = forbiddenBy(tool, facts);
  if (forbidden) return refuse(forbidden);
  const assent = wanted(tool, facts);
  if (assent === undefined) return { verdict: 'run' };
  if (assent === 'never') return refuse('unsure');
  if (isGiven(assent, facts)) return { verdict: 'run' };
  if (!doorsThatAsk.has(facts.caller.door)) return refuse('door');
  return { verdict: 'ask', by: assent, question: questionOf(tool.asks, { ...facts, by: assent }) };
};
