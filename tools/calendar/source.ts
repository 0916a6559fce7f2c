/** What every kind of calendar account gives: its calendars, brought up to date when asked. */
import type { CalendarCopy } from './model.ts';
import type { Zone } from './zones.ts';

export interface Refreshing {
  household: Zone;
  nowMs: number;
  /** Ends the requests of this refresh. */
  signal: AbortSignal;
  /** BCP 47, of the sentence where it fails. */
  language: string;
}

export interface CalendarSource {
  /** As it is heard: "Google", "cloud.example.org". */
  label: string;
  /** User name of whose it is; unset: everybody's. */
  person?: string | undefined;
  /**
   * Asks what has changed and gives all calendars; the same array where nothing did.
   * @throws {ToolError}
   */
  refresh(refreshing: Refreshing): Promise<readonly CalendarCopy[]>;
}

/** So far back events are kept, for "what did I have on …". */
export const keptBackMs = 400 * 86_400_000;

/** Names from a setting, separated by commas. */
export const wantedNames = (list: string | undefined): string[] =>
  (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const isCalled = (wanted: string, names: readonly string[]): boolean =>
  names.some((name) => name.toLowerCase() === wanted.toLowerCase());

/** Those that a setting asks for, by any of their names; a name that fits none is told. */
export const chosen = <One>(
  all: readonly One[],
  wanted: readonly string[],
  namesOf: (one: One) => readonly string[],
): { found: One[]; unknown: string[] } => ({
  found: all.filter((one) => wanted.some((name) => isCalled(name, namesOf(one)))),
  unknown: wanted.filter((name) => !all.some((one) => isCalled(name, namesOf(one)))),
});
