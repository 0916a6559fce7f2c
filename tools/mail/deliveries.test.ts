/** Parcels as carriers and shops write of them, and the many mails that are about none. */
import { describe, expect, test } from 'vitest';
import { allDeliveries, type Delivery, deliveriesIn } from './deliveries.ts';
import { wholeText } from './plain.ts';

/** A Saturday. */
const at = new Date('2026-11-21T10:00:00Z');

interface Given {
  from: string;
  subject: string;
  text: string;
  html?: string;
}

const read = ({ from, subject, text, html = '' }: Given, sent = at) => {
  const [, name = '', address = ''] = /^(.*) <(.*)>$/.exec(from) ?? [];
  const words = wholeText({ text, html, attachments: [], cut: false });
  const mail = { subject, text: words, html, at: sent, from: { name, address } };
  return deliveriesIn(mail, 'Europe/Oslo').map(({ at: _, ...rest }) => rest);
};

type Expected = Omit<Delivery, 'at'>;

const texts: [name: string, from: string, subject: string, text: string, expected: Expected][] = [
  [
    ...(['DHL, German', 'DHL Paket <noreply@dhl.example.de>'] as const),
    ...(['Ihr Paket von Bücherwurm kommt am Montag'] as const),
    'Ihr Paket wird voraussichtlich am Montag, 23.11.2026 zwischen 10:15 und 12:15 Uhr ' +
      'zugestellt.\nSendungsnummer: 00340434161094015902',
    {
      ...{ carrier: 'DHL', from: 'Bücherwurm', status: 'on-the-way', expected: '2026-11-23' },
      ...{ between: ['10:15', '12:15'], tracking: '00340434161094015902' },
    },
  ],
  [
    ...(['DHL, English', 'DHL Express <no-reply@dhl.example.com>'] as const),
    ...(['Your shipment is on its way'] as const),
    'Your DHL shipment from Northern Bikes is on its way. Estimated delivery: Tuesday, 24 ' +
      'November 2026. Waybill 1234567890',
    {
      ...{ carrier: 'DHL', from: 'Northern Bikes', status: 'on-the-way', expected: '2026-11-24' },
    },
  ],
  [
    ...(['UPS', 'UPS <pkginfo@ups.example.com>', 'Your UPS package is out for delivery'] as const),
    'It arrives today by 6:00 PM. Tracking Number: 1Z999AA10123456784',
    {
      ...{ carrier: 'UPS', status: 'out-for-delivery', expected: '2026-11-21' },
      tracking: '1Z999AA10123456784',
    },
  ],
  [
    ...(['FedEx', 'FedEx <tracking@fedex.example.com>'] as const),
    ...(['Your package is scheduled for delivery tomorrow'] as const),
    'Scheduled delivery: tomorrow between 9:00 am and 1:00 pm. Tracking ID 772345678901',
    {
      ...{ carrier: 'FedEx', status: 'on-the-way', expected: '2026-11-22' },
      ...{ between: ['09:00', '13:00'], tracking: '772345678901' },
    },
  ],
  [
    ...(['Amazon, German', 'Amazon.de <versand@amazon.example.de>'] as const),
    ...(['Versandbestätigung: Ihre Bestellung wurde versandt'] as const),
    'Guten Tag, Ihr Paket wurde verschickt. Zustellung: Mittwoch, 25. November.',
    { carrier: 'Amazon', from: 'Amazon', status: 'on-the-way', expected: '2026-11-25' },
  ],
  [
    ...(['Amazon, delivered', 'Amazon.com <ship@amazon.example.com>'] as const),
    ...(['Delivered: your package', 'Your package was delivered to the front door.'] as const),
    { carrier: 'Amazon', from: 'Amazon', status: 'delivered' },
  ],
  [
    ...(['Hermes', 'Hermes <info@myhermes.example.de>', 'Ihre Sendung ist in Zustellung'] as const),
    'Ihre Sendung von Modehaus Lind wird heute zwischen 14:00 und 16:00 Uhr zugestellt.',
    {
      ...{ carrier: 'Hermes', from: 'Modehaus Lind', status: 'out-for-delivery' },
      ...{ expected: '2026-11-21', between: ['14:00', '16:00'] },
    },
  ],
  [
    ...(['Hermes, not met', 'Hermes <info@hermes.example.de>'] as const),
    ...(['Wir haben Sie leider nicht angetroffen'] as const),
    'Ihr Paket konnte nicht zugestellt werden. Wir versuchen es am 23.11. noch einmal.',
    { carrier: 'Hermes', status: 'failed', expected: '2026-11-23' },
  ],
  [
    ...(['DPD', 'DPD <noreply@dpd.example.de>', 'Ihr DPD Paket kommt am 24.11.2026'] as const),
    'Absender: Teekontor\nPaketnummer: 01234567890123',
    {
      ...{ carrier: 'DPD', from: 'Teekontor', status: 'on-the-way', expected: '2026-11-24' },
      tracking: '01234567890123',
    },
  ],
  [
    ...(['Posten, pick-up', 'Posten <noreply@posten.example.no>'] as const),
    ...(['Your parcel from Fjell Sport is ready for pick-up'] as const),
    'Collect it at Coop Majorstuen by 5 December 2026. Shipment number: 370722150012345678',
    {
      ...{ carrier: 'Posten', from: 'Fjell Sport', status: 'ready-for-pickup' },
      ...{ expected: '2026-12-05', tracking: '370722150012345678' },
    },
  ],
  [
    ...(['Royal Mail', 'Royal Mail <no-reply@royalmail.example.com>'] as const),
    ...(['Your delivery is on its way'] as const),
    "We've received your parcel from The Tea House. We'll deliver it on Monday. Reference: " +
      'JX123456789GB',
    {
      ...{ carrier: 'Royal Mail', from: 'Tea House', status: 'on-the-way' },
      ...{ expected: '2026-11-23', tracking: 'JX123456789GB' },
    },
  ],
  [
    ...(['a shop that names the carrier', 'Northern Bikes <hi@bikes.example.com>'] as const),
    ...(['Your order has shipped'] as const),
    'Your order has shipped with UPS. Estimated delivery 26 November - 28 November 2026.',
    {
      ...{ carrier: 'UPS', from: 'Northern Bikes', status: 'on-the-way' },
      expected: '2026-11-28',
    },
  ],
  [
    ...(['delayed', 'DHL <noreply@dhl.example.com>', 'Your parcel is delayed'] as const),
    'Your parcel from Paper Lane is delayed. New expected delivery: 27 November.',
    { carrier: 'DHL', from: 'Paper Lane', status: 'delayed', expected: '2026-11-27' },
  ],
  [
    ...(['announced', 'DHL <noreply@dhl.example.de>', 'Ihr Paket ist angekündigt'] as const),
    'Teekontor hat uns eine Sendung für Sie angekündigt. Sendungsnummer 00340434161094099999',
    {
      ...{ carrier: 'DHL', status: 'announced', tracking: '00340434161094099999' },
    },
  ],
  [
    ...(['returned', 'UPS <pkginfo@ups.example.com>', 'Your package was not accepted'] as const),
    'The package is being returned to the sender. Tracking number 1Z999AA10123450000',
    { carrier: 'UPS', status: 'returned', tracking: '1Z999AA10123450000' },
  ],
];

