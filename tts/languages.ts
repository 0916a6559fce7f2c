/** What reading aloud needs to know of a language; others are read by the English table. */

/** `one` and `many` are what is said after 1 and after any other number. */
export interface Spoken {
  one: string;
  many: string;
}

export interface Language {
  /** Words whose dot ends no sentence, lower case, without the last dot. */
  abbreviations: Record<string, string>;
  /** Symbol → words, as `km/h` → kilometres per hour. */
  units: Record<string, Spoken>;
  /** Currency sign → whole and hundredth. */
  money: Record<string, { whole: Spoken; part: Spoken }>;
  months: string[];
  and: string;
  at: string;
  dot: string;
  about: string;
  equals: string;
  lessThan: string;
  linkTo: string;
  minus: string;
  moreThan: string;
  number: string;
  or: string;
  per: string;
  percent: string;
  plus: string;
  point: string;
  times: string;
  to: string;
  version: string;
  codeOnScreen: string;
  moreOnScreen: (rows: number) => string;
  fractions: Record<string, string>;
  /** Decimal mark and thousands mark. */
  decimal: ',' | '.';
  thousands: ',' | '.';
  /** A dot after a number makes an ordinal, not a sentence end. */
  dottedOrdinals: boolean;
  clock: (hours: number, minutes: number) => string;
  date: (day: number, month: string, year: number) => string;
}

const same = (word: string): Spoken => ({ one: word, many: word });
const plural = (one: string, many = `${one}s`): Spoken => ({ one, many });

const englishUnits: Record<string, Spoken> = {
  'm/s': plural('metre per second', 'metres per second'),
  'km/h': plural('kilometre per hour', 'kilometres per hour'),
  kph: plural('kilometre per hour', 'kilometres per hour'),
  mph: plural('mile per hour', 'miles per hour'),
  'kB/s': plural('kilobyte per second', 'kilobytes per second'),
  'MB/s': plural('megabyte per second', 'megabytes per second'),
  'GB/s': plural('gigabyte per second', 'gigabytes per second'),
  'Mbit/s': plural('megabit per second', 'megabits per second'),
  'Gbit/s': plural('gigabit per second', 'gigabits per second'),
  Mbps: plural('megabit per second', 'megabits per second'),
  Gbps: plural('gigabit per second', 'gigabits per second'),
  '°C': plural('degree Celsius', 'degrees Celsius'),
  '°F': plural('degree Fahrenheit', 'degrees Fahrenheit'),
  '°': plural('degree'),
  kWh: plural('kilowatt hour'),
  Wh: plural('watt hour'),
  kW: plural('kilowatt'),
  W: plural('watt'),
  V: plural('volt'),
  kB: plural('kilobyte'),
  KB: plural('kilobyte'),
  MB: plural('megabyte'),
  GB: plural('gigabyte'),
  TB: plural('terabyte'),
  km: plural('kilometre'),
  cm: plural('centimetre'),
  mm: plural('millimetre'),
  kg: plural('kilogram'),
  mg: plural('milligram'),
  ml: plural('millilitre'),
  hPa: same('hectopascals'),
  kHz: same('kilohertz'),
  MHz: same('megahertz'),
  GHz: same('gigahertz'),
  Hz: same('hertz'),
  dB: plural('decibel'),
  ppm: same('parts per million'),
  kcal: plural('kilocalorie'),
  'µg/m³': plural('microgram per cubic metre', 'micrograms per cubic metre'),
  'm²': plural('square metre'),
  'm³': plural('cubic metre'),
  'km²': plural('square kilometre'),
  ms: plural('millisecond'),
  min: plural('minute'),
  mins: plural('minute'),
  hrs: plural('hour'),
  hr: plural('hour'),
  m: plural('metre'),
  g: plural('gram'),
  l: plural('litre'),
  L: plural('litre'),
  ft: plural('foot', 'feet'),
  lbs: plural('pound'),
  lb: plural('pound'),
  oz: plural('ounce'),
};

const cents = plural('cent');

