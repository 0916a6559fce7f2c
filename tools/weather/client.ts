/** Open-Meteo over HTTP, its answers kept for ten minutes. https://open-meteo.com/en/docs */
import { z } from 'zod';
import { type Cache, cached } from '../core/cache.ts';
import { type HttpClient, httpClient } from '../core/http.ts';
import { httpSentences } from '../core/http.words.ts';
import type { Coordinates } from '../core/ports.ts';
import { ToolError } from '../core/tool-error.ts';
import { type Forecast, forecastAnswer, forecastOf, variables } from './forecast.ts';

export interface WeatherSettings {
  url?: string | undefined;
  geocodingUrl?: string | undefined;
  key?: string | undefined;
}

/** A place as the geocoding service knows it: words from outside, unchecked. */
export interface FoundPlace {
  name: string;
  latitude: number;
  longitude: number;
  country_code?: string | null | undefined;
  country?: string | null | undefined;
  admin1?: string | null | undefined;
  timezone?: string | null | undefined;
  population?: number | null | undefined;
}

export interface Asking {
  signal: AbortSignal;
  language: string;
  now: () => Date;
}

export interface WeatherClient {
  forecast(at: Coordinates, asking: Asking): Promise<Forecast>;
  /** @returns at most thirty places of that name, none where nothing is called so. */
  search(name: string, asking: Asking): Promise<FoundPlace[]>;
  /** One question that costs the service next to nothing. */
  check(signal: AbortSignal): Promise<void>;
  close(): void;
}

const text = z.string().nullish();
const placesAnswer = z.object({
  results: z
    .array(
      z.object({
        name: z.string(),
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        country_code: text,
        country: text,
        admin1: text,
        timezone: text,
        population: z.number().nullish(),
      }),
    )
    .optional(),
});

/** How Open-Meteo tells a mistake, with status 400: also that a key is wrong. */
const mistakeAnswer = z.object({ error: z.literal(true), reason: z.string().default('') });
const service = { en: 'the weather service', de: 'der Wetterdienst' };
export const renew = 'Correct WEATHER_KEY, or take it out: Open-Meteo needs none for private use.';
const keptMs = 10 * 60_000;
const placesKeptMs = 24 * 3_600_000;
const placesMax = 30;
/** The most that Open-Meteo forecasts. */
export const forecastDays = 16;

/** About a kilometre: one answer for a whole house, and nobody learns where exactly it stands. */
const rounded = (degrees: number): number => Math.round(degrees * 100) / 100 + 0;

const refused = (reason: string, language: string): ToolError => {
  const fault = /api.?key/i.test(reason) ? 'access-refused' : 'service-refused';
  const { say, mend } = httpSentences(fault, { service, renew, language });
  return new ToolError(say, fault, { mend });
};

class OpenMeteo implements WeatherClient {
  readonly #forecasts: HttpClient;
  readonly #places: HttpClient;
  readonly #key: { apikey?: string };
  readonly #closing = new AbortController();
  #kept: { forecasts: Cache<Forecast>; places: Cache<FoundPlace[]> } | undefined;

  constructor({ url, geocodingUrl, key }: WeatherSettings) {
    const customer = key === undefined ? '' : 'customer-';
    this.#key = key === undefined ? {} : { apikey: key };
    const base = url ?? `https://${customer}api.open-meteo.com`;
    const places = geocodingUrl ?? `https://${customer}geocoding-api.open-meteo.com`;
    this.#forecasts = httpClient({ service, renew, base });
    this.#places = httpClient({ service, renew, base: places });
  }

  forecast({ latitude, longitude }: Coordinates, asking: Asking): Promise<Forecast> {
    const at = { latitude: rounded(latitude), longitude: rounded(longitude) };
    const query = { ...at, ...variables, timezone: 'GMT', past_days: 1 };
    const make = async () => {
      const days = { forecast_days: forecastDays };
      const asked = { ...query, ...days, ...this.#key };
      const path = 'v1/forecast';
      const answer = await this.#ask(this.#forecasts, forecastAnswer, { path, asked, asking });
      return forecastOf(answer);
    };
    const { forecasts } = this.#caches(asking.now);
    return unlessAborted(forecasts.get(`${at.latitude},${at.longitude}`, make), asking.signal);
  }

  search(name: string, asking: Asking): Promise<FoundPlace[]> {
    const language = asking.language.slice(0, 2).toLowerCase();
    const make = async () => {
      const asked = { name, count: placesMax, language, format: 'json', ...this.#key };
      const path = 'v1/search';
      const answer = await this.#ask(this.#places, placesAnswer, { path, asked, asking });
      return answer.results ?? [];
    };
    const { places } = this.#caches(asking.now);
    return unlessAborted(places.get(`${language} ${name.toLowerCase()}`, make), asking.signal);
  }

  async check(signal: AbortSignal): Promise<void> {
    const asked = { latitude: 0, longitude: 0, current: 'temperature_2m', ...this.#key };
    const answer = z.object({ current: z.object({ time: z.string() }) });
    const asking = { signal, language: 'en', now: () => new Date(0) };
    await this.#ask(this.#forecasts, answer, { path: 'v1/forecast', asked, asking });
  }

  close(): void {
    this.#closing.abort(new Error('The house is closing.'));
  }

  /** One clock for the whole life: that of the first who asks. */
  #caches(now: () => Date) {
    const nowMs = () => now().getTime();
    this.#kept ??= {
      forecasts: cached<Forecast>({ ttlMs: keptMs, max: 50, nowMs }),
      places: cached<FoundPlace[]>({ ttlMs: placesKeptMs, max: 200, nowMs }),
    };
    return this.#kept;
  }

  /** Others may wait for the same answer: whoever asked first cannot end it for them. */
  async #ask<Answer>(
    client: HttpClient,
    schema: z.ZodType<Answer>,
    {
      path,
      asked,
      asking,
    }: { path: string; asked: Record<string, string | number>; asking: Asking },
  ): Promise<Answer> {
    const { language } = asking;
    const request = { query: asked, signal: this.#closing.signal, language, allow: [400] };
    const answered = await client.json(path, z.union([mistakeAnswer, schema]), request);
    const mistake = mistakeAnswer.safeParse(answered);
    if (mistake.success) throw refused(mistake.data.reason, language);
    return answered as Answer;
  }
}

/** Waits until the person interrupts. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> => {
  work.catch(() => {});
  signal.throwIfAborted();
  let leave = () => {};
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
};

export const openMeteo = (settings: WeatherSettings): WeatherClient => new OpenMeteo(settings);
