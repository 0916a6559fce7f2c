/** What owners read when a part counts as down, and when it is back. */
import { capital, partName } from '../../tools/house-health.words.ts';
import type { Incident } from './incidents.ts';

type Words = (language: string) => { title: string; detail: string };

const named = (part: string, language: string): string => capital(partName(part, language));

const minutesOf = ({ openedAt, closedAt }: Incident): number =>
  Math.max(1, Math.round(((closedAt ?? openedAt).getTime() - openedAt.getTime()) / 60_000));

const lasted = (minutes: number, language: string): string => {
  const [count, unit] =
    minutes < 120 ? [minutes, 'minutes' as const] : [Math.round(minutes / 60), 'hours' as const];
  if (language !== 'de') return `${count} ${count === 1 ? 'minute' : unit}`;
  if (unit === 'hours') return `${count} Stunden`;
  return count === 1 ? 'eine Minute' : `${count} Minuten`;
};

const sentences = (...parts: (string | null)[]): string =>
  parts
    .filter((part) => part !== null && part !== '')
    .map((part) => (/[.!?…]$/.test(part ?? '') ? part : `${part}.`))
    .join(' ');

export const openedWords =
  (incident: Pick<Incident, 'part' | 'sentence' | 'mend'>): Words =>
  (language) => {
    const name = named(incident.part, language);
    const title = language === 'de' ? `${name} funktioniert nicht` : `${name} does not work`;
    return { title, detail: sentences(incident.sentence, incident.mend) };
  };

export const closedWords =
  (incident: Incident): Words =>
  (language) => {
    const name = named(incident.part, language);
    const long = lasted(minutesOf(incident), language);
    return language === 'de'
      ? { title: `${name} funktioniert wieder`, detail: `Der Ausfall dauerte ${long}.` }
      : { title: `${name} works again`, detail: `It was away for ${long}.` };
  };
