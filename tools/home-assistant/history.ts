/** When something happened, and for how long it has been so: from Home Assistant's recorder. */
import { z } from 'zod';
import { asking, type Context, targetsFor } from './acting.ts';
import { type Condition, conditionSaid, conditions, isIn, stateSaid } from './conditions.ts';
import type { Entity } from './model.ts';
import { howLongSays, whenSays } from './says-asks.ts';
import { type Subject, tongueOf } from './words.ts';

const dayMs = 86_400_000;
/** As long as Home Assistant keeps states, unless it was told otherwise. */
const daysBack = 10;

/** One stretch of the same state. */
interface Stretch {
  state: string;
  fromMs: number;
}

/** Seconds since 1970; `lc` where the state did not change with the update. */
interface Row {
  s: string;
  lu: number;
  lc?: number;
}

const gaps = new Set(['unavailable', 'unknown']);

/** Restarts leave gaps; a state that is the same after one has gone on. */
const stretchesOf = (rows: readonly Row[]): Stretch[] => {
  const stretches: Stretch[] = [];
  for (const { s: state, lu, lc } of rows) {
    if (gaps.has(state) || stretches.at(-1)?.state === state) continue;
    stretches.push({ state, fromMs: (lc ?? lu) * 1000 });
  }
  return stretches;
};

const recorded = async (entity: Entity, sinceMs: number, context: Context): Promise<Stretch[]> => {
  const { client, language } = context;
  const answer = await client.ask<Record<string, Row[]>>(
    {
      type: 'history/history_during_period',
      start_time: new Date(sinceMs).toISOString(),
      entity_ids: [entity.id],
      ...{ minimal_response: true, no_attributes: true, significant_changes_only: false },
    },
    language,
  );
  return stretchesOf(answer[entity.id] ?? []);
};

const doings = {
  opened: 'open',
  closed: 'closed',
  locked: 'locked',
  unlocked: 'unlocked',
  'turned on': 'on',
  'turned off': 'off',
  started: 'running',
  stopped: 'off',
} as const satisfies Record<string, Condition>;

type Doing = keyof typeof doings | 'changed' | 'used';

const participles: Readonly<Record<Doing, string>> = {
  opened: 'geöffnet',
  closed: 'geschlossen',
  locked: 'abgeschlossen',
  unlocked: 'aufgeschlossen',
  'turned on': 'eingeschaltet',
  'turned off': 'ausgeschaltet',
  started: 'gestartet',
  stopped: 'angehalten',
  changed: 'geändert',
  used: 'benutzt',
};

/** What is spoken of, as the sentence begins. */
interface Named {
  text: string;
  plural: boolean;
}

