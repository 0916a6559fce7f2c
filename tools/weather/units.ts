/** Metric or as in the United States, by the person's language and where the household is. */
import type { Coordinates } from '../core/ports.ts';

export interface Units {
  /** Of temperatures, as a screen shows it. */
  degrees: 'C' | 'F';
  temperature(celsius: number): number;
  /** Kilometres or miles per hour. */
  speed(kmh: number): number;
  /** Millimetres, or inches to a tenth. */
  rain(mm: number): number;
  /** Centimetres, or inches. */
  snow(cm: number): number;
}

/** Without minus zero, which nobody wants to hear. */
const whole = (value: number): number => Math.round(value) + 0;

const metric: Units = {
  degrees: 'C',
  temperature: whole,
  speed: whole,
  rain: (mm) => (mm < 1 ? Math.round(mm * 10) / 10 : whole(mm)),
  snow: (cm) => (cm < 1 ? Math.round(cm * 10) / 10 : whole(cm)),
};

const american: Units = {
  degrees: 'F',
  temperature: (celsius) => whole(celsius * 1.8 + 32),
  speed: (kmh) => whole(kmh / 1.609344),
  rain: (mm) => Math.round(mm / 2.54) / 10,
  snow: (cm) => Math.round(cm / 0.254) / 10,
};

/** Countries that tell the weather in Fahrenheit (Unicode CLDR, unitPreferenceData). */
const fahrenheit = new Set('US PR VI GU AS MP UM BS BZ KY PW FM MH'.split(' '));

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let regionsByZone: Map<string, string> | undefined;

const canonical = (timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

/** @returns ISO 3166 code of the country that keeps this time; undefined for UTC and the like. */
export const countryOfZone = (timeZone: string): string | undefined => {
  if (!regionsByZone) {
    regionsByZone = new Map();
    for (const region of letters.flatMap((a) => letters.map((b) => a + b))) {
      for (const zone of new Intl.Locale('und', { region }).getTimeZones?.() ?? []) {
        if (!regionsByZone.has(zone)) regionsByZone.set(zone, region);
      }
    }
  }
  return regionsByZone.get(timeZone) ?? regionsByZone.get(canonical(timeZone));
};

/** Inside the United States' mainland for sure; near the borders the time zone has to say it. */
const surelyAmerican = ({ latitude, longitude }: Coordinates): boolean =>
  longitude > -124.7 &&
  longitude < -67 &&
  latitude > (longitude < -106 ? 32.6 : longitude < -97 ? 30 : 25) &&
  latitude < (longitude < -95.2 ? 49 : longitude < -83.2 ? 45 : 42);

/**
 * A region in the language decides ("en-US", "en-GB"); else the country of the household's time
 * zone; else, where that names none (UTC), the household's coordinates.
 */
export const unitsFor = (of: {
  language: string;
  timeZone: string;
  household?: Coordinates | undefined;
}): Units => {
  const region = /^[a-z]{2,3}-(?:[a-z]{4}-)?([a-z]{2})\b/i.exec(of.language)?.[1]?.toUpperCase();
  const country = region ?? countryOfZone(of.timeZone);
  if (country) return fahrenheit.has(country) ? american : metric;
  return of.household && surelyAmerican(of.household) ? american : metric;
};
