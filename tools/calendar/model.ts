/** A calendar as Butler reads it: what was written down, and what of it happens when. */
import type { Zone } from './zones.ts';

export const dayMs = 86_400_000;

/** A moment as a calendar writes it: wall time as milliseconds, as if it were UTC, and a zone. */
export interface Moment {
  wallMs: number;
  zone: Zone;
  /** A whole day, without a time. */
  dateOnly: boolean;
}

/** What one event says of itself, the same for each time it happens. */
export interface Details {
  uid: string;
  /** As the calendar has it: words of other people. */
  title: string;
  place?: string | undefined;
  /** Marked private or confidential. */
  isPrivate: boolean;
  /** It takes time; free ones are only noted. */
  busy: boolean;
}

/** An event, once or again and again (RFC 5545). */
export interface Series extends Details {
  start: Moment;
  /** Elapsed time; for whole days a multiple of `dayMs`. */
  durationMs: number;
  /** Values of RRULE. */
  rules: readonly string[];
  added: readonly Moment[];
  excluded: readonly Moment[];
  /** Occurrences that were moved, changed, or (without an event) called off. */
  changed: readonly { replaces: Moment; event?: Series | undefined }[];
}

/** One time at which an event happens. */
export interface Occurrence extends Details {
  calendar: string;
  allDay: boolean;
  /** Instants; whole days begin and end at the household's midnights. */
  startMs: number;
  endMs: number;
}

/** One calendar of an account, as it was last read. */
export interface CalendarCopy {
  name: string;
  series: readonly Series[];
}
