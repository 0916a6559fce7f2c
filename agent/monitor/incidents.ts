/** Incidents: opened when a part counts as down, closed when it is back, kept over restarts. */
import type { Database } from '../../memory/database.ts';
import type { Happenings } from '../happenings.ts';
import type { Answer } from '../monitor.ts';
import type { Notices } from '../notices.ts';
import { closedWords, openedWords } from './words.ts';

export interface Incident {
  /** Null until the database has it. */
  id: string | null;
  part: string;
  /** What was wrong first. */
  sentence: string;
  mend: string | null;
  failures: number;
  openedAt: Date;
  closedAt: Date | null;
}

export interface IncidentBook {
  /** Reads what is open and what was lately; tries again at the next call. Never throws. */
  load(): Promise<void>;
  open(): Incident[];
  openOf(part: string): Incident | undefined;
  /** Opens one, or counts on in the open one. */
  opened(found: { part: string; answer: Answer; failures: number; at: Date }): void;
  close(part: string, at: Date): void;
  /** Writes what is not written yet. Never throws. */
  write(): Promise<void>;
  /** Newest first. @param options.before an id, to page on. @throws {DatabaseError} */
  list(options: { limit: number; before?: string | undefined }): Promise<Incident[]>;
  /** Of the last week: those that were open at `from` or opened later, oldest first. */
  since(from: Date): Incident[];
  /** Share of the time since `from` in which the part was not down, 0 to 1. */
  uptime(part: string, from: Date): number;
  /** Opened since the process began. */
  count(part: string): number;
}

export interface IncidentParts {
  database: Database;
  happenings: Pick<Happenings, 'tell'>;
  notices: Pick<Notices, 'tell' | 'settle'>;
  clock: () => Date;
  log: { warn(about: object, message: string): void };
  /** Told of each that is over. */
  onClosed?: ((incident: { part: string; openedAt: Date; closedAt: Date }) => void) | undefined;
}

const dayMs = 86_400_000;
const recentDays = 7;
const keptDays = 365;
/** In memory: while the database is away, or of the last week. */
const heldMax = 1_000;

type Held = Incident & { unwritten: boolean };
type Row = Omit<Incident, 'id'> & { id: number };

class Book implements IncidentBook {
  readonly #parts: IncidentParts;
  readonly #counts = new Map<string, number>();
  #held: Held[] = [];
  #loaded = false;
  #loading: Promise<void> | undefined;

