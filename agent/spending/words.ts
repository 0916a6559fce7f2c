/** What is said of caps: in a conversation, and in the notices for owners. */
import type { Cap, Whose } from './caps.ts';

type Reached = Pick<Cap, 'whose' | 'period'>;

const english: Record<Whose, string> = {
  household: "The household's",
  person: 'Your',
  door: "This door's",
  trigger: 'The',
};
const german: Record<Whose, string> = {
  household: 'Das Budget des Haushalts',
  person: 'Dein Budget',
  door: 'Das Budget dieses Zugangs',
  trigger: 'Das Budget dafür',
};

const untilEnglish = { day: 'today', month: 'this month' };
const untilGerman = { day: 'heute', month: 'diesen Monat' };

/** The mind is not asked: whose cap that is, and until when. */
export const mindCapped = {
  en: ({ whose, period }: Reached) =>
    `${english[whose]} budget for my language model is used up for ${untilEnglish[period]}. ` +
    `Commands still work; ask me again ${period === 'day' ? 'tomorrow' : 'next month'}.`,
  de: ({ whose, period }: Reached) =>
    `${german[whose]} für mein Sprachmodell ist für ${untilGerman[period]} aufgebraucht. ` +
    `Befehle gehen weiter; frag ${period === 'day' ? 'morgen' : 'nächsten Monat'} wieder.`,
};

/** Speech to text by a service is not asked, and there is no other. */
export const hearingCapped = {
  en: ({ whose, period }: Reached) =>
    `${english[whose]} budget for understanding speech is used up for ${untilEnglish[period]}. ` +
    'Please type instead.',
  de: ({ whose, period }: Reached) =>
    `${german[whose]} fürs Zuhören ist für ${untilGerman[period]} aufgebraucht. Tipp bitte.`,
};

interface Told extends Cap {
  spentUsd: number;
}

const money = (usd: number): string => `$${usd.toFixed(2)}`;

const whoseEnglish = ({ whose, which }: Cap): string =>
  whose === 'household' ? 'the household' : whose === 'person' ? which : `the ${whose} ${which}`;

const kindGerman: Record<'door' | 'trigger', string> = { door: 'den Zugang', trigger: 'Auslöser' };
const whoseGerman = ({ whose, which }: Cap): string => {
  if (whose === 'household') return 'den Haushalt';
  return whose === 'person' ? which : `${kindGerman[whose]} ${which}`;
};

/** A notice for owners. */
export const capNotice = (
  language: string,
  cap: Told,
  level: 'near' | 'reached',
): { title: string; detail: string } => {
  const [spent, limit] = [money(cap.spentUsd), money(cap.limitUsd)];
  if (language.toLowerCase().startsWith('de')) {
    const when = cap.period === 'day' ? 'heute' : 'in diesem Monat';
    return {
      title: level === 'near' ? 'Ein Budget ist fast aufgebraucht' : 'Ein Budget ist aufgebraucht',
      detail:
        `Für ${whoseGerman(cap)} wurden ${when} ${spent} von ${limit} ausgegeben. ` +
        'Unter Einstellungen lässt sich das Budget ändern.',
    };
  }
  const when = cap.period === 'day' ? 'today' : 'this month';
  return {
    title: level === 'near' ? 'A spending cap is near' : 'A spending cap is reached',
    detail:
      `For ${whoseEnglish(cap)}, ${spent} of ${limit} were spent ${when}. ` +
      'Raise the cap in the settings if that is too little.',
  };
};
