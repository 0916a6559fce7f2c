/** What a page is told of a conversation beside its words: questions, deeds, their looks. */
import { type Card, fitCard } from '../tools/core/card.ts';
import type { QuestionEvents } from './confirm.ts';
import type { TurnEvents } from './events.ts';
import type { DoneEvents } from './taking-back/taking-back.ts';

interface Around {
  events: TurnEvents;
  /** Of the turn that is running. */
  turnId: () => string;
  now: () => Date;
}

/** As long as what is said aloud at most, and a little more. */
const sayMax = 400;

export const tellQuestions = ({ events, turnId, now }: Around): QuestionEvents => ({
  asked: ({ id, question, by, forMs }) => {
    const expiresAt = new Date(now().getTime() + forMs).toISOString();
    events.emit({ type: 'ask', id, turnId: turnId(), question, by, expiresAt });
  },
  answered: (id, answer) => events.emit({ type: 'asked', id, answer }),
});

export const tellDeeds = ({ events }: Pick<Around, 'events'>): DoneEvents => ({
  done: ({ id, turn: turnId, outcome, undo }) => {
    const say = outcome.say.slice(0, sayMax);
    const checked = outcome.verified === true;
    events.emit({ type: 'deed', id, turnId, say, checked, undo: undo !== undefined });
  },
  undone: ({ id }, say) => events.emit({ type: 'undone', id, say: say.slice(0, sayMax) }),
});

/** @param id of the call. */
export const tellCard = (
  { events, turnId }: Pick<Around, 'events' | 'turnId'>,
  id: string,
  card: Card | undefined,
): void => {
  const fit = fitCard(card);
  if (fit) events.emit({ type: 'card', id, turnId: turnId(), card: fit });
};
