/** What is said of people and places, in English and German. */
import type { Wind } from './geometry.ts';
import { german } from './words.de.ts';

const winds: Record<Wind, string> = {
  ...{ n: 'north', ne: 'north-east', e: 'east', se: 'south-east' },
  ...{ s: 'south', sw: 'south-west', w: 'west', nw: 'north-west' },
};

/** Who somebody is in a sentence: "you", or a name. */
export interface Who {
  name: string;
  isCaller: boolean;
}

const is = ({ name, isCaller }: Who): string => (isCaller ? 'You are' : `${name} is`);

const are = (names: string, count: number, what: string): string =>
  `${names} ${count === 1 ? 'is' : 'are'} ${what}.`;

/** "3 p.m." ends a sentence already. */
const ended = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

const english = {
  you: 'you',
  yes: (rest: string) => `Yes. ${rest}`,
  no: (rest: string) => `No. ${rest}`,
  home: (names: string, count: number, hasYou: boolean) =>
    are(names, hasYou && count === 1 ? 2 : count, 'home'),
  away: (names: string, count: number, hasYou: boolean) =>
    are(names, hasYou && count === 1 ? 2 : count, 'away'),
  nobodyHome: 'As far as I can see, nobody is home.',
  lost: (name: string, when: string) => ended(`Of ${name} I have heard nothing since ${when}`),
  unsure: (names: string) => `Of ${names} I cannot tell.`,
  others: 'Of anybody else I know nothing.',
  isHome: (who: Who) => `${is(who)} home.`,
  isAway: (who: Who) => `${is(who)} not home.`,
  secret: ({ name }: Who) =>
    `I cannot say where ${name} is: no phone tells me, or it is not shared with you. ` +
    `${name} can say: everybody at home may see where I am.`,
  nothingOfYou: 'I do not know where you are: no phone of yours reports to me yet.',
  nobodyKnown:
    'I cannot say who is home: no phone tells me, or it is not shared with you. ' +
    'The owner can connect OwnTracks or Home Assistant.',
  awayOnly: (who: Who) => `${is(who)} not home. More than that is not shared with you.`,
  at: (who: Who, place: string) => `${is(who)} at ${place}.`,
  from: (who: Who, distance: string, wind: string) =>
    `${is(who)} about ${distance} ${wind} of home.`,
  near: (who: Who, distance: string) =>
    `${is(who)} near home, within about ${distance}; I cannot tell more exactly.`,
  seen: (sentence: string, age: string) => `${sentence.replace(/\.$/, '')}, ${age} ago.`,
  old: (sentence: string, when: string) => `The last I know is from ${when}: ${sentence}`,
  more: (count: number) => `${count} more`,
  guestsSeeNothing: "Guests see nobody's location here. The owner can give you an account.",
  noHome: 'I do not know where home is: the owner sets BUTLER_LOCATION to its coordinates.',
  unknownPerson: (name: string) => `I know nobody called ${name} here.`,
  unknownPlace: (name: string) => `I know no place called ${name}. Be there, and say: call it so.`,
  farFrom: (who: Who, distance: string, place: string) =>
    `${is(who)} ${distance} from ${place}, as the crow flies.`,
  placeHome: 'home',
  comes: (speed: string) => `At the moment that gets less by ${speed} kilometres an hour.`,
  goes: 'At the moment that gets more, not less.',
  stands: 'I see no movement.',
  noPromise: 'When that ends, I cannot promise.',
  tooOld: 'Your position is too old for that. Open OwnTracks, let it report, and say it again.',
  tooCoarse: 'Your phone does not know exactly enough where it is. Go outside and try again.',
  noFix: 'Your phone tells me whether you are home, but not where you are.',
  placeKept: (name: string, radius: string) => `This is ${name} now, ${radius} around here.`,
  placeThere: (name: string) => `There is a place called ${name} already. Remove that one first.`,
  placesFull: 'There are fifty places already. Remove one of them first.',
  placeHomeFixed: 'Home is set by the owner, in BUTLER_LOCATION or in Home Assistant.',
  placeGone: (name: string) => `I have removed the place ${name}.`,
  placeElsewhere: (name: string) => `${name} is a zone of Home Assistant. Remove it there.`,
  placeBack: (name: string) => `${name} is a place again.`,
  notBack: 'It has been changed since, so I left it as it is.',
  notKept: 'I could not keep that. Please try again.',
  may: (names: string, until: string) => ended(`${names} may see where you are${until}`),
  until: (when: string) => ` until ${when}`,
  everybody: 'Everybody at home',
  usual: 'From now on it is as usual: the grown-ups here see whether you are home.',
  usualChild: 'From now on it is as usual: the grown-ups here see where you are.',
  onlyYou: 'Nobody but you sees where you are, or whether you are home.',
  onlyYouAnd: (names: string) => ended(`Nobody but you sees that, except: ${names}`),
  childStopped: 'Other children no longer see where you are. The grown-ups here still do.',
  childUsual: 'The grown-ups here see where you are.',
  grownUsual: 'The grown-ups here see whether you are home.',
  noLonger: (name: string) => `${name} no longer sees where you are.`,
  notShared: (name: string) => `${name} did not see where you are in the first place.`,
  guestsNever: (name: string) => `${name} is a guest, and guests see nobody's location.`,
  yourself: 'You always see that yourself.',
  whom: 'Tell me who may see where you are, or everybody at home.',
  past: 'That time is over already. Tell me a later one.',
  notAChild: (name: string) => `${name} is no child here, and may stop that anyway.`,
  childMay: (name: string) => `${name} may now stop the grown-ups from seeing their location.`,
  childMayNot: (name: string) => `The grown-ups see where ${name} is, whatever ${name} says.`,
  reported: 'I have the position.',
  dropped: 'That was no position, so I kept nothing.',
  encrypted: 'I cannot read encrypted positions. Take the encryption key out of OwnTracks.',
  metres: (count: string) => `${count} metres`,
  kilometres: (count: string) => `${count} ${count === '1' ? 'kilometre' : 'kilometres'}`,
  decimals: 'en',
  wind: (wind: Wind) => winds[wind],
  atTime: (date: string, time: string) => `${date}, ${time}`,
};

export type LocationWords = typeof english;

/** @param language BCP 47. */
export const locationWords = (language: string): LocationWords =>
  language.toLowerCase().startsWith('de') ? german : english;

/** The same sentence in every language, for what the gate says. */
export const guestsSeeNothing = { en: english.guestsSeeNothing, de: german.guestsSeeNothing };
