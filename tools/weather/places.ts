/** Which place on the earth a spoken name means: the household's, or the best of its namesakes. */
import type { ToolContext } from '../core/define.ts';
import type { Coordinates } from '../core/ports.ts';
import { plainName } from '../core/sounds.ts';
import { ToolError } from '../core/tool-error.ts';
import type { FoundPlace, WeatherClient } from './client.ts';
import { countryOfZone } from './units.ts';
import { weatherWords } from './words.ts';

export type Context = ToolContext<WeatherClient>;

export interface Place extends Coordinates {
  /** As it is said, with the country where it is not home's; undefined: at home. */
  name: string | undefined;
  timeZone: string;
  /** The service calls it otherwise than it was asked for: those are words from outside. */
  outside?: boolean;
}

const earthKm = 6_371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance (haversine): right at the date line and at the poles, too. */
export const distanceKm = (a: Coordinates, b: Coordinates): number => {
  const [north, east] = [radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)];
  const chord =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(east / 2) ** 2;
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(chord)));
};

/** A name from outside that may be said: letters, blanks, hyphens and apostrophes. */
const plain = /^[\p{L}\p{M}' -]{1,60}$/u;
const sayable = (name: string | null | undefined): string | undefined => {
  const even = (name ?? '').replace(/[’`´]/g, "'").replaceAll('.', '').trim();
  return plain.test(even) && /\p{L}/u.test(even) ? even : undefined;
};

const zoneOf = ({ timezone, longitude }: FoundPlace): string => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone ?? '' });
    if (timezone) return timezone;
  } catch {
    // Fall through: the sun's own hour is nearer than the household's.
  }
  const hours = Math.round(longitude / 15);
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
};

const countryName = (code: string | null | undefined, language: string): string | undefined => {
  if (!/^[A-Z]{2}$/i.test(code ?? '')) return undefined;
  return new Intl.DisplayNames(language, { type: 'region' }).of((code ?? '').toUpperCase());
};

interface Home {
  at: Coordinates | undefined;
  country: string | undefined;
}

/** A city counts by the digits of its population; what is near, or in the country, counts more. */
const weight = (one: FoundPlace, home: Home, wanted: string): number => {
  const exact = plainName(one.name) === plainName(wanted) ? 1.5 : 0;
  const people = Math.log10((one.population ?? 0) + 100);
  const near = home.at ? 2 * Math.exp(-distanceKm(home.at, one) / 100) : 0;
  return exact + people + near + (home.country === one.country_code ? 0.5 : 0);
};

const shortNames: Readonly<Record<string, string>> = {
  usa: 'US',
  us: 'US',
  america: 'US',
  amerika: 'US',
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  schottland: 'GB',
};

/** "Illinois", "USA", "Frankreich": the larger place that a namesake must lie in. */
const liesIn = (one: FoundPlace, outer: string): boolean => {
  const wanted = plainName(outer).replace(/^(the|der|die|das|den) /, '');
  const names = [one.admin1, one.country, one.country_code];
  const said = ['en', 'de'].map((language) => countryName(one.country_code, language));
  return (
    shortNames[wanted] === one.country_code ||
    [...names, ...said].some((name) => name && plainName(name) === wanted)
  );
};

interface Search {
  context: Context;
  home: Home;
}

const named = async (name: string, outer: string | undefined, { context, home }: Search) => {
  const found = await context.client.search(name, context);
  const fit = found.filter(
    (one) => sayable(one.name) && (outer === undefined || liesIn(one, outer)),
  );
  return fit.toSorted((a, b) => weight(b, home, name) - weight(a, home, name))[0];
};

const outerWordsMax = 3;

/** "Springfield Illinois": first as one name, then as a place and the larger one around it. */
const search = async (spoken: string, searching: Search) => {
  const pieces = spoken.split(',').map((piece) => piece.trim());
  const [first = '', ...others] = pieces.filter((piece) => piece !== '');
  const outer = others.at(-1);
  if (outer !== undefined) return { found: await named(first, outer, searching), outer };
  const words = first.split(/\s+/);
  const whole = await named(first, undefined, searching);
  if (whole) return { found: whole, outer: undefined };
  for (let cut = words.length - 1; cut >= Math.max(1, words.length - outerWordsMax); cut--) {
    const within = words.slice(cut).join(' ').replace(/^in /i, '');
    const name = words.slice(0, cut).join(' ').replace(/ in$/i, '');
    const found = await named(name, within, searching);
    if (found) return { found, outer: within };
  }
  return { found: undefined, outer: undefined };
};

const atHome = /^(?:at home|home|here|zu hause|zuhause|daheim|hier|outside|draußen)$/i;

const homeOf = ({ household, timeZone }: Context): Home => ({
  at: household,
  country: countryOfZone(timeZone),
});

/** The household's place. @throws {ToolError} where nobody said where it is. */
const ownPlace = ({ household, timeZone, language }: Context): Place => {
  if (household) return { ...household, name: undefined, timeZone };
  throw new ToolError(weatherWords(language).noPlace, 'no-place');
};

/** @throws {ToolError} where there is no such place, or none is named and the house has none. */
export const placeOf = async (spoken: string | undefined, context: Context): Promise<Place> => {
  const asked = spoken
    ?.trim()
    .replace(/[?!.]+$/, '')
    .replace(/^(?:the|der|die|das|dem|den) (?!haag|hague)/i, '');
  if (!asked || atHome.test(asked)) return ownPlace(context);
  const home = homeOf(context);
  const { found, outer } = await search(asked, { context, home });
  const name = sayable(found?.name);
  if (!found || name === undefined) {
    throw new ToolError(weatherWords(context.language).unknownPlace, 'unknown-place', true);
  }
  const region = outer !== undefined && found.admin1 !== found.name && sayable(found.admin1);
  const abroad = found.country_code?.toUpperCase() !== home.country;
  const country = abroad ? countryName(found.country_code, context.language) : undefined;
  const { latitude, longitude } = found;
  const more = region && plainName(region) === plainName(outer ?? '') ? region : country;
  const whole = more && more !== name ? `${name}, ${more}` : name;
  const place = { latitude, longitude, name: whole, timeZone: zoneOf(found) };
  return ` ${plainName(asked)} `.includes(` ${plainName(name)} `)
    ? place
    : { ...place, outside: true };
};

const partsMax = 4;

/**
 * The town in what a calendar has as a place ("Hotel Avenida, 1200-359 Lisbon, Portugal"): from
 * its end on, and never a part with a house number, which is nobody's business outside.
 * @throws {ToolError} where none of it is a place.
 */
export const placeInAddress = async (address: string, context: Context): Promise<Place> => {
  const parts = address
    .split(/[,;\n]/)
    .map((part) => part.replace(/^[\s\d-]+/, '').trim())
    .filter((part) => part.length > 1 && part.length <= 60 && !/\d/.test(part));
  const last = parts.at(-1);
  const within = parts.length > 1 ? parts.slice(0, -1).map((part) => `${part}, ${last}`) : [];
  const tries = [...within.reverse(), ...parts.toReversed()].slice(0, partsMax);
  for (const one of tries) {
    try {
      return await placeOf(one, context);
    } catch (error) {
      if (!(error instanceof ToolError) || error.code !== 'unknown-place') throw error;
    }
  }
  throw new ToolError(weatherWords(context.language).unknownTripPlace, 'unknown-place');
};
