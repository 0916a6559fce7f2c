/** How carriers and shops write about parcels, in English and German. */

import type { ParcelStatus } from './deliveries.ts';
import type { Readable } from './flights.ts';
import { anyOf } from './patterns.ts';

const carriers: readonly [name: string, pattern: RegExp][] = [
  ['DHL', /\bdhl\b|deutsche post/i],
  ['UPS', /\bups\b|united parcel/i],
  ['FedEx', /\bfedex\b|\btnt\b/i],
  ['Hermes', /\bhermes\b|\bmyhermes\b/i],
  ['DPD', /\bdpd\b/i],
  ['GLS', /\bgls\b/i],
  ['Royal Mail', /royal ?mail|\bparcelforce\b/i],
  ['Evri', /\bevri\b/i],
  ['Posten', /\bposten\b|\bbring\.(?:no|com)\b/i],
  ['PostNord', /\bpostnord\b/i],
  ['Austrian Post', /österreichische post|\bpost\.at\b/i],
  ['Swiss Post', /schweizerische post|\bpost\.ch\b/i],
  ['USPS', /\busps\b/i],
  ['Amazon', /\bamazon\b/i],
];

const parcel = anyOf(
  [
    ...['parcel', 'package', 'shipment', 'delivery', 'deliver(?:ed|ing)?', 'paket', 'päckchen'],
    ...['sendung', 'lieferung', 'zustellung', 'zugestellt', 'geliefert'],
  ].map((word) => `\\b${word}`),
  'i',
);

/** Mails that tell of a parcel on its way to somebody. */
export const parcelMails = new RegExp(
  [
    ...['(?:your|the) (?:parcel|package|shipment|delivery|order) (?:has|is|was|will|from|with)'],
    ...[
      '(?:ihr|dein)e? (?:paket|päckchen|sendung|lieferung|bestellung) ' +
        '(?:ist|wurde|wird|kommt|von|mit)',
    ],
    ...['out for delivery', 'tracking (?:number|id|code)', 'sendungs(?:nummer|verfolgung)'],
    ...['(?:paket|sendung|lieferung) (?:ist )?(?:unterwegs|zugestellt|angekündigt)'],
    ...['in zustellung', 'track your (?:parcel|package|shipment|order)', 'has shipped'],
    ...['your .{1,40} (?:parcel|package) ', 'versandbestätigung', 'shipping confirmation'],
  ].join('|'),
  'i',
);

const carriedBy = new RegExp(
  '(?:\\bby|with|via|carrier|shipped with|mit|per|durch|versanddienstleister|zusteller|von)' +
    '\\s?:?\\s(.{2,30})',
  'gi',
);

/** Who carries it: by the sender first, then the subject, then the words. */
export const carrierOf = (mail: Readable, named?: string): string | undefined => {
  const { from, subject, text } = mail;
  const places =
    named === undefined
      ? [from.address.split('@').at(-1)?.replace(/[._-]/g, ' ') ?? '', from.name, subject]
      : [named];
  for (const place of places) {
    const found = carriers.find(([, pattern]) => pattern.test(place));
    if (found) return found[0];
  }
  if (named !== undefined) return undefined;
  // In a shop's words only where it says who carries.
  for (const [, name = ''] of text.slice(0, 3_000).matchAll(carriedBy)) {
    const found = carriers.find(([, pattern]) => name.search(pattern) === 0);
    if (found) return found[0];
  }
  return undefined;
};

