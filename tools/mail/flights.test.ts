/** Flights as airlines and agencies write of them, and the many mails that are about none. */
import { describe, expect, test } from 'vitest';
import { allFlights, flightsIn, type Readable } from './flights.ts';
import { wholeText } from './plain.ts';

/** A Saturday. */
const at = new Date('2026-11-21T10:00:00Z');

const mail = (subject: string, text: string, html = ''): Readable => ({
  ...{ subject, html, at, from: { name: 'Desk', address: 'desk@example.com' } },
  text: wholeText({ text, html, attachments: [], cut: false }),
});

const read = (subject: string, text: string, html = '') =>
  flightsIn(mail(subject, text, html), 'Europe/Oslo');

const reservation = (more: object = {}, flight: object = {}) => ({
  ...{ '@context': 'https://schema.org', '@type': 'FlightReservation' },
  reservationNumber: 'ABC123',
  reservationFor: {
    ...{ '@type': 'Flight', flightNumber: '864' },
    airline: { '@type': 'Airline', name: 'Lufthansa', iataCode: 'LH' },
    departureAirport: { '@type': 'Airport', name: 'Frankfurt', iataCode: 'FRA' },
    departureTime: '2026-12-05T22:15:00+01:00',
    arrivalAirport: { '@type': 'Airport', name: 'Oslo', iataCode: 'OSL' },
    ...flight,
  },
  ...more,
});

const script = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script><p>Thank you.</p>`;

const lufthansa = {
  ...{ airline: 'Lufthansa', number: 'LH 864', departure: '2026-12-05T22:15' },
  ...{ from: 'Frankfurt (FRA)', to: 'Oslo (OSL)', booking: 'ABC123' },
};

const microdata = `
<div itemscope itemtype="http://schema.org/FlightReservation">
  <meta itemprop="reservationNumber" content="MICRO1"/>
  <link itemprop="reservationStatus" href="http://schema.org/Confirmed"/>
  <div itemprop="reservationFor" itemscope itemtype="http://schema.org/Flight">
    <meta itemprop="flightNumber" content="KL1143"/>
    <div itemprop="departureAirport" itemscope itemtype="http://schema.org/Airport">
      <span itemprop="name">Amsterdam Schiphol</span><meta itemprop="iataCode" content="AMS">
    </div>
    <time itemprop="departureTime" datetime="2027-01-04T14:05">4 January</time>
    <div itemprop="arrivalAirport" itemscope itemtype="http://schema.org/Airport">
      <span itemprop="name">Oslo &amp; Gardermoen</span>
    </div>
  </div>
