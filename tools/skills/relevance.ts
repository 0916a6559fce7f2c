/** Which skill a sentence asks for, by its words, in English and German. Pure. */
import { stemmer } from 'stemmer';
import type { Skill } from './file.ts';

/** Words of every sentence, and of every command in a house: they tell little of a purpose. */
const empty = new Set(
  `a about all am an and any are as at be been but by can could did do does for from had has have
  he her him his how i if in into is it its just let like me my no not now of off on or our out
  please she should so some than that the their them then there they this to too up us was we were
  what when where which who why will with would you your going get make want need put im lets okay
  hey butler ready everything help still
  aber alle alles als am an auch auf aus bei beim bin bist da das dass dein dem den denn der des die
  dir du ein eine einen einem einer er es fur furs gerade gibt hat habe haben hast ich ihr im in ist
  ja jetzt kann kein keine mach machen mal mein meine meinen meiner meinem mich mir mit nach nicht
  noch kannst konnt konnte wurde soll sollte muss musst mussen mocht mochte mochten will wollen
  willst lass helfen gehen oder sein sich sie sind so uber um und uns unser unsere unseren unserer
  vom von vor wann war warum was welche wenn wer wie wir wird wo zu zum zur hilf bitte doch
  stell bereit`.split(/\s+/),
);
const ordinary = new Set(
  `light lamp turn switch set play stop music song radio timer minute hour door window kitchen room
  living bedroom bathroom hall garden house home heating temperature warm cold weather rain today
  tomorrow tonight morning evening afternoon night day week monday tuesday wednesday thursday friday
  saturday sunday time list add remove buy call remind tell know good open close lock volume loud
  quiet start last next long much many people new old man woman first big
  licht lampe schalt spiel musik lied minut stund tur fenster kuch wohnzimm schlafzimm bad flur
  gart haus heiz warm kalt wett regn heut morg abend nachmittag vormittag nacht tag woch montag
  dienstag mittwoch donnerstag freitag samstag sonntag zeit uhr list kauf ruf sag weiss gut offn
  schliess lauter leis nachst letzt lang viel leut neu alt erst gross`.split(/\s+/),
);

/** With these a subject is a wish: "help us with the luggage", "wir brauchen eine Packliste". */
const wishes = new Set(
  `help ready prepare start begin let lets set want need needs should please organise organize mode
  over finished ended back go going off heading about put
  hilf hilfe bereit bereite fertig start starte starten starten gleich jetzt brauchen brauche lass
  will wollen mochte mochten soll sollen muss mussen bitte mach richte vorbei ende aus ab leg
  legen`.split(/\s+/),
);

const plain = (word: string): string =>
  word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');

/** Porter's stem, then the endings of German, so that "Reisen" and "Reise" are one. */
const termOf = (word: string): string => {
  const stem = /^[a-z]{3,}$/.test(word) ? stemmer(word) : word;
  return stem.replace(/(?<=\p{L}{3})(?:en|er|em|es|e|n)$/u, '');
};

/** The terms of a text, each once; words that say nothing are left out. */
const termsOf = (text: string): string[] => {
  const words = plain(text.toLowerCase()).match(/[\p{L}\p{N}]+(?:['’]\p{L}+)?/gu) ?? [];
  const bare = words.map((word) => word.replace(/['’].*$/u, ''));
  return [...new Set(bare.filter((word) => !empty.has(word) && !wishes.has(word)).map(termOf))];
};

interface Subject {
  /** By term: how much this skill is about it. */
  strengths: ReadonlyMap<string, number>;
  /** Words that are a whole sentence of it: "Kinoabend", "it's bedtime". */
  enough: ReadonlySet<string>;
}

const ordinaryTerms = new Set([...ordinary].map(termOf));
const ordinaryWeight = 0.25;
/** What no skill knows speaks for another subject. */
const unknownWeight = 0.4;
const strength = { often: 1, once: 0.7 };

/** In a longer sentence it may be the words that say nothing by themselves that make it a wish. */
const shortWords = 3;

const subjectOf = ({ name, when }: Skill): Subject => {
  const counts = new Map<string, number>();
  const sentences = [...when.en, ...when.de].map(termsOf);
  for (const term of [termsOf(name), ...sentences].flat()) {
    counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const short = [...when.en, ...when.de].filter((said) => said.split(' ').length <= shortWords);
  const alone = short
    .map(termsOf)
    .filter(({ length }) => length === 1)
    .flat();
  const strengths = [...counts].map(([term, count]): [string, number] => {
    return [term, count > 1 || ordinaryTerms.has(term) ? strength.often : strength.once];
  });
  return { strengths: new Map(strengths), enough: new Set(alone) };
};

/** Inverse document frequency over the skills, with the words of every household pressed down. */
const telling = (term: string, all: readonly Subject[]): number => {
  if (ordinaryTerms.has(term)) return ordinaryWeight;
  const skillsWithIt = all.filter(({ strengths }) => strengths.has(term)).length;
  return skillsWithIt === 0 ? unknownWeight : 1 / skillsWithIt;
};

const isWish = (said: string): boolean =>
  (plain(said.toLowerCase()).match(/[\p{L}]+/gu) ?? []).some((word) => wishes.has(word));

const leastMatched = 1.1;
const leastWished = 0.65;
const leastCoverage = 0.5;

/** Of the words that tell something, how many are the skill's: 1 is all of them. */
const coverage = (
  terms: readonly string[],
  own: Subject,
  { all, least }: { all: readonly Subject[]; least: number },
): number => {
  let [matched, whole] = [0, 0];
  for (const term of terms) {
    const weight = telling(term, all);
    whole += weight;
    matched += weight * (own.strengths.get(term) ?? 0);
  }
  // A subject alone ("who made that film") is no purpose.
  const isPurpose = matched >= least || terms.some((term) => own.enough.has(term));
  return isPurpose ? matched / whole : 0;
};

/** @returns the skills that the sentence asks for, the most relevant first; mostly none. */
export const relevantSkills = (
  said: string,
  skills: readonly Skill[],
  limit: number,
): { skill: Skill; score: number }[] => {
  const terms = termsOf(said);
  if (terms.length === 0) return [];
  const all = skills.map(subjectOf);
  const least = isWish(said) ? leastWished : leastMatched;
  return skills
    .flatMap((skill, at) => {
      const own = all[at];
      return own ? [{ skill, score: coverage(terms, own, { all, least }) }] : [];
    })
    .filter(({ score }) => score >= leastCoverage)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit);
};
