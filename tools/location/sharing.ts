/** Each person's own word on who may know where they are: changed, read back, taken back. */
import { type Role, ToolError, type ToolResult } from '../core/define.ts';
import type { Housemate } from '../core/people-port.ts';
import { nearestName } from '../core/sounds.ts';
import {
  type Consent,
  changed,
  consentFrom,
  everyone,
  type Grant,
  grantsAt,
  restored,
  type Setting,
  stopCounts,
} from './consent.ts';
import type { Context } from './people.ts';
import { consentKey } from './shelf.ts';
import { momentSaid } from './spoken.ts';
import { untilOf } from './until.ts';
import { locationWords } from './words.ts';

/** The person who is meant among those who have an account. @throws {ToolError} */
const housemateFor = async (heard: string, context: Context): Promise<Housemate> => {
  const all = await context.people.all();
  const found = nearestName(heard, all, ({ name }) => name);
  if (found) return found;
  const say = locationWords(context.language).unknownPerson(heard);
  throw new ToolError(say, 'person-unknown-here', true);
};

/** Writes, then reads it back. @throws {ToolError} where it does not stand there. */
const written = async (
  owner: string,
  change: (now: Consent) => Consent,
  { shelf, language }: Context,
): Promise<Consent> => {
  await shelf.change(consentKey, (kept) => change(consentFrom(kept)), { owner });
  const kept = await shelf.get(consentKey, { owner });
  if (kept === undefined) throw new ToolError(locationWords(language).notKept, 'not-kept');
  return consentFrom(kept);
};

const nameOf = (to: string, housemates: readonly Housemate[], language: string) =>
  to === everyone
    ? locationWords(language).everybody
    : housemates.find(({ id }) => id === to)?.name;

/** Who sees it now, for a screen, a mind and as the receipt. */
const shown = async (consent: Consent, context: Context) => {
  const housemates = await context.people.all();
  const sharedWith = grantsAt(consent, context.now().getTime()).flatMap(({ to, untilMs }) => {
    const name = nameOf(to, housemates, context.language);
    const until = untilMs !== undefined && { until: new Date(untilMs).toISOString() };
    return name === undefined ? [] : [{ name, ...until }];
  });
  return { stopped: consent.stopped, sharedWith };
};

const undoOf = ({ revision }: Consent) => ({
  tool: 'location_share',
  input: { restore: revision },
});

/** What holds for those to whom nothing was granted. */
const restSaid = (role: Role, consent: Consent, { language, caller }: Context): string => {
  const said = locationWords(language);
  const subject = { id: caller.personId, role };
  if (stopCounts(subject, consent) || role === 'guest') return said.onlyYou;
  return role === 'child' ? said.childUsual : said.grownUsual;
};

const whoSaid = async (consent: Consent, context: Context): Promise<string> => {
  const { caller, language, words, now } = context;
  const said = locationWords(language);
  const housemates = await context.people.all();
  const named = grantsAt(consent, now().getTime()).flatMap(({ to, untilMs }) => {
    const name = nameOf(to, housemates, language);
    if (name === undefined) return [];
    const until = untilMs === undefined ? '' : said.until(momentSaid(untilMs, context));
    return [`${name}${until}`];
  });
  const rest = restSaid(caller.role, consent, context);
  if (named.length === 0) return rest;
  const whole = said.may(words.list(named), '');
  const stopped = stopCounts({ id: caller.personId, role: caller.role }, consent);
  return stopped ? said.onlyYouAnd(words.list(named)) : `${whole} ${rest}`;
};

/** Who may see where the caller is. */
export const sharedWith = async (_: object, context: Context): Promise<ToolResult> => {
  const { caller, shelf } = context;
  const consent = consentFrom(await shelf.get(consentKey, { owner: caller.personId }));
  const say = (await whoSaid(consent, context)).slice(0, 300);
  return { say, show: await shown(consent, context) };
};

export interface Sharing {
  person?: string | undefined;
  everyone?: boolean | undefined;
  until?: 'tonight' | 'tomorrow' | undefined;
  time?: string | undefined;
  seconds?: number | undefined;
  usual?: boolean | undefined;
  restore?: number | undefined;
}

const takeBack = async (revision: number, context: Context): Promise<ToolResult> => {
  const said = locationWords(context.language);
  let isBack = false;
  const consent = await written(
    context.caller.personId,
    (now) => {
      const before = restored(now, revision);
      isBack = before !== undefined;
      return before ?? now;
    },
    context,
  );
  if (!isBack) throw new ToolError(said.notBack, 'changed-meanwhile');
  const say = (await whoSaid(consent, context)).slice(0, 300);
  return { say, receipt: await shown(consent, context) };
};

