/** What trips up a forecast: changes of the clock, the south, the date line, the poles. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import weather from '../tools/weather/index.ts';
import { distanceKm } from '../tools/weather/places.ts';
import { countryOfZone, unitsFor } from '../tools/weather/units.ts';
import { localTime, spanOf } from '../tools/weather/when.ts';
import { householdTalk } from './fakes/household-talk.ts';
import { openWeatherHouse, type WeatherHouse } from './rig/weather.ts';

let house: WeatherHouse;
beforeEach(async () => {
  house = await openWeatherHouse();
});
afterEach(() => house.stop());

/** The hour of the world's clock as the temperature: what was said shows which hour was meant. */
const byTheHour = { hour: (at: Date) => ({ temperature_2m: at.getUTCHours() }) };

describe('the clock is changed', () => {
  test('in autumn the day has 25 hours, and three o’clock is three o’clock', async () => {
    // Oslo leaves summer time on Sunday, October 25, 2026 at 01:00 GMT.
    house.at = new Date('2026-10-24T10:00:00Z');
    house.service.forecasts.always(byTheHour);
    const at = async (time: string) => {
      const { say } = await house.ask('forecast', {
        ...{ day: 'tomorrow', time, asked: 'temperature' },
      });
      return say;
    };
    expect(await at('01:00')).toBe('Tomorrow at 1 a.m.: 23 degrees.');
    expect(await at('03:00')).toBe('Tomorrow at 3 a.m.: 2 degrees.');
    expect(await at('12:00')).toBe('Tomorrow at noon: 11 degrees.');
  });

  test('in spring an hour is missing, and its neighbour stands in', async () => {
    house.at = new Date('2026-03-28T10:00:00Z');
    house.service.forecasts.always(byTheHour);
    const { say } = await house.ask('forecast', {
      ...{ day: 'tomorrow', time: '02:30', asked: 'temperature' },
    });
    expect(say).toMatch(/^Tomorrow at 2:30 a\.m\.: (1|0) degrees?\.$/);
  });
});

describe('elsewhere', () => {
  test('tomorrow is the place’s tomorrow: Sydney is ahead, and has its summer', async () => {
    // In Oslo it is still Friday evening, in Sydney Saturday morning.
    house.at = new Date('2026-11-20T20:00:00Z');
    house.service.forecasts.always({
      hour: (at) => ({ temperature_2m: at >= new Date('2026-11-21T13:00Z') ? 31 : 18 }),
    });
    const told = await house.ask('forecast', { ...{ day: 'tomorrow', place: 'Sydney' } });
    expect(told.say).toMatch(/^Tomorrow in Sydney, Australia: partly cloudy, 31 degrees\.$/);
    expect(told.show).toMatchObject({ days: [{ date: '2026-11-22' }] });
  });

  test('on both sides of the date line', async () => {
    house.at = new Date('2026-11-20T11:30:00Z');
    const dates = async (place: string) => {
      const { show } = await house.ask('forecast', { place, day: 'today' });
      return (show as { days: { date: string }[] }).days.map(({ date }) => date);
    };
    // Fiji is at 23:30 of the 20th, Samoa half an hour into the 21st.
    expect(await dates('Suva')).toEqual(['2026-11-20']);
    expect(await dates('Apia')).toEqual(['2026-11-21']);
    const [suva, apia] = [
      { latitude: -18.14, longitude: 178.44 },
      { latitude: -13.83, longitude: -171.77 },
    ];
    expect(distanceKm(suva, apia)).toBeGreaterThan(1_100);
    expect(distanceKm(suva, apia)).toBeLessThan(1_200);
  });

  test('zones of a quarter of an hour, and places that have none', async () => {
    house.service.forecasts.always(byTheHour);
    const nepal = { place: 'Kathmandu', day: 'tomorrow', time: '12:00', asked: 'temperature' };
    expect((await house.ask('forecast', nepal)).say).toMatch(/: 6 degrees\.$/);
    const { say } = await house.ask('forecast', { place: 'Nowhere', asked: 'sunset' });
    expect(say).toBe('The sun set at 5 p.m. today in Nowhere.');
  });

  test('the sun: past and to come, in the south, and where it stays away', async () => {
    house.at = new Date('2026-11-20T20:00:00Z');
    expect((await house.ask('forecast', { asked: 'sunset' })).say).toMatch(
      /^The sun set at 5:17 p\.m\. today\.$/,
    );
    house.language = 'de';
    const sydney = { asked: 'sunrise', day: 'tomorrow', place: 'Sydney' };
    expect((await house.ask('forecast', sydney)).say).toBe(
      'Die Sonne geht morgen in Sydney, Australien um 7 Uhr 55 auf.',
    );
    house.language = 'en';
    for (const [daylight, sentence] of [
      [0, 'The sun does not rise today in Tromsø.'],
      [86_400, 'The sun does not set today in Tromsø.'],
    ] as const) {
      house.at = new Date(house.at.getTime() + 11 * 60_000);
      house.service.forecasts.always({ daylight });
      expect((await house.ask('forecast', { asked: 'sunset', place: 'Tromsø' })).say).toBe(
        sentence,
      );
    }
  });

  test('minus nothing is nothing', async () => {
    house.service.forecasts.always({ hour: () => ({ temperature_2m: -0.2, wind_speed_10m: 0.1 }) });
    expect((await house.ask('now', { asked: 'cold' })).say).toContain('0 degrees');
    const { say, show } = await house.ask('forecast', { day: 'tomorrow' });
    expect(`${say} ${JSON.stringify(show)}`).not.toMatch(/-0|minus 0/);
  });
});