  constructor(parts: IncidentParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    if (this.#loaded || !this.#isThere()) return;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  open(): Incident[] {
    return this.#held.filter(({ closedAt }) => closedAt === null);
  }

  openOf(part: string): Incident | undefined {
    return this.open().find((one) => one.part === part);
  }

  opened({ part, answer, failures, at }: Parameters<IncidentBook['opened']>[0]): void {
    const known = this.#held.find((one) => one.part === part && one.closedAt === null);
    if (known) {
      // Written when it is over: a row a minute for a number is too much.
      known.failures = Math.max(known.failures, failures);
      return;
    }
    const { sentence, mend = null } = answer;
    const fresh = { id: null, part, sentence, mend, failures, openedAt: at, closedAt: null };
    this.#held.push({ ...fresh, unwritten: true });
    this.#counts.set(part, this.count(part) + 1);
    this.#tidy();
    this.#say('opened', fresh);
    void this.#parts.notices.settle(`incident-closed:${part}`);
    void this.#parts.notices.tell({
      ...{ to: 'owners', key: `incident:${part}`, code: 'incident-opened', data: { part } },
      words: openedWords(fresh),
    });
  }

  close(part: string, at: Date): void {
    const known = this.#held.find((one) => one.part === part && one.closedAt === null);
    if (!known) return;
    known.closedAt = at;
    known.unwritten = true;
    this.#say('closed', known);
    this.#parts.onClosed?.({ part, openedAt: known.openedAt, closedAt: at });
    void this.#parts.notices.settle(`incident:${part}`);
    void this.#parts.notices.tell({
      ...{ to: 'owners', key: `incident-closed:${part}`, code: 'incident-closed', data: { part } },
      words: closedWords({ ...known, closedAt: at }),
    });
  }

  async write(): Promise<void> {
    for (const one of this.#held.filter(({ unwritten }) => unwritten)) {
      if (!this.#loaded || !this.#isThere()) return;
      try {
        await this.#writeOne(one);
      } catch (error) {
        const { code } = error as { code?: string };
        this.#parts.log.warn({ code, part: one.part }, 'an incident could not be written down');
        return;
      }
    }
  }

  async list({ limit, before }: Parameters<IncidentBook['list']>[0]): Promise<Incident[]> {
    const { sql } = this.#parts.database;
    const rows = await sql<Row[]>`
      select id, part, sentence, mend, failures, opened_at as "openedAt",
        closed_at as "closedAt"
      from butler.incidents
      ${before === undefined ? sql`` : sql`where id < ${Number(before)}`}
      order by id desc limit ${limit}`;
    return rows.map((row) => ({ ...row, id: String(row.id) }));
  }

  since(from: Date): Incident[] {
    return this.#held.filter(({ closedAt }) => closedAt === null || closedAt > from);
  }

  uptime(part: string, from: Date): number {
    const to = this.#parts.clock().getTime();
    const spanMs = to - from.getTime();
    if (spanMs <= 0) return 1;
    const downMs = this.#held
      .filter((one) => one.part === part)
      .map(({ openedAt, closedAt }) => {
        const begin = Math.max(openedAt.getTime(), from.getTime());
        return Math.max(0, (closedAt?.getTime() ?? to) - begin);
      })
      .reduce((sum, ms) => sum + ms, 0);
    return Math.max(0, 1 - downMs / spanMs);
  }

  count(part: string): number {
    return this.#counts.get(part) ?? 0;
  }

  #isThere(): boolean {
    return this.#parts.database.state().state === 'ready';
  }

  #say(state: 'opened' | 'closed', { part, openedAt, closedAt }: Incident): void {
    // Everybody who is logged in hears it: what was wrong is for the owners' notice.
    const event = { type: 'incident', state, part, openedAt, closedAt };
    this.#parts.happenings.tell({ topic: 'health', event });
  }

  async #load(): Promise<void> {
    const { database, clock, log } = this.#parts;
    const { sql } = database;
    const from = new Date(clock().getTime() - recentDays * dayMs);
    const old = new Date(clock().getTime() - keptDays * dayMs);
    try {
      await sql`delete from butler.incidents where closed_at < ${old}`;
      const rows = await sql<Row[]>`
        select id, part, sentence, mend, failures, opened_at as "openedAt",
          closed_at as "closedAt"
        from butler.incidents where closed_at is null or closed_at > ${from} order by id`;
      const known = rows.map((row) => ({ ...row, id: String(row.id), unwritten: false }));
      // What began while the database was away goes on in the incident that was open before.
      const openIn = new Set(known.flatMap((one) => (one.closedAt ? [] : [one.part])));
      const fresh = this.#held.filter((one) => one.closedAt !== null || !openIn.has(one.part));
      this.#held = [...known, ...fresh];
      this.#loaded = true;
    } catch (error) {
      const { code } = error as { code?: string };
      log.warn({ code }, 'incidents could not be read now; it is tried again');
    }
  }

  async #writeOne(one: Held): Promise<void> {
    const { sql } = this.#parts.database;
    const { part, sentence, mend, failures, openedAt, closedAt } = one;
    one.unwritten = false;
    try {
      if (one.id !== null) {
        await sql`update butler.incidents set failures = ${failures}, closed_at = ${closedAt}
          where id = ${one.id}`;
        return;
      }
      const [row] = await sql<{ id: number }[]>`
        insert into butler.incidents (part, sentence, mend, failures, opened_at, closed_at)
        values (${part}, ${sentence}, ${mend}, ${failures}, ${openedAt}, ${closedAt})
        returning id`;
      one.id = row ? String(row.id) : null;
    } catch (error) {
      one.unwritten = true;
      throw error;
    }
  }

  /** Only the last week, and never more than fits. */
  #tidy(): void {
    const from = this.#parts.clock().getTime() - recentDays * dayMs;
    this.#held = this.#held
      .filter(
        ({ closedAt, unwritten }) => closedAt === null || unwritten || closedAt.getTime() > from,
      )
      .slice(-heldMax);
  }
}

export const openIncidents = (parts: IncidentParts): IncidentBook => new Book(parts);
