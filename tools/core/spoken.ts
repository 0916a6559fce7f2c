/** Times, dates, durations and lists as a language says them; English and German. */

export interface Spoken {
  /** "3:45 p.m.", "15 Uhr 45". */
  time(at: Date, timeZone: string): string;
  /** "Friday, November 21", "Freitag, der 21. November". */
  date(at: Date, timeZone: string): string;
  /** "1 hour and 30 minutes"; at most two units, whole ones. */
  duration(ms: number): string;
  /** "tea, pasta and bread". */
  list(items: readonly string[]): string;
}

const parts = (at: Date, timeZone: string) => {
  const found = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const number = (type: string) => Number(found.find((part) => part.type === type)?.value);
  return { hour: number('hour'), minute: number('minute') };
};

const units = [
  { ms: 86_400_000, en: ['day', 'days'], de: ['Tag', 'Tage'] },
  { ms: 3_600_000, en: ['hour', 'hours'], de: ['Stunde', 'Stunden'] },
  { ms: 60_000, en: ['minute', 'minutes'], de: ['Minute', 'Minuten'] },
  { ms: 1000, en: ['second', 'seconds'], de: ['Sekunde', 'Sekunden'] },
] as const;

/** Seconds are left out from ten minutes on: nobody wants to hear them. */
const rounded = (ms: number): number => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds >= 600 ? Math.round(seconds / 60) * 60_000 : seconds * 1000;
};

const duration = (ms: number, language: 'en' | 'de'): string => {
  let rest = rounded(ms);
  const said: string[] = [];
  for (const unit of units) {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    const [one, many] = unit[language];
    const single = language === 'de' ? (one === 'Tag' ? 'ein' : 'eine') : '1';
    if (count > 0) said.push(count === 1 ? `${single} ${one}` : `${count} ${many}`);
  }
  if (said.length === 0) return language === 'de' ? '0 Sekunden' : '0 seconds';
  return said.slice(0, 2).join(language === 'de' ? ' und ' : ' and ');
};

const list = (items: readonly string[], and: string): string =>
  items.length < 2
    ? (items[0] ?? '')
    : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1) ?? ''}`;

const english: Spoken = {
  time: (at, timeZone) => {
    const { hour, minute } = parts(at, timeZone);
    const half = hour < 12 ? 'a.m.' : 'p.m.';
    if (minute === 0 && hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon';
    return minute === 0
      ? `${hour % 12} ${half}`
      : `${hour % 12 || 12}:${String(minute).padStart(2, '0')} ${half}`;
  },
  date: (at, timeZone) =>
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'long',
      month: 'long',
      day: 'numeric',
    }).format(at),
  duration: (ms) => duration(ms, 'en'),
  list: (items) => list(items, 'and'),
};

const german: Spoken = {
  time: (at, timeZone) => {
    const { hour, minute } = parts(at, timeZone);
    return minute === 0 ? `${hour} Uhr` : `${hour} Uhr ${minute}`;
  },
  date: (at, timeZone) => {
    const form = { timeZone, weekday: 'long', month: 'long', day: 'numeric' } as const;
    return new Intl.DateTimeFormat('de-DE', form).format(at).replace(', ', ', der ');
  },
  duration: (ms) => duration(ms, 'de'),
  list: (items) => list(items, 'und'),
};

/** @param language BCP 47; anything but German is answered in English for now. */
export const spoken = (language: string): Spoken =>
  language.toLowerCase().startsWith('de') ? german : english;
