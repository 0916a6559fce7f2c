/** What is said of people and places in German; which sentence is for what: words.ts. */
import type { Wind } from './geometry.ts';
import type { LocationWords, Who } from './words.ts';

const winds: Record<Wind, string> = {
  ...{ n: 'nördlich', ne: 'nordöstlich', e: 'östlich', se: 'südöstlich' },
  ...{ s: 'südlich', sw: 'südwestlich', w: 'westlich', nw: 'nordwestlich' },
};

const is = ({ name, isCaller }: Who): string => (isCaller ? 'Du bist' : `${name} ist`);

const are = (names: string, { count, hasYou }: { count: number; hasYou: boolean }, what: string) =>
  hasYou
    ? `${names} ${count === 1 ? 'bist' : 'seid'} ${what}.`
    : `${names} ${count === 1 ? 'ist' : 'sind'} ${what}.`;

export const german: LocationWords = {
  you: 'du',
  yes: (rest) => `Ja. ${rest}`,
  no: (rest) => `Nein. ${rest}`,
  home: (names, count, hasYou) => are(names, { count, hasYou }, 'zu Hause'),
  away: (names, count, hasYou) => are(names, { count, hasYou }, 'unterwegs'),
  nobodyHome: 'Soweit ich sehe, ist niemand zu Hause.',
  lost: (name, when) => `Von ${name} habe ich seit ${when} nichts gehört.`,
  unsure: (names) => `Bei ${names} kann ich es nicht sagen.`,
  others: 'Von anderen weiß ich nichts.',
  isHome: (who) => `${is(who)} zu Hause.`,
  isAway: (who) => `${is(who)} nicht zu Hause.`,
  secret: ({ name }) =>
    `Wo ${name} ist, kann ich nicht sagen: Kein Handy meldet es mir, oder es ist nicht für ` +
    `dich freigegeben. ${name} kann sagen: Alle zu Hause dürfen sehen, wo ich bin.`,
  nothingOfYou: 'Ich weiß nicht, wo du bist: Noch meldet sich kein Handy von dir bei mir.',
  nobodyKnown:
    'Wer zu Hause ist, kann ich nicht sagen: Kein Handy meldet es mir, oder es ist nicht für ' +
    'dich freigegeben. OwnTracks oder Home Assistant kann man mit mir verbinden.',
  awayOnly: (who) => `${is(who)} nicht zu Hause. Mehr ist nicht für dich freigegeben.`,
  at: (who, place) => `${is(who)} an diesem Ort: ${place}.`,
  from: (who, distance, wind) => `${is(who)} etwa ${distance} ${wind} von zu Hause.`,
  near: (who, distance) =>
    `${is(who)} in der Nähe von zu Hause, im Umkreis von etwa ${distance}; ` +
    'genauer weiß ich es nicht.',
  seen: (sentence, age) => `${sentence.replace(/\.$/, '')}, zuletzt gemeldet vor ${age}.`,
  old: (sentence, when) => `Das Letzte, was ich weiß, ist von ${when}: ${sentence}`,
  more: (count) => `${count} weitere`,
  guestsSeeNothing: 'Gäste sehen hier von niemandem den Ort. Ein Konto gibt dir der Haushalt.',
  noHome: 'Ich weiß nicht, wo zu Hause ist: In BUTLER_LOCATION fehlen die Koordinaten.',
  unknownPerson: (name) => `Ich kenne hier niemanden, der ${name} heißt.`,
  unknownPlace: (name) => `Ich kenne keinen Ort namens ${name}. Gib ihm dort den Namen.`,
  farFrom: (who, distance, place) => `${is(who)} Luftlinie ${distance} von ${place} entfernt.`,
  placeHome: 'zu Hause',
  comes: (speed) => `Gerade werden es ${speed} Kilometer in der Stunde weniger.`,
  goes: 'Gerade wird es mehr, nicht weniger.',
  stands: 'Bewegung sehe ich keine.',
  noPromise: 'Wann das endet, kann ich nicht versprechen.',
  tooOld: 'Deine Position ist dafür zu alt. Lass OwnTracks melden und sag es noch einmal.',
  tooCoarse: 'Dein Handy weiß nicht genau genug, wo es ist. Versuch es draußen noch einmal.',
  noFix: 'Dein Handy sagt mir, ob du zu Hause bist, aber nicht, wo du bist.',
  placeKept: (name, radius) => `Das hier ist jetzt ${name}, ${radius} im Umkreis.`,
  placeThere: (name) => `Einen Ort namens ${name} gibt es schon. Entferne erst den.`,
  placesFull: 'Es gibt schon fünfzig Orte. Entferne erst einen davon.',
  placeHomeFixed: 'Zu Hause steht fest: in BUTLER_LOCATION oder in Home Assistant.',
  placeGone: (name) => `Den Ort ${name} habe ich entfernt.`,
  placeElsewhere: (name) => `${name} ist eine Zone von Home Assistant. Entferne sie dort.`,
  placeBack: (name) => `${name} ist wieder ein Ort.`,
  notBack: 'Das wurde inzwischen geändert, deshalb habe ich es so gelassen.',
  notKept: 'Das konnte ich nicht behalten. Versuch es bitte noch einmal.',
  may: (names, until) => `Sehen, wo du bist${until}: ${names}.`,
  until: (when) => `, bis ${when}`,
  everybody: 'Alle zu Hause',
  usual: 'Ab jetzt ist es wie üblich: Die Erwachsenen hier sehen, ob du zu Hause bist.',
  usualChild: 'Ab jetzt ist es wie üblich: Die Erwachsenen hier sehen, wo du bist.',
  onlyYou: 'Außer dir sieht niemand, wo du bist und ob du zu Hause bist.',
  onlyYouAnd: (names) => `Außer dir sieht das sonst niemand, nur: ${names}.`,
  childStopped: 'Andere Kinder sehen nicht mehr, wo du bist. Die Erwachsenen hier schon.',
  childUsual: 'Die Erwachsenen hier sehen, wo du bist.',
  grownUsual: 'Die Erwachsenen hier sehen, ob du zu Hause bist.',
  noLonger: (name) => `${name} sieht nicht mehr, wo du bist.`,
  notShared: (name) => `${name} hat ohnehin nicht gesehen, wo du bist.`,
  guestsNever: (name) => `${name} ist zu Gast, und Gäste sehen von niemandem den Ort.`,
  yourself: 'Das siehst du selbst immer.',
  whom: 'Sag mir, wer sehen darf, wo du bist, oder: alle zu Hause.',
  past: 'Diese Zeit ist schon vorbei. Nenn mir eine spätere.',
  notAChild: (name) => `${name} ist hier kein Kind und darf das ohnehin beenden.`,
  childMay: (name) => `${name} darf den Erwachsenen den eigenen Ort jetzt verbergen.`,
  childMayNot: (name) => `Die Erwachsenen sehen, wo ${name} ist, was auch immer ${name} sagt.`,
  reported: 'Ich habe die Position.',
  dropped: 'Das war keine Position, ich habe nichts behalten.',
  encrypted: 'Verschlüsselte Positionen kann ich nicht lesen. Nimm den Schlüssel aus OwnTracks.',
  metres: (count) => `${count} Meter`,
  kilometres: (count) => `${count} Kilometer`,
  decimals: 'de',
  wind: (wind) => winds[wind],
  atTime: (date, time) => `${date}, ${time}`,
};
