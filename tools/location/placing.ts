/** The household's own places: named where somebody is, removed by name, and taken back. */
import { ToolError, type ToolResult } from '../core/define.ts';
import { homeId, isCoarse } from './fences.ts';
import { personFor, placeFor } from './names.ts';
import { type Context, householdOf } from './people.ts';
import { knownOf } from './presence.ts';
import { foldedPlace, type Place, placeFrom, placeKey, placesOn, removedKey } from './shelf.ts';
import { distanceSaid } from './spoken.ts';
import { type LocationWords, locationWords } from './words.ts';

const placesMax = 50;
/** Whoever names a place is there now. */
const hereMs = 15 * 60_000;

const read = async ({ shelf, language }: Context, name: string): Promise<Place> => {
  const kept = placeFrom(await shelf.get(placeKey(name)));
  if (!kept) throw new ToolError(locationWords(language).notKept, 'not-kept');
  return kept;
};

const rounded = (degrees: number): number => Math.round(degrees * 100_000) / 100_000;

/** Where the caller is, exactly and freshly enough for a place. @throws {ToolError} */
const herePoint = async (radiusM: number, context: Context, said: LocationWords) => {
  const household = await householdOf(context);
  const me = personFor('me', household, context);
  const nowMs = context.now().getTime();
  const { fix, presence, atMs } = knownOf(me, household, nowMs);
  if (!fix)
    throw new ToolError(
      atMs && presence !== 'unknown' ? said.noFix : said.nothingOfYou,
      'position-missing',
    );
  if (nowMs - fix.atMs > hereMs) throw new ToolError(said.tooOld, 'position-old');
  if (isCoarse(fix.accuracyM, radiusM)) throw new ToolError(said.tooCoarse, 'position-coarse');
  return { latitude: rounded(fix.latitude), longitude: rounded(fix.longitude) };
};

const receiptOf = ({ name, radiusM }: Place) => ({ name, radiusM });

const putBack = async (name: string, context: Context): Promise<ToolResult> => {
  const said = locationWords(context.language);
  const place = placeFrom(await context.shelf.get(removedKey));
  if (!place || foldedPlace(place.name) !== foldedPlace(name)) {
    throw new ToolError(said.notBack, 'changed-meanwhile');
  }
  await context.shelf.put(placeKey(name), place);
  const kept = await read(context, name);
  const undo = { tool: 'location_place_remove', input: { name: kept.name } };
  return { say: said.placeBack(kept.name), receipt: receiptOf(kept), undo };
};

const homeNames = new Set(['home', 'zuhause', 'zu hause', 'daheim']);

export const addPlace = async (
  { name, radiusM, restore }: { name: string; radiusM: number; restore?: boolean | undefined },
  context: Context,
): Promise<ToolResult> => {
  const { shelf, language } = context;
  const said = locationWords(language);
  if (restore) return putBack(name, context);
  if (homeNames.has(foldedPlace(name))) throw new ToolError(said.placeHomeFixed, 'place-is-home');
  const places = await placesOn(shelf);
  if (places.some(({ id }) => id === placeKey(name))) {
    throw new ToolError(said.placeThere(name), 'place-exists');
  }
  if (places.length >= placesMax) throw new ToolError(said.placesFull, 'places-full');
  const { personId: by } = context.caller;
  const place: Place = { name, radiusM, by, ...(await herePoint(radiusM, context, said)) };
  await shelf.put(placeKey(name), place);
  const kept = await read(context, name);
  return {
    say: said.placeKept(kept.name, distanceSaid(kept.radiusM, said)),
    receipt: receiptOf(kept),
    undo: { tool: 'location_place_remove', input: { name: kept.name } },
  };
};

export const removePlace = async (
  { name }: { name: string },
  context: Context,
): Promise<ToolResult> => {
  const { shelf, language } = context;
  const said = locationWords(language);
  const own = await placesOn(shelf);
  const exact = own.find(({ id }) => id === placeKey(name));
  const fence = exact ?? placeFor(name, await householdOf(context), context);
  if (fence.id === homeId) throw new ToolError(said.placeHomeFixed, 'place-is-home');
  const place = placeFrom(await shelf.get(fence.id));
  if (!place) throw new ToolError(said.placeElsewhere(fence.name), 'place-elsewhere');
  await shelf.put(removedKey, place);
  await shelf.remove(fence.id);
  const isLeft = (await shelf.get(fence.id)) !== undefined;
  return {
    say: said.placeGone(place.name),
    receipt: isLeft
      ? { confirmed: 0, missed: [place.name] }
      : { confirmed: 1, missed: [], removed: place.name },
    undo: {
      tool: 'location_place_add',
      input: { name: place.name, radiusM: place.radiusM, restore: true },
    },
  };
};
