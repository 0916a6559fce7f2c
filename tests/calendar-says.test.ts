/** How people ask about their calendar, and the tool and arguments that must come of it. */
import { expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import { calendarHouse } from './rig/calendar.ts';

const settings = {
  CALDAV_URL: 'http://127.0.0.1:9',
  CALDAV_USERNAME: 'nobody',
  CALDAV_PASSWORD: 'nothing',
};
const { toolbox } = await calendarHouse(settings, { nowMs: 0 });
const tools = [...toolbox.tools.values()];
const fastPath = compileFastPath(tools);

type Row = [tool: string, input: Record<string, unknown>, ...sentences: string[]];

const english: Row[] = [
  ['events', {}, "What's on my calendar?", 'read me my schedule', 'what are my appointments'],
  [
    'events',
    { day: 'today' },
    ...["what's on my calendar today", 'what do I have today', 'how busy is my day today'],
    ...['do I have anything planned today?', 'what does my day look like today'],
  ],
  ['events', { day: 'tomorrow' }, 'what have I got tomorrow', 'any meetings tomorrow?'],
  ['events', { day: 'friday', part: 'afternoon' }, 'do I have any meetings on Friday afternoon?'],
  [
    'events',
    { day: 'today', part: 'evening' },
    'do we have anything tonight',
    'what do I have tonight',
  ],
  [
    'events',
    { day: 'this_weekend' },
    'what do we have this weekend',
    'are we doing anything this weekend',
  ],
  [
    'events',
    { day: 'next_week' },
    'what does my calendar look like next week',
    'what is planned next week',
  ],
  ['events', { date: 'December 24th' }, 'what do I have on December 24th?'],
  [
    'next',
    {},
    "what's my next appointment",
    'when is my next meeting?',
    'what is next on my calendar',
  ],
  ['next', { query: 'dentist' }, 'when is my dentist appointment', 'when do I go to the dentist?'],
  ['next', { query: 'Anna' }, 'when is my meeting with Anna', 'do I have a meeting with Anna'],
  ['next', { query: 'haircut' }, 'when is my next haircut'],
  ['free', {}, 'am I free'],
  [
    'free',
    { day: 'friday', part: 'afternoon' },
    'am I free on Friday afternoon?',
    'am I busy friday afternoon',
  ],
  [
    'free',
    { day: 'tomorrow' },
    'when am I free tomorrow',
    'do I have time tomorrow',
    'is my calendar clear tomorrow',
  ],
  ['free', { day: 'today', part: 'evening' }, 'am I free tonight', 'am I available this evening'],
  [
    'free',
    { day: 'tomorrow', from: '15:00' },
    'am I free tomorrow at 3 pm',
    'am I free at 3 pm tomorrow',
  ],
  [
    'trips',
    {},
    'what trips do I have',
    "when's my next trip?",
    'are we going anywhere soon',
    'where am I flying next',
  ],
  ['trips', { query: 'Lisbon' }, 'when am I flying to Lisbon', 'when is our trip to Lisbon?'],
];

const german: Row[] = [
  [
    'events',
    { day: 'tomorrow' },
    'was steht morgen im Kalender',
    'was habe ich morgen vor?',
    'was steht morgen an',
  ],
  [
    'events',
    { day: 'this_weekend' },
    'was haben wir am Wochenende vor',
    'haben wir dieses Wochenende etwas vor',
  ],
  ['events', { day: 'friday', part: 'afternoon' }, 'habe ich am Freitag Nachmittag Termine'],
  ['events', { day: 'next_week' }, 'welche Termine habe ich nächste Woche'],
  ['next', {}, 'wann ist mein nächster Termin', 'was ist mein nächster Termin'],
  [
    'next',
    { query: 'Zahnarzt' },
    'wann habe ich den Termin beim Zahnarzt',
    'wann muss ich zum Zahnarzt',
  ],
  [
    'free',
    { day: 'tomorrow' },
    'habe ich morgen Zeit',
    'bin ich morgen frei?',
    'wann habe ich morgen Zeit',
  ],
  ['free', { day: 'friday', part: 'afternoon' }, 'bin ich am Freitag Nachmittag frei'],
  [
    'trips',
    {},
    'wann ist meine nächste Reise',
    'verreisen wir bald',
    'welche Reisen haben wir geplant',
  ],
  ['trips', { query: 'Lissabon' }, 'wann fliegen wir nach Lissabon'],
];

const rows = (language: string, table: Row[]) =>
  table.flatMap(([tool, input, ...sentences]) =>
    sentences.map((said) => ({ language, said, tool: `calendar_${tool}`, input })),
  );

test.each([...rows('en', english), ...rows('de', german)])(
  '$said',
  ({ said, language, tool, input }) => {
    expect(fastPath.match(said, language)).toEqual({ tool, input });
  },
);

const unrelated = {
  en: [
    ...['what is on TV tonight', "what's on my mind", 'what do I have to do to win', 'am I right'],
    ...['when is the next bus', 'is there free parking downtown', 'what is next to the fridge'],
    ...['free the prisoners', 'how does my hair look', 'are you free tomorrow', 'when is Easter'],
    ...['turn on the calendar light', 'what day is it tomorrow', 'what is on the shopping list'],
    ...['tell me about Lisbon', 'what do I have on', 'am I going crazy', 'where am I'],
    ...[
      'what is the next song',
      'when do I die',
      'do I have mail',
      'what time is it tomorrow in Oslo',
    ],
  ],
  de: [
    ...['was läuft heute im Fernsehen', 'was ist morgen für ein Tag', 'habe ich recht'],
    ...['wann ist Ostern', 'wie spät ist es', 'bin ich schön', 'wie wird das Wetter morgen'],
    ...['wann fährt der nächste Bus', 'was steht auf der Einkaufsliste', 'habe ich Post'],
  ],
};
test.each(Object.entries(unrelated))(
  'sentences about something else are left alone: %s',
  (language, all) => {
    const caught = all.filter((said) => fastPath.match(said, language) !== undefined);
    expect(caught).toEqual([]);
  },
);

test('each tool has sentences and examples in both languages', () => {
  for (const tool of tools.filter(({ hidden }) => !hidden)) {
    const says = tool.says as Record<string, string[]>;
    expect(says.en?.length).toBeGreaterThanOrEqual(8);
    expect(says.de?.length).toBeGreaterThanOrEqual(8);
    for (const { says: said, input, language = 'en' } of tool.examples ?? []) {
      expect(fastPath.match(said, language), said).toEqual({ tool: tool.name, input });
    }
  }
});
