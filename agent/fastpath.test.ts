/** Sentences to tools: politeness, spellings, numbers, ambiguity, and what must not match. */
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadTools } from '../tools/core/load.ts';
import { durationSeconds, timeOfDay } from '../tools/core/slots.ts';
import { compileFastPath, examplesOf, type FastPath, type FastTool } from './fastpath.ts';

let clock: FastPath;
let tools: (FastTool & { hidden?: boolean })[];
beforeAll(async () => {
  const { toolbox } = await loadTools({ environment: {} });
  tools = [...toolbox.tools.values()];
  clock = compileFastPath(tools);
});

const made = (says: FastTool['says'], shape: z.ZodRawShape = {}, name = 'made'): FastTool => ({
  name,
  says,
  input: z.object(shape),
});

const only = (says: string, shape: z.ZodRawShape) => compileFastPath([made([says], shape)]);

describe('the clock, as people say it', () => {
  test.each([
    ['What time is it?', 'time', {}],
    ["WHAT'S THE TIME", 'time', {}],
    ['Whats the time', 'time', {}],
    ['Hey Butler, could you please tell me what time it is?', 'time', {}],
    ['Um, what time is it, please?', 'time', {}],
    ["what's the time in New York, thank you", 'time', { place: 'New York' }],
    ['what time is it in São Paulo right now', 'time', { place: 'São Paulo' }],
    ["What's today's date?", 'date', {}],
    ['what day is it tomorrow', 'date', { day: 'tomorrow' }],
    ['what is the date the day after tomorrow', 'date', undefined],
    ['what date is it day after tomorrow', 'date', { day: 'day_after_tomorrow' }],
    ['what year is it', 'date', { part: 'year' }],
    ['Set a timer for 8 minutes.', 'set_timer', { seconds: 480 }],
    ['set an eight-minute timer', 'set_timer', { seconds: 480 }],
    ['Start a 5min timer', 'set_timer', { seconds: 300 }],
    ['Set a tea-timer for ten seconds', 'set_timer', { seconds: 10, name: 'tea' }],
    ['set a timer for an hour and a half', 'set_timer', { seconds: 5400 }],
    ['um, set a timer for, uh, twenty five minutes please', 'set_timer', { seconds: 1500 }],
    [
      'I would like you to set a ten minute pasta timer',
      'set_timer',
      { seconds: 600, name: 'pasta' },
    ],
    ['set a timer for the rice for 12 minutes', 'set_timer', { seconds: 720, name: 'rice' }],
    ['How much time is left on the pasta timer?', 'timers', { name: 'pasta' }],
    ['What timers are running?', 'timers', {}],
    ['cancel the timer', 'cancel_timer', {}],
    ['Cancel all timers.', 'cancel_timer', { all: true }],
    ['cancel the five minute timer', 'cancel_timer', { seconds: 300 }],
    ['add two more minutes to the tea timer', 'change_timer', { seconds: 120, name: 'tea' }],
    ['take a minute off my timer', 'change_timer', { seconds: 60, less: true }],
  ])('%s', (text, tool, input) => {
    const found = clock.match(text, 'en-GB');
    expect(found).toEqual(input && { tool: `clock_${tool}`, input });
  });

  test.each([
    ['Wie spät ist es?', 'time', {}],
    ['Kannst du mir bitte sagen, wie spät es ist?', 'time', {}],
    ['Wie viel Uhr ist es in Tokio?', 'time', { place: 'Tokio' }],
    ['Welcher Tag ist morgen?', 'date', { day: 'tomorrow' }],
    ['Stelle bitte einen Teetimer auf 3 Minuten.', 'set_timer', { seconds: 180, name: 'Tee' }],
    ['Stell mir einen 10-Minuten-Timer', 'set_timer', { seconds: 600 }],
    ['Stell mal einen Timer auf anderthalb Stunden', 'set_timer', { seconds: 5400 }],
    ['Wie lange läuft der Nudel-Timer noch?', 'timers', { name: 'Nudel' }],
    ['Lösch alle Timer', 'cancel_timer', { all: true }],
    ['Verlängere den Timer um zwei Minuten', 'change_timer', { seconds: 120 }],
  ])('%s', (text, tool, input) => {
    expect(clock.match(text, 'de')).toEqual({ tool: `clock_${tool}`, input });
  });

  test.each([
    'Turn on the kitchen lights, please.',
    'What time is my first meeting tomorrow?',
    'set a timer for five minutes and turn on the lights',
    'set a timer for five minutes blue',
    'I wonder what time it is',
    'do not set a timer for five minutes',
    'never cancel the timer',
    "don't cancel the tea timer",
    'cancel everything but the tea timer',
    'remind me in ten minutes to check the oven',
    'how long does it take to drive to work',
    'add milk to my shopping list',
    'what time does the shop close',
    "What's the weather like today?",
    'Remind me to call my mother this evening.',
    "What's the capital of Australia?",
    'Lower the temperature to nineteen degrees.',
    'Can you wake me up at seven?',
    'How do you say thank you in Italian?',
    "What's on my calendar for Friday?",
    'how much longer will the war last',
    'stop the music',
    'add two minutes of silence to my playlist',
    'what is the best time to visit Tokyo',
    'the',
    'stop',
    '',
    '?!',
  ])('not for the clock: %j', (text) => {
    expect(clock.match(text, 'en')?.tool ?? '').not.toMatch(/^clock_/);
  });

  test('every pattern without a slot finds its own tool', () => {
    const lost: string[] = [];
    for (const tool of tools.filter(({ hidden }) => !hidden)) {
      for (const { says, input, language } of tool.examples ?? []) {
        const found = clock.match(says, language ?? 'en');
        if (found?.tool !== tool.name) lost.push(says);
        expect(found?.input).toEqual(input);
      }
    }
    expect(lost).toEqual([]);
  });

  test('a slot that does not fit is taken where the tool explains it', () => {
    expect(clock.match('set a timer for 30 hours', 'en')?.input).toEqual({ seconds: 108_000 });
    expect(clock.match('set a timer', 'en')).toEqual({ tool: 'clock_set_timer', input: {} });
    const silent = only('wait {seconds}', { seconds: durationSeconds({ max: 60 }) });
    expect(silent.match('wait 30 seconds', 'en')).toBeDefined();
    expect(silent.match('wait 2 minutes', 'en')).toBeUndefined();
  });
});

