/** A forecast as Open-Meteo answers it, and as we think of it: hours at moments, missing values. */
import { z } from 'zod';

/** Asked for in GMT: a moment then means one hour, also where clocks are changed. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/)
  .transform((text) => new Date(`${text}Z`));
const value = z.number().nullish();
const series = z.array(value).optional();

/** https://open-meteo.com/en/docs; temperatures in °C, rain in mm, snow in cm, wind in km/h. */
export const forecastAnswer = z.object({
  current: z
    .object({
      time: moment,
      temperature_2m: value,
      apparent_temperature: value,
      relative_humidity_2m: value,
      weather_code: value,
      wind_speed_10m: value,
      wind_gusts_10m: value,
    })
    .optional(),
  hourly: z.object({
    time: z.array(moment),
    temperature_2m: series,
    apparent_temperature: series,
    precipitation: series,
    precipitation_probability: series,
    snowfall: series,
    weather_code: series,
    wind_speed_10m: series,
    wind_gusts_10m: series,
  }),
  daily: z
    .object({
      time: z.array(z.string()),
      sunrise: z.array(z.string().nullish()).optional(),
      sunset: z.array(z.string().nullish()).optional(),
      daylight_duration: series,
    })
    .optional(),
});

/** What is asked for: the keys of the schema above. */
export const variables = {
  current:
    'temperature_2m,apparent_temperature,relative_humidity_2m,weather_code,wind_speed_10m,' +
    'wind_gusts_10m',
  hourly:
    'temperature_2m,apparent_temperature,precipitation,precipitation_probability,snowfall,' +
    'weather_code,wind_speed_10m,wind_gusts_10m',
  daily: 'sunrise,sunset,daylight_duration',
};

type Missing = number | undefined;

export interface Now {
  temperature: Missing;
  feels: Missing;
  /** Percent. */
  humidity: Missing;
  /** WMO. */
  code: Missing;
  windKmh: Missing;
  gustKmh: Missing;
}

/** From `at` on, for an hour. */
export interface Hour {
  at: Date;
  temperature: Missing;
  feels: Missing;
  rainMm: Missing;
  /** Percent. */
  rainChance: Missing;
  snowCm: Missing;
  code: Missing;
  windKmh: Missing;
  gustKmh: Missing;
}

export interface Sun {
  rises: Date[];
  sets: Date[];
  /** Seconds of daylight by date in GMT; 0 and 86,400 where the sun does not set or rise. */
  daylightSeconds: ReadonlyMap<string, number>;
}

export interface Forecast {
  now: Now | undefined;
  hours: Hour[];
  sun: Sun;
}

const known = (one: number | null | undefined): Missing => one ?? undefined;

const hoursOf = ({ hourly }: z.output<typeof forecastAnswer>): Hour[] =>
  hourly.time.map((at, index) => {
    // Sums and gusts are told for the hour that has just ended.
    const next = index + 1;
    return {
      at,
      temperature: known(hourly.temperature_2m?.[index]),
      feels: known(hourly.apparent_temperature?.[index]),
      rainMm: known(hourly.precipitation?.[next]),
      rainChance: known(hourly.precipitation_probability?.[next]),
      snowCm: known(hourly.snowfall?.[next]),
      code: known(hourly.weather_code?.[index]),
      windKmh: known(hourly.wind_speed_10m?.[index]),
      gustKmh: known(hourly.wind_gusts_10m?.[next]),
    };
  });

const moments = (texts: readonly (string | null | undefined)[] | undefined): Date[] =>
  (texts ?? [])
    .map((text) => moment.safeParse(text))
    .flatMap((read) => (read.success ? [read.data] : []));

export const forecastOf = (answer: z.output<typeof forecastAnswer>): Forecast => {
  const { current, daily } = answer;
  const days = daily?.time ?? [];
  const light = days.flatMap((date, index): [string, number][] => {
    const seconds = daily?.daylight_duration?.[index];
    return typeof seconds === 'number' ? [[date, seconds]] : [];
  });
  return {
    now: current && {
      temperature: known(current.temperature_2m),
      feels: known(current.apparent_temperature),
      humidity: known(current.relative_humidity_2m),
      code: known(current.weather_code),
      windKmh: known(current.wind_speed_10m),
      gustKmh: known(current.wind_gusts_10m),
    },
    hours: hoursOf(answer),
    sun: {
      rises: moments(daily?.sunrise),
      sets: moments(daily?.sunset),
      daylightSeconds: new Map(light),
    },
  };
};
