/** Events of a calendar, by their days. */
import { cardWords as words } from '../../words/cards.ts';
import { language } from '../../words/language.ts';
import { clockText, dateText } from '../../words/moments.ts';
import type { CardOf } from '../card.ts';
import { dayIdOf, dayTitle } from '../days.ts';
import { PlaceIcon } from '../icons.ts';
import { Frame, Outside } from './frame.tsx';

type Event = CardOf<'events'>['events'][number];

export function Events({ card }: { card: CardOf<'events'> }) {
  const { events, title } = card;
  return (
    <Frame kind="events" title={title} empty={events.length === 0 && words.noEvents}>
      {byDay(events).map(({ id, name, events: ofDay }) => (
        <div key={id} className="grid grid-cols-1 gap-2">
          <p className="text-sm text-soft">{name}</p>
          <ul className="grid grid-cols-1 gap-2">
            {ofDay.map((event) => (
              <li key={event.id} className="border-s-4 border-brass ps-3">
                <p className="font-medium">
                  <Outside>{event.title}</Outside>
                </p>
                <p className="flex flex-wrap gap-x-3 text-sm text-soft">
                  <span className="tabular-nums">{hoursOf(event)}</span>
                  {event.place && (
                    <span className="inline-flex items-center gap-1">
                      <PlaceIcon className="size-3.5" aria-hidden="true" />
                      <Outside>{event.place}</Outside>
                    </span>
                  )}
                  {event.calendar && <Outside>{event.calendar}</Outside>}
                </p>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Frame>
  );
}

/** `2026-03-01` alone is a day of this device, not midnight in Greenwich. */
function momentOf(text: string): Date {
  return new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
}

function byDay(events: readonly Event[]) {
  const days: { id: string; name: string; events: Event[] }[] = [];
  for (const event of events) {
    const at = momentOf(event.startsAt);
    const id = dayIdOf(at);
    const last = days.at(-1);
    if (last?.id === id) last.events.push(event);
    else days.push({ id, name: dayName(at), events: [event] });
  }
  return days;
}

function dayName(at: Date): string {
  const now = new Date();
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  const isNear = dayIdOf(at) === dayIdOf(now) || dayIdOf(at) === dayIdOf(tomorrow);
  if (isNear) return nearDay(at, now);
  const weekday = at.toLocaleDateString(language, { weekday: 'short' });
  return `${weekday}, ${dayTitle(at, now)}`;
}

function nearDay(at: Date, now: Date): string {
  const days = dayIdOf(at) === dayIdOf(now) ? 0 : 1;
  const name = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day');
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

function hoursOf({ allDay, startsAt, endsAt }: Event): string {
  if (allDay) {
    const isOneDay = dayIdOf(momentOf(endsAt)) === dayIdOf(momentOf(startsAt));
    return isOneDay ? words.allDay : words.lastDay(dateText(momentOf(endsAt), new Date()));
  }
  const from = clockText(momentOf(startsAt));
  return words.until(from, clockText(momentOf(endsAt)));
}
