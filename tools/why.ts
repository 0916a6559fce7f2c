/** Why Butler did what it did: told from what was written down, and from nothing else. */
import { z } from 'zod';
import type { RecordedDeed } from './core/deeds-port.ts';
import { integration, type ToolContext } from './core/define.ts';
import { doneSays, whySays } from './why.says.ts';
import { deedOf, isAbout, joined, namesSomething, reasonOf } from './why.telling.ts';
import { guestsKeepNothing, whyWords } from './why.words.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** Older than this, the time of day is said with it. */
const lateMs = 10 * 60_000;
const looksBack = 100;
const toldMax = 3;

type Context = ToolContext<undefined>;

const deedsSince = ({ deeds, caller, now, language }: Context, ms: number) =>
  deeds.of(caller.personId, {
    ...{ since: new Date(now().getTime() - ms), limit: looksBack, language },
  });

/** What was done, or else what was not: refused, failed, or asked about and never answered. */
const isDone = ({ ok, verdict }: RecordedDeed): boolean => ok && verdict === 'run';

const timed = (deed: RecordedDeed, text: string, context: Context): string => {
  const { language, now, timeZone, words } = context;
  if (now().getTime() - deed.at.getTime() < lateMs) return text;
  return whyWords(language).at(words.time(deed.at, timeZone), text);
};

/** For a screen and the mind: no inputs, those may be long. */
const shown = ({ at, tool, path, said, say, ok, verified }: RecordedDeed) => ({
  ...{ at: at.toISOString(), tool, path, said, say, ok, verified },
});

const holdsOutside = (deeds: readonly RecordedDeed[]): boolean =>
  deeds.some(({ outside, tainted }) => outside || tainted);

const answer = (say: string, deeds: readonly RecordedDeed[]) => ({
  ...{ say, show: deeds.map(shown) },
  ...(holdsOutside(deeds) && { outside: true }),
});

const why = async (
  { what, not }: { what?: string | undefined; not?: boolean | undefined },
  context: Context,
) => {
  const words = whyWords(context.language);
  const all = await deedsSince(context, dayMs);
  const wanted = all.filter((deed) => isDone(deed) !== (not === true));
  const deed = wanted.find((one) => isAbout(one, what));
  if (deed) return answer(timed(deed, reasonOf(deed, context.language), context), [deed]);
  // What is older than these was not looked at: nothing is said of it.
  if (all.length === looksBack) return answer(words.notAmong(looksBack), []);
  const [last] = wanted;
  if (last && what !== undefined && namesSomething(what)) {
    const text = words.notThat(what, timed(last, deedOf(last), context));
    return answer(joined([text]), [last]);
  }
  if (not) return answer(words.nothingRefused, []);
  return answer(namesSomething(what) ? words.nothingAtAll(what ?? '') : words.nothing, []);
};

const done = async (context: Context) => {
  const words = whyWords(context.language);
  const since = await deedsSince(context, dayMs);
  const all = since.filter(isDone);
  const recent = all.filter(({ at }) => context.now().getTime() - at.getTime() < hourMs);
  // Nothing in the last hour: then the last thing of the day.
  const told = recent.length > 0 ? recent.slice(0, toldMax) : all.slice(0, 1);
  if (told.length === 0) {
    return answer(since.length === looksBack ? words.notAmong(looksBack) : words.nothing, []);
  }
  const more = recent.length - told.length;
  const said = told.map((deed) => timed(deed, deedOf(deed), context));
  return answer(joined([...said, ...(more > 0 ? [words.more(more)] : [])]), told);
};

const own = {
  effect: 'read',
  role: 'child',
  belowRole: guestsKeepNothing,
  confirm: 'if-unsure',
} as const;

export default integration({
  name: 'why',
  about: 'What Butler did for a person, and why: from its own records.',
  doing: {
    read: { en: 'looking back at what I did', de: 'sehe nach, was ich getan habe' },
  },
}).tools({
  reason: {
    ...own,
    about:
      'Why you did something for this person, or did not: from your own records. Use it for ' +
      'every "why did you …" about something done; never give a reason of your own making.',
    input: z.object({
      what: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .describe('The thing it was done to, such as "kitchen light". Unset: the last deed.'),
      not: z.boolean().optional().describe('Why something was not done.'),
    }),
    says: whySays,
    examples: [
      { says: 'why did you do that', input: {} },
      { says: 'why did you turn off the kitchen light', input: { what: 'the kitchen light' } },
      { says: 'warum hast du das gemacht', input: {}, language: 'de' },
    ],
    run: why,
  },
  done: {
    ...own,
    about: 'What you did for this person lately: changes only, from your own records.',
    input: z.object({}),
    says: doneSays,
    examples: [
      { says: 'what did you just do', input: {} },
      { says: 'was hast du gerade gemacht', input: {}, language: 'de' },
    ],
    run: (_, context) => done(context),
  },
});
