/** What the charts draw: days without gaps, medians, and a scale that ends on a round number. */
import { localDay } from './formats.ts';
import { type Turn, waited } from './turns.ts';

export interface Column {
  /** `2026-03-01`. */
  day: string;
  value: number;
  /** A second value, drawn as a line above the column. */
  mark?: number;
  turns: number;
}

const dayMs = 86_400_000;

/** The days from one to the other, both with it. */
export function daysBetween(from: string, to: string): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    new Date(Date.parse(from) + index * dayMs).toISOString().slice(0, 10),
  );
}

/** Nearest rank: the least value that this share of all values does not exceed. */
export function quantileOf(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** How long people waited, by day: the median, and what nine of ten stayed below; ms. */
export function speedColumns(turns: readonly Turn[], today: string): Column[] {
  const heard = turns.flatMap((turn) => {
    const ms = waited(turn);
    return ms === undefined ? [] : [{ day: localDay(new Date(turn.at)), ms }];
  });
  const byDay = Map.groupBy(heard, ({ day }) => day);
  const first = [...byDay.keys()].toSorted()[0];
  return first === undefined
    ? []
    : daysBetween(first, today).map((day) => {
        const values = (byDay.get(day) ?? []).map(({ ms }) => ms);
        const mark = quantileOf(values, 0.9);
        return {
          ...{ day, value: quantileOf(values, 0.5) ?? 0, turns: values.length },
          ...(mark !== undefined && { mark }),
        };
      });
}

interface Spent {
  from: string;
  to: string;
  groups: readonly { key: string; usd: number; turns: number }[];
}

/** What was spent by day, US dollars. */
export function costColumns({ from, to, groups }: Spent): Column[] {
  const known = new Map(groups.map((group) => [group.key, group]));
  return daysBetween(from, to).map((day) => {
    const { usd = 0, turns = 0 } = known.get(day) ?? {};
    return { day, value: usd, turns };
  });
}

/** The least of 1, 2, 5 times a power of ten that nothing exceeds. */
export function scaleTop(columns: readonly Pick<Column, 'value' | 'mark'>[]): number {
  const most = Math.max(0, ...columns.map(({ value, mark = 0 }) => Math.max(value, mark)));
  if (most === 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5].find((factor) => factor * power >= most) ?? 10;
  return step * power;
}
