/** What is said about the weather, by language; the sentences are put together in `tell.ts`. */
import { german } from './words.de.ts';
import { english } from './words.en.ts';

/** The verdict of a question that wants a yes or a no. */
export type Verdict = 'yes' | 'maybe' | 'no';

export interface WeatherWords {
  tongue: 'en' | 'de';
  noPlace: string;
  unknownPlace: string;
  unknownTripPlace: string;
  noAnswer: string;
  over: string;
  tooFar: (from: string) => string;
  /** " in Lisbon"; nothing at home. */
  where: (place: string | undefined) => string;
  /** "4 degrees", "minus 1 degree". */
  degrees: (value: number) => string;
  /** A number without its unit: "minus 3". */
  bare: (value: number) => string;
  /** "4 to 9 degrees", or the one where they are the same. */
  range: (low: number, high: number) => string;
  percent: (value: number) => string;
  speed: (value: number, american: boolean) => string;
  rain: (value: number, american: boolean) => string;
  snow: (value: number, american: boolean) => string;
  between: (from: string, to: string) => string;
  from: (from: string) => string;
  at: (time: string) => string;
  /** "tomorrow afternoon"; `date` is the date in words. */
  day: (span: { day: string; part?: string | undefined; date: string }) => string;
  now: (what: { where: string; temperature: number; feels?: number; sky?: string }) => string;
  windNow: (what: { where: string; wind: string; gusts?: string }) => string;
  humidNow: (what: { where: string; percent: string }) => string;
  laterUpTo: (what: { degrees: string; sky?: string; evening: boolean }) => string;
  atTimes: string;
  wetMostly: (what: string, chance: string | undefined, when: string) => string;
  willRain: Record<Verdict, (what: { day: string; where: string; detail: string }) => string>;
  umbrella: Record<Verdict, (what: { day: string; where: string; detail: string }) => string>;
  willSnow: Record<Verdict, (what: { day: string; where: string; detail: string }) => string>;
  willFreeze: Record<Verdict, (what: { day: string; where: string; degrees: string }) => string>;
  coldest: (time: string) => string;
  chance: (percent: string) => string;
  about: (amount: string) => string;
  wind: (what: { day: string; where: string; wind: string; gusts?: string }) => string;
  sun: (what: {
    rises: boolean;
    past: boolean;
    time: string;
    day: string;
    where: string;
  }) => string;
  sunNever: (what: { up: boolean; day: string; where: string }) => string;
  dangers: Record<string, (value: string | undefined) => string>;
  warnings: (what: { list: string; where: string }) => string;
  noWarnings: (where: string) => string;
  notOfficial: string;
  noCalendar: string;
  calendarAway: (why: string) => string;
  noTrip: string;
  noTripTo: string;
  tripWithoutPlace: (from: string) => string;
  tripTooFar: (what: { place: string; from: string; since: string }) => string;
  tripRest: (until: string) => string;
  tripDays: (what: { place: string; from: string; to: string; one: boolean }) => string;
  otherTrips: (list: string) => string;
  tripOn: (place: string, from: string) => string;
}

/** @param language BCP 47; anything but German is answered in English. */
export const weatherWords = (language: string): WeatherWords =>
  language.toLowerCase().startsWith('de') ? german : english;
