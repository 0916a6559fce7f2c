/** Flights and parcels that the mails of somebody tell of, as an answer. */
import { plainName } from '../core/sounds.ts';
import { type Account, asking, type Context, type Extract, findMails } from './accounts.ts';
import { localDay } from './dates.ts';
import { allDeliveries, type Delivery, deliveriesIn } from './deliveries.ts';
import { allFlights, type Flight, flightsIn } from './flights.ts';
import type { Mail } from './mailbox.ts';
import { heardText, wholeText } from './plain.ts';
import { mailSentences } from './words.ts';

const dayMs = 86_400_000;
const extractsMax = 500;
const heardMax = 300;

const flightSubjects = [
  ...['flight', 'booking', 'itinerary', 'check-in', 'boarding', 'e-ticket', 'reservation', 'trip'],
  ...['Flug', 'Buchung', 'Reise', 'Bordkarte', 'Check-in'],
];
const parcelSubjects = [
  ...['parcel', 'package', 'deliver', 'shipment', 'shipped', 'dispatched', 'arriving', 'order'],
  ...['Paket', 'Sendung', 'Lieferung', 'Zustellung', 'zugestellt', 'Versand', 'verschickt'],
  ...['unterwegs', 'Bestellung', 'Abholung', 'geliefert'],
];

/** Booked a year ahead at most, told of a month ago at most. */
const flightDays = 370;
const parcelDays = 21;
const mailsMax = 25;

const extracted = async (
  account: Account,
  mails: readonly Mail[],
  context: Context,
): Promise<Extract[]> => {
  const { mailbox, extracts } = account;
  const unknown = mails.filter(({ id }) => !extracts.has(id)).map(({ id }) => id);
  const bodies = unknown.length === 0 ? new Map() : await mailbox.bodies(unknown, asking(context));
  for (const mail of mails) {
    const body = bodies.get(mail.id);
    if (!body) continue;
    const readable = { ...mail, html: body.html, text: wholeText(body) };
    extracts.set(mail.id, {
      flights: flightsIn(readable, context.timeZone),
      deliveries: deliveriesIn(readable, context.timeZone),
    });
    const [oldest] = extracts.keys();
    if (extracts.size > extractsMax && oldest !== undefined) extracts.delete(oldest);
  }
  return mails.flatMap(({ id }) => extracts.get(id) ?? []);
};

/** Of each mail, oldest first: a later one knows better. */
const told = async (
  { subjectHas, days }: { subjectHas: string[]; days: number },
  context: Context,
): Promise<{ extracts: Extract[]; partly: boolean }> => {
  // Whole hours, so that a question a moment later is answered from what is kept.
  const hour = 3_600_000;
  const now = Math.floor(context.now().getTime() / hour) * hour;
  const since = new Date(now - days * dayMs);
  const { held, partly } = await findMails({ subjectHas, since, limit: mailsMax }, context);
  const oldestFirst = held.toReversed();
  const accounts = [...new Set(oldestFirst.map(({ account }) => account))];
  const extracts: Extract[] = [];
  for (const account of accounts) {
    const mails = oldestFirst.filter((one) => one.account === account).map(({ mail }) => mail);
    extracts.push(...(await extracted(account, mails, context)));
  }
  return { extracts, partly };
};

/** "today", "tomorrow", else the day; a day without a zone is taken as it stands. */
const heardDay = (day: string, { now, timeZone, words, language }: Context): string => {
  const said = mailSentences(language);
  const at = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const days = (at.getTime() - localDay(now(), timeZone).getTime()) / dayMs;
  if (days === 0) return said.today;
  return days === 1 ? said.tomorrow : words.date(at, 'UTC');
};

const heardClock = (time: string, { words }: Context): string =>
  words.time(new Date(`2000-01-01T${time}:00Z`), 'UTC');

const heardFlight = (flight: Flight, context: Context): string => {
  const said = mailSentences(context.language);
  const { airline = '', number, from, to, departure, booking, cancelled } = flight;
  const time = departure.slice(11, 16);
  const place = (text: string) => heardText(text.replace(/ \([A-Z]{3}\)$/, ''), 30);
  const what =
    said.flight(heardText(airline, 30), number) +
    (from && to ? said.route(place(from), place(to)) : '') +
    said.onDay(heardDay(departure, context)) +
    (time ? said.atTime(heardClock(time, context)) : '') +
    (booking ? said.booking([...heardText(booking, 12)].join(' ')) : '');
  return cancelled ? said.cancelled(what) : what;
};