describe('slots', () => {
  test.each([
    ['eight', 8],
    ['twenty five', 25],
    ['twenty-five', 25],
    ['1.5', 1.5],
    ['1,000', 1000],
    ['one hundred and five', 105],
    ['a hundred', 100],
    ['two thousand and twelve', 2012],
    ['minus five', -5],
    ['-5', -5],
    ['one point two five', 1.25],
    ['two and a half', 2.5],
    ['zero', 0],
    ['twelve hundred', 1200],
    ['five twenty', undefined],
    ['hundred', undefined],
    ['twenty eleven', undefined],
    ['one hundred and', undefined],
    ['five five', undefined],
  ])('number: %s', (text, amount) => {
    const found = only('use {amount}', { amount: z.number() }).match(`use ${text}`, 'en');
    expect(found?.input).toEqual(amount === undefined ? undefined : { amount });
  });

  test.each([
    ['acht', 8],
    ['fünfundzwanzig', 25],
    ['1,5', 1.5],
    ['1.000', 1000],
    ['einhundertfünf', 105],
    ['zweitausendzwölf', 2012],
    ['minus fünf', -5],
    ['zwei komma fünf', 2.5],
    ['zweieinhalb', 2.5],
    ['hundert', 100],
    ['zwanzigundfünf', undefined],
    ['blau', undefined],
  ])('Zahl: %s', (text, amount) => {
    const tool = made({ de: ['nimm {amount}'] }, { amount: z.number() });
    const found = compileFastPath([tool]).match(`Nimm ${text}`, 'de');
    expect(found?.input).toEqual(amount === undefined ? undefined : { amount });
  });

  test.each([
    ['half an hour', 1800],
    ['an hour', 3600],
    ['an hour and a half', 5400],
    ['one and a half hours', 5400],
    ['a quarter of an hour', 900],
    ['90 seconds', 90],
    ['three quarters of an hour', 2700],
    ['1 hour 30 minutes', 5400],
    ['one hour and 5 minutes', 3900],
    ['one hour thirty', 5400],
    ['a minute and a half', 90],
    ['1.5 minutes', 90],
    ['1h 30m', 5400],
    ['two hours, ten minutes and five seconds', 7805],
    ['a couple of minutes', 120],
    ['5 minutes 1 hour', undefined],
    ['five', undefined],
    ['minutes', undefined],
  ])('duration: %s', (text, seconds) => {
    const found = only('wait {seconds}', { seconds: durationSeconds() }).match(
      `wait ${text}`,
      'en',
    );
    expect(found?.input).toEqual(seconds === undefined ? undefined : { seconds });
  });

  test.each([
    ['en', '7:30', '07:30'],
    ['en', 'seven', '07:00'],
    ['en', '7 pm', '19:00'],
    ['en', 'seven p.m.', '19:00'],
    ['en', '12 a.m.', '00:00'],
    ['en', 'half past seven', '07:30'],
    ['en', 'quarter to eight', '07:45'],
    ['en', 'ten past six in the evening', '18:10'],
    ['en', 'seven thirty', '07:30'],
    ['en', 'noon', '12:00'],
    ['en', "eight o'clock", '08:00'],
    ['en', '25:00', undefined],
    ['en', 'blue', undefined],
    ['de', 'halb acht', '07:30'],
    ['de', 'viertel vor acht', '07:45'],
    ['de', '19 Uhr', '19:00'],
    ['de', '7 Uhr 30', '07:30'],
    ['de', 'acht Uhr abends', '20:00'],
    ['de', 'Mitternacht', '00:00'],
  ])('time (%s): %s', (language, text, at) => {
    const tool = made({ en: ['at {at}'], de: ['um {at}'] }, { at: timeOfDay() });
    const found = compileFastPath([tool]).match(
      `${language === 'de' ? 'um' : 'at'} ${text}`,
      language,
    );
    expect(found?.input).toEqual(at === undefined ? undefined : { at });
  });

  test('choices, whole numbers, and free text of six words at most', () => {
    const mode = only('mode {mode}', { mode: z.enum(['eco', 'very_warm']) });
    expect(mode.match('Mode very warm.', 'en')?.input).toEqual({ mode: 'very_warm' });
    expect(mode.match('mode cold', 'en')).toBeUndefined();
    const whole = only('use {count}', { count: z.int() });
    expect(whole.match('use 2.5', 'en')).toBeUndefined();
    const free = only('call {who}', { who: z.string() });
    expect(free.match("Call Tom's Brother, please", 'en')?.input).toEqual({ who: "Tom's Brother" });
    expect(free.match('call the', 'en')).toBeUndefined();
    expect(free.match('call one two three four five six seven', 'en')).toBeUndefined();
  });
});

