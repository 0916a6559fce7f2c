/** Appointments as a screen shows them. */
import type { CardOf } from '../core/card.ts';
import * as tell from './telling.ts';

const shownMax = 50;

/** @param title of the card: "tomorrow", "this weekend". */
export const eventsCard = (
  title: string,
  events: readonly tell.Told[],
  telling: tell.Telling,
): CardOf<'events'> | undefined => {
  if (events.length === 0) return undefined;
  const shown = events.slice(0, shownMax).map((event) => {
    const { uid, allDay, startMs, endMs, hidden, calendar } = event;
    const place = tell.placeOf(event);
    const times = allDay
      ? { startsAt: tell.dayOf(startMs, telling), endsAt: tell.dayOf(endMs - 1, telling) }
      : { startsAt: new Date(startMs).toISOString(), endsAt: new Date(endMs).toISOString() };
    return {
      ...{ id: `${uid.slice(0, 150)}|${startMs}`, title: tell.titleOf(event, telling), allDay },
      ...times,
      ...(place && { place }),
      // In whose calendar it is would tell of what is private.
      ...(!hidden && { calendar }),
    };
  });
  return { kind: 'events', title: tell.capital(title), events: shown };
};
