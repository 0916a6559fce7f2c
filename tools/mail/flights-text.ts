/** Where a flight goes, in the words of a mail: "Oslo (OSL) to Bergen (BGO)". */

/** A mail that is about a journey of one's own; offers and news lack these words. */
export const flightMails = new RegExp(
  [
    ...['booking (?:confirm|reference|code|number)', 'confirmation (?:code|number)', 'itinerary'],
    ...['e-?ticket', 'boarding (?:pass|card|time)', 'check-?in', 'your (?:flight|trip|booking)'],
    ...['record locator', '\\bPNR\\b', 'reservation (?:code|number)', 'passenger'],
    ...['buchungs(?:code|nummer|bestätigung|referenz)', 'ihr(?:e|en|em)? (?:flug|reise|buchung)'],
    ...['dein(?:e|en|em)? (?:flug|reise|buchung)', 'bordkarte', 'reiseplan', 'flugschein'],
    ...['fluggast', 'reservierungs(?:code|nummer)', 'flugbestätigung'],
  ].join('|'),
  'i',
);

const word = "\\p{Lu}[\\p{L}.'’-]*";
const name = `${word}(?:[ /](?:(?:am|an der|de|del|la|of) )?${word}){0,3}`;
const coded = `(?:${name} ?)?\\((?:[A-Z]{3})(?:[ ,-][^)]{1,20})?\\)`;
const gap = '(?:[ \\t]*\\n?[ \\t]*)';

const towards = '(?:-|–|—|→|->|>|to|nach|/)';

/** Tried in this order; each names `from` and `to`. */
const routes = [
  // "Oslo (OSL) 09:40 … Bergen (BGO) 10:35": what is between them is short.
  new RegExp(`(?<from>${coded})[^()]{0,140}?(?<to>${coded})`, 'u'),
  new RegExp(`\\b(?<from>[A-Z]{3})${gap}${towards}${gap}(?<to>[A-Z]{3})\\b`, 'u'),
  new RegExp(`\\b(?:from|von|ab)[: ]+(?<from>${name})[ ,]+(?:to|nach)[: ]+(?<to>${name})`, 'u'),
  new RegExp(
    `(?:from|von|departure|departs|abflug|abflugort|depart)\\s?:\\s*(?<from>${name})` +
      `[^]{0,160}?(?:\\bto|nach|arrival|arrives|ankunft|ankunftsort|zielort|arrive)` +
      `\\s?:\\s*(?<to>${name})`,
    'iu',
  ),
  new RegExp(`(?<from>${name})${gap}(?:→|->|–|—|✈)${gap}(?<to>${name})`, 'u'),
  new RegExp(`\\b(?<from>${name}) (?:to|nach) (?<to>${name})`, 'u'),
];

const notPlaces = new RegExp(
  `^(?:${[
    ...['The', 'Your', 'Dear', 'Flight', 'Flug', 'Terminal', 'Gate', 'From', 'Von', 'To', 'Nach'],
    ...['Ihr', 'Dein', 'Hello', 'Hi', 'We', 'Welcome', 'On', 'Am', 'Mon', 'Tue', 'Wed', 'Thu'],
    ...['Fri', 'Sat', 'Sun', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    ...['Sunday', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  ].join('|')})\\b`,
  'i',
);

const place = (text: string | undefined): string | undefined => {
  const plain =
    text
      ?.replace(/\s+/g, ' ')
      .replace(/\(([A-Z]{3})[^)]*\)/, '($1)')
      .trim() ?? '';
  const short = plain.replace(/^\(([A-Z]{3})\)$/, '$1').replace(/[.,]$/, '');
  return short.length < 3 || notPlaces.test(short) ? undefined : short;
};

/** The first pair of places that reads as from one to the other. */
export const routeIn = (text: string): { from: string; to: string } | undefined => {
  for (const route of routes) {
    const groups = route.exec(text)?.groups;
    const from = place(groups?.from);
    const to = place(groups?.to);
    if (from && to && from !== to) return { from, to };
  }
  return undefined;
};