</div>`;

describe('for machines', () => {
  test.each([
    ['one thing', reservation()],
    ['a list', [{ '@type': 'Organization', name: 'X' }, reservation()]],
    ['a graph', { '@context': 'https://schema.org', '@graph': [reservation()] }],
    ['a number with its code', reservation({}, { flightNumber: 'LH 0864' })],
  ])('JSON-LD, %s', (_, value) => {
    expect(read('Trip', '', script(value))).toEqual([lufthansa]);
  });

  test('a cancelled one says so', () => {
    const status = { reservationStatus: 'https://schema.org/ReservationCancelled' };
    expect(read('Trip', '', script(reservation(status)))).toEqual([
      { ...lufthansa, cancelled: true },
    ]);
  });

  test('microdata', () => {
    expect(read('Trip', '', microdata)).toEqual([
      {
        ...{ airline: 'KLM', number: 'KL 1143', departure: '2027-01-04T14:05' },
        ...{ from: 'Amsterdam Schiphol (AMS)', to: 'Oslo & Gardermoen', booking: 'MICRO1' },
      },
    ]);
  });

  test.each([
    ['broken JSON', '<script type="application/ld+json">{"@type": schema.org</script>'],
    ['no flight number', script(reservation({}, { flightNumber: '' }))],
    ['no time', script(reservation({}, { departureTime: 'soon' }))],
    ['a hotel', script({ ...reservation(), '@type': 'LodgingReservation' })],
  ])('%s is none', (_, html) => {
    expect(read('Trip', '', html)).toEqual([]);
  });
});

interface Expected {
  number: string;
  departure: string;
  from?: string;
  to?: string;
  booking?: string;
  cancelled?: true;
}

const texts: [name: string, subject: string, text: string, expected: Expected[]][] = [
  [
    ...(['airports in brackets', 'Booking confirmation'] as const),
    'Booking reference: X7K2PQ\nSK 4035\nOslo (OSL) - Bergen (BGO)\nThu 3 December 2026\n' +
      '09:40 - 10:35',
    [
      {
        ...{ number: 'SK 4035', departure: '2026-12-03T09:40', booking: 'X7K2PQ' },
        ...{ from: 'Oslo (OSL)', to: 'Bergen (BGO)' },
      },
    ],
  ],
  [
    ...(['German, with Uhr', 'Ihre Buchungsbestätigung'] as const),
    'Buchungscode: 8XK2LM\n\nFlug OS 338\nWien (VIE) - Oslo (OSL)\nAbflug: Montag, 14. ' +
      'Dezember 2026, 17:05 Uhr\nAnkunft: 19:25 Uhr',
    [
      {
        ...{ number: 'OS 338', departure: '2026-12-14T17:05', booking: '8XK2LM' },
        ...{ from: 'Wien (VIE)', to: 'Oslo (OSL)' },
      },
    ],
  ],
  [
    ...(['out and back', 'Your itinerary'] as const),
    'Confirmation number ZZTOP1\nDeparture flight BA 763 on 2 Feb 2027 at 7:45 am from Oslo ' +
      'to London\n' +
      'Return flight BA 768 on 9 Feb 2027 at 5:10 pm from London to Oslo',
    [
      {
        ...{ number: 'BA 763', departure: '2027-02-02T07:45', booking: 'ZZTOP1' },
        ...{ from: 'Oslo', to: 'London' },
      },
      {
        ...{ number: 'BA 768', departure: '2027-02-09T17:10', booking: 'ZZTOP1' },
        ...{ from: 'London', to: 'Oslo' },
      },
    ],
  ],
  [
    ...(['codes with an arrow', 'Check-in is open for DY1303'] as const),
    'Your flight DY1303 OSL → LGW leaves on 24 November at 11:20. Booking reference QW3RT5.',
    [
      {
        ...{ number: 'DY 1303', departure: '2026-11-24T11:20', booking: 'QW3RT5' },
        ...{ from: 'OSL', to: 'LGW' },
      },
    ],
  ],
  [
    ...(['tomorrow', 'Time to check in'] as const),
    'Your flight FR 1234 from Dublin to Malaga departs tomorrow at 06:25.',
    [{ number: 'FR 1234', departure: '2026-11-22T06:25', from: 'Dublin', to: 'Malaga' }],
  ],
  [
    ...(['morgen', 'Ihr Flug morgen'] as const),
    'Ihr Flug EW 9752 von Hamburg nach Nizza startet morgen um 13:50 Uhr.',
    [{ number: 'EW 9752', departure: '2026-11-22T13:50', from: 'Hamburg', to: 'Nizza' }],
  ],
  [
    ...(['a day in numbers', 'E-Ticket'] as const),
    'E-Ticket 2201234567890\nPassagier: Lund/Anna\nLX 1216  Zürich (ZRH) – Oslo (OSL)  ' +
      '18.01.2027  12:35',
    [
      {
        ...{ number: 'LX 1216', departure: '2027-01-18T12:35' },
        ...{ from: 'Zürich (ZRH)', to: 'Oslo (OSL)' },
      },
    ],
  ],
  [
    ...(['a month before the day', 'Your trip confirmation'] as const),
    'Record locator: HJKL23\nFlight: AA 105\nLondon Heathrow (LHR) to New York (JFK)\n' +
      'December 22, 2026 5:05 PM',
    [
      {
        ...{ number: 'AA 105', departure: '2026-12-22T17:05', booking: 'HJKL23' },
        ...{ from: 'London Heathrow (LHR)', to: 'New York (JFK)' },
      },
    ],
  ],
  [
    ...(['cancelled', 'Your flight has been cancelled'] as const),
    'We are sorry: your flight U2 8321 from Gatwick to Oslo on 28 November 2026 at 18:30 ' +
      'has been cancelled. Booking reference K1L2M3.',
    [
      {
        ...{ number: 'U2 8321', departure: '2026-11-28T18:30', booking: 'K1L2M3' },
        ...{ from: 'Gatwick', to: 'Oslo', cancelled: true },
      },
    ],
  ],
  [
    ...(['an ISO day', 'Boarding pass'] as const),
    'Passenger ANNA LUND\nFlight WF563\nBGO - TRD\n2026-11-30 08:15\nSeat 4A\nPNR: LMN4P5',
    [
      {
        ...{ number: 'WF 563', departure: '2026-11-30T08:15', booking: 'LMN4P5' },
        ...{ from: 'BGO', to: 'TRD' },
      },
    ],
  ],
  [
    ...(['labels in German', 'Reiseplan'] as const),
    'Flugnummer: LH 864\nVon: Frankfurt\nNach: Oslo\nDatum: 05.12.2026\nAbflug um 22:15 Uhr\n' +
      'Reservierungscode: TT66UU',
    [
      {
        ...{ number: 'LH 864', departure: '2026-12-05T22:15', booking: 'TT66UU' },
        ...{ from: 'Frankfurt', to: 'Oslo' },
      },
    ],
  ],
];

describe('in words', () => {
  test.each(texts)('%s', (_, ...[subject, text, expected]) => {
    const found = read(subject, text);
    expect(found.map(({ airline, ...rest }) => rest)).toEqual(expected);
    for (const { airline } of found) expect(airline).toBeTruthy();
  });

  test.each([
    [
      'an offer',
      'Flights to Rome from 39 €',
      'Fly to Rome with FR 200 reasons to go. Book by 24 Nov.',
    ],
    ['a newsletter', 'News from the airport', 'LH 400 celebrates its birthday on 3 December.'],
    ['a dinner', 'Dinner on Friday', 'Shall we say seven? I fly to Rome on Monday.'],
    ['an invoice', 'Invoice BA 2231', 'Invoice BA 2231 of 3 December 2026 is due.'],
    [
      'a parcel',
      'Your parcel',
      'Booking reference ABC123: your parcel DL 4432 comes on 4 December.',
    ],
    ['a hotel', 'Your booking confirmation', 'Hotel Post, Wien, 14. Dezember 2026. Zimmer 12.'],
    [
      'a train',
      'Ihre Buchung',
      'ICE 572 Hamburg - Köln am 3.12.2026 um 9:40. Auftragsnummer AB12CD.',
    ],
    ['a question', 'Your flight?', 'When is your flight? Mine is at 9:40 tomorrow.'],
    ['a meeting', 'Itinerary', 'Meet in AA 12 at 10:00 on 4 December.'],
    ['a receipt', 'Receipt', 'Seat SK 12, amount 43.00, 2026-11-20. Thank you for your trip!'],
    ['nothing', '', ''],
  ])('%s is none', (_, subject, text) => {
    expect(read(subject, text)).toEqual([]);
  });
});

test('a later mail knows better, and keeps what it does not repeat', () => {
  const first = read(
    'Booking confirmation',
    'Booking reference: X7K2PQ\nSK 4035\nOslo (OSL) - Bergen (BGO)\n3 December 2026, 09:40',
  );
  const later = read(
    'Check-in',
    'Your flight SK 4035 from Oslo (OSL) to Bergen (BGO) on 3 December 2026 now departs at 10:05.',
  );
  expect(allFlights([first, later])).toMatchObject([
    { number: 'SK 4035', departure: '2026-12-03T10:05', booking: 'X7K2PQ' },
  ]);
});

test('long and hostile text is read in no time', () => {
  const long = `Booking reference: ABCDEF ${'Flight SK 4035 (OSL) '.repeat(5_000)}`;
  const startedAtMs = performance.now();
  read('Itinerary', long);
  read('Itinerary', '', `<p>${'<div itemscope>'.repeat(20_000)}schema.org`);
  expect(performance.now() - startedAtMs).toBeLessThan(5_000);
});
