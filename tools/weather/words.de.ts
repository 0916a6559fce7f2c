/** What is said about the weather in German. */
import type { WeatherWords } from './words.ts';

const bare = (value: number): string =>
  (value < 0 ? `minus ${-value}` : String(value)).replace('.', ',');
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const detailed = (detail: string): string => (detail === '' ? '' : `: ${detail}`);

const weekdays: Readonly<Record<string, string>> = {
  monday: 'Montag',
  tuesday: 'Dienstag',
  wednesday: 'Mittwoch',
  thursday: 'Donnerstag',
  friday: 'Freitag',
  saturday: 'Samstag',
  sunday: 'Sonntag',
};
const parts: Readonly<Record<string, string>> = {
  morning: 'Vormittag',
  afternoon: 'Nachmittag',
  evening: 'Abend',
  night: 'Nacht',
};

const dayInWords: WeatherWords['day'] = ({ day, part, date }) => {
  const of = part ? ` ${parts[part] ?? ''}` : '';
  if (day === 'tonight') return 'heute Nacht';
  if (day === 'today') return `heute${of}`;
  if (day === 'tomorrow') return `morgen${of}`;
  if (day === 'day_after_tomorrow') return `übermorgen${of}`;
  if (day === 'weekend') return 'am Wochenende';
  if (day === 'week') return 'in den nächsten sieben Tagen';
  if (day === 'next_week') return 'nächste Woche';
  // "Freitag, der 28. November" is "am Freitag, dem 28. November".
  const named = day === 'date' ? date.replace(', der ', ', dem ') : (weekdays[day] ?? '');
  if (part === 'night') return `in der Nacht nach ${named}`;
  return `am ${named}${of.toLowerCase().replace(' ', day === 'date' ? ' am ' : '')}`;
};

