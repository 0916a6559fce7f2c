/** Which of a person's words may tell something about them; only those cost a question. Pure. */
import { holdsSecret } from './secrets.ts';

/** Why a mind is not asked about an utterance. */
export type Passed = 'short' | 'question' | 'order' | 'small-talk' | 'impersonal' | 'secret';

const start =
  '^(?:(?:hey|hi|hello|okay|ok|butler|please|and|so|well|also|now|then|hallo|bitte|und|' +
  'also|dann|jetzt|na)[, ]+)*';

const question = new RegExp(
  `${start}(?:what|who|whose|which|when|where|why|how|is|are|was|were|am|do|does|did|can|could|` +
    'would|will|shall|should|may|have you|has|did|was|wer|wessen|welche[rsnm]?|wann|wo|wohin|' +
    'warum|wieso|wie|ist|sind|war|bin|hat|hast|habt|kann|kannst|könntest|könnte|würdest|soll|' +
    'sollte|darf|gibt|weißt|erinnerst)(?!\\p{L})',
  'iu',
);

const order = new RegExp(
  `${start}(?:turn|switch|set|play|stop|pause|resume|open|close|shut|lock|unlock|dim|` +
    `start|cancel|` +
    'add|remove|delete|remind|remember|note|keep in mind|forget|do not forget|don.t forget|call|' +
    'send|text|read|find|search|look|tell|show|give|make|let|put|take|bring|order|book|wake|' +
    'explain|say|write|translate|count|list|skip|raise|lower|mute|ask|check|go|come|be|' +
    'i (?:want|need|would like|want to|wish) you\\b|i.d like you\\b|' +
    'i (?:want|would like|.d like) to (?:hear|listen|watch|know|see)\\b|i need (?:a|the) ' +
    'timer\\b|' +
    'mach|mache|schalt|schalte|stell|stelle|spiel|spiele|stopp|öffne|schließ|schließe|sag|zeig|' +
    'gib|füg|füge|erinnere|erinner|merk|merke|notier|notiere|vergiss|ruf|schick|schicke|lies|' +
    'such|suche|starte|lösch|lösche|weck|wecke|erklär|erkläre|schreib|schreibe|denk|behalt|' +
    'behalte|ich (?:will|möchte),? dass du|fahr|fahre|dreh|lass)(?!\\p{L})',
  'iu',
);

/** What is to be forgotten is not learned from the very words that ask for it. */
const forgetting = new RegExp(
  '(?<!\\p{L})(?:you (?:can|may|could|should|must) (?:please |just )*forget|' +
    '(?:do not|don.t) want you to (?:know|remember|keep)|no longer remember|vergiss|' +
    'du (?:kannst|darfst|sollst) .*vergessen)(?!\\p{L})',
  'iu',
);

const smallTalk = new RegExp(
  `${start}(?:thank you|thanks|good (?:morning|evening|night|day|afternoon)|hello|hi|bye|goodbye|` +
    'see you|never mind|nothing|yes|no|yeah|nope|okay|right|great|nice|cool|sorry|excuse me|' +
    'i (?:see|know|guess so|think so|do not know|don.t know|am back|.m back|love you|said)\\b|' +
    'i (?:am|.m) (?:fine|good|okay|sorry|here|back|home)|' +
    'danke|guten (?:morgen|abend|tag)|gute nacht|tschüss|schon gut|egal|ja|nein|doch|super|' +
    'toll|entschuldigung|ich weiß|mir geht es gut)(?:[ ,]+(?:very much|so much|butler|then|' +
    'schön|sehr|dann|nicht|it|that|das))*[.! ]*$',
  'iu',
);

/** Words by which somebody speaks of themselves or of theirs. */
const personal = new RegExp(
  "(?<!\\p{L})(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself|we|our|us|ich|mir|mich|mein\\p{L}*|wir|" +
    'uns\\p{L}*)(?!\\p{L})',
  'iu',
);

/** Fewer words than this tell nothing that could be understood later. */
const wordsMin = 4;

const sentencesOf = (text: string): string[] =>
  (text.replace(/\s+/g, ' ').match(/[^.!?…]+(?:\.(?=\S)[^.!?…]+)*[.!?…]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');

const passedFor = (sentence: string): Passed | undefined => {
  if (sentence.endsWith('?') || question.test(sentence)) return 'question';
  if (order.test(sentence) || forgetting.test(sentence)) return 'order';
  if (smallTalk.test(sentence)) return 'small-talk';
  if (sentence.split(' ').length < wordsMin) return 'short';
  if (holdsSecret(sentence)) return 'secret';
  return personal.test(sentence) ? undefined : 'impersonal';
};

/**
 * @returns the sentences that may tell something, in their order, or why there are none.
 */
export const worthAsking = (said: string): { statements: string } | { passed: Passed } => {
  const sentences = sentencesOf(said).map((sentence) => ({
    sentence,
    passed: passedFor(sentence),
  }));
  const isPersonal = sentences.some(({ passed }) => passed === undefined);
  // "Ida comes on Wednesdays" tells something beside a sentence about oneself.
  const kept = sentences.filter(({ passed }) => passed === undefined || passed === 'impersonal');
  if (isPersonal) return { statements: kept.map(({ sentence }) => sentence).join(' ') };
  return { passed: sentences.find(({ passed }) => passed)?.passed ?? 'short' };
};
