/** A tool that changes the home: planned, judged by what it touches, done, and read back. */
import type { z } from 'zod';
import {
  type Tool,
  type ToolContext,
  ToolError,
  type ToolResult,
  type Touched,
  type Undo,
} from '../core/define.ts';
import { thingsCard } from './card.ts';
import type { HomeAssistant } from './connection.ts';
import { type Call, effectsOf } from './effects.ts';
import { type Entity, type Home, isThere } from './model.ts';
import { type Found, resolve, type Wanted } from './names.ts';
import { type Outcome, settle } from './settling.ts';
import { holdsStrangeWords } from './strange.ts';
import { type Deed, groupSubject, homeWords, type Subject, subjectOf, tongueOf } from './words.ts';

export type Context = ToolContext<HomeAssistant>;

/** One thing, and how it is known to be as it was wanted. */
export interface Expectation {
  entity: Entity;
  wanted: (now: Entity, before: Entity) => boolean;
}

export interface Plan {
  calls: readonly Call[];
  expects: readonly Expectation[];
  subject: Subject;
  deed: Deed;
  /** Default 1500. */
  settleMs?: number;
  /** Where the usual "X is on." does not do. */
  say?: ((outcome: Outcome) => string | undefined) | undefined;
  /** What takes back what was changed. */
  undo?: ((outcome: Outcome) => Undo | undefined) | undefined;
}

/** Things found for a tool, and how to speak of them. */
export interface Targets {
  entities: readonly Entity[];
  subject: Subject;
}

const settleMsDefault = 1_500;

/**
 * The things a phrase means. @throws {ToolError} with a question where there are several, and
 * a sentence that says what is near where there is none: then the mind may try.
 */
export const targetsFor = (
  { phrase, without, home }: { phrase: string; without?: string | undefined; home: Home },
  fits: Wanted['fits'],
  { language, caller }: Pick<Context, 'language' | 'caller'>,
): Targets => {
  const found: Found = resolve(phrase, { home, fits, here: caller.area }, without);
  const words = homeWords(language);
  if (found.kind === 'several') throw new ToolError(words.which(found.names), 'which-one');
  if (found.kind === 'none') {
    throw new ToolError(words.noneLike(phrase, found.near), 'not-found', true);
  }
  const { entities, group, without: left } = found;
  if (entities.length === 0) throw new ToolError(words.nothingLeft, 'not-found');
  const there = entities.filter(isThere);
  if (there.length === 0) {
    throw new ToolError(words.unavailable(entities.map(({ name }) => name)), 'unavailable');
  }
  const tongue = tongueOf(language);
  const names = entities.map(({ name }) => name);
  const subject = group
    ? groupSubject({ group, without: left, size: entities.length }, tongue)
    : entities.length === 1
      ? subjectOf(names[0] ?? '', tongue)
      : { text: words.list(names.map((name) => subjectOf(name, tongue).text)), plural: true };
  return { entities, subject };
};

/** One call for all of one domain: they begin together. */
export const callsFor = (
  entities: readonly Entity[],
  service: string,
  data: Record<string, unknown> = {},
): Call[] => {
  const domains = [...new Set(entities.map(({ domain }) => domain))];
  return domains.map((domain) => ({
    ...{ domain, service, data },
    target: {
      entity_id: entities
        .filter((one) => one.domain === domain && isThere(one))
        .map(({ id }) => id),
    },
  }));
};

const said = (plan: Plan, outcome: Outcome, language: string): string => {
  const words = homeWords(language);
  const { changed, alreadyThere, missed } = outcome;
  const done = changed.length + alreadyThere.length;
  if (missed.length > 0 && done > 0) {
    const names = missed.map(({ name }) => name);
    return words.partly(plan.deed, names, { done, of: done + missed.length });
  }
  const own = plan.say?.(outcome);
  if (own !== undefined) return own;
  if (changed.length === 0 && done > 0) return words.already(plan.subject, plan.deed);
  return words.is(plan.subject, plan.deed);
};

const carryOut = async (plan: Plan, context: Context): Promise<ToolResult> => {
  const { client, language } = context;
  const outcome = await settle(plan, {
    client,
    language,
    withinMs: plan.settleMs ?? settleMsDefault,
  });
  const undo = outcome.changed.length > 0 ? plan.undo?.(outcome) : undefined;
  const receipt = outcome.receipt;
  const say = said(plan, outcome, language);
  const card = cardOf(plan, context);
  return { say, ...(receipt && { receipt }), ...(undo && { undo }), ...(card && { card }) };
};

