/** Reasons are told from the record alone, short enough to be heard, in both languages. */
import { describe, expect, test } from 'vitest';
import { compileFastPath } from '../agent/fastpath.ts';
import type { RecordedDeed } from '../tools/core/deeds-port.ts';
import type { Role } from '../tools/core/define.ts';
import { loadTools } from '../tools/core/load.ts';
import { runTool } from '../tools/core/run.ts';
import { reasonOf } from '../tools/why.telling.ts';
import { portsInProcess } from './fakes/ports.ts';

const now = new Date('2026-03-10T20:05:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const deed = (more: Partial<RecordedDeed> = {}): RecordedDeed => ({
  ...{ at: minutesAgo(1), turn: 't1', tool: 'home_assistant_turn_off', path: 'fast' },
  ...{ input: { what: 'kitchen light' }, effect: 'write', said: 'good night' },
  ...{ say: 'The kitchen light is off.', verdict: 'run', ok: true, verified: true },
  ...{ tainted: false, source: null, question: null, outside: false, ...more },
});

const { toolbox } = await loadTools({ environment: {} });
const fastPath = compileFastPath([...toolbox.tools.values()]);

const ask = async (
  says: string,
  deeds: RecordedDeed[],
  { language = 'en', role = 'owner' }: { language?: string; role?: Role } = {},
) => {
  const match = fastPath.match(says, language);
  expect(match?.tool, says).toMatch(/^why_/);
  const asked: unknown[] = [];
  const outcome = await runTool({
    ...portsInProcess({
      deeds: {
        of: async (personId, { since }) => {
          asked.push(personId);
          return deeds.filter(({ at }) => at >= since);
        },
      },
    }),
    ...{ toolbox, name: match?.tool ?? '', input: match?.input, timeZone: 'Europe/Oslo' },
    caller: {
      ...{ personId: 'ada', name: 'Ada', role, sure: 1, door: 'app', language },
    },
    ...{ signal: new AbortController().signal, now: () => now },
  });
  if (role !== 'guest') expect(asked).toEqual(['ada']);
  expect(outcome.say.length).toBeLessThanOrEqual(300);
  return outcome;
};
const said = async (...given: Parameters<typeof ask>) => (await ask(...given)).say;

const did = 'So I did it: The kitchen light is off.';