export const english: Language = {
  abbreviations: {
    dr: 'Doctor',
    mr: 'Mister',
    mrs: 'Missus',
    ms: 'Miz',
    prof: 'Professor',
    'e.g': 'for example',
    'i.e': 'that is',
    approx: 'approximately',
    vs: 'versus',
    etc: 'et cetera',
    dept: 'department',
    est: 'estimated',
    jr: 'Junior',
    sr: 'Senior',
    tel: 'telephone',
    temp: 'temperature',
    max: 'maximum',
    incl: 'including',
  },
  units: englishUnits,
  money: {
    $: { whole: plural('dollar'), part: cents },
    '€': { whole: plural('euro'), part: cents },
    '£': { whole: plural('pound'), part: plural('penny', 'pence') },
    '¥': { whole: same('yen'), part: same('sen') },
  },
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  and: 'and',
  at: 'at',
  dot: 'dot',
  about: 'about',
  equals: 'equals',
  lessThan: 'less than',
  linkTo: 'a link to',
  minus: 'minus',
  moreThan: 'more than',
  number: 'number',
  or: 'or',
  per: 'per',
  percent: 'percent',
  plus: 'plus',
  point: 'point',
  times: 'times',
  to: 'to',
  version: 'version',
  codeOnScreen: 'I put the code on the screen.',
  moreOnScreen: (rows) => `And ${rows} more on the screen.`,
  fractions: {
    '1/2': 'one half',
    '1/3': 'one third',
    '2/3': 'two thirds',
    '1/4': 'one quarter',
    '3/4': 'three quarters',
    '1/5': 'one fifth',
    '1/8': 'one eighth',
  },
  decimal: '.',
  thousands: ',',
  dottedOrdinals: false,
  clock: (hours, minutes) => {
    if (minutes === 0) return hours >= 1 && hours <= 12 ? `${hours} o'clock` : `${hours} hundred`;
    return minutes < 10 ? `${hours} oh ${minutes}` : `${hours} ${minutes}`;
  },
  date: (day, month, year) => `${month} ${day}, ${year}`,
};

const german: Language = {
  ...english,
  abbreviations: {
    dr: 'Doktor',
    prof: 'Professor',
    hr: 'Herr',
    fr: 'Frau',
    'z.b': 'zum Beispiel',
    'd.h': 'das heißt',
    'u.a': 'unter anderem',
    ca: 'circa',
    bzw: 'beziehungsweise',
    usw: 'und so weiter',
    nr: 'Nummer',
    evtl: 'eventuell',
    ggf: 'gegebenenfalls',
    str: 'Straße',
    tel: 'Telefon',
    max: 'maximal',
    min: 'mindestens',
    inkl: 'inklusive',
  },
  units: {
    ...Object.fromEntries(Object.keys(englishUnits).map((unit) => [unit, same(unit)])),
    'm/s': same('Meter pro Sekunde'),
    'km/h': same('Kilometer pro Stunde'),
    'MB/s': same('Megabyte pro Sekunde'),
    '°C': same('Grad'),
    '°F': same('Grad Fahrenheit'),
    '°': same('Grad'),
    kWh: plural('Kilowattstunde', 'Kilowattstunden'),
    kW: same('Kilowatt'),
    W: same('Watt'),
    V: same('Volt'),
    MB: same('Megabyte'),
    GB: same('Gigabyte'),
    TB: same('Terabyte'),
    km: same('Kilometer'),
    m: same('Meter'),
    cm: same('Zentimeter'),
    mm: same('Millimeter'),
    kg: same('Kilogramm'),
    g: same('Gramm'),
    l: same('Liter'),
    L: same('Liter'),
    ml: same('Milliliter'),
    min: plural('Minute', 'Minuten'),
    'm²': same('Quadratmeter'),
    'm³': same('Kubikmeter'),
    hPa: same('Hektopascal'),
  },
  money: {
    $: { whole: same('Dollar'), part: same('Cent') },
    '€': { whole: same('Euro'), part: same('Cent') },
    '£': { whole: same('Pfund'), part: same('Pence') },
    '¥': { whole: same('Yen'), part: same('Sen') },
  },
  months: [
    'Januar',
    'Februar',
    'März',
    'April',
    'Mai',
    'Juni',
    'Juli',
    'August',
    'September',
    'Oktober',
    'November',
    'Dezember',
  ],
  and: 'und',
  at: 'ät',
  dot: 'Punkt',
  about: 'etwa',
  equals: 'gleich',
  lessThan: 'kleiner als',
  linkTo: 'ein Link zu',
  moreThan: 'größer als',
  number: 'Nummer',
  or: 'oder',
  per: 'pro',
  percent: 'Prozent',
  point: 'Punkt',
  times: 'mal',
  to: 'bis',
  version: 'Version',
  codeOnScreen: 'Den Code habe ich auf den Bildschirm gelegt.',
  moreOnScreen: (rows) => `Und ${rows} weitere auf dem Bildschirm.`,
  fractions: {
    '1/2': 'ein halb',
    '1/3': 'ein Drittel',
    '2/3': 'zwei Drittel',
    '1/4': 'ein Viertel',
    '3/4': 'drei Viertel',
  },
  decimal: ',',
  thousands: '.',
  dottedOrdinals: true,
  clock: (hours, minutes) => (minutes === 0 ? `${hours} Uhr` : `${hours} Uhr ${minutes}`),
  date: (day, month, year) => `${day}. ${month} ${year}`,
};

/** By BCP 47 tag. */
export const languageOf = (tag: string): Language =>
  tag.toLowerCase().split('-')[0] === 'de' ? german : english;