const backToUsual = async (context: Context): Promise<ToolResult> => {
  const { caller, language } = context;
  const said = locationWords(language);
  const usualAgain = (now: Consent) => changed(now, { stopped: false, grants: now.grants });
  const consent = await written(caller.personId, usualAgain, context);
  const say = caller.role === 'child' ? said.usualChild : said.usual;
  return { say, receipt: await shown(consent, context), undo: undoOf(consent) };
};

const granted = (setting: Setting, grant: Grant): Setting => ({
  stopped: setting.stopped,
  grants: [...setting.grants.filter(({ to }) => to !== grant.to), grant],
});

/** Lets one person, or everybody here, see where the caller is. */
export const share = async (wanted: Sharing, context: Context): Promise<ToolResult> => {
  const { caller, language, now } = context;
  const said = locationWords(language);
  if (wanted.restore !== undefined) return takeBack(wanted.restore, context);
  if (wanted.usual) return backToUsual(context);
  if (wanted.person === undefined && !wanted.everyone) {
    throw new ToolError(said.whom, 'nothing-named', true);
  }
  const other = wanted.everyone ? undefined : await housemateFor(wanted.person ?? '', context);
  if (other?.id === caller.personId) throw new ToolError(said.yourself, 'nothing-to-share');
  if (other?.role === 'guest') {
    throw new ToolError(said.guestsNever(other.name), 'guests-see-nothing');
  }
  const untilMs = untilOf(wanted, context);
  if (untilMs !== undefined && untilMs <= now().getTime()) {
    throw new ToolError(said.past, 'time-past');
  }
  const grant: Grant = { to: other?.id ?? everyone, ...(untilMs !== undefined && { untilMs }) };
  const consent = await written(
    caller.personId,
    (kept) => changed(kept, granted(kept, grant)),
    context,
  );
  const until = untilMs === undefined ? '' : said.until(momentSaid(untilMs, context));
  const say = said.may(other?.name ?? said.everybody, until);
  return { say, receipt: await shown(consent, context), undo: undoOf(consent) };
};

/** Takes back what was granted: to one person, or to everybody and "home or away" with it. */
export const stop = async (
  { person }: { person?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { caller, language } = context;
  const said = locationWords(language);
  const other = person === undefined ? undefined : await housemateFor(person, context);
  let had = true;
  const consent = await written(
    caller.personId,
    (kept) => {
      if (!other) return changed(kept, { stopped: true, grants: [] });
      had = kept.grants.some(({ to }) => to === other.id);
      const grants = kept.grants.filter(({ to }) => to !== other.id);
      return changed(kept, { stopped: kept.stopped, grants });
    },
    context,
  );
  const receipt = await shown(consent, context);
  const undo = undoOf(consent);
  if (other) return { say: await stoppedFor(other, { had, consent }, context), receipt, undo };
  const stands = caller.role === 'child' && !consent.mayStop;
  return { say: stands ? said.childStopped : said.onlyYou, receipt, undo };
};

const stoppedFor = async (
  { name }: Housemate,
  { had, consent }: { had: boolean; consent: Consent },
  context: Context,
): Promise<string> => {
  const said = locationWords(context.language);
  if (!had) return said.notShared(name);
  // A child's grown-ups, and everybody where everybody was allowed, still do.
  const rest = await whoSaid(consent, context);
  return `${said.noLonger(name)} ${rest}`.slice(0, 300);
};

/** An owner's word on whether a child may keep the grown-ups from seeing. */
export const childMayStop = async (
  { person, allowed }: { person: string; allowed: boolean },
  context: Context,
): Promise<ToolResult> => {
  const said = locationWords(context.language);
  const child = await housemateFor(person, context);
  if (child.role !== 'child') throw new ToolError(said.notAChild(child.name), 'no-child');
  let before = false;
  const consent = await written(
    child.id,
    (kept) => {
      before = kept.mayStop === true;
      return { ...kept, mayStop: allowed };
    },
    context,
  );
  const is = consent.mayStop === true;
  return {
    say: is ? said.childMay(child.name) : said.childMayNot(child.name),
    receipt: { child: child.name, mayStop: is },
    undo: { tool: 'location_child', input: { person: child.name, allowed: before } },
  };
};