/** In this order: what is over is said before what is expected. */
const statuses: readonly [ParcelStatus, RegExp][] = [
  [
    'failed',
    anyOf(
      [
        "(?:could ?n[o']t|unable to|failed to|attempted to).{0,40}deliver",
        '(?:sorry we|we) missed you|missed your delivery',
        'delivery attempt',
        'nicht zugestellt werden',
        'haben (?:sie|dich) (?:leider )?nicht angetroffen',
        'zustellversuch',
      ],
      'i',
    ),
  ],
  ['returned', /return(?:ed|ing) to (?:the )?sender|zurück an den absender/i],
  [
    'ready-for-pickup',
    anyOf(
      [
        'ready (?:for|to) (?:pick[ -]?up|collect)',
        'ready for collection',
        'waiting for you at',
        '(?:can be|be) (?:picked up|collected)',
        'abholbereit',
        'zur abholung bereit',
        'liegt .{0,40}bereit',
        'kann abgeholt werden',
        'abgeholt werden',
        'in der packstation',
      ],
      'i',
    ),
  ],
  [
    'delivered',
    anyOf(
      [
        '(?:has been|was|were|have been|been) (?:successfully )?(?:delivered|left)',
        String.raw`^delivered\b`,
        '(?:parcel|package|order|shipment) delivered',
        String.raw`wurde (?:\S+ ){0,6}(?:zugestellt|geliefert|abgegeben|abgelegt)`,
        'ist angekommen',
        String.raw`^zugestellt\b`,
        String.raw`^geliefert\b`,
        'delivered (?:today|to your)',
        'erfolgreich zugestellt',
      ],
      'im',
    ),
  ],
  [
    'delayed',
    anyOf(
      [
        String.raw`\bdelay(?:ed)?\b`,
        'later than (?:expected|planned)',
        'running late',
        'verspätet',
        'verzögert',
        'verzögerung',
        'später als (?:geplant|erwartet)',
      ],
      'i',
    ),
  ],
  [
    'out-for-delivery',
    anyOf(
      [
        'out for delivery',
        'on (?:the|its) (?:van|vehicle)',
        'with (?:your|our|the) driver',
        'arriving today',
        'will be delivered today',
        String.raw`wird heute (?:\S+ ){0,4}zugestellt`,
        'kommt heute',
        'in zustellung',
        'zustellfahrzeug',
        'heute bei (?:dir|ihnen)',
      ],
      'i',
    ),
  ],
  [
    'on-the-way',
    anyOf(
      [
        'on (?:its|the) way',
        'has (?:been )?(?:shipped|dispatched)',
        '(?:was|were) (?:shipped|dispatched)',
        'in transit',
        "we(?:'ve| have) (?:shipped|dispatched|received your parcel)",
        'will (?:be delivered|arrive|deliver)',
        String.raw`\barriving\b`,
        'estimated delivery',
        'expected delivery',
        'scheduled (?:delivery|for delivery)',
        'delivery (?:is )?(?:scheduled|expected)',
        'delivery date',
        'just shipped',
        'ist unterwegs',
        String.raw`wurde (?:\S+ ){0,3}(?:versandt|verschickt|versendet|übergeben)`,
        'unterwegs zu',
        String.raw`wird (?:\S+ ){0,6}(?:zugestellt|geliefert)`,
        'kommt (?:am|morgen|voraussichtlich)',
        'voraussichtliche (?:zustellung|lieferung)',
        'zustellung (?:am|voraussichtlich|erfolgt)',
        'auf dem weg',
        'haben .{0,40}verschickt',
        'liefertermin',
      ],
      'i',
    ),
  ],
  [
    'announced',
    anyOf(
      [
        '(?:preparing|getting ready).{0,30}(?:parcel|shipment|package)',
        'label (?:has been )?created',
        'shipment (?:is )?(?:ready|created|information)',
        'angekündigt',
        'in vorbereitung',
        "we(?:'re| are) expecting (?:your|a) parcel",
      ],
      'i',
    ),
  ],
];

/** Offers, ratings and questions use the same words. */
const noParcel = anyOf(
  [
    'free (?:delivery|shipping)',
    'kostenlose[rn]? (?:versand|lieferung)',
    'versandkostenfrei',
    'newsletter',
    'rate your',
    'how was your',
    'bewerten sie',
    'bewerte',
    'customs duty unpaid',
    'delivery fee',
    String.raw`\bsale\b`,
    '% off',
    'rabatt',
  ],
  'i',
);

