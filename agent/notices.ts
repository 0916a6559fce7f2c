/** What people should know: told once, kept until they have seen it, settled when it is over. */
import type { JSONValue } from 'postgres';
import type { Database } from '../memory/database.ts';
import type { User, Users } from '../memory/users.ts';
import { orAborted } from '../tools/core/connector.ts';
import type { Happenings } from './happenings.ts';
import { QuietHours } from './notices/quiet.ts';

export interface Notice {
  id: string;
  code: string;
  title: string;
  detail: string;
  data: Record<string, unknown>;
  at: Date;
  readAt: Date | null;
  settledAt: Date | null;
}

export interface NewNotice {
  /** One person, or every owner. */
  to: { personId: string } | 'owners';
  /** What it is about: a newer notice of the same key takes the place of the open one. */
  key: string;
  /** For programs: `backup-failed`, `device-waits`. */
  code: string;
  /** In the language of whoever reads it (`en`, `de`; others get English). */
  words: (language: string) => { title: string; detail: string };
  data?: Record<string, unknown>;
}

export interface Notices {
  /**
   * Never throws: what cannot be kept is logged, and what the database cannot take now is written
   * when it is back. The same words about the same key, while they are open, are told once.
   */
  tell(notice: NewNotice): Promise<void>;
  /** What the key was about is over. Never throws. */
  settle(key: string): Promise<void>;
  /** Newest first. @param options.before an id, to page on. @throws {DatabaseError} */
  list(
    personId: string,
    options: { limit: number; unread?: boolean; before?: string | undefined },
  ): Promise<Notice[]>;
  /** @returns how many were unread. @throws {DatabaseError} */
  read(personId: string, ids: readonly string[]): Promise<number>;
  /** How many wait for the database. */
  waiting(): number;
  close(): Promise<void>;
}

export interface NoticeParts {
  database: Database;
  users: Pick<Users, 'all' | 'refresh' | 'byId'>;
  happenings: Pick<Happenings, 'tell'>;
  clock: () => Date;
  log: { warn(about: object, message: string): void };
  /** The household's: for people without one of their own. */
  language: string;
  /** IANA name of the household's zone: in it people say when it is quiet. */
  timeZone: string;
}

const keptDays = 90;
const dayMs = 86_400_000;
const cleanEveryMs = dayMs / 4;
const retryEveryMs = 5_000;
const closesWithinMs = 2_000;
/** While the database is away; the oldest go first. */
const waitingMax = 200;
const titleMax = 200;
const detailMax = 2_000;
/** Ids beyond 2^53 are nobody's. */
const isId = (id: string): boolean => /^\d{1,15}$/.test(id);

/** `told`: who has heard of it already. */
interface Telling {
  tell: NewNotice;
  at: Date;
  told: Set<string>;
}
interface Settling {
  settle: string;
  at: Date;
}
type Errand = Telling | Settling;
type Row = Omit<Notice, 'id'> & { id: number };

const noticeOf = ({ id, ...row }: Row): Notice => ({ ...row, id: String(id) });

class Noticeboard implements Notices {
  readonly #parts: NoticeParts;
  readonly #waiting: Errand[] = [];
  readonly #timers: NodeJS.Timeout[];
  readonly #quiet: QuietHours;
  #writing: Promise<void> | undefined;
  #closed = false;

  constructor(parts: NoticeParts) {
    this.#parts = parts;
    this.#quiet = new QuietHours({ ...parts, byId: (id) => parts.users.byId(id) });
    this.#timers = [
      setInterval(() => {
        this.#quiet.look();
        void this.#write();
      }, retryEveryMs),
      setInterval(() => void this.#clean(), cleanEveryMs),
    ];
    for (const timer of this.#timers) timer.unref();
    void this.#clean();
  }

  async tell(notice: NewNotice): Promise<void> {
    await this.#errand({ tell: notice, at: this.#parts.clock(), told: new Set() });
  }

  async settle(key: string): Promise<void> {
    await this.#errand({ settle: key, at: this.#parts.clock() });
  }

  async list(
    personId: string,
    { limit, unread = false, before }: Parameters<Notices['list']>[1],
  ): Promise<Notice[]> {
    if (before !== undefined && !isId(before)) return [];
    const rows = await this.#parts.database.asPerson(
      personId,
      (sql) => sql<Row[]>`
        select id, code, title, detail, data, created_at as at, read_at as "readAt",
          settled_at as "settledAt"
        from butler.notices where user_id = ${personId}
          ${unread ? sql`and read_at is null and settled_at is null` : sql``}
          ${before === undefined ? sql`` : sql`and id < ${Number(before)}`}
        order by id desc limit ${limit}`,
    );
    return rows.map(noticeOf);
  }

