/** Does a transcript sound finished, and is it only a nod? Pure word lists, English and German. */
import { fillers, openings, type Tongue, tongueOf } from './sentence.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));
const list = (text: string): ReadonlySet<string> => new Set(text.split('|'));

/** Words that promise another one, whatever stands before them. */
const open: Record<Tongue, ReadonlySet<string>> = {
  en: set(
    `a an the my your our their every each whose and or but because if unless until although
    whether while than of between into onto during against among through toward towards upon per
    via beneath beside except besides without uh um er erm hmm would've i'm i'd i'll
    you're we're they're it'll we'll let's to be`,
  ),
  de: set(
    `der dem den des eine einen einem einer eines kein keine keinen meine meinen meinem meiner
    deine deinen deinem deiner seine seinen seinem unsere unseren eure im am vom zum zur beim ins
    ans und oder aber weil dass wenn ob denn sondern damit obwohl für ohne gegen zwischen neben
    hinter seit während wegen von in äh ähm öh`,
  ),
};

/** Open unless the sentence asks with them at its end ("what is this for?"). */
const strandable = set('for from about with at in on by after before as under above behind near');
const particles = set('on off up down in out over back away');
const particleVerbs = set(
  'turn switch put set bring take move roll pull push dim wake pick call hang',
);
const auxiliaries = set(
  `is are was were am will would can could should shall must may might do does did has have had
  isn't don't can't won't doesn't`,
);
const pronouns = set('i you he she it we they that this there who one');
const askers = set('what where who whom which when why how');
const selfContained = list(
  'come in|come on|go on|hold on|move on|log in|come back|go back|shut up|go away|stand by|get out',
);

/** Beginnings that are no sentence yet, although no open word ends them. */
const beginnings: Record<Tongue, ReadonlySet<string>> = {
  en: list(
    'turn|switch|set|put|add|remind|remind me|tell|tell me|show me|give me|i want|i need|' +
      'i would like|what|which|what time|how much|how many|how long|how far|how old|' +
      'who|where|when|could you|can you|would you|will you|can you please|could you please|' +
      'would you please|hey|hey butler|butler|okay butler|okay so|so|well|please|and|oh|' +
      'do you know|do you|is it|is there|are there|if you|i think|i was|i would|it is like|' +
      'what kind of|tell me about',
  ),
  de: list(
    'mach|mache|schalte|schalt|stell|stelle|setz|füge|erinnere|erinnere mich|sag|sag mir|' +
      'zeig mir|gib mir|ich will|ich möchte|ich brauche|ich hätte gern|was|welche|wie|wie viel|' +
      'wie viele|wie lange|wie weit|wie alt|wer|wo|wann|kannst du|könntest du|würdest du|hey|' +
      'hey butler|butler|also|bitte|weißt du|gibt es|ist es|kannst du bitte|' +
      'könntest du bitte|wie spät',
  ),
};

const lastOf = (words: readonly string[], fromEnd = 1): string => words.at(-fromEnd) ?? '';

/** "turn the light on": a particle closes the sentence when something stands before it. */
const englishParticleCloses = (words: readonly string[]): boolean => {
  if (selfContained.has(words.join(' '))) return true;
  const verb = words.findIndex((word) => particleVerbs.has(word));
  if (verb >= 0) return verb < words.length - 2;
  return (
    particles.has(lastOf(words)) &&
    /^(going|come|get|wake|hurry|wind|stand|sit|is|are)$/.test(lastOf(words, 2))
  );
};