export const german: WeatherWords = {
  tongue: 'de',
  noPlace:
    'Ich weiß nicht, wo wir sind. Nenn mir einen Ort, zum Beispiel: das Wetter in Oslo. ' +
    'Für hier setzt der Besitzer BUTLER_LOCATION.',
  unknownPlace: 'Den Ort finde ich nicht. Sag ihn noch einmal, vielleicht mit dem Land.',
  unknownTripPlace: 'Den Ort dieser Reise finde ich nicht. Frag mich mit dem Namen der Stadt.',
  noAnswer: 'Dafür hat der Wetterdienst keine Werte. Versuch es mit anderer Zeit oder anderem Ort.',
  over: 'Das ist vorbei. Ich kenne nur das Wetter, das kommt.',
  tooFar: (from) => `So weit reicht keine Vorhersage. Frag mich wieder ab ${from}.`,
  where: (place) => (place ? ` in ${place}` : ''),
  degrees: (value) => `${bare(value)} Grad`,
  bare,
  range: (low, high) =>
    low === high ? `${bare(low)} Grad` : `${bare(low)} bis ${bare(high)} Grad`,
  percent: (value) => `${value} Prozent`,
  speed: (value, american) => `${value} ${american ? 'Meilen' : 'Kilometer'} pro Stunde`,
  rain: (value, american) => `${bare(value)} ${american ? 'Zoll' : 'Millimeter'}`,
  snow: (value, american) => `${bare(value)} ${american ? 'Zoll' : 'Zentimeter'}`,
  between: (from, to) => `zwischen ${from} und ${to}`,
  from: (from) => `ab ${from}`,
  at: (time) => `um ${time}`,
  day: dayInWords,
  now: ({ where, temperature, feels, sky }) => {
    const are = Math.abs(temperature) === 1 ? 'ist' : 'sind';
    const felt = feels === undefined ? '' : `, gefühlt ${bare(feels)}`;
    const seen = sky === undefined ? '' : `, ${sky}`;
    const rest = `${german.degrees(temperature)}${felt}${seen}.`;
    return where ? `${capital(where.trim())} ${are} es ${rest}` : `Es ${are} ${rest}`;
  },
  windNow: ({ where, wind, gusts }) =>
    `Der Wind weht${where} mit ${wind}${gusts ? `, Böen bis ${gusts}` : ''}.`,
  humidNow: ({ where, percent }) => `Die Luftfeuchtigkeit${where} liegt bei ${percent}.`,
  laterUpTo: ({ degrees, sky, evening }) =>
    `${evening ? 'In der Nacht hinunter' : 'Heute bis'} ${evening ? 'auf ' : ''}${degrees}` +
    `${sky ? `, ${sky}` : ''}.`,
  atTimes: 'zeitweise',
  wetMostly: (what, chance, when) =>
    `${capital(what)} am ehesten ${when}${chance ? `, ${chance}` : ''}.`,
  willRain: {
    yes: ({ day, where, detail }) => `Ja, ${day}${where} ist Regen zu erwarten${detailed(detail)}.`,
    maybe: ({ day, where, detail }) => `${capital(day)}${where} kann es regnen${detailed(detail)}.`,
    no: ({ day, where, detail }) => `Nein, ${day}${where} bleibt es trocken${detailed(detail)}.`,
  },
  umbrella: {
    yes: ({ day, where, detail }) => `Ja, nimm ${day}${where} einen Schirm mit${detailed(detail)}.`,
    maybe: ({ day, where, detail }) =>
      `Ein Schirm könnte ${day}${where} nützlich sein${detailed(detail)}.`,
    no: ({ day, where, detail }) =>
      `Nein, ${day}${where} brauchst du keinen Schirm${detailed(detail)}.`,
  },
  willSnow: {
    yes: ({ day, where, detail }) =>
      `Ja, ${day}${where} ist Schnee zu erwarten${detailed(detail)}.`,
    maybe: ({ day, where, detail }) =>
      `${capital(day)}${where} ist etwas Schnee möglich${detailed(detail)}.`,
    no: ({ day, where }) => `Nein, ${day}${where} ist kein Schnee zu erwarten.`,
  },
  willFreeze: {
    yes: ({ day, where, degrees }) => `Ja, ${day}${where} gibt es Frost bis ${degrees}`,
    maybe: ({ day, where, degrees }) =>
      `${capital(day)}${where} bleibt es knapp über null, ${degrees}; Bodenfrost ist möglich`,
    no: ({ day, where, degrees }) =>
      `Nein, ${day}${where} gibt es keinen Frost: mindestens ${degrees}`,
  },
  coldest: (time) => `, am kältesten gegen ${time}`,
  chance: (percent) => `Wahrscheinlichkeit ${percent}`,
  about: (amount) => `etwa ${amount}`,
  wind: ({ day, where, wind, gusts }) =>
    `${capital(day)}${where} Wind bis ${wind}${gusts ? `, Böen bis ${gusts}` : ''}.`,
  sun: ({ rises, past, time, day, where }) => {
    const verb = past ? 'ging' : 'geht';
    return `Die Sonne ${verb} ${day}${where} um ${time} ${rises ? 'auf' : 'unter'}`;
  },
  sunNever: ({ up, day, where }) => `Die Sonne geht ${day}${where} nicht ${up ? 'unter' : 'auf'}.`,
  dangers: {
    wind: (value) => `Böen bis ${value}`,
    rain: (value) => `starker Regen, ${value} in sechs Stunden`,
    snow: (value) => `Schnee, ${value} in sechs Stunden`,
    thunder: () => 'Gewitter',
    ice: () => 'Glatteis durch gefrierenden Regen',
    frost: (value) => `Frost bis ${value}`,
    heat: (value) => `Hitze, gefühlt ${value}`,
  },
  warnings: ({ list, where }) => `In den nächsten zwei Tagen${where}: ${list}.`,
  noWarnings: (where) => `Die Vorhersage hat${where} für zwei Tage nichts Gefährliches.`,
  notOfficial: 'Das ist aus der Vorhersage gelesen und keine amtliche Warnung.',
  noCalendar:
    'Ich sehe keinen Kalender und kenne deshalb keine Reise. Nenn mir Ort und Tag, ' +
    'zum Beispiel: das Wetter in Lissabon am Freitag.',
  calendarAway: (why) => `Nach der Reise konnte ich nicht sehen. ${why}`,
  noTrip: 'Im Kalender steht keine Reise. Nenn mir den Ort, dann sage ich dir das Wetter dort.',
  noTripTo: 'Dorthin steht keine Reise im Kalender. Frag mich nach dem Wetter an einem Tag.',
  tripWithoutPlace: (from) =>
    `Die Reise ab ${from} hat im Kalender keinen Ort. Sag mir, wohin sie geht.`,
  tripTooFar: ({ place, from, since }) =>
    `Die Reise nach ${place} beginnt erst am ${from.replace(', der ', ', dem ')}. ` +
    `So weit reicht keine Vorhersage; frag mich wieder ab ${since.replace(', der ', ', dem ')}.`,
  tripRest: (until) => `Die Tage nach ${until.replace(', der ', ', dem ')} sind noch zu weit weg.`,
  tripDays: ({ place, from, to, one }) =>
    one ? `${place}, ${from}` : `${place}, ${from} bis ${to}`,
  otherTrips: (list) => `Es gibt auch ${list}; frag mich danach mit dem Ort.`,
  tripOn: (place, from) => `${place} ab ${from}`,
};
