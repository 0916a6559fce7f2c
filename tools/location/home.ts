/** Who is home: what the sources say of those whom the person may know of. */
import { personFor } from './names.ts';
import { type Context, type Household, householdOf, type Whereabouts } from './people.ts';
import { type Known, knownOf } from './presence.ts';
import { momentSaid } from './spoken.ts';
import { locationWords } from './words.ts';

export interface HomeQuestion {
  person?: string | undefined;
  ask: 'who' | 'anyone' | 'everyone' | 'empty';
}

interface Row {
  who: Whereabouts;
  known: Known;
}

interface Sorted {
  home: Row[];
  away: Row[];
  /** Heard of once, but not for long. */
  lost: Row[];
  /** Heard of now, but too inexactly. */
  unsure: Row[];
  /** There are people of whom nothing can be said, for whatever reason. */
  hasOthers: boolean;
}

const sorted = (household: Household, nowMs: number): Sorted => {
  const rows = household.people
    .filter(({ level }) => level !== 'nothing')
    .map((who) => ({ who, known: knownOf(who, household, nowMs) }))
    .toSorted((a, b) => Number(b.who.isCaller) - Number(a.who.isCaller));
  const unknown = rows.filter(({ known }) => known.presence === 'unknown');
  const spoken = rows.filter(({ known }) => known.atMs !== undefined);
  const members = household.people.filter(({ housemate }) => housemate?.role !== 'guest');
  return {
    home: rows.filter(({ known }) => known.presence === 'home'),
    away: rows.filter(({ known }) => known.presence === 'away'),
    lost: unknown.filter(({ known }) => known.stale && known.atMs !== undefined),
    unsure: unknown.filter(({ known }) => !known.stale),
    hasOthers: members.length > spoken.filter(({ who }) => members.includes(who)).length,
  };
};

const namedMax = 6;

const namesOf = (rows: readonly Row[], { words, language }: Context): string => {
  const said = locationWords(language);
  const names = rows.map(({ who }) => (who.isCaller ? said.you : who.name));
  const shown = names.slice(0, namedMax);
  const rest = names.length - shown.length;
  const list = words.list(rest > 0 ? [...shown, said.more(rest)] : shown);
  return list.charAt(0).toUpperCase() + list.slice(1);
};

const sayMax = 300;

/** As many of the sentences, from the first, as are heard at once. */
const joined = (sentences: readonly string[]): string =>
  sentences.reduce((all, one) => {
    const more = all === '' ? one : `${all} ${one}`;
    return more.length <= sayMax ? more : all;
  }, '');

const hasCaller = (rows: readonly Row[]): boolean => rows.some(({ who }) => who.isCaller);

const answerTo = (ask: HomeQuestion['ask'], found: Sorted, context: Context): string => {
  const { home, away, lost, unsure, hasOthers } = found;
  const said = locationWords(context.language);
  const names = (rows: readonly Row[]) => namesOf(rows, context);
  const isHome = home.length > 0 && said.home(names(home), home.length, hasCaller(home));
  const isAway = away.length > 0 && said.away(names(away), away.length, hasCaller(away));
  const notes = [
    ...lost.map(({ who, known }) => said.lost(who.name, momentSaid(known.atMs ?? 0, context))),
    ...(unsure.length > 0
      ? [said.unsure(context.words.list(unsure.map(({ who }) => who.name)))]
      : []),
  ];
  const others = hasOthers ? [said.others] : [];
  if (!isHome) return joined([said.nobodyHome, ...(isAway ? [isAway] : []), ...notes, ...others]);
  if (ask === 'everyone') {
    const all = joined([isHome, ...notes, ...others]);
    if (isAway) return said.no(joined([isAway, isHome, ...notes]));
    return notes.length + others.length === 0 ? said.yes(all) : all;
  }
  const whole = joined([isHome, ...(isAway ? [isAway] : []), ...notes]);
  if (ask === 'anyone') return said.yes(whole);
  return ask === 'empty' ? said.no(whole) : whole;
};

const showOf = ({ home, away, lost, unsure }: Sorted) => ({
  home: home.map(({ who }) => who.name),
  away: away.map(({ who }) => who.name),
  ...(lost.length > 0 && {
    lastHeard: lost.map(({ who, known }) => ({
      name: who.name,
      at: new Date(known.atMs ?? 0).toISOString(),
    })),
  }),
  ...(unsure.length > 0 && { unsure: unsure.map(({ who }) => who.name) }),
});

/** One person: yes, no, or that it cannot be said, which tells nothing of why. */
const one = (heard: string, household: Household, context: Context) => {
  const said = locationWords(context.language);
  const who = personFor(heard, household, context);
  const nothing = who.isCaller ? said.nothingOfYou : said.secret(who);
  const hidden = { say: nothing, show: { name: who.name, presence: 'unknown' } };
  if (who.level === 'nothing') return hidden;
  const known = knownOf(who, household, context.now().getTime());
  const { presence, atMs, stale } = known;
  if (presence === 'unknown' && atMs === undefined) return hidden;
  const show = { name: who.name, presence, ...(atMs && { at: new Date(atMs).toISOString() }) };
  if (presence === 'home') return { say: said.yes(said.isHome(who)), show };
  if (presence === 'away') return { say: said.no(said.isAway(who)), show };
  if (stale && atMs) return { say: said.lost(who.name, momentSaid(atMs, context)), show };
  return { say: household.home ? said.unsure(who.name) : said.noHome, show };
};

export const whoIsHome = async ({ person, ask }: HomeQuestion, context: Context) => {
  const household = await householdOf(context);
  if (person !== undefined) return one(person, household, context);
  const said = locationWords(context.language);
  const found = sorted(household, context.now().getTime());
  const { home, away, lost, unsure } = found;
  const show = showOf(found);
  if (home.length + away.length + lost.length > 0) {
    return { say: answerTo(ask, found, context), show };
  }
  if (unsure.length > 0 && !household.home) return { say: said.noHome, show };
  if (unsure.length > 0) return { say: answerTo(ask, found, context), show };
  return { say: household.trouble ?? said.nobodyKnown, show };
};
