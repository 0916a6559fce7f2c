/** Calendar accounts, kept for ten minutes, one refresh at a time, the old answer in reserve. */
import type { ToolError } from '../core/tool-error.ts';
import { expand, type Span } from './expand.ts';
import { type CalendarCopy, dayMs, type Occurrence } from './model.ts';
import type { CalendarSource } from './source.ts';
import type { Zone } from './zones.ts';

const freshForMs = 10 * 60_000;
/** With an old answer in reserve, a server that does not answer is asked this seldom … */
const tryAgainAfterMs = 60_000;
/** … and waited for no longer than this. */
const patienceMs = 3_500;
/** A whole first reading may take longer than a conversation waits: the next question has it. */
const refreshWithinMs = 60_000;
/** What most questions are about is worked out once per reading and day. */
const usual = { backDays: 40, aheadDays: 400 };

export interface Asking {
  nowMs: number;
  household: Zone;
  /** BCP 47. */
  language: string;
}

export interface Reading {
  occurrences(span: Span): Occurrence[];
  /** When it was read, where that could not be done again just now. */
  staleSinceMs?: number | undefined;
}

interface Copy {
  calendars: readonly CalendarCopy[];
  readAtMs: number;
}

const allOf = (calendars: readonly CalendarCopy[], span: Span, household: Zone): Occurrence[] =>
  calendars.flatMap(({ name, series }) =>
    series.flatMap((one) => expand(one, span, { calendar: name, household })),
  );

const isIn = ({ startMs, endMs }: Occurrence, { fromMs, toMs }: Span): boolean =>
  startMs < toMs && (endMs > fromMs || startMs >= fromMs);

/** A promise's value, or `late` where it is not there in time. */
const within = async <Value>(promise: Promise<Value>, ms: number): Promise<Value | 'late'> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

export class CalendarAccount {
  readonly source: CalendarSource;
  readonly #make: () => CalendarSource;
  #copy: Copy | undefined;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<ToolError | undefined> | undefined;
  #usual: { of: readonly CalendarCopy[]; span: Span; found: Occurrence[] } | undefined;
  readonly #closing = new AbortController();

  /** @param make a source that has read nothing yet. */
  constructor(make: () => CalendarSource) {
    this.#make = make;
    this.source = make();
  }

  /** @throws {ToolError} where it cannot be read and never was. */
  async read(asking: Asking): Promise<Reading> {
    const { nowMs } = asking;
    const ageMs = nowMs - (this.#copy?.readAtMs ?? Number.NEGATIVE_INFINITY);
    if (ageMs < freshForMs && ageMs > -freshForMs) return this.#reading(asking);
    if (this.#copy && !this.#refreshing && nowMs - this.#triedAtMs < tryAgainAfterMs) {
      return this.#reading(asking, 'stale');
    }
    const refreshing = this.#refresh(asking);
    if (this.#copy) {
      const ended = await within(refreshing, patienceMs);
      return this.#reading(asking, ended === undefined ? 'fresh' : 'stale');
    }
    const failure = await refreshing;
    if (failure) throw failure;
    return this.#reading(asking);
  }

  /** Asks the service itself, for doctor. @returns how many calendars. @throws {ToolError} */
  async check({ nowMs, household, language }: Asking, signal: AbortSignal): Promise<number> {
    const all = await this.#make().refresh({ nowMs, household, language, signal });
    return all.length;
  }

  close(): void {
    this.#closing.abort();
  }

  /** Never rejects: whoever waits may have left. */
  #refresh(asking: Asking): Promise<ToolError | undefined> {
    this.#refreshing ??= this.#ask(asking).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #ask({ nowMs, household, language }: Asking): Promise<ToolError | undefined> {
    this.#triedAtMs = nowMs;
    const limit = AbortSignal.timeout(refreshWithinMs);
    const signal = AbortSignal.any([this.#closing.signal, limit]);
    try {
      const calendars = await this.source.refresh({ household, nowMs, signal, language });
      this.#copy = { calendars, readAtMs: nowMs };
      return undefined;
    } catch (error) {
      // Sources throw nothing else: each maps what its library throws.
      return error as ToolError;
    }
  }

  #reading({ nowMs, household }: Asking, state: 'fresh' | 'stale' = 'fresh'): Reading {
    const { calendars = [], readAtMs } = this.#copy ?? {};
    return {
      occurrences: (span) => this.#occurrences(calendars, span, { nowMs, household }),
      ...(state === 'stale' && { staleSinceMs: readAtMs }),
    };
  }

  #occurrences(
    calendars: readonly CalendarCopy[],
    span: Span,
    { nowMs, household }: Pick<Asking, 'nowMs' | 'household'>,
  ): Occurrence[] {
    const today = Math.floor(nowMs / dayMs);
    const range = {
      fromMs: (today - usual.backDays) * dayMs,
      toMs: (today + usual.aheadDays) * dayMs,
    };
    if (span.fromMs < range.fromMs || span.toMs > range.toMs) {
      return allOf(calendars, span, household);
    }
    const known = this.#usual;
    const same = known?.of === calendars && known.span.fromMs === range.fromMs;
    const found = same ? known.found : allOf(calendars, range, household);
    if (!same) this.#usual = { of: calendars, span: range, found };
    return found.filter((one) => isIn(one, span));
  }
}
