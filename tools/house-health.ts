/** Whether the house itself works: its parts and services, what is down now and what was. */
import { z } from 'zod';
import { integration, type ToolContext } from './core/define.ts';
import { pastSays, stateSays } from './house-health.says.ts';
import { capital, healthWords, partName } from './house-health.words.ts';

type Context = ToolContext<undefined>;

const toldMax = 3;
const dayMs = 86_400_000;

const named = (context: Context, parts: readonly { name: string }[]): string =>
  context.words.list(parts.map(({ name }) => partName(name, context.language)));

const isSameDay = (one: Date, other: Date, timeZone: string): boolean => {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone });
  return day.format(one) === day.format(other);
};

/** The time alone where that is of today, else with its day. */
const when = (at: Date, { now, words, timeZone }: Context): string => {
  const time = words.time(at, timeZone);
  return isSameDay(at, now(), timeZone) ? time : `${words.date(at, timeZone)}, ${time}`;
};

const tellState = async (context: Context) => {
  const { health, language } = context;
  const said = healthWords(language);
  const parts = health.parts();
  if (parts.length === 0) return { say: said.unknown };
  const failing = parts.filter(({ state }) => state === 'failed');
  const down = failing.filter((part) => part.down);
  const shaky = failing.filter((part) => !part.down);
  const starting = parts.filter(({ state }) => state === 'starting');
  const show = parts.map(({ since, ...part }) => ({ ...part, since: since.toISOString() }));
  if (failing.length + starting.length === 0) return { say: said.well(parts.length), show };
  const told = down.slice(0, toldMax).map(({ name, since }) => {
    const sentence = said.down(partName(name, language), when(since, context));
    return capital(sentence);
  });
  const more = down.length - told.length;
  const sentences = [
    ...told,
    ...(more > 0 ? [said.more(more)] : []),
    // All of them: the rest is said to work.
    ...(shaky.length > 0 ? [said.shaky(named(context, shaky))] : []),
    ...(starting.length > 0
      ? [capital(said.starting(named(context, starting), starting.length > 1))]
      : []),
    ...(parts.length > failing.length + starting.length ? [said.restWell] : []),
  ];
  return { say: sentences.join(' '), show };
};

/** Midnight of this day in the household's zone, near enough where a clock changes that day. */
const midnight = ({ now, timeZone }: Context): number => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(now()).split(':').map(Number);
  return now().getTime() - ((hours * 60 + minutes) * 60 + seconds) * 1000;
};

const tellPast = async ({ day }: { day: 'today' | 'yesterday' | 'week' }, context: Context) => {
  const { health, language, words, now } = context;
  const said = healthWords(language);
  const today = midnight(context);
  const fromMs = { today, yesterday: today - dayMs, week: now().getTime() - 7 * dayMs }[day];
  const toMs = day === 'yesterday' ? today : Number.POSITIVE_INFINITY;
  const past = health
    .incidentsSince(new Date(fromMs))
    .filter(({ openedAt }) => openedAt.getTime() < toMs);
  // Before the first look it is not known either what was down before.
  if (past.length === 0 && health.parts().length === 0) return { say: said.unknown };
  if (past.length === 0) return { say: said.quiet(said.days[day]) };
  const latest = past.toReversed();
  const told = latest.slice(0, toldMax).map(({ part, openedAt, closedAt }) => {
    const name = capital(partName(part, language));
    const began = when(openedAt, context);
    if (!closedAt) return said.still(name, began);
    return said.was(name, began, words.duration(closedAt.getTime() - openedAt.getTime()));
  });
  const more = latest.length - told.length;
  const say = [...told, ...(more > 0 ? [said.more(more)] : [])].join(' ');
  const show = latest.map(({ part, openedAt, closedAt }) => ({
    ...{ part, openedAt: openedAt.toISOString() },
    closedAt: closedAt?.toISOString() ?? null,
  }));
  return { say, show };
};

const own = { effect: 'read', role: 'adult', confirm: 'never' } as const;

export default integration({
  name: 'house-health',
  about: 'Whether Butler itself works: its parts and the services it uses, now and lately.',
  doing: {
    read: { en: 'checking how the house is', de: 'sehe nach, wie es dem Haus geht' },
  },
}).tools({
  state: {
    ...own,
    about:
      'Whether all parts of Butler and all services it uses work now, and which do not. For the ' +
      'system itself, not for lights, doors or the weather.',
    input: z.object({}),
    says: stateSays,
    examples: [
      { says: 'are all services up', input: {} },
      { says: 'laufen alle dienste', input: {}, language: 'de' },
    ],
    run: (_, context) => tellState(context),
  },
  past: {
    ...own,
    about: 'Which parts of Butler or services were down, and for how long, within a week.',
    input: z.object({
      day: z.enum(['today', 'yesterday', 'week']).default('today').describe('Of which days.'),
    }),
    says: pastSays,
    examples: [
      { says: 'what was down today', input: { day: 'today' } },
      { says: 'was ist gestern ausgefallen', input: { day: 'yesterday' }, language: 'de' },
    ],
    run: tellPast,
  },
});