describe('which one wins', () => {
  const text = { thing: z.string() };
  test('most literal words', () => {
    const path = compileFastPath([
      made(['play {thing}'], text, 'any'),
      made(['play the radio'], {}, 'radio'),
    ]);
    expect(path.match('play the radio', 'en')?.tool).toBe('radio');
    expect(path.match('play the drums', 'en')?.tool).toBe('any');
  });
  test('an equal tie is nobody’s', () => {
    const path = compileFastPath([
      made(['play {thing}'], text, 'a'),
      made(['play {thing}'], text, 'b'),
    ]);
    expect(path.match('play jazz', 'en')).toBeUndefined();
  });
  test('a typed slot before free text', () => {
    const path = compileFastPath([
      made(['set it to {thing}'], text, 'text'),
      made(['set it to {level}'], { level: z.int() }, 'number'),
    ]);
    expect(path.match('set it to five', 'en')?.tool).toBe('number');
  });
  test('a sentence that begins like politeness is found first', () => {
    const path = compileFastPath([made(['can you hear me'], {}, 'hear')]);
    expect(path.match('Hey Butler, can you hear me?', 'en')?.tool).toBe('hear');
  });
  test('languages do not mix', () => {
    expect(clock.match('what time is it', 'de')).toBeUndefined();
    expect(clock.match('wie spät ist es', 'en')).toBeUndefined();
  });
});

describe('speed', () => {
  test('500 patterns, under a millisecond', () => {
    const rooms = Array.from({ length: 500 }, (_, at) => `room${at}`);
    const many = rooms.map((room, at) =>
      made(
        [`[please] (turn|switch) (on|off) [all] [the] {thing} in the ${room}`],
        { thing: z.string() },
        `t${at}`,
      ),
    );
    const path = compileFastPath([...tools, ...many]);
    const sentence = 'Hey Butler, could you please turn on all the lights in the room499?';
    for (let run = 0; run < 20; run++) path.match(sentence, 'en');
    const startedAt = performance.now();
    for (let run = 0; run < 50; run++) path.match(sentence, 'en');
    const tookMs = (performance.now() - startedAt) / 50;
    console.log(`fast path: ${tookMs.toFixed(3)} ms a sentence with 500 more patterns`);
    expect(path.match(sentence, 'en')?.tool).toBe('t499');
    expect(tookMs).toBeLessThan(5);
  });
  test.each([
    'set a timer for '.repeat(700),
    'a'.repeat(10_000),
    'please '.repeat(1500),
    '-'.repeat(10_000),
    `set ${'a '.repeat(140)}timer`,
    '1 '.repeat(149),
    "'".repeat(299),
    'one hundred and '.repeat(18),
  ])('long input is bounded (%#)', (text) => {
    const startedAt = performance.now();
    expect(clock.match(text, 'en')).toBeUndefined();
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

test('examples come from different tools, in the language', () => {
  expect(examplesOf(tools, 'en')).toHaveLength(3);
  expect(new Set(examplesOf(tools, 'de'))).toContain('wie spät ist es');
});