describe('why', () => {
  test.each([
    [{}, `You said “good night”. ${did} I read it back, and it is so.`],
    [{ verified: false }, `You said “good night”. ${did} I could not check it.`],
    [{ verified: null }, `You said “good night”. ${did}`],
    [
      { path: 'mind', verified: null },
      `You said “good night”, and I took that as a wish for this. ${did}`,
    ],
    [
      { path: 'command', said: null, verified: null },
      `It was ordered on a page or in an app, in your name. ${did}`,
    ],
    [
      { path: 'program', said: null, verified: null },
      `Another program asked for it in your name. ${did}`,
    ],
    [
      { path: 'undo', said: 'undo that', verified: null },
      `You wanted something taken back: “undo that”. ${did}`,
    ],
    [{ said: null, verified: null }, `You told me to, in words that I did not keep. ${did}`],
    [
      { path: 'yes', question: 'Shall I?', tainted: true, source: 'mail_read', verified: null },
      'You said “good night”. I had read something from outside before (mail_read). ' +
        `I asked “Shall I?”, and you said yes. ${did}`,
    ],
  ] satisfies [Partial<RecordedDeed>, string][])('%j', async (more, sentence) => {
    expect(await said('why did you do that', [deed(more)])).toBe(sentence);
    const german = reasonOf(deed(more), 'de');
    expect(german).not.toMatch(/You|undefined|null/);
  });

  test.each([
    ['why did you turn off the kitchen light', 'en'],
    ['why did you switch the light off', 'en'],
    ['Warum hast du das Licht ausgemacht?', 'de'],
    ['wieso hast du das gerade gemacht', 'de'],
  ])('%s', async (says, language) => {
    const other = deed({
      say: 'Your timer is set.',
      tool: 'clock_timer',
      input: {},
      said: 'timer',
    });
    const say = language === 'de' ? 'Das Küchenlicht ist aus.' : 'The kitchen light is off.';
    const light = deed({ say });
    const deeds = says.includes('gerade') ? [light, other] : [other, light];
    expect(await said(says, deeds, { language })).toMatch(/(is off|ist aus)\./);
  });

  test('says what was not touched, and what was, with its time', async () => {
    const deeds = [deed({ at: minutesAgo(180) })];
    expect(await said('why did you turn on the oven', deeds)).toBe(
      'My records of the last day hold nothing about “the oven”. The last thing I did: ' +
        'At 6:05 p.m.: The kitchen light is off.',
    );
    expect(await said('why did you turn on the oven', [])).toContain('and nothing else');
    expect(await said('why did you do that', [deed({ at: minutesAgo(60 * 25) })])).toContain(
      'hold nothing that I did for you',
    );
  });

  test('says nothing of what it did not look at', async () => {
    const deeds = Array.from({ length: 100 }, () => deed());
    const text = 'I looked through my last 100 records, and it is not among them.';
    expect(await said('why did you turn on the oven', deeds)).toBe(text);
    expect(await said("why didn't you do that", deeds)).toBe(text);
    const failed = deeds.map((one) => ({ ...one, ok: false }));
    expect(await said('what did you just do', failed)).toBe(text);
  });

  test('tells what was not done apart from what was', async () => {
    const refused = deed({
      ok: false,
      verdict: 'refuse',
      say: 'That is for adults.',
      verified: null,
    });
    const failed = deed({ ok: false, verdict: 'run', say: 'It did not answer.', verified: null });
    const waits = deed({ ok: false, verdict: 'ask', say: 'Shall I open it?', verified: null });
    const deeds = [refused, deed()];
    expect(await said('why did you do that', deeds)).toContain('The kitchen light is off.');
    const not = "why didn't you do that";
    expect(await said(not, deeds)).toContain('I did not do it: That is for adults.');
    expect(await said(not, [failed])).toContain('It did not work: It did not answer.');
    expect(await said(not, [waits])).toContain('I have not done it; I asked: Shall I open it?');
    expect(await said(not, [deed()])).toContain('hold nothing that I did not do');
    expect(await said('warum hast du das nicht gemacht', [refused], { language: 'de' })).toContain(
      'nicht getan',
    );
  });

  test('marks words of others, and hides nothing long', async () => {
    expect(await ask('why did you do that', [deed()])).not.toHaveProperty('outside');
    expect(await ask('why did you do that', [deed({ outside: true })])).toMatchObject({
      outside: true,
    });
    const long = deed({
      said: 'word '.repeat(60),
      say: 'word '.repeat(80),
      question: 'q '.repeat(90),
    });
    expect(await said('why did you do that', [{ ...long, path: 'yes', tainted: true }])).toMatch(
      /^You said “word/,
    );
  });

  test('is nothing for guests, of whom nothing is kept', async () => {
    expect(await said('why did you do that', [deed()], { role: 'guest' })).toContain('guests');
  });
});

test('what was done lately is told, newest first', async () => {
  const deeds = [1, 20, 30, 40].map((minutes) =>
    deed({ at: minutesAgo(minutes), say: `Did ${minutes}.` }),
  );
  expect(await said('what did you just do', deeds)).toBe(
    'Did 1. At 8:45 p.m.: Did 20. At 8:35 p.m.: Did 30. And 1 more.',
  );
  expect(await said('was hast du gerade gemacht', deeds, { language: 'de' })).toContain(
    'Und noch 1.',
  );
  expect(await said('what have you done lately', [deed({ at: minutesAgo(300) })])).toContain(
    'At 4:05',
  );
  expect(await said('what did you do', [])).toContain('nothing');
});