describe('which hours are meant', () => {
  const friday = (minutes: number) => ({ date: '2026-11-20', minutes });
  const hour = (firstDate: string, time: string, day: string) => ({ firstDate, time, day });
  test.each([
    [{ time: '06:00' }, 14 * 60, hour('2026-11-20', '18:00', 'today')],
    [{ time: '06:00' }, 23 * 60, hour('2026-11-21', '06:00', 'tomorrow')],
    [{ time: '06:00' }, 4 * 60, hour('2026-11-20', '06:00', 'today')],
    [{ day: 'tonight', time: '08:00' }, 600, hour('2026-11-20', '20:00', 'today')],
    [{ day: 'tomorrow', time: '06:00' }, 900, hour('2026-11-21', '06:00', 'tomorrow')],
  ])('an hour: %j said at minute %i', (wanted, minutes, meant) => {
    expect(spanOf(wanted, friday(minutes))).toMatchObject(meant);
  });

  test.each([
    ['weekend', '2026-11-18', '2026-11-21', '2026-11-22'],
    ['weekend', '2026-11-21', '2026-11-21', '2026-11-22'],
    ['weekend', '2026-11-22', '2026-11-22', '2026-11-22'],
    ['next_week', '2026-11-22', '2026-11-23', '2026-11-29'],
    ['next_week', '2026-11-23', '2026-11-30', '2026-12-06'],
    ['week', '2026-12-29', '2026-12-29', '2027-01-04'],
    ['friday', '2026-11-20', '2026-11-20', '2026-11-20'],
    ['thursday', '2026-11-20', '2026-11-26', '2026-11-26'],
  ])('%s said on %s', (...[day, date, firstDate, lastDate]) => {
    expect(spanOf({ day }, { date, minutes: 600 })).toMatchObject({ firstDate, lastDate });
  });

  test('before dawn, tonight is the night one is in', () => {
    expect(spanOf({ day: 'tonight' }, friday(120))).toMatchObject({
      fromMinutes: 0,
      toMinutes: 360,
    });
    expect(spanOf({ day: 'tonight' }, friday(900))).toMatchObject({ fromMinutes: 1080 });
  });

  test('midnight is the beginning of a day, in every zone', () => {
    for (const timeZone of ['Europe/Oslo', 'Pacific/Apia', 'America/St_Johns', 'Etc/GMT+12']) {
      const { minutes } = localTime(new Date('2026-11-20T12:00:00Z'), timeZone);
      expect(minutes).toBeGreaterThanOrEqual(0);
      expect(minutes).toBeLessThan(1_440);
    }
  });
});

test('whose units: of the language’s region, else of the zone’s country, else of the place', () => {
  const degrees = (language: string, timeZone: string, at?: [number, number]) =>
    unitsFor({
      ...{ language, timeZone },
      ...(at && { household: { latitude: at[0], longitude: at[1] } }),
    }).degrees;
  expect(countryOfZone('America/New_York')).toBe('US');
  expect(countryOfZone('US/Pacific')).toBe('US');
  expect(countryOfZone('UTC')).toBeUndefined();
  expect(degrees('en', 'America/New_York')).toBe('F');
  expect(degrees('en', 'America/Toronto')).toBe('C');
  expect(degrees('de', 'America/Los_Angeles')).toBe('F');
  expect(degrees('de-DE', 'America/Los_Angeles')).toBe('C');
  expect(degrees('en', 'UTC', [39.8, -89.6])).toBe('F');
  for (const at of [
    [43.65, -79.38],
    [49.28, -123.12],
    [25.67, -100.3],
    [59.9, 10.7],
  ] as const) {
    expect(degrees('en', 'UTC', [...at])).toBe('C');
  }
});

test('what people say at home beside the weather finds no tool of it', () => {
  const tools = Object.entries(weather.tools).map(([name, tool]) => ({
    ...{ ...tool, name: `weather_${name}` },
  }));
  const fastPath = compileFastPath(tools);
  const about = /weather|\b(will it rain|umbrella|sun set|regnet)\b|wetter|schirm|sonne unter/i;
  const caught: string[] = [];
  for (const language of ['en', 'de'] as const) {
    for (const said of householdTalk[language]) {
      const found = fastPath.match(said, language);
      if (about.test(said)) expect(found?.tool, said).toMatch(/^weather_/);
      else if (found) caught.push(said);
    }
  }
  console.log(
    `weather: ${caught.length} of ${householdTalk.all.length} unrelated sentences caught`,
  );
  expect(caught).toEqual([]);
  const rooms =
    'how warm is it in the bedroom|how cold is it in my office|wie kalt ist es in der Küche';
  for (const said of rooms.split('|')) {
    const language = said.startsWith('how') ? 'en' : 'de';
    expect(fastPath.match(said, language), said).toBeUndefined();
  }
  expect(fastPath.match('how warm is it in the Netherlands', 'en')?.tool).toBe('weather_now');
});
