/** Of whom a clause of a person's words speaks: of them, of theirs, of somebody else. Pure. */

/** `self`: of the person. `relation`: of somebody of theirs. `other`: of somebody else. */
export type Owner = 'self' | 'relation' | 'other';

export interface Clause {
  text: string;
  owner: Owner | undefined;
  /** "brother": must be in a fact that speaks of them. */
  relation?: string;
}

const relations =
  'brothers?|sisters?|mother|mum|mom|father|dad|parents?|son|sons|daughters?|child|' +
  'children|kids?|' +
  'wife|husband|partner|girlfriend|boyfriend|fiancée?|friends?|neighbou?rs?|colleagues?|boss|' +
  'aunt|uncle|cousins?|grandmother|grandma|grandfather|grandpa|nephews?|nieces?|roommate|' +
  'flatmate|dogs?|cats?|teacher|doctor|dentist|' +
  'bruder|brüder|schwester|schwestern|mutter|mama|vater|papa|eltern|sohn|söhne|tochter|töchter|' +
  'kind|kinder|frau|mann|freund|freundin|freunde|nachbarn?|nachbarin|kollegen?|kollegin|chefin|' +
  'chef|tante|onkel|cousine?|oma|opa|neffe|nichte|hund|katze|lehrerin|lehrer|ärztin|arzt';

const self = /^(?:i|i['’](?:m|ve|d|ll)|me|myself|we|we['’](?:re|ve|ll)|us|ich|mir|mich|wir|uns)$/i;
const own = /^(?:my|mine|our|ours|mein\p{L}*|unse?r\p{L}*)$/iu;
const third = /^(?:he|she|they|his|her|their|him|them|he['’]s|she['’]s|er|ihm|ihn|ihre?[nrsm]?)$/i;
const relation = new RegExp(`^(?:${relations})$`, 'iu');
/** Capitals that name nobody, at the beginning of a clause or within it. */
const notNames = new RegExp(
  '^(?:a|an|the|this|that|these|those|it|there|here|every|each|all|some|in|on|at|by|with|' +
    'after|before|since|for|from|yesterday|today|tomorrow|now|actually|usually|always|' +
    'sometimes|lately|recently|to|when|if|but|and|or|so|also|no|not|well|(?:mon|tues|wednes|' +
    'thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|' +
    'october|november|december)$',
  'i',
);

/** A relative is no longer "theirs" when so many words stand between. */
const relationWithinWords = 3;

const ownerOf = (text: string, isGerman: boolean): Omit<Clause, 'text'> => {
  const words = text.match(/[\p{L}\p{N}'’]+/gu) ?? [];
  for (const [at, word] of words.entries()) {
    if (self.test(word)) return { owner: 'self' };
    if (own.test(word)) {
      const near = words.slice(at + 1, at + 1 + relationWithinWords);
      const found = near.find((one) => relation.test(one.replace(/['’]s$/, '')));
      return found
        ? { owner: 'relation', relation: found.toLowerCase().replace(/['’]s$/, '') }
        : { owner: 'self' };
    }
    if (third.test(word)) return { owner: 'other' };
    const isName = !isGerman && /^\p{Lu}\p{Ll}+/u.test(word) && !notNames.test(word);
    if (isName) return { owner: 'other' };
  }
  return { owner: undefined };
};

const clauseEnd = new RegExp(
  '[,;:—–]|\\s-\\s|(?<!\\p{L})(?:and|but|because|while|that|who|und|aber|weil|während|dass|' +
    'sondern)(?!\\p{L})',
  'iu',
);

/** A clause without a subject of its own goes on with the one before it in its sentence. */
export const clausesOf = (statements: string, language: string): Clause[] => {
  const isGerman = language.toLowerCase().startsWith('de');
  return (statements.match(/[^.!?…]+/g) ?? []).flatMap((sentence) => {
    let before: Omit<Clause, 'text'> = { owner: undefined };
    return sentence
      .split(clauseEnd)
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => {
        const found = ownerOf(text, isGerman);
        if (found.owner) before = found;
        return { text, ...before };
      });
  });
};
