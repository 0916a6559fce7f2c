/** What the memory tools say, in English and German. */

const sentences = {
  en: {
    away: 'I cannot reach my memory right now. The rest of me works; please try again later.',
    noGuests: 'I keep no memory of guests. The owner can make you a member of the household.',
    remembered: "I'll remember that.",
    replaced: (old: string) => `I'll remember that, and no longer: ${old}.`,
    known: 'I know that already.',
    secret: 'I do not keep passwords, PINs or card numbers. A password manager does that better.',
    length: 'That is too long for me to remember. Tell me in one or two sentences.',
    contradicts: 'That contradicts something you told me yourself. Tell me which of them is right.',
    notKept: 'I could not keep that. Please tell me again.',
    nothing: 'I know nothing about that.',
    nothingAtAll: 'I do not know anything about you yet. Tell me: remember that …',
    about: (facts: string) => `This is what I know: ${facts}.`,
    more: (count: number) => `and ${count} more, which the page shows`,
    forgot: (count: number) =>
      count === 1 ? 'I have forgotten that.' : `I forgot ${count} things.`,
    restored: (count: number) =>
      count === 1 ? 'I remember that again.' : `I remember those ${count} things again.`,
    notBack: 'That is gone for good; tell me again what I should remember.',
    notFound: 'I find nothing like that, so there is nothing to forget.',
    whatForget: 'Tell me what I should forget.',
    forgetThis: (facts: string) => `forget this for good: ${facts}`,
    forgetThese: (count: number, facts: string) => `forget these ${count} things: ${facts}`,
    forgetUnsure: (count: number) => `forget ${count} things I know`,
    noTalk: 'I find no conversation about that.',
    noTalkThen: 'I find no conversation in that time.',
    asked: (when: string, words: string) => `${when} you said: ${words}`,
    askedAnd: (first: string, more: string) => `${first} And ${more}`,
    soul: (what: string) => `From now on: ${what}.`,
    soulSame: 'That is how I speak already.',
    noField: 'Tell me what I should change: how formal, how long, how funny, or how I should be.',
    part: { formality: 'tone', verbosity: 'answers', humor: 'humor' },
    value: {
      casual: 'casual',
      balanced: 'neither stiff nor casual',
      formal: 'formal',
      concise: 'short',
      moderate: 'of middle length',
      detailed: 'detailed',
      none: 'none',
      subtle: 'a little',
      playful: 'playful',
    },
    personality: (text: string) => (text ? `my manner is ${text}` : 'no particular manner'),
    custom: (text: string) => (text ? 'I follow your new wishes' : 'your special wishes are gone'),
  },
  de: {
    away: 'Ich erreiche mein Gedächtnis gerade nicht. Alles andere geht; versuch es später.',
    noGuests:
      'Über Gäste merke ich mir nichts. Ein Konto gibt dir die Person, der das Haus gehört.',
    remembered: 'Das merke ich mir.',
    replaced: (old: string) => `Das merke ich mir, und nicht mehr: ${old}.`,
    known: 'Das weiß ich schon.',
    secret: 'Passwörter, PINs und Kartennummern merke ich mir nicht. Nimm einen Passwortmanager.',
    length: 'Das ist mir zu lang. Sag es in ein oder zwei Sätzen.',
    contradicts: 'Das widerspricht etwas, das du mir selbst gesagt hast. Sag mir, was stimmt.',
    notKept: 'Das konnte ich mir nicht merken. Sag es mir bitte noch einmal.',
    nothing: 'Darüber weiß ich nichts.',
    nothingAtAll: 'Ich weiß noch nichts über dich. Sag mir: merk dir, dass …',
    about: (facts: string) => `Das weiß ich: ${facts}.`,
    more: (count: number) => `und ${count} weitere, die auf der Seite stehen`,
    forgot: (count: number) =>
      count === 1 ? 'Das habe ich vergessen.' : `${count} Dinge vergessen.`,
    restored: (count: number) =>
      count === 1 ? 'Das weiß ich wieder.' : `Diese ${count} Dinge weiß ich wieder.`,
    notBack: 'Das ist endgültig weg; sag mir noch einmal, was ich mir merken soll.',
    notFound: 'So etwas finde ich nicht, also gibt es nichts zu vergessen.',
    whatForget: 'Sag mir, was ich vergessen soll.',
    forgetThis: (facts: string) => `das endgültig vergessen: ${facts}`,
    forgetThese: (count: number, facts: string) => `diese ${count} Dinge vergessen: ${facts}`,
    forgetUnsure: (count: number) => `${count} Dinge vergessen, die ich weiß`,
    noTalk: 'Ich finde kein Gespräch darüber.',
    noTalkThen: 'Ich finde kein Gespräch aus dieser Zeit.',
    asked: (when: string, words: string) => `${when} hast du gesagt: ${words}`,
    askedAnd: (first: string, more: string) => `${first} Und ${more}`,
    soul: (what: string) => `Ab jetzt: ${what}.`,
    soulSame: 'So spreche ich schon.',
    noField: 'Sag mir, was ich ändern soll: wie förmlich, wie lang, wie lustig oder meine Art.',
    part: { formality: 'Ton', verbosity: 'Antworten', humor: 'Humor' },
    value: {
      casual: 'locker',
      balanced: 'weder steif noch locker',
      formal: 'förmlich',
      concise: 'kurz',
      moderate: 'mittellang',
      detailed: 'ausführlich',
      none: 'keiner',
      subtle: 'ein wenig',
      playful: 'verspielt',
    },
    personality: (text: string) => (text ? `meine Art ist ${text}` : 'keine besondere Art'),
    custom: (text: string) => (text ? 'ich folge deinen Wünschen' : 'deine Wünsche sind gelöscht'),
  },
};

/** @param language BCP 47. */
export const memoryWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;

/** The same sentence in every language there is, for what the gate says. */
export const guestsKeepNothing = { en: sentences.en.noGuests, de: sentences.de.noGuests };
