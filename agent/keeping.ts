/** What one conversation keeps: what it did, asked, read and remembers, and what it is offered. */
import type { Caller } from './caller.ts';
import { Confirmation } from './confirm.ts';
import { Deeds } from './deeds.ts';
import type { TurnEvent, TurnEvents } from './events.ts';
import type { House } from './house.ts';
import { Offering } from './offering.ts';
import { Outside } from './outside.ts';
import { Reasoning } from './reasons/reasoning.ts';
import { Remembering } from './remembering.ts';
import { type Purse, purseOf } from './spending.ts';
import { TakingBack } from './taking-back/taking-back.ts';
import { tellDeeds, tellQuestions } from './telling.ts';

export interface Keeping {
  deeds: Deeds;
  confirmation: Confirmation;
  remembering: Remembering;
  offering: Offering;
  outside: Outside;
  takingBack: TakingBack;
  reasoning: Reasoning;
  purse: Purse;
}

/** @param told.turnId of the turn that is running. */
export const keepingFor = (
  house: House,
  caller: Caller,
  told: { turnId: () => string; events: TurnEvents },
): Keeping => {
  const { turnId, events } = told;
  const { language, personId } = caller;
  const { clock, done, log, memory, pins, reasons, settings, spending, toolbox } = house;
  const offering = new Offering({ toolbox, caller });
  const timeZone = settings.BUTLER_TIMEZONE;
  const remembering = new Remembering({ memory, caller, log, now: clock, timeZone });
  return {
    offering,
    deeds: new Deeds({
      fallback: house.words(language).somethingWentWrong(),
      declare: (call) => offering.asDeclared(call),
    }),
    confirmation: new Confirmation({
      ...{ personId, language, pins },
      events: tellQuestions({ ...told, now: clock }),
    }),
    remembering,
    outside: new Outside(),
    reasoning: new Reasoning({
      ...{ reasons, caller, now: clock },
      turn: () => ({ turn: turnId(), said: remembering.turn?.said }),
    }),
    purse: purseOf(spending, caller),
    takingBack: new TakingBack({
      ...{ done, personId, events: tellDeeds({ events }) },
      turn: () => ({ turn: turnId(), said: remembering.turn?.said ?? '' }),
    }),
  };
};

/** A turn is over: what it cost and did is written down, and what was said in it learned from. */
export const follow = (
  { house, purse, remembering }: Keeping & { house: House },
  event: TurnEvent,
): void => {
  if (event.type === 'turn') {
    purse.spent(event);
    house.reasons.ended();
  }
  remembering.follow(event);
};