/** What was touched, as it is now; none where Home Assistant has gone meanwhile. */
const cardOf = ({ expects }: Plan, { client, language }: Context) =>
  client.isAway
    ? undefined
    : thingsCard(
        expects.map(({ entity }) => entity),
        client.home(language),
      );

const isStrange = (result: ToolResult, { client, language, turn }: Context): boolean => {
  try {
    return holdsStrangeWords(result, client.home(language), turn?.said);
  } catch {
    // Home Assistant went away meanwhile: whose words these are cannot be told.
    return true;
  }
};

/** Names are anybody's words: a phone in the guests' network brings its own. */
const labelled = async <Result extends object>(
  work: Promise<Result>,
  said: (result: Result) => string,
  context: Context,
): Promise<Result & { outside?: boolean }> => {
  try {
    const result = await work;
    // Only eyes see the card: what is strange in it is no word that a mind could follow.
    const { card: _, ...read } = result as Result & { card?: unknown };
    const outside = isStrange({ say: said(result), show: read }, context);
    return outside ? { ...result, outside } : result;
  } catch (error) {
    const names = error instanceof ToolError && { say: error.message };
    throw names && isStrange(names, context) ? error.fromOutside() : error;
  }
};

type Acting<Input extends z.ZodObject> = Omit<
  Tool<HomeAssistant, Input>,
  'run' | 'effectOf' | 'effect' | 'confirm' | 'permission'
> & { plan: (input: z.output<Input>, home: Home, context: Context) => Plan } & Partial<
    Pick<Tool<HomeAssistant, Input>, 'confirm'>
  >;

/** What the gate was told that a call may do at most; a call is known by its parsed input. */
const judgedAs = new WeakMap<object, 'write' | 'danger'>();

/** Everything in the home that has an effect is made here: no way around the judgement. */
export const acting = <Input extends z.ZodObject>({
  plan,
  ...traits
}: Acting<Input>): Tool<HomeAssistant, Input> => ({
  confirm: 'if-unsure',
  asked: { en: 'Home Assistant', de: 'Home Assistant' },
  ...traits,
  effect: 'write',
  permission: 'home',
  effectOf: (input, context) => labelled(touched(plan, input, context), whatOf, context),
  run: (input, context) => labelled(changed(plan, input, context), sayOf, context),
});

const whatOf = ({ what }: Touched): string => what ?? '';
const sayOf = ({ say }: ToolResult): string => say;

type Planner<Input> = (input: Input, home: Home, context: Context) => Plan;

const touched = async <Input extends object>(
  plan: Planner<Input>,
  input: Input,
  context: Context,
): Promise<Touched> => {
  const home = await context.client.freshHome(context.language);
  const made = plan(input, home, context);
  const { effect, dangers } = effectsOf(made.calls, home);
  judgedAs.set(input, effect === 'danger' ? 'danger' : 'write');
  const words = homeWords(context.language);
  const own = new Set(made.expects.map(({ entity }) => entity.id));
  const reached = dangers.filter((id) => !own.has(id));
  const names = reached.map((id) => home.entities.get(id)?.name ?? id).slice(0, 3);
  const what = words.what(made.subject, made.deed);
  const unseen = effect === 'danger' && dangers.length === 0;
  return { effect, what: unseen ? words.unseen(what) : words.reaching(what, names) };
};

const changed = async <Input extends object>(
  plan: Planner<Input>,
  input: Input,
  context: Context,
): Promise<ToolResult> => {
  const home = await context.client.freshHome(context.language);
  const made = plan(input, home, context);
  // The home may have changed since it was judged: then nothing more than that is done.
  if (effectsOf(made.calls, home).effect === 'danger' && judgedAs.get(input) !== 'danger') {
    throw new ToolError(homeWords(context.language).changedMeanwhile, 'changed-meanwhile');
  }
  return carryOut(made, context);
};

/** A question to the home; it sees no old state, and changes nothing. */
export const asking = <Input extends z.ZodObject>({
  run: answer,
  ...tool
}: Omit<Tool<HomeAssistant, Input>, 'effect' | 'confirm' | 'permission'>): Tool<
  HomeAssistant,
  Input
> => ({
  confirm: 'never',
  asked: { en: 'Home Assistant', de: 'Home Assistant' },
  ...tool,
  effect: 'read',
  permission: 'home',
  run: (input, context) => labelled(answer(input, context), sayOf, context),
});
