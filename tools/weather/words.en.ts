/** What is said about the weather in English. */
import type { WeatherWords } from './words.ts';

const bare = (value: number): string => (value < 0 ? `minus ${-value}` : String(value));
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const detailed = (detail: string): string => (detail === '' ? '' : `: ${detail}`);

const weekday = (day: string): string => capital(day);

const dayInWords: WeatherWords['day'] = ({ day, part, date }) => {
  const of = part === 'night' ? 'night' : part;
  if (day === 'tonight') return 'tonight';
  if (day === 'today') return of ? `this ${of}` : 'today';
  if (day === 'tomorrow') return of ? `tomorrow ${of}` : 'tomorrow';
  if (day === 'day_after_tomorrow') {
    return of ? `in the ${of} of the day after tomorrow` : 'the day after tomorrow';
  }
  if (day === 'weekend') return 'this weekend';
  if (day === 'week') return 'in the next seven days';
  if (day === 'next_week') return 'next week';
  const named = day === 'date' ? date : weekday(day);
  return of ? `on ${named} in the ${of}`.replace('in the night', 'at night') : `on ${named}`;
};

export const english: WeatherWords = {
  tongue: 'en',
  noPlace:
    'I do not know where we are. Name a place, for example: the weather in Oslo. ' +
    'For here, the owner sets BUTLER_LOCATION.',
  unknownPlace: 'I could not find that place. Say its name again, perhaps with the country.',
  unknownTripPlace: 'I cannot find the place of that trip on the map. Ask me for the town by name.',
  noAnswer: 'The weather service has no figures for that. Try another time or place.',
  over: 'That is over. I only know the weather to come.',
  tooFar: (from) => `That is too far ahead for a forecast. Ask me again from ${from} on.`,
  where: (place) => (place ? ` in ${place}` : ''),
  degrees: (value) => `${bare(value)} ${Math.abs(value) === 1 ? 'degree' : 'degrees'}`,
  bare,
  range: (low, high) =>
    low === high ? english.degrees(low) : `${bare(low)} to ${english.degrees(high)}`,
  percent: (value) => `${value} percent`,
  speed: (value, american) => `${value} ${american ? 'miles' : 'kilometres'} per hour`,
  rain: (value, american) => `${value} ${american ? 'inches' : 'millimetres'}`,
  snow: (value, american) => `${value} ${american ? 'inches' : 'centimetres'}`,
  between: (from, to) => `between ${from} and ${to}`,
  from: (from) => `from ${from}`,
  at: (time) => `at ${time}`,
  day: dayInWords,
  now: ({ where, temperature, feels, sky }) => {
    const felt = feels === undefined ? '' : `, feels like ${bare(feels)}`;
    const seen = sky === undefined ? '' : `, ${sky}`;
    const is = `it's ${english.degrees(temperature)}${felt}${seen}.`;
    return where ? `${capital(where.trim())} ${is}` : capital(is);
  },
  windNow: ({ where, wind, gusts }) =>
    `The wind${where} is ${wind} now${gusts ? `, with gusts up to ${gusts}` : ''}.`,
  humidNow: ({ where, percent }) => `The humidity${where} is ${percent} now.`,
  laterUpTo: ({ degrees, sky, evening }) =>
    `${evening ? 'Tonight down' : 'Today up'} to ${degrees}${sky ? `, ${sky}` : ''}.`,
  atTimes: 'at times',
  wetMostly: (what, chance, when) =>
    `${capital(what)} most likely ${when}${chance ? `, ${chance}` : ''}.`,
  willRain: {
    yes: ({ day, where, detail }) => `Yes, expect rain ${day}${where}${detailed(detail)}.`,
    maybe: ({ day, where, detail }) => `Rain is possible ${day}${where}${detailed(detail)}.`,
    no: ({ day, where, detail }) => `No rain is expected ${day}${where}${detailed(detail)}.`,
  },
  umbrella: {
    yes: ({ day, where, detail }) => `Yes, take an umbrella ${day}${where}${detailed(detail)}.`,
    maybe: ({ day, where, detail }) =>
      `An umbrella might be useful ${day}${where}${detailed(detail)}.`,
    no: ({ day, where, detail }) => `You need no umbrella ${day}${where}${detailed(detail)}.`,
  },
  willSnow: {
    yes: ({ day, where, detail }) => `Yes, expect snow ${day}${where}${detailed(detail)}.`,
    maybe: ({ day, where, detail }) =>
      `A little snow is possible ${day}${where}${detailed(detail)}.`,
    no: ({ day, where }) => `No snow is expected ${day}${where}.`,
  },
  willFreeze: {
    yes: ({ day, where, degrees }) => `Yes, it freezes ${day}${where}: down to ${degrees}`,
    maybe: ({ day, where, degrees }) =>
      `It stays just above freezing ${day}${where}, ${degrees}, so the ground may freeze`,
    no: ({ day, where, degrees }) => `No frost ${day}${where}: it stays at ${degrees} or more`,
  },
  coldest: (time) => `, coldest around ${time}`,
  chance: (percent) => `a chance of ${percent}`,
  about: (amount) => `about ${amount}`,
  wind: ({ day, where, wind, gusts }) => {
    const also = gusts ? `, with gusts up to ${gusts}` : '';
    return `${capital(day)}${where} the wind reaches ${wind}${also}.`;
  },
  sun: ({ rises, past, time, day, where }) => {
    const verb = rises ? ['rises', 'rose'] : ['sets', 'set'];
    return `The sun ${verb[past ? 1 : 0] ?? ''} at ${time} ${day}${where}`;
  },
  sunNever: ({ up, day, where }) =>
    up ? `The sun does not set ${day}${where}.` : `The sun does not rise ${day}${where}.`,
  dangers: {
    wind: (value) => `gusts up to ${value}`,
    rain: (value) => `heavy rain, ${value} in six hours`,
    snow: (value) => `snow, ${value} in six hours`,
    thunder: () => 'thunderstorms',
    ice: () => 'black ice from freezing rain',
    frost: (value) => `frost down to ${value}`,
    heat: (value) => `heat that feels like ${value}`,
  },
  warnings: ({ list, where }) => `In the next two days${where}: ${list}.`,
  noWarnings: (where) => `The forecast has nothing dangerous${where} in the next two days.`,
  notOfficial: 'That is read from the forecast and is no official warning.',
  noCalendar:
    'I see no calendar, so I know of no trip. Name the place and the day, ' +
    'for example: the weather in Lisbon on Friday.',
  calendarAway: (why) => `I could not look for the trip. ${why}`,
  noTrip: 'There is no trip in the calendar. Name the place and I tell you the weather there.',
  noTripTo: 'There is no trip to that place in the calendar. Ask me for the weather there by day.',
  tripWithoutPlace: (from) =>
    `The trip from ${from} on has no place in the calendar. Tell me where it goes.`,
  tripTooFar: ({ place, from, since }) =>
    `The trip to ${place} begins on ${from}, too far ahead for a forecast. ` +
    `Ask me again from ${since} on.`,
  tripRest: (until) => `The days after ${until} are too far ahead.`,
  tripDays: ({ place, from, to, one }) =>
    one ? `${place} on ${from}` : `${place}, ${from} to ${to}`,
  otherTrips: (list) => `There is also ${list}; ask me for it by its place.`,
  tripOn: (place, from) => `${place} from ${from}`,
};