/** As many as one answer holds. */
const sentences = (all: readonly string[], more: (count: number) => string): string => {
  const heard: string[] = [];
  for (const one of all) {
    if (heard.length > 0 && heard.join('. ').length + one.length > heardMax - 40) break;
    heard.push(one.charAt(0).toUpperCase() + one.slice(1));
  }
  const rest = all.length - heard.length;
  const whole = `${heard.join('. ')}${rest > 0 ? `, ${more(rest)}` : ''}`;
  return whole.endsWith('.') ? whole : `${whole}.`;
};

const goesTo = ({ from = '', to = '' }: Flight, place: string): boolean => {
  const wanted = plainName(place);
  const near = (text: string) => plainName(text).includes(wanted);
  // A mail that does not say where to may be the one.
  return near(to) || (to === '' && (from === '' || !near(from)));
};

const shownMax = 6;

export const flights = async (
  { to, past = false }: { to?: string | undefined; past?: boolean | undefined },
  context: Context,
) => {
  const said = mailSentences(context.language);
  const { extracts, partly } = await told(
    { subjectHas: flightSubjects, days: flightDays },
    context,
  );
  const today = localDay(context.now(), context.timeZone).toISOString().slice(0, 10);
  const wanted = allFlights(extracts.map((one) => one.flights)).filter(
    (flight) =>
      (past || flight.departure.slice(0, 10) >= today) && (to === undefined || goesTo(flight, to)),
  );
  const addition = partly ? said.partly : '';
  if (wanted.length === 0) {
    const none = to === undefined ? said.noFlights : said.noFlightsTo(heardText(to, 40));
    return { say: none + addition, show: [] };
  }
  const heard = wanted.map((flight) => heardFlight(flight, context));
  return { say: sentences(heard, said.more) + addition, show: wanted.slice(0, shownMax) };
};

const heardDelivery = (delivery: Delivery, context: Context): string => {
  const said = mailSentences(context.language);
  const { carrier = '', from = '', status, expected, between, at } = delivery;
  const over = status === 'delivered' || status === 'returned';
  const day = over ? localDay(at, context.timeZone).toISOString().slice(0, 10) : expected;
  const when = day === undefined ? '' : heardDay(day, context);
  const span = between?.map((time) => heardClock(time, context)) ?? [];
  const [first = '', last = ''] = span;
  return [
    `${said.parcel(heardText(carrier, 30), heardText(from, 30))}: ${said.status[status]}`,
    ...(when && over ? [when] : when ? [said.expected(when)] : []),
    ...(first && last ? [said.between(first, last)] : []),
  ].join(', ');
};

/** What has come counts for two days more; what nobody spoke of for two weeks has come as well. */
const isCurrent = ({ status, expected, at }: Delivery, now: Date): boolean => {
  const last = Math.max(at.getTime(), expected ? Date.parse(expected) : 0);
  const keptDays = status === 'delivered' || status === 'returned' ? 2 : 14;
  return now.getTime() - last < keptDays * dayMs;
};

export const deliveries = async ({ from }: { from?: string | undefined }, context: Context) => {
  const said = mailSentences(context.language);
  const { extracts, partly } = await told(
    { subjectHas: parcelSubjects, days: parcelDays },
    context,
  );
  const now = context.now();
  const wanted = allDeliveries(extracts.map((one) => one.deliveries))
    .filter((delivery) => isCurrent(delivery, now))
    .filter(
      ({ carrier = '', from: shop = '' }) =>
        from === undefined || plainName(`${shop} ${carrier}`).includes(plainName(from)),
    )
    .sort((a, b) => (a.expected ?? '9').localeCompare(b.expected ?? '9'));
  const addition = partly ? said.partly : '';
  if (wanted.length === 0) return { say: said.noDeliveries + addition, show: [] };
  const show = wanted
    .slice(0, shownMax)
    .map(({ at, ...one }) => ({ ...one, said: at.toISOString().slice(0, 16) }));
  const heard = wanted.map((delivery) => heardDelivery(delivery, context));
  return { say: sentences(heard, said.more) + addition, show };
};
