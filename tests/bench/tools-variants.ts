/** Sentences that declared patterns stand for, slots filled in, with the arguments they mean. */
import type { z } from 'zod';
import { constantOf, type Piece, parsePattern, saysByLanguage } from '../../tools/core/says.ts';
import { slotKind } from '../../tools/core/slots.ts';

export interface Declared {
  name: string;
  input: z.ZodObject;
  says: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

export interface Variant {
  said: string;
  language: 'en' | 'de';
  tool: string;
  input: Record<string, unknown>;
  pattern: string;
}

type Tongue = 'en' | 'de';
/** What is said, and the value that it means. */
type Sample = readonly [said: string, value: unknown];

const same = (...texts: string[]): Sample[] => texts.map((text) => [text, text]);

/** What people put into a free slot of this name. */
const texts: Record<Tongue, Record<string, Sample[]>> = {
  en: {
    place: same('Oslo', 'New York', 'London', 'Tokyo', 'Berlin'),
    where: same('the kitchen', 'the living room', 'upstairs', 'bedroom', 'the office'),
    what: same('the kitchen lamp', 'desk lamp', 'the hall heater', 'the blinds', 'reading light'),
    except: same('the hall lamp', 'the fish tank', 'the desk lamp'),
    kind: same('lights', 'windows', 'doors', 'heaters'),
    name: same('tea', 'laundry', 'the gym', 'pasta', 'office'),
    person: same('Ben', 'Anna', 'Cleo', 'Ben'),
    date: same('tomorrow', 'next Friday', 'the third of May', 'December 24th', 'Monday'),
    from: same('Anna', 'the bank', 'my landlord', 'Lufthansa'),
    to: same('Lisbon', 'New York', 'Rome'),
    list: same('shopping', 'packing', 'hardware'),
    item: same('milk', 'oat milk', 'coffee beans', 'nails'),
    query: same('dentist', 'the dentist', 'piano lesson', 'summer holiday', 'parents evening'),
    about: same('the boiler', 'coffee', 'the school trip', 'my allergies'),
    words: same('invoice', 'the boarding pass', 'insurance'),
    source: same('Spotify', 'the radio', 'Netflix'),
    file: same('the rental contract', 'tax return', 'holiday photos'),
    skill: same('trip', 'film night', 'bedtime'),
  },
  de: {
    place: same('Wien', 'Oslo', 'New York', 'Berlin', 'Paris'),
    where: same('Küche', 'Wohnzimmer', 'oben', 'Büro', 'Flur'),
    what: same('Küchenlampe', 'Leselampe', 'Heizung', 'Rollläden', 'Stehlampe'),
    except: same('die Flurlampe', 'das Aquarium'),
    kind: same('Lichter', 'Fenster', 'Türen', 'Lampen'),
    name: same('Tee', 'Wäsche', 'Nudeln', 'Pizza'),
    person: same('Ben', 'Anna', 'Cleo'),
    date: same('morgen', 'nächsten Freitag', 'am dritten Mai', 'Montag'),
    from: same('Anna', 'der Bank', 'Lufthansa'),
    to: same('Lissabon', 'Rom', 'Wien'),
    list: same('Einkaufsliste', 'Packliste', 'Baumarktliste'),
    item: same('Milch', 'Hafermilch', 'Kaffeebohnen'),
    query: same('Zahnarzt', 'Klavierstunde', 'Sommerurlaub'),
    about: same('die Heizung', 'Kaffee', 'den Ausflug'),
    words: same('Rechnung', 'Bordkarte', 'Versicherung'),
    source: same('Spotify', 'Radio', 'Netflix'),
    file: same('Mietvertrag', 'Steuererklärung'),
    skill: same('Reise', 'Filmabend'),
  },
};

const otherTexts: Record<Tongue, Sample[]> = {
  en: same('tea', 'Oslo', 'the red book', 'grandma'),
  de: same('Tee', 'Wien', 'das rote Buch', 'Oma'),
};

const numbers: Record<Tongue, Sample[]> = {
  en: [
    ['3', 3],
    ['twelve', 12],
    ['twenty one', 21],
    ['forty', 40],
    ['19.5', 19.5],
    ['twenty and a half', 20.5],
    ['2700', 2700],
    ['three thousand', 3000],
    ['75', 75],
  ],
  de: [
    ['3', 3],
    ['zwölf', 12],
    ['einundzwanzig', 21],
    ['vierzig', 40],
    ['19,5', 19.5],
    ['zwanzigeinhalb', 20.5],
    ['2700', 2700],
    ['75', 75],
  ],
};

/** What is said for each kind of slot; a value that the field does not take is passed over. */
const byKind: Record<Tongue, Record<string, Sample[]>> = {
  en: {
    number: numbers.en,
    integer: numbers.en,
    duration: [
      ['five minutes', 300],
      ['an hour and a half', 5_400],
      ['90 seconds', 90],
      ['half an hour', 1_800],
      ['two hours', 7_200],
      ['twenty five minutes', 1_500],
      ['1 hour and 10 minutes', 4_200],
    ],
    time: [
      ['7 am', '07:00'],
      ['half past eight', '08:30'],
      ['quarter to nine', '08:45'],
      ['18:30', '18:30'],
      ['seven in the evening', '19:00'],
      ['noon', '12:00'],
      ["ten o'clock", '10:00'],
    ],
    statement: same('I like tea', 'my sister lives in Bergen', 'the bins go out on Mondays'),
    listing: same('milk', 'milk and eggs', 'bread, butter and two lemons', 'a light bulb'),
    dictation: same('the plumber comes on Thursday', 'call the school about the trip'),
  },
  de: {
    number: numbers.de,
    integer: numbers.de,
    duration: [
      ['fünf Minuten', 300],
      ['eine Stunde', 3_600],
      ['90 Sekunden', 90],
      ['eine halbe Stunde', 1_800],
      ['zwei Stunden', 7_200],
      ['fünfundzwanzig Minuten', 1_500],
    ],
    time: [
      ['7 Uhr', '07:00'],
      ['halb neun', '08:30'],
      ['Viertel vor neun', '08:45'],
      ['18:30', '18:30'],
      ['sieben Uhr abends', '19:00'],
    ],
    statement: same('ich gern Tee mag', 'meine Schwester in Bergen wohnt'),
    listing: same('Milch', 'Milch und Eier', 'Brot, Butter und zwei Zitronen'),
    dictation: same('der Klempner kommt am Donnerstag', 'die Schule wegen des Ausflugs anrufen'),
  },
};

const samplesFor = (field: string, schema: z.ZodType, tongue: Tongue): Sample[] => {
  const kind = slotKind(schema);
  if (kind?.kind === 'choice') {
    return kind.options.map((option) => [option.replaceAll(/[_-]/g, ' '), option]);
  }
  const all =
    kind?.kind === 'text'
      ? (texts[tongue][field] ?? otherTexts[tongue])
      : (byKind[tongue][kind?.kind ?? ''] ?? []);
  return all.filter(([, value]) => schema.safeParse(value).success);
};

/** Chooses among so many; the same seed chooses the same. */
export const chooser = (seed: number): ((of: number) => number) => {
  let state = seed;
  return (of) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % of;
  };
};