describe('in words', () => {
  test.each(texts)('%s', (_, ...[from, subject, text, expected]) => {
    expect(read({ from, subject, text })).toEqual([expected]);
  });

  test.each([
    [
      'an order taken',
      'Shop <a@shop.example.com>',
      'Order received',
      'Thank you for your order 4711.',
    ],
    ['an offer', 'Shop <a@shop.example.com>', 'Free delivery this week', 'Delivery is on us.'],
    ['a rating', 'Amazon <a@amazon.example.com>', 'Rate your package', 'How was your delivery?'],
    ['a flight', 'Air <a@air.example.com>', 'Your booking', 'Flight SK 4035 arrives at 10:35.'],
    ['a friend', 'Bjørn <b@example.net>', 'Sunday', 'I will deliver the chairs on Sunday.'],
    ['a newsletter', 'DHL <news@dhl.example.de>', 'Newsletter', 'Neues aus der Welt der Logistik.'],
    [
      'an invoice',
      'UPS <bill@ups.example.com>',
      'Your invoice',
      'The invoice of November is ready.',
    ],
    [
      'a baby',
      'Clinic <a@clinic.example.org>',
      'Delivery room',
      'Visit our delivery room on Monday.',
    ],
    ['food for thought', 'Work <a@work.example.com>', 'Package of measures', 'It was approved.'],
    ['a pull request', 'Forge <a@forge.example.com>', 'Package bump', 'The package was updated.'],
    ['nothing', 'X <x@example.org>', '', ''],
  ])('%s is none', (_, ...[from, subject, text]) => {
    expect(read({ from, subject, text })).toEqual([]);
  });
});

const parcel = (more: object = {}) => ({
  ...{ '@context': 'http://schema.org', '@type': 'ParcelDelivery', trackingNumber: 'TR12345678' },
  provider: { '@type': 'Organization', name: 'FedEx' },
  expectedArrivalFrom: '2026-11-24T08:00:00Z',
  expectedArrivalUntil: '2026-11-25T18:00:00Z',
  partOfOrder: {
    ...{ '@type': 'Order', merchant: { '@type': 'Organization', name: 'Paper Lane' } },
    orderStatus: 'http://schema.org/OrderInTransit',
  },
  ...more,
});

describe('for machines', () => {
  const from = 'Paper Lane <hi@paper.example.com>';
  const html = (value: unknown) =>
    `<script type="application/ld+json">${JSON.stringify(value)}</script><p>Hi</p>`;

  test('JSON-LD', () => {
    expect(read({ from, subject: 'Hi', text: '', html: html(parcel()) })).toEqual([
      {
        ...{ carrier: 'FedEx', from: 'Paper Lane', status: 'on-the-way' },
        ...{ expected: '2026-11-25', tracking: 'TR12345678' },
      },
    ]);
  });

  test('delivered, with nothing else', () => {
    const value = { '@type': 'ParcelDelivery', '@context': 'http://schema.org' };
    const order = { '@type': 'Order', orderStatus: 'OrderDelivered', seller: 'Paper Lane' };
    const found = read({
      from,
      subject: 'Hi',
      text: '',
      html: html({ ...value, partOfOrder: order }),
    });
    expect(found).toEqual([{ from: 'Paper Lane', status: 'delivered' }]);
  });
});

test('the later mail of a parcel knows better', () => {
  const base = { carrier: 'DHL', from: 'Bücherwurm', tracking: '1' };
  const one: Delivery = { ...base, status: 'on-the-way', expected: '2026-11-23', at };
  const two: Delivery = { carrier: 'DHL', tracking: '1', status: 'delivered', at };
  const other: Delivery = { ...base, tracking: '2', status: 'announced', at };
  expect(allDeliveries([[one], [other], [two]])).toEqual([{ ...one, status: 'delivered' }, other]);
});

test('long and hostile text is read in no time', () => {
  const startedAtMs = performance.now();
  const text = 'Your parcel from '.repeat(10_000) + 'tracking number '.repeat(10_000);
  read({ from: 'DHL <a@dhl.example.de>', subject: 'Your parcel is on its way', text });
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});
