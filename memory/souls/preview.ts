/** What Butler would say with a soul: a sentence to hear before choosing. Pure. */
import type { Soul } from './soul.ts';

interface Phrases {
  greeting: Record<Soul['formality'], (name: string) => string>;
  /** Of what a person chose themselves: only said, as words in any language cannot be bent. */
  character: Record<Soul['formality'], (personality: string) => string>;
  news: Record<Soul['formality'], Record<Soul['verbosity'], string>>;
  humor: Record<Soul['humor'], string>;
  wishes: Record<Soul['formality'], (wishes: string) => string>;
}

const english: Phrases = {
  greeting: {
    casual: (name) => `Hey ${name}!`,
    balanced: (name) => `Hello ${name}.`,
    formal: (name) => `Good evening, ${name}.`,
  },
  character: {
    casual: (personality) => `I'll be ${personality}.`,
    balanced: (personality) => `I will be ${personality}.`,
    formal: (personality) => `I shall endeavour to be ${personality}.`,
  },
  news: {
    casual: {
      concise: 'Rain at six, so grab your umbrella.',
      moderate: "It'll rain at six, so grab your umbrella; the lights are on for you.",
      detailed:
        "It'll rain at six and the wind's turning west, so grab your umbrella. The lights are " +
        "on for you, and it's nice and warm in the living room.",
    },
    balanced: {
      concise: 'Rain from six; take an umbrella.',
      moderate: 'It will rain from six, so take an umbrella; the lights are already on.',
      detailed:
        'It will rain from six and the wind is turning west, so take an umbrella. The lights ' +
        'are already on, and the living room is at twenty-one degrees.',
    },
    formal: {
      concise: 'Rain is expected at six; an umbrella would be advisable.',
      moderate:
        'Rain is expected at six, so an umbrella would be advisable; the lights have been lit.',
      detailed:
        'Rain is expected at six, with the wind turning west, so an umbrella would be ' +
        'advisable. The lights have been lit, and the living room stands at twenty-one degrees.',
    },
  },
  humor: {
    none: '',
    subtle: 'The clouds did not ask for my opinion.',
    playful: 'The umbrella says it feels neglected, and it will not stop!',
  },
  wishes: {
    casual: (wishes) => `And I've got your note: ${wishes}`,
    balanced: (wishes) => `I have your note: ${wishes}`,
    formal: (wishes) => `Your instructions have been noted: ${wishes}`,
  },
};

const german: Phrases = {
  greeting: {
    casual: (name) => `Hey ${name}!`,
    balanced: (name) => `Hallo ${name}.`,
    formal: (name) => `Guten Abend, ${name}.`,
  },
  character: {
    casual: (personality) => `Ich bin für dich da, so wie du es magst: ${personality}.`,
    balanced: (personality) => `So werde ich sein: ${personality}.`,
    formal: (personality) => `Ich werde mich bemühen, wie gewünscht zu sein: ${personality}.`,
  },
  news: {
    casual: {
      concise: 'Um sechs regnet’s, nimm den Schirm mit.',
      moderate: 'Um sechs regnet’s, nimm den Schirm mit; das Licht hab ich dir schon angemacht.',
      detailed:
        'Um sechs regnet’s und der Wind dreht auf West, nimm also den Schirm mit. Das Licht hab ' +
        'ich dir schon angemacht, und im Wohnzimmer ist’s schön warm.',
    },
    balanced: {
      concise: 'Ab sechs regnet es; ein Schirm hilft.',
      moderate: 'Ab sechs regnet es, ein Schirm hilft; das Licht ist schon an.',
      detailed:
        'Ab sechs regnet es und der Wind dreht auf West, ein Schirm hilft also. Das Licht ist ' +
        'schon an, und im Wohnzimmer sind es einundzwanzig Grad.',
    },
    formal: {
      concise: 'Ab sechs Uhr wird Regen erwartet; ein Schirm wäre ratsam.',
      moderate:
        'Ab sechs Uhr wird Regen erwartet, ein Schirm wäre ratsam; das Licht ist eingeschaltet.',
      detailed:
        'Ab sechs Uhr wird Regen erwartet, bei auf West drehendem Wind; ein Schirm wäre daher ' +
        'ratsam. Das Licht ist eingeschaltet, und im Wohnzimmer herrschen einundzwanzig Grad.',
    },
  },
  humor: {
    none: '',
    subtle: 'Die Wolken haben mich nicht gefragt.',
    playful: 'Der Schirm sagt, er habe Sehnsucht, und hört gar nicht mehr auf damit!',
  },
  wishes: {
    casual: (wishes) => `Und deinen Zettel hab ich gelesen: ${wishes}`,
    balanced: (wishes) => `Den Hinweis habe ich: ${wishes}`,
    formal: (wishes) => `Die Anweisungen sind vermerkt: ${wishes}`,
  },
};

/** Long enough to know one's own words again, short enough to be heard out. */
const wishesHeardMax = 120;

const heard = (wishes: string): string => {
  const first = /^.*?[.!?](?=\s|$)/su.exec(wishes)?.[0] ?? wishes;
  if ([...first].length <= wishesHeardMax) return /[.!?]$/.test(first) ? first : `${first}.`;
  return `${[...first]
    .slice(0, wishesHeardMax)
    .join('')
    .replace(/\s+\S*$/u, '')} …`;
};

/**
 * Some words that Butler would say to this person; every setting can be heard in them.
 * @param language - BCP 47; others than German hear it in English.
 */
export const soulPreview = (soul: Soul, name: string, language: string): string => {
  const phrases = language.toLowerCase().split('-')[0] === 'de' ? german : english;
  const { formality, verbosity } = soul;
  const personality = soul.personality.replace(/[.!?\s]+$/u, '');
  const wishes = soul.custom_instructions.trim();
  return [
    phrases.greeting[formality](name),
    phrases.character[formality](personality),
    phrases.news[formality][verbosity],
    phrases.humor[soul.humor],
    wishes === '' ? '' : phrases.wishes[formality](heard(wishes)),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
};
