/** The weather service when it fails: each fault is a sentence that says what to do, and no lie. */
import { afterEach, describe, expect, test } from 'vitest';
import { loadTools } from '../tools/core/load.ts';
import type { Fault } from './fakes/fake.ts';
import { openWeatherHouse, type WeatherHouse } from './rig/weather.ts';

const houses: WeatherHouse[] = [];
const open = async (options = {}): Promise<WeatherHouse> => {
  const house = await openWeatherHouse(options);
  houses.push(house);
  return house;
};
afterEach(async () => {
  await Promise.all(houses.splice(0).map((house) => house.stop()));
});

const faults: [string, Fault, string, RegExp][] = [
  ['a wrong key', { status: 401 }, 'access-refused', /does not let me in/],
  ['a key that may not', { status: 403 }, 'access-refused', /has to be renewed/],
  ['404', { status: 404 }, 'not-found', /does not have that/],
  ['429', { status: 429, retryAfterSeconds: 40 }, 'too-many-requests', /in 40 seconds/],
  ['500', { status: 500 }, 'unreachable', /fault of its own/],
  ['503', { status: 503 }, 'unreachable', /Try again in a moment/],
  ['garbage', 'garbage', 'service-garbage', /cannot read/],
  ['half an answer', 'half', 'unreachable', /cannot reach the weather service/],
  ['nothing', 'empty', 'service-garbage', /cannot read/],
  ['a closed connection', 'close', 'unreachable', /cannot reach/],
];

describe.each([
  ['the forecast', 'forecasts', {}],
  ['the names of places', 'places', { place: 'Lisbon' }],
] as const)('%s', (_, side, input) => {
  test.each(faults)('%s', async (...[, fault, code, sentence]) => {
    const house = await open();
    house.service[side].always({ fault });
    const outcome = await house.ask('now', input);
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(outcome.say).toMatch(sentence);
    expect(outcome.say).toMatch(/^[A-Z].*\.$/);
    house.language = 'de';
    const german = (await house.ask('now', input)).say;
    expect(german).not.toBe(outcome.say);
    expect(german).toMatch(/Wetterdienst/);
  });
});

test('a wrong key of a customer, as Open-Meteo itself says it', async () => {
  const house = await open({ serviceKey: 'right', key: 'wrong' });
  const outcome = await house.ask('now');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'access-refused' } });
  await expect(house.health()).rejects.toMatchObject({
    mend: expect.stringMatching(/WEATHER_KEY/),
  });
  const good = await open({ serviceKey: 'right', key: 'right' });
  expect((await good.ask('now', { place: 'Oslo' })).ok).toBe(true);
  expect(await good.health()).toBe('the forecast answers');
});

test('the service is down, and comes back', async () => {
  const house = await open();
  await house.service.forecasts.refuse();
  const down = await house.ask('forecast', { day: 'tomorrow' });
  expect(down.say).toBe('I cannot reach the weather service right now. Try again in a moment.');
  await expect(house.health()).rejects.toThrow(/cannot reach/);
  await house.service.forecasts.accept();
  expect((await house.ask('forecast', { day: 'tomorrow' })).ok).toBe(true);
});

test('it does not answer: given up in time, with a sentence', async () => {
  const house = await open();
  house.service.forecasts.always({ fault: 'hang' });
  const began = performance.now();
  const outcome = await house.ask('now');
  expect(outcome.ok).toBe(false);
  expect(outcome.say).toMatch(/too long/);
  expect(performance.now() - began).toBeLessThan(9_000);
});

test('an interruption ends it at once', async () => {
  const house = await open();
  const interrupted = new AbortController();
  house.service.forecasts.always({ fault: 'hang' });
  const first = house.ask('now', {}, interrupted.signal);
  await house.service.forecasts.waitForRequests(1);
  const began = performance.now();
  interrupted.abort();
  expect((await first).error?.code).toBe('aborted');
  expect(performance.now() - began).toBeLessThan(500);
});

test('two wait for one answer: whoever leaves does not take it from the other', async () => {
  const house = await open();
  const interrupted = new AbortController();
  house.service.forecasts.always({ answersAfterMs: 300 });
  const first = house.ask('now', {}, interrupted.signal);
  const second = house.ask('forecast', { day: 'tomorrow' });
  await house.service.forecasts.waitForRequests(1);
  interrupted.abort();
  expect((await first).error?.code).toBe('aborted');
  expect((await second).ok).toBe(true);
  expect(house.service.forecasts.requests).toHaveLength(1);
});

test('answers that fit the description and hold nothing', async () => {
  const house = await open();
  const nothing = { hourly: { time: [] } };
  house.service.forecasts.always({ raw: nothing });
  for (const [tool, input] of [
    ['now', {}],
    ['forecast', { day: 'tomorrow', asked: 'rain' }],
    ['forecast', { asked: 'sunset' }],
    ['alerts', {}],
  ] as const) {
    const { ok, say } = await house.ask(tool, input);
    expect({ ok, say }).toEqual({
      ok: false,
      say: 'The weather service has no figures for that. Try another time or place.',
    });
  }
});

test.each([
  ['a list', []],
  ['text where times should be', { hourly: { time: ['yesterday'] } }],
  ['numbers where there should be none', { hourly: { time: [1, 2] } }],
  ['places outside the world', { results: [{ name: 'Far', latitude: 900, longitude: 0 }] }],
])('garbage that is JSON: %s', async (_, raw) => {
  const house = await open();
  house.service.forecasts.always({ raw });
  expect((await house.ask('now')).error?.code).toBe('service-garbage');
});

test('places outside the world are refused', async () => {
  const house = await open();
  house.service.places.always({ results: [{ name: 'Far', latitude: 900, longitude: 0 }] });
  expect((await house.ask('now', { place: 'Far' })).error?.code).toBe('service-garbage');
});

test('missing values are left out of what is said, never made up', async () => {
  const house = await open();
  const none = { temperature_2m: null, apparent_temperature: null, weather_code: null };
  house.service.forecasts.always({ incomplete: true, current: none });
  // The hour that is running stands in.
  expect((await house.ask('now')).say).toMatch(/^It's 10 degrees, partly cloudy\./);
  const wet = { precipitation_probability: null, precipitation: 0.4 };
  house.at = new Date(house.at.getTime() + 11 * 60_000);
  house.service.forecasts.always({ incomplete: true, hour: () => ({ ...wet, weather_code: 61 }) });
  const rain = await house.ask('forecast', { day: 'tomorrow', asked: 'rain' });
  expect(rain.say).toMatch(/^Yes, expect rain tomorrow: between .*, about 10 millimetres\.$/);
  house.at = new Date(house.at.getTime() + 11 * 60_000);
  house.service.forecasts.always({ incomplete: true, hour: () => none });
  expect((await house.ask('forecast', { day: 'tomorrow', asked: 'frost' })).say).toMatch(
    /no figures/,
  );
  const strange = { hour: () => ({ weather_code: 4711 }) };
  house.at = new Date(house.at.getTime() + 11 * 60_000);
  house.service.forecasts.always(strange);
  expect((await house.ask('forecast', { day: 'tomorrow' })).say).toBe('Tomorrow: 10 degrees.');
});

test('settings: none are needed, and a wrong one is named', async () => {
  const off = await loadTools({ environment: {} });
  expect(off.toolbox.tools.has('weather_now')).toBe(true);
  const { mistakes } = await loadTools({ environment: { WEATHER_URL: 'weather at home' } });
  expect(mistakes).toEqual(['WEATHER_URL: must be an http:// or https:// address.']);
});
