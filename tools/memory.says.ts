/** What people say to have something remembered, recalled, forgotten, or said differently. */

export const rememberSays = {
  en: ['(remember|keep in mind|do not forget) that {fact}', 'remember {fact}'],
  de: [
    '(merk|merke) dir [dass] {fact}',
    '(behalt|behalte) im Kopf [dass] {fact}',
    'vergiss nicht [dass] {fact}',
    'denk daran [dass] {fact}',
  ],
};

export const recallSays = {
  en: [
    'what do you know about (me|us)',
    'what have you (learned|learnt|remembered) about me',
    'what do you remember [about me]',
    'tell me what you know about me',
    'what do you know about my {about}',
    'what do you remember about my {about}',
  ],
  de: [
    'was weißt du über mich',
    'was hast du dir [über mich] gemerkt',
    'erzähl mir was du über mich weißt',
    'was weißt du über (mein|meine|meinen) {about}',
  ],
};

const days =
  '[gestern {when=yesterday}|heute {when=today}|letzte Woche {when=last_week}|' +
  'diese Woche {when=this_week}|diesen Monat {when=this_month}]';

export const conversationSays = {
  en: [
    'what did I (ask|say|tell) [you] [{when}] about {query}',
    'what did I (ask|say|tell) [you] about {query} {when}',
    'what did we talk about {when}',
    'what have we talked about {when}',
    'when did I [last] (ask|talk|tell) [you] about {query}',
    'did I [ever] (mention|tell you about|ask you about) {query}',
  ],
  de: [
    `was habe ich [dich] ${days} (zu|über|nach) {query} gefragt`,
    `was habe ich [dir] ${days} über {query} (gesagt|erzählt)`,
    `worüber haben wir (${days.slice(1, -1)}) gesprochen`,
    'wann habe ich [dich] [zuletzt] nach {query} gefragt',
  ],
};

export const forgetSays = {
  en: [
    // "Forget about the alarm" and "forget that light" call something off.
    'forget that (I|we|my|our|he|she|his|her|they|their|the) {what}',
    'forget what (you know|I told you|I said) about {what}',
    'forget everything (you know about|about) {what}',
  ],
  de: [
    'vergiss dass {what}',
    'vergiss was (du über|ich über|ich dir über) {what} (weißt|gesagt habe|erzählt habe)',
  ],
};

export const soulSays = {
  en: [
    'be [a bit|a little] (more casual|less formal|more relaxed) {formality=casual} [with me]',
    'be [a bit|a little] (more formal|less casual) {formality=formal} [with me]',
    '(keep|make) your answers (short|shorter|brief|briefer) {verbosity=concise}',
    '(be|keep it) (brief|briefer|short|shorter|concise|more concise) {verbosity=concise}',
    'give me (shorter|briefer) answers {verbosity=concise}',
    'give me (longer|more detailed) answers {verbosity=detailed}',
    'be more detailed {verbosity=detailed}',
    '(no more jokes|stop joking|stop making jokes|be more serious) {humor=none}',
    '(be funnier|be more playful|you may joke|make more jokes) {humor=playful}',
  ],
  de: [
    'sei [etwas|ein bisschen] (lockerer|weniger förmlich) {formality=casual}',
    'sei [etwas|ein bisschen] (förmlicher|formeller) {formality=formal}',
    '(fass dich kurz|fass dich kürzer|antworte kürzer|antworte kurz) {verbosity=concise}',
    'gib mir kürzere Antworten {verbosity=concise}',
    '(antworte ausführlicher|gib mir ausführlichere Antworten) {verbosity=detailed}',
    '(keine Witze mehr|mach keine Witze|sei ernster) {humor=none}',
    '(sei lustiger|sei witziger|mach mehr Witze) {humor=playful}',
  ],
};