/** Undefined where the mail is about no parcel. */
export const statusIn = ({ subject, text }: Readable): ParcelStatus | undefined => {
  const head = text.slice(0, 2_000);
  if (!parcel.test(`${subject}\n${head}`) && !parcelMails.test(subject)) return undefined;
  if (noParcel.test(subject)) return undefined;
  const inSubject = statuses.find(([, pattern]) => pattern.test(subject));
  return (inSubject ?? statuses.find(([, pattern]) => pattern.test(head)))?.[0];
};

const tracking = new RegExp(
  String.raw`(?:tracking|sendungs|paket|shipment|parcel|consignment|track(?:\s?&\s?trace)?)[\s-]?` +
    '(?:number|nummer|no\\.?|nr\\.?|id|code|reference|referenz)?' +
    String.raw`\s?(?:is|lautet|ist)?\s?[:#]?\s{0,3}` +
    String.raw`([A-Z\d][A-Z\d ]{8,34}[A-Z\d])(?![A-Za-z\d])`,
  'gi',
);

/** Without spaces; at least eight digits, so that no sentence is taken for one. */
export const trackingIn = (text: string): string | undefined => {
  for (const [, found = ''] of text.matchAll(tracking)) {
    const plain = found.replace(/\s+(?![A-Z\d]*\d).*$/, '').replace(/\s+/g, '');
    if (plain === plain.toUpperCase() && (plain.match(/\d/g)?.length ?? 0) >= 8) return plain;
  }
  return /\b1Z[A-Z\d]{16}\b/.exec(text)?.[0] ?? /\b[A-Z]{2}\d{9}[A-Z]{2}\b/.exec(text)?.[0];
};

const shopWord = "\\p{Lu}(?:[\\p{L}\\d&'’-]|\\.(?=\\p{L}))*";
const shopName = `(${shopWord}(?: (?:& )?${shopWord}){0,3})`;
const ways = ['parcel', 'package', 'order', 'delivery', 'shipment', 'paket', 'päckchen'];
const things = [...ways, 'sendung', 'lieferung', 'bestellung'].join('|');
const shops = [
  `(?i:${things}) (?:is (?:coming )?)?(?:from|von|bei) (?:der |dem |the )?${shopName}`,
  `(?i:your|ihre?|deine?) ${shopName} (?:parcel|package|order|delivery)`,
  `(?i:sender|absender|shipper|versender|händler|merchant|sold by)\\s?:\\s?${shopName}`,
  `${shopName}[- ](?:Paket|Bestellung|Sendung|Lieferung)\\b`,
].map((shop) => new RegExp(shop, 'gu'));

const noShop = anyOf(
  [
    ...['dhl', 'ups', 'fedex', 'hermes', 'dpd', 'gls', 'royal mail', 'posten', 'your', 'our'],
    ...['ihre?', 'deine?', 'unsere?', 'eine?', 'der', 'die', 'das', 'this', 'an?', 'the$', 'us'],
  ].map((word) => `^${word}(?:\\b|$)`),
  'i',
);

/** Who sent the parcel: named in the words, or, where a shop wrote itself, that shop. */
export const shopIn = (mail: Readable, carrier: string | undefined): string | undefined => {
  const text = `${mail.subject}\n${mail.text.slice(0, 1_500)}`;
  for (const shop of shops) {
    for (const [, name = ''] of text.matchAll(shop)) {
      const plain = name
        .replace(/[.,]$/, '')
        .replace(/^The /, '')
        .replace(/ (?:Is|Has|Ist|Wird|Wurde)$/, '');
      if (!noShop.test(plain) && plain !== carrier) return plain;
    }
  }
  const own = mail.from.name.trim();
  const isCarrier = carriers.some(([, pattern]) => pattern.test(`${own} ${mail.from.address}`));
  if (own && !isCarrier) return own.slice(0, 60);
  return carrier === 'Amazon' ? 'Amazon' : undefined;
};
