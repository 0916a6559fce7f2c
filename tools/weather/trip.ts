/** The weather of a trip: where and when by the calendar, and as far as a forecast goes. */
import { z } from 'zod';
import type { ToolResult } from '../core/define.ts';
import { plainName } from '../core/sounds.ts';
import { ToolError } from '../core/tool-error.ts';
import { weatherCard } from './card.ts';
import { forecastDays } from './client.ts';
import { codeInWords } from './codes.ts';
import { type Context, placeInAddress } from './places.ts';
import { summarise } from './summary.ts';
import {
  dateInWords,
  hoursOf,
  showOf,
  skyInWords,
  type Telling,
  tellingOf,
  temperaturesInWords,
} from './tell.ts';
import { daysBetween, localTime, movedBy, type Span } from './when.ts';
import { type WeatherWords, weatherWords } from './words.ts';

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
/** As `calendar_trips` shows them: the words are other people's. */
const tripsShown = z.array(
  z.object({ title: z.string().default(''), place: z.string().nullish(), from: date, to: date }),
);
type Trip = z.output<typeof tripsShown>[number];

/** @throws {ToolError} where there is no calendar, or none that answers. */
const tripsOf = async (context: Context, said: WeatherWords): Promise<Trip[]> => {
  const outcome = await context.read('calendar_trips', {});
  if (!outcome || outcome.error?.code === 'unknown-tool') {
    throw new ToolError(said.noCalendar, 'no-calendar');
  }
  if (!outcome.ok) throw new ToolError(said.calendarAway(outcome.say), 'calendar-away');
  const read = tripsShown.safeParse(outcome.show);
  const today = localTime(context.now(), context.timeZone).date;
  return (read.success ? read.data : [])
    .filter(({ from, to }) => to >= today && from <= to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
};

const isAbout = ({ title, place }: Trip, wanted: string): boolean => {
  const words = (text: string) => ` ${plainName(text)} `;
  return [title, place ?? ''].some((text) => words(text).includes(words(wanted)));
};

/** A place in a calendar is said only where it is a plain name. */
const sayable = (place: string | null | undefined): place is string =>
  /^[\p{L}\p{M}' -]{1,60}$/u.test(place ?? '');

const tripMeant = (trips: readonly Trip[], place: string | undefined, said: WeatherWords) => {
  if (trips.length === 0) throw new ToolError(said.noTrip, 'no-trip');
  const fit = place === undefined ? trips : trips.filter((trip) => isAbout(trip, place));
  const [trip, ...others] = fit;
  if (!trip) throw new ToolError(said.noTripTo, 'no-trip');
  return { trip, others };
};

interface TripTelling extends Telling {
  trip: Trip;
  /** Of the place. */
  today: string;
}

const tellTrip = ({ trip, today, ...telling }: TripTelling): ToolResult => {
  const { said, context, place } = telling;
  const from = daysBetween(trip.from, today) > 0 ? today : trip.from;
  const lastKnown = movedBy(today, forecastDays - 1);
  const to = daysBetween(lastKnown, trip.to) > 0 ? lastKnown : trip.to;
  const toMinutes = (daysBetween(from, to) + 1) * 1_440;
  const span: Span = { firstDate: from, lastDate: to, day: 'date', fromMinutes: 0, toMinutes };
  const hours = hoursOf(span, telling);
  const summary = summarise(hours);
  const days = said.tripDays({
    place: place.name ?? '',
    from: dateInWords(from, context),
    to: dateInWords(to, context),
    one: from === to,
  });
  const parts = [temperaturesInWords(summary, telling), skyInWords(summary, telling)];
  const told = parts.filter((part) => part !== undefined).join(', ');
  if (told === '') throw new ToolError(said.noAnswer, 'no-figures');
  const wet = codeInWords(summary.wet, said.tongue);
  const wettest = summary.wettest && from !== to && summary.atTimes ? summary.wettest : undefined;
  const wetDay = wettest && said.day({ day: 'date', date: dateInWords(wettest.date, context) });
  const on = wet && wetDay ? ` ${said.wetMostly(wet, undefined, wetDay)}` : '';
  const rest = trip.to > to ? ` ${said.tripRest(dateInWords(to, context))}` : '';
  const card = weatherCard(hours, telling);
  return { say: `${days}: ${told}.${on}${rest}`, show: showOf(hours, telling), card };
};

const heardMax = 300;

/** @throws {ToolError} in every case in which there is no weather to tell. */
export const tripWeather = async (
  wanted: { place?: string | undefined },
  context: Context,
): Promise<ToolResult> => {
  const said = weatherWords(context.language);
  const { trip, others } = tripMeant(await tripsOf(context, said), wanted.place, said);
  const inWords = (one: string) => dateInWords(one, context);
  const address = trip.place?.trim();
  if (!address) throw new ToolError(said.tripWithoutPlace(inWords(trip.from)), 'no-place');
  const place = await placeInAddress(address, context);
  const today = localTime(context.now(), place.timeZone).date;
  if (daysBetween(today, trip.from) >= forecastDays) {
    const since = inWords(movedBy(trip.from, 1 - forecastDays));
    const say = said.tripTooFar({ place: place.name ?? '', from: inWords(trip.from), since });
    return { say, show: { place: place.name, from: trip.from, to: trip.to, forecast: 'too far' } };
  }
  const forecast = await context.client.forecast(place, context);
  const told = tellTrip({ ...tellingOf(place, forecast, context), trip, today });
  const more = others.flatMap(({ place: where, from }) =>
    sayable(where) ? [said.tripOn(where, inWords(from))] : [],
  );
  const also = more.length > 0 ? ` ${said.otherTrips(context.words.list(more.slice(0, 2)))}` : '';
  const say = told.say.length + also.length <= heardMax ? `${told.say}${also}` : told.say;
  return { ...told, say };
};
