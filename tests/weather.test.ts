/** What Butler says of the weather, against a service held against Open-Meteo's description. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyTool } from '../tools/core/define.ts';
import { hasOpenMeteoSpecification } from './fakes/open-meteo-spec.ts';
import { openWeatherHouse, type WeatherHouse } from './rig/weather.ts';

let house: WeatherHouse;
beforeEach(async () => {
  house = await openWeatherHouse();
});
afterEach(() => house.stop());

test('the fake is held against a specification', () => {
  console.log(`Open-Meteo: ${hasOpenMeteoSpecification ? 'its own' : 'a small'} specification`);
});

describe('now', () => {
  test('here: what it is, what it feels like, and the rest of the day', async () => {
    house.service.forecasts.always({
      hour: (at) => ({ temperature_2m: at.getUTCHours() === 13 ? 12.6 : 10 }),
      current: { temperature_2m: 4.4, apparent_temperature: 0.7, weather_code: 61 },
    });
    const { say, show } = await house.ask('now');
    expect(say).toBe(
      "It's 4 degrees, feels like 1, light rain. Today up to 13 degrees, partly cloudy.",
    );
    expect(show).toMatchObject({ unit: 'C', now: { temperature: 4, sky: 'light rain' } });
    const [question] = house.service.forecasts.requests;
    expect(question?.body).toMatchObject({ mistake: undefined, query: { timezone: 'GMT' } });
  });

  test('in German, elsewhere, with the country where it is not home', async () => {
    house.language = 'de';
    house.service.forecasts.always({ current: { temperature_2m: -0.4 } });
    expect((await house.ask('now', { place: 'Lissabon' })).say).toMatch(
      /^In Lissabon, Portugal sind es 0 Grad, gefühlt 9, wolkig\. Heute bis 10 Grad/,
    );
    expect((await house.ask('now', { place: 'Bergen' })).say).toMatch(/^In Bergen sind es/);
  });

  test('one figure alone, where only that was asked', async () => {
    const windy = await house.ask('now', { asked: 'windy' });
    expect(windy.say).toBe('The wind is 12 kilometres per hour now.');
    const humid = await house.ask('now', { asked: 'humid', place: 'Sydney' });
    expect(humid.say).toBe('The humidity in Sydney, Australia is 71 percent now.');
    expect((await house.ask('now', { asked: 'cold' })).say).toBe("It's 10 degrees, partly cloudy.");
  });

  test('as Americans say it: by the time zone, or by the language', async () => {
    house.household = { latitude: 39.8, longitude: -89.64 };
    house.timeZone = 'America/Chicago';
    expect((await house.ask('now', { asked: 'warm' })).say).toContain('50 degrees');
    expect((await house.ask('now', { asked: 'windy' })).say).toContain('7 miles per hour');
    house.language = 'en-GB';
    expect((await house.ask('now', { asked: 'warm' })).say).toContain('10 degrees');
    Object.assign(house, { language: 'en-US', timeZone: 'Europe/Oslo' });
    expect((await house.ask('now', { asked: 'warm' })).say).toContain('50 degrees');
    Object.assign(house, { language: 'en', timeZone: 'UTC' });
    expect((await house.ask('now', { asked: 'warm' })).say).toContain('50 degrees');
  });

  test('kept for ten minutes; two who ask at once ask once', async () => {
    await Promise.all([house.ask('now'), house.ask('forecast', { day: 'tomorrow' })]);
    expect(house.service.forecasts.requests).toHaveLength(1);
    house.at = new Date(house.at.getTime() + 9 * 60_000);
    await house.ask('now');
    expect(house.service.forecasts.requests).toHaveLength(1);
    house.at = new Date(house.at.getTime() + 2 * 60_000);
    await house.ask('now');
    expect(house.service.forecasts.requests).toHaveLength(2);
  });
});

describe('places', () => {
  const nameOf = async (place: string) => (await house.ask('now', { place })).say.split(/ it's/)[0];

  test('the larger namesake, unless one is near or named with what it lies in', async () => {
    expect(await nameOf('Paris')).toBe('In Paris, France');
    expect(await nameOf('Paris Texas')).toBe('In Paris, Texas');
    expect(await nameOf('Paris, USA')).toBe('In Paris, United States');
    expect(await nameOf('Springfield')).toBe('In Springfield, United States');
    expect(await nameOf('Springfield Illinois')).toBe('In Springfield, Illinois');
    const [latitude] = house.service.forecasts.requests.slice(-1);
    expect(latitude?.body.query.latitude).toBe('39.8');
    Object.assign(house, { household: { latitude: 39.8, longitude: -89.6 } });
    house.timeZone = 'America/Chicago';
    expect(await nameOf('Springfield')).toBe('In Springfield');
    expect(house.service.forecasts.requests.at(-1)?.body.query.longitude).toBe('-89.64');
  });

  test('nothing of that name, or only names that nobody should say', async () => {
    const unknown = await house.ask('now', { place: 'Atlantis' });
    expect(unknown).toMatchObject({ ok: false, error: { code: 'unknown-place', handOver: true } });
    expect(unknown.say).toMatch(/could not find that place/);
    const strange = await house.ask('now', { place: 'Ignore' });
    expect(strange).toMatchObject({ ok: false, error: { code: 'unknown-place' } });
    expect(house.service.forecasts.requests).toHaveLength(0);
  });

  test('without a place of the household one has to be named', async () => {
    house.household = undefined;
    const { ok, say } = await house.ask('now');
    expect({ ok, say }).toMatchObject({ ok: false });
    expect(say).toMatch(/BUTLER_LOCATION/);
    expect((await house.ask('now', { place: 'Oslo' })).ok).toBe(true);
  });
});

describe('hours and days to come', () => {
  const rainFrom = (from: string, to: string) => (at: Date) => {
    const wet = at > new Date(from) && at <= new Date(to);
    const code = at >= new Date(from) && at < new Date(to) ? 61 : 3;
    return {
      ...{ weather_code: code, precipitation_probability: wet ? 72 : 8 },
      precipitation: wet ? 1.2 : 0,
    };
  };

  test('rain: yes with its hours, no, and the umbrella', async () => {
    house.service.forecasts.always({ hour: rainFrom('2026-11-21T13:00Z', '2026-11-21T16:00Z') });
    const yes = await house.ask('forecast', { day: 'tomorrow', asked: 'rain' });
    expect(yes.say).toBe(
      'Yes, expect rain tomorrow: a chance of 70 percent, between 2 p.m. and 5 p.m., ' +
        'about 4 millimetres.',
    );
    const no = await house.ask('forecast', { asked: 'umbrella' });
    expect(no.say).toBe('You need no umbrella today: a chance of 10 percent.');
    const at = await house.ask('forecast', { day: 'tomorrow', time: '15:00' });
    expect(at.say).toBe('Tomorrow at 3 p.m.: light rain, 10 degrees, a chance of 70 percent.');
    house.language = 'de';
    expect((await house.ask('forecast', { day: 'tomorrow', asked: 'umbrella' })).say).toBe(
      'Ja, nimm morgen einen Schirm mit: Wahrscheinlichkeit 70 Prozent, ' +
        'zwischen 14 Uhr und 17 Uhr, etwa 4 Millimeter.',
    );
  });

  test('frost of a night, with its hour; close to it; and none', async () => {
    const night = (low: number) => ({
      hour: (at: Date) => ({ temperature_2m: at.toISOString().includes('21T04') ? low : 6 }),
    });
    house.service.forecasts.next(night(-3.2), night(1.4), night(6));
    const tonight = { day: 'tonight', asked: 'frost' };
    expect((await house.ask('forecast', tonight)).say).toBe(
      'Yes, it freezes tonight: down to minus 3 degrees, coldest around 5 a.m.',
    );
    house.at = new Date(house.at.getTime() + 11 * 60_000);
    expect((await house.ask('forecast', tonight)).say).toMatch(
      /just above freezing tonight, 1 deg/,
    );
    house.at = new Date(house.at.getTime() + 11 * 60_000);
    expect((await house.ask('forecast', tonight)).say).toMatch(/^No frost tonight/);
  });

  test('a weekend, a weekday, a date, a part of a day', async () => {
    const warm = (at: Date) => ({ temperature_2m: at.getUTCDate() / 2 });
    house.service.forecasts.always({ hour: warm });
    const said = async (input: object) => (await house.ask('forecast', input)).say;
    // Friday the 20th.
    expect(await said({ day: 'weekend' })).toBe('This weekend: partly cloudy, 10 to 11 degrees.');
    expect(await said({ day: 'friday', asked: 'temperature' })).toBe('On Friday: 10 degrees.');
    expect(await said({ day: 'monday', part: 'afternoon', asked: 'temperature' })).toBe(
      'On Monday in the afternoon: 12 degrees.',
    );
    expect(await said({ date: '2026-12-05', asked: 'temperature' })).toBe(
      'On Saturday, December 5: 2 to 3 degrees.',
    );
    expect(await said({ date: '2026-12-06' })).toMatch(
      /too far ahead .* from Saturday, November 21/,
    );
    expect(await said({ date: '2026-11-19' })).toBe(
      'That is over. I only know the weather to come.',
    );
    house.language = 'de';
    expect(await said({ day: 'monday', part: 'evening', asked: 'temperature' })).toBe(
      'Am Montagabend: 12 Grad.',
    );
  });

  test('snow by the centimetre, wind by its gusts', async () => {
    house.service.forecasts.always({ hour: () => ({ snowfall: 0.2, weather_code: 73 }) });
    expect((await house.ask('forecast', { day: 'tomorrow', asked: 'snow' })).say).toBe(
      'Yes, expect snow tomorrow: about 5 centimetres.',
    );
    expect((await house.ask('forecast', { day: 'tomorrow', asked: 'wind' })).say).toBe(
      'Tomorrow the wind reaches 12 kilometres per hour, with gusts up to 20 kilometres per hour.',
    );
  });
});

describe('a trip', () => {
  const calendar = (trips: unknown): AnyTool => ({
    ...{ about: 'Trips in the calendar.', effect: 'read', confirm: 'never', says: [] },
    ...{ input: z.object({}).strict(), outside: true, hidden: true },
    run: async () => ({ say: 'Trips.', show: trips }),
  });
  const lisbon = { title: 'Holiday', place: 'Lisbon', from: '2026-11-27', to: '2026-11-29' };

  test('where and when the calendar says; what it read there taints the turn', async () => {
    house.others.set('calendar_trips', calendar([lisbon]));
    house.service.forecasts.always({ hour: (at) => ({ temperature_2m: at.getUTCHours() }) });
    const told = await house.ask('trip');
    expect(told.say).toBe(
      'Lisbon, Portugal, Friday, November 27 to Sunday, November 29: 0 to 23 degrees, ' +
        'partly cloudy.',
    );
    expect(told).toMatchObject({ ok: true, outside: true });
    expect(JSON.stringify(told.show).length).toBeLessThan(1500);
  });

  test.each([
    ['no calendar', undefined, /see no calendar/],
    ['no trip', [], /no trip in the calendar/],
    ['one without a place', [{ ...lisbon, place: null }], /has no place in the calendar/],
    [
      'a place that is none',
      [{ ...lisbon, place: 'Room 4b' }],
      /cannot find the place of that trip/,
    ],
    [
      'one that is too far ahead',
      [{ ...lisbon, from: '2027-01-05', to: '2027-01-07' }],
      /begins on Tuesday, January 5, too far .* from Monday, December 21 on/,
    ],
    [
      'one that goes beyond the forecast',
      [{ ...lisbon, from: '2026-12-03', to: '2026-12-12' }],
      /December 3 to Saturday, December 5: .* after Saturday, December 5 are too far/,
    ],
    [
      'one with an address',
      [{ ...lisbon, place: 'Hotel Avenida 12, 1200-359 Lisbon, Portugal' }],
      /^Lisbon, Portugal, Friday/,
    ],
    [
      'a second one',
      [lisbon, { title: 'x', place: 'Bergen', from: '2026-12-01', to: '2026-12-01' }],
      /^Lisbon.* There is also Bergen from Tuesday, December 1; ask me/,
    ],
    ['one that is over', [{ ...lisbon, from: '2026-11-01', to: '2026-11-03' }], /no trip in/],
    ['garbage', { trips: 'many' }, /no trip in/],
  ])('%s', async (_, trips, sentence) => {
    if (trips) house.others.set('calendar_trips', calendar(trips));
    const { say } = await house.ask('trip');
    expect(say).toMatch(sentence);
    expect(say.length).toBeLessThanOrEqual(300);
    // House numbers and post codes stay at home.
    for (const { body } of house.service.places.requests) expect(body.query.name).not.toMatch(/\d/);
  });

  test('the one that was named, and a place to which none goes', async () => {
    const bergen = { title: 'Work', place: 'Bergen', from: '2026-12-01', to: '2026-12-01' };
    house.others.set('calendar_trips', calendar([lisbon, bergen]));
    expect((await house.ask('trip', { place: 'Bergen' })).say).toMatch(/^Bergen on Tuesday/);
    expect((await house.ask('trip', { place: 'Rome' })).say).toMatch(/no trip to that place/);
  });
});

describe('dangers', () => {
  test('each by its threshold, the worst first, and never as an official warning', async () => {
    house.service.forecasts.always({
      hour: (at) => ({
        wind_gusts_10m: at.toISOString().includes('21T14') ? 108 : 30,
        temperature_2m: at.toISOString().includes('21T05') ? -4 : 2,
        weather_code: at.toISOString().includes('21T15') ? 95 : 3,
      }),
    });
    const { say, show } = await house.ask('alerts');
    expect(say).toBe(
      'In the next two days: gusts up to 108 kilometres per hour tomorrow from 2 p.m., ' +
        'thunderstorms tomorrow from 4 p.m. and frost down to minus 4 degrees tomorrow ' +
        'from 6 a.m. ' +
        'That is read from the forecast and is no official warning.',
    );
    expect(show).toMatchObject({ official: false, alerts: [{ danger: 'wind', level: 3 }, {}, {}] });
  });

  test('none is said as what it is', async () => {
    house.language = 'de';
    expect((await house.ask('alerts')).say).toBe(
      'Die Vorhersage hat für zwei Tage nichts Gefährliches. ' +
        'Das ist aus der Vorhersage gelesen und keine amtliche Warnung.',
    );
  });
});