  async read(personId: string, ids: readonly string[]): Promise<number> {
    const own = ids.filter(isId).map(Number);
    const at = this.#parts.clock();
    const rows = await this.#parts.database.asPerson(
      personId,
      (sql) => sql`
        update butler.notices set read_at = ${at}
        where user_id = ${personId} and id = any(${own}::bigint[]) and read_at is null
        returning id`,
    );
    return rows.length;
  }

  waiting(): number {
    return this.#waiting.length;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    // A database that hangs just now must not hold the house up.
    const limit = AbortSignal.timeout(closesWithinMs);
    await orAborted(this.#write(), limit).catch(() => undefined);
    this.#closed = true;
  }

  async #errand(errand: Errand): Promise<void> {
    if (this.#closed) return;
    this.#waiting.push(errand);
    if (this.#waiting.length > waitingMax) {
      this.#waiting.shift();
      this.#parts.log.warn({ waitingMax }, 'a notice was dropped: the database is away too long');
    }
    // One that is away is asked by the timer alone: nobody who tells something waits for it.
    if (this.#isAway()) this.#sayWaiting(errand);
    else await this.#write();
    // It may have come just when the one before was found to be the last.
    if (this.#waiting.includes(errand)) await this.#write();
  }

  #isAway(): boolean {
    return this.#parts.database.state().state === 'failed';
  }

  /** One errand after the other, in their order, until one cannot be written now. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    for (;;) {
      const [errand] = this.#waiting;
      if (!errand || this.#isAway()) return;
      try {
        await this.#run(errand);
      } catch (error) {
        if (this.#parts.database.state().state !== 'ready') return this.#sayWaiting(errand);
        const { code } = error as { code?: string };
        this.#parts.log.warn({ code }, 'a notice could not be written');
      }
      const at = this.#waiting.indexOf(errand);
      if (at !== -1) this.#waiting.splice(at, 1);
    }
  }

  async #run(errand: Errand): Promise<void> {
    if ('settle' in errand) return await this.#settle(errand);
    const { users } = this.#parts;
    if (users.all().length === 0) await users.refresh();
    for (const user of this.#readersOf(errand.tell)) await this.#keep(user, errand);
  }

  #readersOf({ to }: NewNotice): User[] {
    const everybody = this.#parts.users.all();
    return everybody.filter(({ id, role }) =>
      to === 'owners' ? role === 'owner' : id === to.personId,
    );
  }

  /** One row for a person and key: a newer one takes its place, and its id is a new one. */
  async #keep(user: User, errand: Telling): Promise<void> {
    const { tell: notice, at } = errand;
    const { key, code, data = {} } = notice;
    const { title, detail } = this.#wordsFor(user, notice);
    const rows = await this.#parts.database.asPerson(
      user.id,
      (sql) => sql<{ id: number }[]>`
        insert into butler.notices as known (user_id, key, code, title, detail, data, created_at)
        values (${user.id}, ${key}, ${code}, ${title}, ${detail}, ${sql.json(data as JSONValue)},
          ${at})
        on conflict (user_id, key) where settled_at is null do update
          set id = default, code = excluded.code, title = excluded.title,
            detail = excluded.detail, data = excluded.data, created_at = excluded.created_at,
            read_at = null
          where (known.code, known.title, known.detail, known.data)
            is distinct from (excluded.code, excluded.title, excluded.detail, excluded.data)
        returning id`,
    );
    const [row] = rows;
    if (row && !errand.told.has(user.id)) this.#say(user, { errand, id: String(row.id) });
  }

  async #settle({ settle: key, at }: Settling): Promise<void> {
    const { sql } = this.#parts.database;
    const rows = await sql<{ personId: string; id: number }[]>`
      update butler.notices set settled_at = ${at} where key = ${key} and settled_at is null
      returning user_id as "personId", id`;
    for (const { personId, id } of rows) {
      this.#quiet.forget(personId, key);
      const event = { type: 'notification-settled', id: String(id), key };
      this.#parts.happenings.tell({ topic: 'notifications', personId, event });
    }
  }

  /** Who is there now hears of it now, although it cannot be kept yet. */
  #sayWaiting(errand: Errand): void {
    if ('settle' in errand) return;
    for (const user of this.#readersOf(errand.tell)) {
      if (!errand.told.has(user.id)) this.#say(user, { errand, id: null });
    }
  }

  #say(user: User, { errand, id }: { errand: Telling; id: string | null }) {
    const { key, code, data = {} } = errand.tell;
    const words = this.#wordsFor(user, errand.tell);
    const event = { type: 'notification', id, key, code, ...words, data, at: errand.at };
    const { id: personId } = user;
    const send = () => this.#parts.happenings.tell({ topic: 'notifications', personId, event });
    this.#quiet.tell({ personId, key, code, send });
    errand.told.add(personId);
  }

  #wordsFor({ language }: User, { words }: NewNotice): { title: string; detail: string } {
    const { title, detail } = words((language ?? this.#parts.language).slice(0, 2));
    return { title: title.slice(0, titleMax), detail: detail.slice(0, detailMax) };
  }

  async #clean(): Promise<void> {
    if (this.#parts.database.state().state !== 'ready') return;
    const before = new Date(this.#parts.clock().getTime() - keptDays * dayMs);
    const { sql } = this.#parts.database;
    try {
      await sql`delete from butler.notices where created_at < ${before}`;
    } catch {
      this.#parts.log.warn({}, 'old notices could not be deleted now; it is tried again');
    }
  }
}

/** The board of a house; in memory only what the database cannot take at the moment. */
export const openNotices = (parts: NoticeParts): Notices => new Noticeboard(parts);
