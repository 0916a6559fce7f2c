/** Parcels in a mail: as its sender wrote them for machines, else as carriers write to people. */

import { datesIn, localDay, timesIn } from './dates.ts';
import { carrierOf, parcelMails, shopIn, statusIn, trackingIn } from './deliveries-text.ts';
import type { Readable } from './flights.ts';
import { anyOf } from './patterns.ts';
import { type Thing, textAt, thingAt, thingsIn } from './structured.ts';

export const parcelStatuses = [
  ...['announced', 'on-the-way', 'out-for-delivery', 'delayed', 'ready-for-pickup', 'failed'],
  ...['delivered', 'returned'],
] as const;
export type ParcelStatus = (typeof parcelStatuses)[number];

export interface Delivery {
  /** "DHL"; unset where the sender does not say. */
  carrier?: string;
  /** Who sent it: the shop. */
  from?: string;
  status: ParcelStatus;
  /** `YYYY-MM-DD`: the day it is expected, or the last of several. */
  expected?: string;
  /** `HH:MM` to `HH:MM` of that day. */
  between?: [string, string];
  tracking?: string;
  /** When the mail came that says so. */
  at: Date;
}

const bySchema: Record<string, ParcelStatus> = {
  ...{ OrderDelivered: 'delivered', OrderInTransit: 'on-the-way', OrderProcessing: 'announced' },
  ...{ OrderPickupAvailable: 'ready-for-pickup', OrderProblem: 'failed' },
  ...{ OrderReturned: 'returned', OrderPaymentDue: 'announced' },
};

const dayIn = (text: string | undefined): string | undefined =>
  /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0];

const given = (delivery: { [Key in keyof Delivery]: Delivery[Key] | undefined }): Delivery =>
  Object.fromEntries(
    Object.entries(delivery).filter(([, value]) => value !== undefined),
    // `status` and `at` are always there.
  ) as unknown as Delivery;

const fromThing = (parcel: Thing, mail: Readable): Delivery => {
  const carrier = textAt(parcel, 'provider') ?? textAt(parcel, 'carrier');
  const order = thingAt(parcel, 'partOfOrder');
  const shop = textAt(order, 'seller') ?? textAt(order, 'merchant');
  const said =
    textAt(order, 'orderStatus') ??
    textAt(parcel, 'deliveryStatus') ??
    textAt(thingAt(parcel, 'deliveryStatus'), 'name');
  const status = bySchema[said?.split(/[/#]/).at(-1) ?? ''];
  const until = textAt(parcel, 'expectedArrivalUntil') ?? textAt(parcel, 'expectedArrivalFrom');
  return given({
    carrier: carrier === undefined ? carrierOf(mail) : (carrierOf(mail, carrier) ?? carrier),
    ...{ from: shop, expected: dayIn(until), tracking: textAt(parcel, 'trackingNumber') },
    status: status ?? statusIn(mail) ?? 'on-the-way',
    at: mail.at,
  });
};

const expectation = anyOf(
  [
    ...['arriv', 'deliver(?:y|ed|s)?\\b', 'expect', 'estimat', 'schedul', 'get it', 'due'],
    ...['zugestellt', 'zustell', 'liefer', 'voraussichtlich', 'ankunft', 'kommt', 'erwartet'],
    ...['bis zum', 'abhol', 'collect', 'hol'],
  ],
  'i',
);

/** The day of an order is none on which something comes. */
const orderDay = new RegExp(
  '\\b(?:bestellt|bestellung|ordered|order date|placed|bestelldatum|invoice|rechnung|return by|' +
    String.raw`rückgabe)\b[^.\n]*$`,
  'i',
);

/** The day that stands near a word of expecting; of "between 24 and 26" the last. */
const expectedIn = (text: string, sent: Date): string | undefined => {
  const dates = datesIn(text, sent);
  const close = dates.filter(({ index, end }) => {
    const near = text.slice(Math.max(0, index - 90), end + 50);
    const before = text.slice(Math.max(0, index - 28), index);
    return expectation.test(near) && !orderDay.test(before);
  });
  const first = close[0];
  if (!first) return undefined;
  const second = close[1];
  const gap = second ? text.slice(first.end, second.index) : '';
  const joined = gap.length < 30 && /^\s?(?:-|–|and|to|und|bis(?: zum)?|or|oder)\s/i.test(gap);
  return joined && second ? second.day : first.day;
};

/** Two times behind the day, wherever that is named: "between 10:15 and 12:15". */
const betweenIn = (text: string, day: string, sent: Date): [string, string] | undefined => {
  for (const { index } of datesIn(text, sent).filter((one) => one.day === day)) {
    const [first, second] = timesIn(text.slice(index, index + 110));
    if (!first || !second || second.time <= first.time) continue;
    if (second.index - first.index < 30) return [first.time, second.time];
  }
  return undefined;
};

const fromText = (mail: Readable, sent: Date): Delivery | undefined => {
  const carrier = carrierOf(mail);
  const status = statusIn(mail);
  const head = mail.text.slice(0, 3_000);
  const whole = `${mail.subject}\n${head}`;
  if (!status || !(carrier || parcelMails.test(whole))) return undefined;
  // A shop that has only taken an order has sent nothing yet.
  const tracking = trackingIn(whole);
  if (!carrier && !tracking && !parcelMails.test(mail.subject)) return undefined;
  const done = status === 'delivered' || status === 'returned';
  const expected = done ? undefined : expectedIn(whole, sent);
  const today = status === 'out-for-delivery' ? sent.toISOString().slice(0, 10) : undefined;
  const day = expected ?? today;
  return given({
    ...{ carrier, from: shopIn(mail, carrier), status, tracking, at: mail.at },
    expected: day,
    between: day === undefined ? undefined : betweenIn(whole, day, sent),
  });
};

/** What a mail says about parcels; empty for all other mails. */
export const deliveriesIn = (mail: Readable, timeZone: string): Delivery[] => {
  const things = thingsIn(mail.html, ['ParcelDelivery']);
  if (things.length > 0) return things.map((thing) => fromThing(thing, mail));
  const found = fromText(mail, localDay(mail.at, timeZone));
  return found ? [found] : [];
};

const sameParcel = (one: Delivery, other: Delivery): boolean =>
  one.tracking !== undefined && other.tracking !== undefined
    ? one.tracking === other.tracking
    : one.carrier === other.carrier &&
      (one.from === other.from || one.from === undefined || other.from === undefined);

/** Of several mails, oldest first: a later one about the same parcel knows better. */
export const allDeliveries = (mails: readonly Delivery[][]): Delivery[] => {
  const known: Delivery[] = [];
  for (const delivery of mails.flat()) {
    const at = known.findLastIndex(
      (one) => sameParcel(one, delivery) && (one.status !== 'delivered' || delivery.tracking),
    );
    if (at < 0) known.push(delivery);
    else known[at] = { ...known[at], ...delivery };
  }
  return known;
};
