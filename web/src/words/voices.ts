/** What the choice of a voice says. */
import { inLanguage, type WordsLike } from './language.ts';

const en = {
  list: (language: string) => `Voices: ${language}`,
  house: 'As the household',
  houseText: 'The voice that the house has chosen.',
  sexes: { female: 'female', male: 'male' },
  chosen: (name: string) => `Butler speaks as ${name} now.`,
  chosenHouse: 'Butler speaks with the voice of the household now.',
  back: 'Butler speaks as before.',
  others: 'Voices of other languages',
  othersText: 'They speak yours too, with the accent of theirs.',
  noneNative: (language: string) =>
    `No voice has ${language} as its own language yet: all of these speak it with an accent.`,
};

const de: WordsLike<typeof en> = {
  list: (language) => `Stimmen: ${language}`,
  house: 'Wie der Haushalt',
  houseText: 'Die Stimme, die das Haus gewählt hat.',
  sexes: { female: 'weiblich', male: 'männlich' },
  chosen: (name) => `Butler spricht jetzt als ${name}.`,
  chosenHouse: 'Butler spricht jetzt mit der Stimme des Haushalts.',
  back: 'Butler spricht wie vorher.',
  others: 'Stimmen anderer Sprachen',
  othersText: 'Sie sprechen auch deine, mit dem Akzent ihrer eigenen.',
  noneNative: (language) =>
    `Noch hat keine Stimme ${language} als eigene Sprache: alle hier sprechen es mit Akzent.`,
};

export const voicesWords = inLanguage({ en, de });