interface Filling {
  schema: z.ZodObject;
  tongue: Tongue;
  pick: (of: number) => number;
  input: Record<string, unknown>;
}

/** @returns the words, or undefined where a slot has no sample that fits. */
const fill = (pieces: readonly Piece[], filling: Filling): string | undefined => {
  const { schema, tongue, pick, input } = filling;
  let said = '';
  for (const piece of pieces) {
    if (piece.type === 'words') said += piece.text;
    else if (piece.type === 'choice') {
      const inner = fill(piece.ways[pick(piece.ways.length)] ?? [], filling);
      if (inner === undefined) return undefined;
      said += inner;
    } else {
      const field = schema.shape[piece.name] as z.ZodType;
      if (piece.type === 'set') {
        input[piece.name] ??= constantOf(slotKind(field), piece.value);
        continue;
      }
      const samples = samplesFor(piece.name, field, tongue);
      // A sentence that opens with a free slot takes two words there at most.
      const short = samples.filter(([words]) => said.trim() !== '' || !/ .* /.test(words));
      const chosen = short[pick(Math.max(1, short.length))];
      if (!chosen) return undefined;
      input[piece.name] ??= chosen[1];
      said += chosen[0];
    }
  }
  return said;
};

const tidy = (said: string): string => said.replaceAll(/\s+/g, ' ').trim();

/** @param count so many tries for each pattern; equal sentences count once. */
export const variantsOf = (tools: Iterable<Declared>, count: number, seed = 7): Variant[] => {
  const pick = chooser(seed);
  const variants: Variant[] = [];
  for (const { name, input: schema, says } of tools) {
    for (const [language, patterns] of Object.entries(saysByLanguage(says))) {
      if (language !== 'en' && language !== 'de') continue;
      for (const pattern of patterns) {
        const seen = new Set<string>();
        for (let at = 0; at < count; at++) {
          const input: Record<string, unknown> = {};
          const filled = fill(parsePattern(pattern), { schema, tongue: language, pick, input });
          const said = tidy(filled ?? '');
          // What the schema does not take as a whole is no command of this tool.
          if (said === '' || seen.has(said) || !schema.safeParse(input).success) continue;
          seen.add(said);
          variants.push({ said, language, tool: name, input, pattern });
        }
      }
    }
  }
  return variants;
};

const article = /^(the|a|an|my|our|der|die|das|den|dem|ein|eine|einen|mein|meine|meinen|am|on) /i;

const even = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.toLowerCase().replace(article, '').replaceAll(/[.,]/g, '').trim()
    : value;

/** Whether two inputs of a tool mean the same: defaults filled in, articles and case aside. */
export const meansTheSame = (
  { input: schema }: Pick<Declared, 'input'>,
  left: Record<string, unknown>,
  right: Record<string, unknown>,
): boolean => {
  const plain = (input: Record<string, unknown>): string => {
    const parsed = schema.safeParse(input);
    const entries = Object.entries(parsed.success ? parsed.data : input);
    return JSON.stringify(
      entries
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => [name, even(value)])
        .sort(),
    );
  };
  return plain(left) === plain(right);
};