const sentences = {
  en: {
    was: ({ text, plural }: Named, doing: string, when: string) =>
      `${text} ${plural ? 'were' : 'was'} last ${doing} ${when}.`,
    never: ({ text, plural }: Named, doing: string) =>
      `As far as I can see, ${text} ${plural ? 'were' : 'was'} not ${doing} ` +
      `in the last ${daysBack} days.`,
    at: (day: string, time: string) => `${day} at ${time}`,
    days: ['today', 'yesterday'],
    on: (date: string) => `on ${date}`,
    lasting: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'have' : 'has'} been ${state} for ${long}.`,
    longer: `more than ${daysBack} days`,
    atLeast: (long: string) => `at least ${long}`,
    notSo: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'are' : 'is'} ${state}, and ${plural ? 'have' : 'has'} been for ${long}.`,
    inTotal: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'were' : 'was'} ${state} for ${long} today.`,
    notToday: ({ text, plural }: Named, state: string) =>
      `${text} ${plural ? 'were' : 'was'} not ${state} today.`,
  },
  de: {
    was: ({ text, plural }: Named, doing: string, when: string) =>
      `${text} ${plural ? 'wurden' : 'wurde'} zuletzt ${when} ${doing}.`,
    never: ({ text, plural }: Named, doing: string) =>
      `${text} ${plural ? 'wurden' : 'wurde'} in den letzten ${daysBack} Tagen nicht ${doing}.`,
    at: (day: string, time: string) => `${day} um ${time}`,
    days: ['heute', 'gestern'],
    on: (date: string) => `am ${date}`,
    lasting: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'sind' : 'ist'} seit ${long} ${state}.`,
    longer: `mehr als ${daysBack} Tagen`,
    atLeast: (long: string) => `mindestens ${long}`,
    notSo: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'sind' : 'ist'} ${state}, seit ${long}.`,
    inTotal: ({ text, plural }: Named, state: string, long: string) =>
      `${text} ${plural ? 'waren' : 'war'} heute ${long} ${state}.`,
    notToday: ({ text, plural }: Named, state: string) =>
      `${text} ${plural ? 'waren' : 'war'} heute nicht ${state}.`,
  },
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The calendar day in the household's zone, to compare. */
const dayOf = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

const whenSaid = (atMs: number, { now, timeZone, words, language }: Context): string => {
  const said = sentences[tongueOf(language)];
  const at = new Date(atMs);
  const ages = [0, 1].map((days) => dayOf(new Date(now().getTime() - days * dayMs), timeZone));
  const day = said.days[ages.indexOf(dayOf(at, timeZone))] ?? said.on(words.date(at, timeZone));
  // The sentence brings its own full stop.
  return said.at(day, words.time(at, timeZone)).replace(/\.$/, '');
};

/** The start of today there: the latest moment at which it was still yesterday, to the minute. */
const midnightMs = ({ now, timeZone }: Context): number => {
  const nowMs = now().getTime();
  const today = dayOf(new Date(nowMs), timeZone);
  let [before, after] = [nowMs - 26 * 3_600_000, nowMs];
  while (after - before > 1000) {
    const middle = (before + after) / 2;
    if (dayOf(new Date(middle), timeZone) === today) after = middle;
    else before = middle;
  }
  return after;
};

/** When it last became so; the first stretch began before the window and does not count. */
const lastTurn = (
  stretches: readonly Stretch[],
  is: (state: string) => boolean,
): number | undefined =>
  stretches.findLast(
    ({ state }, index) => index > 0 && is(state) && !is(stretches[index - 1]?.state ?? ''),
  )?.fromMs;

const notFollowed = ['scene', 'event', 'update'];

const theOne = (phrase: string, condition: Condition | undefined, context: Context) => {
  const home = context.client.home(context.language);
  const able = (entity: Entity) =>
    !notFollowed.includes(entity.domain) &&
    (condition === undefined || isIn(entity, condition) !== undefined);
  const targets = targetsFor({ phrase, home }, able, context);
  return { subject: targets.subject, entity: targets.entities[0] as Entity };
};

const what = z.string().min(1).max(80).describe('Name of one thing.');

/** What a thermostat is doing besides its mode is not in the recorded states. */
const lasting = conditions.filter((one) => one !== 'heating' && one !== 'cooling');

export const when = asking({
  about: 'When something in the home last happened: when a door was opened, a light turned on.',
  says: whenSays,
  input: z.object({
    what,
    did: z.enum(Object.keys({ ...doings, changed: 1, used: 1 }) as [Doing, ...Doing[]]),
  }),
  examples: [
    {
      says: 'when was the front door unlocked',
      input: { what: 'the front door', did: 'unlocked' },
    },
  ],
  run: async ({ what: phrase, did }, context) => {
    const { language, now } = context;
    let condition = did === 'changed' || did === 'used' ? undefined : doings[did];
    let doing: Doing = did;
    let found: { subject: Subject; entity: Entity };
    try {
      found = theOne(phrase, condition, context);
    } catch (error) {
      if (condition !== 'open' && condition !== 'closed') throw error;
      // A door with nothing but a lock: when it was unlocked is what can be told.
      doing = condition === 'open' ? 'unlocked' : 'locked';
      condition = doing;
      found = theOne(phrase, condition, context);
    }
    const { subject, entity } = found;
    const stretches = await recorded(entity, now().getTime() - daysBack * dayMs, context);
    const is = (state: string) =>
      condition === undefined ? true : isIn(entity, condition, state) === true;
    const atMs =
      condition === undefined ? stretches.slice(1).at(-1)?.fromMs : lastTurn(stretches, is);
    const said = sentences[tongueOf(language)];
    const text = capital(subject.text);
    const heard = tongueOf(language) === 'de' ? participles[doing] : doing;
    const say =
      atMs === undefined
        ? said.never({ text, plural: subject.plural }, heard)
        : said.was({ text, plural: subject.plural }, heard, whenSaid(atMs, context));
    return { say, show: { entity: entity.id, at: atMs && new Date(atMs).toISOString() } };
  },
});

/** Milliseconds in the condition since `fromMs`. */
const totalMs = (
  stretches: readonly Stretch[],
  is: (state: string) => boolean,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): number =>
  stretches.reduce((sum, { state, fromMs: begun }, index) => {
    if (!is(state)) return sum;
    const end = stretches[index + 1]?.fromMs ?? toMs;
    return sum + Math.max(0, end - Math.max(begun, fromMs));
  }, 0);

export const howLong = asking({
  about: 'For how long something has been on, open, locked …, or how long it was so today.',
  says: howLongSays,
  input: z.object({ what, is: z.enum(lasting), today: z.boolean().default(false) }),
  examples: [
    { says: 'how long has the heating been on', input: { what: 'the heating', is: 'on' } },
  ],
  run: async ({ what: phrase, is, today }, context) => {
    const { language, now, words } = context;
    const { subject, entity } = theOne(phrase, is, context);
    const said = sentences[tongueOf(language)];
    const text = capital(subject.text);
    const toMs = now().getTime();
    const isSo = (state: string) => isIn(entity, is, state) === true;
    const state = conditionSaid(is, language);
    if (today) {
      const fromMs = midnightMs(context);
      const long = totalMs(await recorded(entity, fromMs, context), isSo, { fromMs, toMs });
      const say =
        long === 0
          ? said.notToday({ text, plural: subject.plural }, state)
          : said.inTotal({ text, plural: subject.plural }, state, words.duration(long));
      return { say, show: { entity: entity.id, ms: long } };
    }
    const sinceMs = toMs - daysBack * dayMs;
    const stretches = await recorded(entity, sinceMs, context);
    const nowSo = isSo(entity.state);
    const begun = lastTurn(stretches, (one) => isSo(one) === nowSo);
    // With no turn in sight, the records tell no more than their own length.
    const first = stretches[0]?.fromMs ?? toMs;
    const long =
      begun !== undefined
        ? words.duration(toMs - begun)
        : first <= sinceMs + 1000
          ? said.longer
          : said.atLeast(words.duration(toMs - first));
    const say = nowSo
      ? said.lasting({ text, plural: subject.plural }, state, long)
      : said.notSo({ text, plural: subject.plural }, stateSaid(entity, language), long);
    return { say, show: { entity: entity.id, since: begun && new Date(begun).toISOString() } };
  },
});