const englishOpen = (words: readonly string[], asked: boolean): boolean => {
  const last = lastOf(words);
  const before = lastOf(words, 2);
  const asks = words.some((word) => askers.has(word.replace(/'.*/, '')));
  if (particles.has(last) && englishParticleCloses(words)) return false;
  if (strandable.has(last) || particles.has(last)) return !(asked && asks && words.length > 3);
  if (auxiliaries.has(last)) {
    const short = words.length <= 3 && !asks;
    return !(pronouns.has(before) && (short || (asks && !askers.has(before) && words.length > 3)));
  }
  if (last === 'so') return !/^(think|hope|guess|believe|say)$/.test(before);
  if (last === 'that') return /^(say|says|think|know|sure|hope|so)$/.test(before);
  if (askers.has(last) && words.length > 2) return /^(know|tell|ask|is|and|wonder)$/.test(before);
  const counts =
    /^(\d+|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty)$/;
  return counts.test(last) && words.some((word) => /^(timer|countdown)$/.test(word));
};

const germanPrefixes = set('an aus auf ab zu mit vor ein nach um über durch bei unter');
const germanWithObject =
  /^(mach|schalt|dreh|nimm|schließ|fahr|zieh|steck|knips|sperr)(e|en|t|st)?$/;
const germanWithoutObject = /^(hör|komm|lies|fang|ruf|geh|pass|halt|wach|steh)(e|en|t|st)?$/;
const germanAuxiliaries = set(
  `ist sind war waren hat habe haben wird werden kann können soll sollen muss müssen will wollen
  möchte würde darf`,
);
const germanPronouns = set('ich du er sie es wir ihr man das');
const germanAskers = set('was wer wo wie wann warum welche welcher welches ob dass weil wenn');

const germanOpen = (words: readonly string[]): boolean => {
  const last = lastOf(words);
  const before = lastOf(words, 2);
  if (germanPrefixes.has(last)) {
    const verb = words.find((w) => germanWithObject.test(w) || germanWithoutObject.test(w));
    // "ein" is an article as well: only these two verbs make it the end.
    const sets = words.some((word) => /^(stell|schalt)e?$/.test(word));
    if (last === 'ein') return !(sets && words.length > 2);
    if (!verb) return true;
    return !(words.length > 2 || germanWithoutObject.test(verb));
  }
  if (germanAuxiliaries.has(last)) {
    const subordinate = words.slice(0, -2).some((word) => germanAskers.has(word));
    return !(subordinate && (germanPronouns.has(before) || words.length > 4));
  }
  if (/^(die|das|mein|dein|sein|unser|euer)$/.test(last)) {
    const named =
      last === 'das' &&
      /^(ist|war|mach|mache|heißt|bedeutet|kostet|geht|lass|kann|stimmt)$/.test(before);
    const verb = last === 'sein' && words.some((word) => /^(kann|wird|muss|soll|darf)$/.test(word));
    return !(named || verb);
  }
  if (last === 'als' || last === 'bis') return true;
  const counts =
    /^(\d+|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|fünfzehn|zwanzig|dreißig)$/;
  return counts.test(last) && words.some((word) => word.endsWith('timer'));
};

const plainWords = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/[-‐‑–—/]/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}']+|[^\p{L}\p{N}']+$/gu, ''))
    .filter((word) => word !== '');

/** Only the end decides; a long dictation need not be walked. */
const tailLength = 400;

/**
 * Does the transcript look like a finished sentence? Endpointing waits longer where it does not.
 * @param language BCP 47.
 */
export const looksComplete = (text: string, language = 'en'): boolean => {
  const tail = text.slice(-tailLength).trim();
  if (tail === '' || /([,:;–—-]|\.{2,}|…)$/.test(tail)) return false;
  const words = plainWords(tail);
  const tongue = tongueOf(language);
  if (words.length === 0 || open[tongue].has(lastOf(words))) return false;
  const line = words.join(' ').replace(/\bi'd\b/g, 'i would');
  if (beginnings[tongue].has(line)) return text.trim().endsWith('?') && askers.has(line);
  if (openings[tongue].some((phrase) => phrase.length > 1 && phrase.join(' ') === line)) {
    return /^(thank you|all right|vielen dank)$/.test(line);
  }
  return tongue === 'de' ? !germanOpen(words) : !englishOpen(words, tail.endsWith('?'));
};

const nods: Record<Tongue, ReadonlySet<string>> = {
  en: list(
    'mm|mhm|mm hm|mm hmm|hm|hmm|uh huh|aha|ah|oh|ooh|yeah|yes|yep|yup|okay|ok|right|sure|' +
      'i see|got it|thanks|thank you|thank you very much|thanks a lot|cool|nice|great|good|' +
      'alright|all right|exactly|of course|i understand|makes sense|that makes sense|wow|' +
      'interesting|really|oh really|true|fine|very good|very nice|lovely|perfect|wonderful|' +
      'awesome|indeed|absolutely|oh nice|um|uh|er|huh',
  ),
  de: list(
    'mhm|mm|hm|hmm|aha|ach|ach so|achso|ah|oh|ja|jo|joa|jawohl|genau|okay|ok|gut|sehr gut|' +
      'alles klar|verstehe|ich verstehe|verstanden|danke|danke schön|dankeschön|vielen dank|' +
      'stimmt|richtig|klar|super|schön|prima|toll|interessant|wirklich|echt|na gut|eben|äh|ähm',
  ),
};

const nodWordsMax = 4;

/**
 * Only words that say "I am listening"? They do not stop Butler; "stop", "no" and "wait" do.
 * An empty text is no nod.
 */
export const isBackchannel = (text: string, language = 'en'): boolean => {
  if (text.length > 120) return false;
  const tongue = tongueOf(language);
  const words = plainWords(text).filter((word) => word !== 'butler');
  if (words.length === 0) return false;
  for (let at = 0; at < words.length; ) {
    let length = Math.min(nodWordsMax, words.length - at);
    while (length > 0 && !nods[tongue].has(words.slice(at, at + length).join(' '))) length--;
    if (length === 0) {
      if (!fillers[tongue].has(words[at] ?? '')) return false;
      length = 1;
    }
    at += length;
  }
  // "please" alone is a request, not a nod.
  return words.some((word) => word !== 'please' && word !== 'bitte');
};
