/** Where somebody is, and how far that is: only what that person lets the caller know. */
import { ToolError, type ToolResult } from '../core/define.ts';
import { type Fence, type Fix, homeId } from './fences.ts';
import { approachOf, bearingDegrees, distanceM, windOf } from './geometry.ts';
import { personFor, placeFor } from './names.ts';
import { type Context, type Household, householdOf, type Whereabouts } from './people.ts';
import { type Known, knownOf } from './presence.ts';
import { dated, distanceSaid, placeSaid } from './spoken.ts';
import { locationWords } from './words.ts';

interface Found {
  who: Whereabouts;
  known: Known;
  household: Household;
}

const found = async (person: string, context: Context): Promise<Found> => {
  const household = await householdOf(context);
  const who = personFor(person, household, context);
  return { who, known: knownOf(who, household, context.now().getTime()), household };
};

const hidden = (who: Whereabouts, { language }: Context): ToolResult => {
  const said = locationWords(language);
  const say = who.isCaller ? said.nothingOfYou : said.secret(who);
  return { say, show: { name: who.name, presence: 'unknown' } };
};

/** What may be said where only home or away is shared. */
const homeOrAway = ({ who, known }: Found, context: Context): ToolResult => {
  const said = locationWords(context.language);
  const { presence } = known;
  if (presence === 'unknown') return hidden(who, context);
  const show = { name: who.name, presence };
  return { say: presence === 'home' ? said.isHome(who) : said.awayOnly(who), show };
};

const shownOf = ({ who, known, household: { home } }: Found) => {
  const { presence, place, fix, atMs, stale } = known;
  return {
    ...{ name: who.name, presence, stale },
    ...(place !== undefined && { place }),
    ...(atMs !== undefined && { at: new Date(atMs).toISOString() }),
    // No coordinates: whoever reads this needs no street.
    ...(fix &&
      home && {
        metresFromHome: Math.round(distanceM(home, fix) / 50) * 50,
        direction: windOf(bearingDegrees(home, fix)),
      }),
  };
};

export const whereIs = async (
  { person }: { person: string },
  context: Context,
): Promise<ToolResult> => {
  const one = await found(person, context);
  const { who, known, household } = one;
  if (who.level === 'nothing') return hidden(who, context);
  if (who.level === 'home') return homeOrAway(one, context);
  const said = locationWords(context.language);
  const place = placeSaid(who, known, { household, context });
  if (place !== undefined) return { say: dated(place, known, context), show: shownOf(one) };
  if (known.fix && !household.home) return { say: said.noHome, show: shownOf(one) };
  return hidden(who, context);
};

/** Slower than this is a phone that lies still. */
const movingKmh = 3;
/** What a phone said of its movement longer ago is no movement of now. */
const movingMs = 10 * 60_000;

const movementSaid = (fix: Fix, target: Fence, context: Context): string[] => {
  const said = locationWords(context.language);
  const { speedKmh, courseDegrees, atMs } = fix;
  if (speedKmh === undefined || context.now().getTime() - atMs > movingMs) return [];
  if (speedKmh < movingKmh) return [said.stands];
  if (courseDegrees === undefined) return [];
  const movement = { speed: speedKmh, courseDegrees };
  const kmh = Math.round(approachOf(movement, bearingDegrees(fix, target)));
  if (kmh >= movingKmh) return [said.comes(String(kmh)), said.noPromise];
  return kmh <= -movingKmh ? [said.goes] : [];
};

export const howFar = async (
  { person, from }: { person: string; from?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const one = await found(person, context);
  const { who, known, household } = one;
  const said = locationWords(context.language);
  if (who.level === 'nothing') return hidden(who, context);
  if (from === undefined && !household.home) throw new ToolError(said.noHome, 'home-unknown');
  const target = from === undefined ? household.home : placeFor(from, household, context);
  if (target?.id === homeId && known.presence === 'home') {
    return { say: said.isHome(who), show: shownOf(one) };
  }
  if (who.level === 'home') return homeOrAway(one, context);
  const { fix } = known;
  if (!target || !fix) {
    if (known.presence === 'unknown') return hidden(who, context);
    return { say: who.isCaller ? said.noFix : said.isAway(who), show: shownOf(one) };
  }
  const metres = distanceM(fix, target);
  const name = target.id === homeId ? said.placeHome : target.name;
  const far = dated(said.farFrom(who, distanceSaid(metres, said), name), known, context);
  const say = [far, ...movementSaid(fix, target, context)].join(' ');
  return { say, show: { ...shownOf(one), metres: Math.round(metres / 50) * 50, from: name } };
};
