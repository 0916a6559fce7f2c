/** What the clock says, in English and German. */

/** How a timer is called: by its name, else by its length. */
export interface Label {
  name?: string | undefined;
  /** As the language says it: "5 minutes". */
  length: string;
}

interface Changed {
  less: boolean;
  by: string;
  label: string;
  left: string;
}

type DayShift = -1 | 0 | 1;

const english = {
  // "p.m." brings its own full stop.
  time: (time: string) => `It's ${time.replace(/\.$/, '')}.`,
  timeIn: (place: string, time: string, shift: DayShift) =>
    `It's ${time}${{ '-1': ' yesterday', '0': '', '1': ' tomorrow' }[shift]} in ${place}.`,
  severalZones: (place: string) =>
    `${place.charAt(0).toUpperCase()}${place.slice(1)} has several time zones.`,
  unknownPlace: (place: string) =>
    `I don't know where ${place} is on the clock. Try the nearest big city.`,
  day: (day: string, date: string) =>
    ({
      today: `It's ${date}.`,
      tomorrow: `Tomorrow is ${date}.`,
      yesterday: `Yesterday was ${date}.`,
      day_after_tomorrow: `The day after tomorrow is ${date}.`,
      day_before_yesterday: `The day before yesterday was ${date}.`,
    })[day] ?? `That is ${date}.`,
  dateIn: (place: string, date: string) => `In ${place} it's ${date}.`,
  year: (year: number) => `It's ${year}.`,
  month: (month: string) => `It's ${month}.`,
  label: ({ name, length }: Label) =>
    name ? `the ${name} timer` : `the ${length.replace(/s\b/g, '')} timer`,
  short: ({ name, length }: Label) => name ?? `the ${length.replace(/s\b/g, '')} one`,
  set: (name: string | undefined, length: string) =>
    name ? `Your ${name} timer is set for ${length}.` : `Timer set for ${length}.`,
  left: (label: string, left: string) => `There are ${left} left on ${label}.`,
  several: (count: number, list: string) => `You have ${count} timers: ${list}.`,
  leftShort: (label: string, left: string) => `${label} with ${left} left`,
  more: (count: number) => `${count} more`,
  none: 'No timer is running.',
  noneCalled: (name: string) => `There is no timer called ${name}.`,
  running: (list: string) => `Running: ${list}.`,
  cancelled: (label: string) => `I cancelled ${label}.`,
  cancelledAll: (count: number) => `All ${count} timers are cancelled.`,
  gone: 'That timer has just ended.',
  which: (list: string) => `Which one: ${list}?`,
  changed: ({ less, by, label, left }: Changed) =>
    `${less ? 'I took off' : 'I added'} ${by}. ${left} left on ${label}.`,
  tooMany: 'You have 50 timers, and that is all I can keep. Cancel one first.',
  tooShort: 'That would leave nothing, or more than a day. I left the timer as it was.',
  notKept: 'I could not set the timer. Please try again.',
  or: 'or',
};

const german: typeof english = {
  time: (time) => `Es ist ${time}.`,
  timeIn: (place, time, shift) =>
    `In ${place} ist es ${{ '-1': 'gestern ', '0': '', '1': 'morgen ' }[shift]}${time}.`,
  severalZones: (place) => `${place} hat mehrere Zeitzonen.`,
  unknownPlace: (place) =>
    `Ich weiß nicht, welche Uhrzeit für ${place} gilt. Nenn mir die nächste große Stadt.`,
  day: (day, date) =>
    ({
      today: `Heute ist ${date}.`,
      tomorrow: `Morgen ist ${date}.`,
      yesterday: `Gestern war ${date}.`,
      day_after_tomorrow: `Übermorgen ist ${date}.`,
      day_before_yesterday: `Vorgestern war ${date}.`,
    })[day] ?? `Das ist ${date}.`,
  dateIn: (place, date) => `In ${place} ist ${date}.`,
  year: (year) => `Es ist das Jahr ${year}.`,
  month: (month) => `Es ist ${month}.`,
  label: ({ name, length }) => (name ? `Timer ${name}` : `Timer über ${length}`),
  short: ({ name, length }) => name ?? `der über ${length}`,
  set: (name, length) =>
    name ? `Der Timer ${name} läuft: ${length}.` : `Der Timer läuft: ${length}.`,
  left: (label, left) => `${label}: noch ${left}.`,
  several: (count, list) => `Du hast ${count} Timer: ${list}.`,
  leftShort: (label, left) => `${label} mit noch ${left}`,
  more: (count) => `${count} weitere`,
  none: 'Es läuft kein Timer.',
  noneCalled: (name) => `Es gibt keinen Timer ${name}.`,
  running: (list) => `Es laufen: ${list}.`,
  cancelled: (label) => `${label} ist gelöscht.`,
  cancelledAll: (count) => `Alle ${count} Timer sind gelöscht.`,
  gone: 'Der Timer ist gerade abgelaufen.',
  which: (list) => `Welchen: ${list}?`,
  changed: ({ less, by, label, left }) =>
    `${less ? 'Minus' : 'Plus'} ${by}. ${label}: noch ${left}.`,
  tooMany: 'Du hast 50 Timer, mehr kann ich nicht behalten. Lösch zuerst einen.',
  tooShort: 'Dann bliebe nichts übrig, oder mehr als ein Tag. Ich habe den Timer so gelassen.',
  notKept: 'Ich konnte den Timer nicht stellen. Versuch es bitte noch einmal.',
  or: 'oder',
};

/** @param language BCP 47. */
export const clockWords = (language: string) =>
  language.toLowerCase().startsWith('de') ? german : english;

export type ClockWords = typeof english;
