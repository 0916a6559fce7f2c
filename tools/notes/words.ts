/** What the notes say, in English and German; at most 300 characters each. */

const sentences = {
  en: {
    noted: 'I noted that.',
    notedPrivately: 'I noted that, for you alone.',
    nothing: 'I did not hear what to note. Say, for example: note that the boiler was serviced.',
    notKept: 'I could not keep that note. Please say it again.',
    none: (about: string) => `There is no note about ${about}.`,
    noneThen: 'There are no notes from that time.',
    noneAtAll: 'There are no notes yet. Say, for example: note that the boiler was serviced.',
    mine: (when: string, text: string) => `${when} you noted: ${text}.`,
    mineAlone: (when: string, text: string) => `${when} you noted for yourself: ${text}.`,
    theirs: (who: string, when: string, text: string) => `${when} ${who} noted: ${text}.`,
    more: (count: number) => (count === 1 ? 'There is one more.' : `There are ${count} more.`),
    which: 'Tell me which note: what is it about?',
    deleted: (count: number) => (count === 1 ? 'That note is gone.' : `${count} notes are gone.`),
    deleteThis: (text: string) => `delete this note: ${text}`,
    deleteThese: (count: number, texts: string) => `delete these ${count} notes: ${texts}`,
    tooMany: (count: number) => `That would be ${count} notes. Tell me more of what it says.`,
    notYours: 'Somebody else wrote that note. Ask a grown-up to delete it.',
    back: 'The notes are as they were.',
  },
  de: {
    noted: 'Das habe ich notiert.',
    notedPrivately: 'Das habe ich nur für dich notiert.',
    nothing:
      'Ich habe nicht gehört, was. Sag zum Beispiel: notiere, dass die Heizung gewartet ist.',
    notKept: 'Diese Notiz konnte ich nicht behalten. Bitte sag es noch einmal.',
    none: (about: string) => `Es gibt keine Notiz zu ${about}.`,
    noneThen: 'Aus dieser Zeit gibt es keine Notizen.',
    noneAtAll: 'Es gibt noch keine Notizen. Sag zum Beispiel: notiere, dass die Heizung läuft.',
    mine: (when: string, text: string) => `${when} hast du notiert: ${text}.`,
    mineAlone: (when: string, text: string) => `${when} hast du für dich notiert: ${text}.`,
    theirs: (who: string, when: string, text: string) => `${when} hat ${who} notiert: ${text}.`,
    more: (count: number) => (count === 1 ? 'Es gibt noch eine.' : `Es gibt noch ${count}.`),
    which: 'Sag mir, welche Notiz: worum geht es darin?',
    deleted: (count: number) =>
      count === 1 ? 'Diese Notiz ist gelöscht.' : `${count} Notizen sind gelöscht.`,
    deleteThis: (text: string) => `diese Notiz löschen: ${text}`,
    deleteThese: (count: number, texts: string) => `diese ${count} Notizen löschen: ${texts}`,
    tooMany: (count: number) => `Das wären ${count} Notizen. Sag mir mehr von dem, was da steht.`,
    notYours: 'Diese Notiz hat jemand anders geschrieben. Lass sie von Erwachsenen löschen.',
    back: 'Die Notizen sind wieder, wie sie waren.',
  },
};

/** @param language BCP 47. */
export const noteWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;

const heardMax = 80;

/** A note as part of a sentence: no markup, no full stop, not too long. */
export const heard = (text: string): string => {
  const plain = text
    .replace(/[*_#`<>|[\]{}\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[.\s]+$/, '')
    .trim();
  return plain.length > heardMax ? `${plain.slice(0, heardMax - 1).trimEnd()}…` : plain;
};
