/** Neighbouring lines of a log that say the same are one line, with how often. */

interface Named {
  personId?: string;
  /** Of somebody who is not a person of the house any more. */
  id?: string;
}

interface Said {
  what: string;
  outcome: string;
  actor: Named;
  target: Named | null;
}

export interface Folded<Line extends Said> {
  /** The newest of them. */
  line: Line;
  times: number;
}

export function isSamePerson(one: Named, other: Named): boolean {
  return one.personId !== undefined && one.personId === other.personId;
}

/** @param lines newest first. */
export function folded<Line extends Said>(lines: readonly Line[]): Folded<Line>[] {
  const rows: Folded<Line>[] = [];
  for (const line of lines) {
    const last = rows.at(-1);
    if (last && saysSame(last.line, line)) last.times += 1;
    else rows.push({ line, times: 1 });
  }
  return rows;
}

function saysSame(one: Said, other: Said): boolean {
  return (
    one.what === other.what &&
    one.outcome === other.outcome &&
    one.actor.personId === other.actor.personId &&
    one.target?.personId === other.target?.personId
  );
}
