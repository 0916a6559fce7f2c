/** What Butler says of what it did and why: every part of a sentence stands in the record. */

const sentences = {
  en: {
    no: 'I keep no record of what guests say. The owner can make you a member of the household.',
    nothing: 'My records of the last day hold nothing that I did for you.',
    nothingRefused: 'My records of the last day hold nothing that I did not do when you asked.',
    notThat: (what: string, last: string) =>
      `My records of the last day hold nothing about “${what}”. The last thing I did: ${last}`,
    nothingAtAll: (what: string) =>
      `My records of the last day hold nothing about “${what}”, and nothing else.`,
    notAmong: (count: number) =>
      `I looked through my last ${count} records, and it is not among them.`,
    at: (time: string, text: string) => `At ${time}: ${text}`,
    said: (words: string) => `You said “${words}”.`,
    unsaid: 'You told me to, in words that I did not keep.',
    mind: (words: string) => `You said “${words}”, and I took that as a wish for this.`,
    mindUnsaid: 'I took it from what you said; I did not keep the words.',
    swayed: (source: string) => `I had read something from outside before (${source}).`,
    swayedBySomething: 'I had read something from outside before.',
    asked: (question: string) => `I asked “${question}”, and you said yes.`,
    undo: (words: string) => `You wanted something taken back: “${words}”.`,
    command: 'It was ordered on a page or in an app, in your name.',
    program: 'Another program asked for it in your name.',
    did: (say: string) => `So I did it: ${say}`,
    checked: 'I read it back, and it is so.',
    unchecked: 'I could not check it.',
    refused: (say: string) => `I did not do it: ${say}`,
    waits: (question: string) => `I have not done it; I asked: ${question}`,
    failed: (say: string) => `It did not work: ${say}`,
    more: (count: number) => `And ${count} more.`,
  },
  de: {
    no: 'Was Gäste sagen, schreibe ich nicht auf. Ein Konto gibt dir, wem das Haus gehört.',
    nothing: 'In meinen Aufzeichnungen vom letzten Tag steht nichts, was ich für dich getan habe.',
    nothingRefused:
      'In meinen Aufzeichnungen vom letzten Tag steht nichts, was ich auf deine Bitte nicht ' +
      'getan habe.',
    notThat: (what: string, last: string) =>
      `In meinen Aufzeichnungen vom letzten Tag steht nichts zu „${what}“. Das Letzte war: ${last}`,
    nothingAtAll: (what: string) =>
      `In meinen Aufzeichnungen vom letzten Tag steht nichts zu „${what}“, und auch sonst nichts.`,
    notAmong: (count: number) =>
      `Ich habe meine letzten ${count} Aufzeichnungen durchgesehen: Es ist nicht dabei.`,
    at: (time: string, text: string) => `Um ${time}: ${text}`,
    said: (words: string) => `Du hast gesagt: „${words}“.`,
    unsaid: 'Du hast es mir gesagt; die Worte habe ich nicht aufgeschrieben.',
    mind: (words: string) => `Du hast gesagt: „${words}“. Das habe ich als Wunsch verstanden.`,
    mindUnsaid: 'Ich habe es aus deinen Worten geschlossen, sie aber nicht aufgeschrieben.',
    swayed: (source: string) => `Ich hatte davor etwas von außen gelesen (${source}).`,
    swayedBySomething: 'Ich hatte davor etwas von außen gelesen.',
    asked: (question: string) => `Ich habe gefragt: „${question}“, und du hast ja gesagt.`,
    undo: (words: string) => `Du wolltest etwas zurücknehmen: „${words}“.`,
    command: 'Es wurde auf einer Seite oder in einer App in deinem Namen angeordnet.',
    program: 'Ein anderes Programm hat in deinem Namen darum gebeten.',
    did: (say: string) => `Also habe ich es getan: ${say}`,
    checked: 'Ich habe nachgesehen, und es ist so.',
    unchecked: 'Nachprüfen konnte ich es nicht.',
    refused: (say: string) => `Ich habe es nicht getan: ${say}`,
    waits: (question: string) => `Ich habe es nicht getan, sondern gefragt: ${question}`,
    failed: (say: string) => `Es ging nicht: ${say}`,
    more: (count: number) => `Und noch ${count}.`,
  },
};

/** @param language BCP 47. */
export const whyWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;

/** The same in every language there is, for what the gate says. */
export const guestsKeepNothing = { en: sentences.en.no, de: sentences.de.no };
