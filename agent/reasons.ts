/** Why Butler did what it did: every call of a tool, written down after its turn. */
import type { JSONValue } from 'postgres';
import type { Database } from '../memory/database.ts';
import type { Logger } from './log.ts';
import type { KeptCall, NewCall } from './reasons/call.ts';
import { kept, keptText } from './reasons/left-out.ts';

export type { KeptCall, NewCall, Path } from './reasons/call.ts';

/** A turn that has not ended by then is written down before its end. */
const writeAfterMs = 3_000;
const cleanEveryMs = 6 * 3_600_000;
const dayMs = 86_400_000;
/** What waits while the database is away; the oldest go first. */
const waitingMax = 500;
/** Of one person: a program that asks without end must not fill the disk. */
const perPersonMax = 50_000;

export interface CallsWanted {
  limit: number;
  /** Older than the call with this id. */
  before?: number | undefined;
  tool?: string | undefined;
  door?: string | undefined;
  turn?: string | undefined;
  /** Unset: everybody's. */
  personId?: string | undefined;
  /** Effects and refused or failed ones, no looking up. */
  effects?: boolean | undefined;
  since?: Date | undefined;
}

interface Parts {
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  /** As of now: the household may change it. */
  historyDays: () => number;
}

export class Reasons {
  readonly #parts: Parts;
  #database: Database | undefined;
  #waiting: NewCall[] = [];
  #writing: Promise<void> = Promise.resolve();
  #soon: NodeJS.Timeout | undefined;
  #cleaning: NodeJS.Timeout | undefined;
  #warned = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param cleans this process deletes what is too old. */
  open(database: Database, { cleans }: { cleans: boolean }): void {
    this.#database = database;
    if (!cleans) return;
    this.#cleaning = setInterval(() => void this.clean(), cleanEveryMs);
    this.#cleaning.unref();
    void this.clean();
  }

  /** Never throws and never waits: it is written when the turn is over. */
  note(call: NewCall): void {
    this.#waiting = [...this.#waiting, call].slice(-waitingMax);
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.write(), writeAfterMs);
    this.#soon.unref();
  }

  /** A turn is over: now nobody waits for anything. */
  ended(): void {
    if (this.#waiting.length > 0) void this.write();
  }

  /** What waits is written when it resolves; never rejects. */
  write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Newest first. @throws {DatabaseError} */
  async list(wanted: CallsWanted): Promise<KeptCall[]> {
    await this.write();
    const database = this.#database;
    if (!database) return [];
    const { personId } = wanted;
    if (personId === undefined) return await select(database.sql, wanted);
    return await database.asPerson(personId, (sql) => select(sql, wanted));
  }

  /** Deletes what is older than the talk it belongs to. Never rejects. */
  async clean(): Promise<void> {
    const sql = this.#database?.sql;
    if (!sql) return;
    const { now, historyDays, log } = this.#parts;
    try {
      const before = new Date(now().getTime() - historyDays() * dayMs);
      const { count } = await sql`
        delete from butler.tool_calls where at < ${before} or id in (
          select id from (
            select id, row_number() over (partition by user_id order by at desc, id desc) as place
            from butler.tool_calls
          ) placed where place > ${perPersonMax}
        )`;
      if (count > 0) log.info({ cleaned: count }, 'old calls of tools were deleted');
    } catch {
      log.warn('old calls of tools could not be deleted now; it is tried again');
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#soon);
    clearInterval(this.#cleaning);
    await this.write();
  }

  async #write(): Promise<void> {
    const database = this.#database;
    const calls = this.#waiting;
    if (calls.length === 0 || !database) return;
    this.#waiting = [];
    const people = Map.groupBy(calls, ({ personId }) => personId);
    for (const [personId, own] of people) await this.#writeOf(personId, own);
  }

  /** All at once; where one of them is refused, one by one: it takes no other with it. */
  async #writeOf(personId: string, own: readonly NewCall[]): Promise<void> {
    try {
      await this.#database?.asPerson(personId, async (sql) => {
        for (const call of own) await insert(sql, call);
      });
      this.#warned = false;
    } catch (error) {
      if (own.length === 1 || !isRefused(error)) return this.#keepFor(error, own);
      for (const call of own) await this.#writeOf(personId, [call]);
    }
  }

  /** Who is gone has no calls; while the database is away they wait. */
  #keepFor(error: unknown, calls: readonly NewCall[]): void {
    const { code = '' } = error as { code?: string };
    const refused = isRefused(error);
    if (!refused) this.#waiting = [...calls, ...this.#waiting].slice(-waitingMax);
    if (!this.#warned) this.#parts.log.warn({ code, refused }, 'calls could not be written down');
    this.#warned = true;
  }
}

/** Classes 22 and 23 of PostgreSQL's codes: these rows will never be taken. */
const isRefused = (error: unknown): boolean =>
  /^2[23]/.test((error as { code?: string }).code ?? '');

type Executor = Database['sql'] | Parameters<Parameters<Database['asPerson']>[1]>[0];

const insert = async (sql: Executor, call: NewCall): Promise<void> => {
  const { personId, guest, at, turn, door, tool, path, outcome, tainted, source } = call;
  const { effect, verdict, error, ok, verified, outside } = outcome;
  const own = <Kept>(value: Kept): Kept | null => (guest ? null : value);
  const json = (value: unknown) => (value === undefined ? null : sql.json(value as JSONValue));
  const why = keptText(error?.detail) ?? null;
  const input = own(kept(call.input)) ?? {};
  await sql`
    insert into butler.tool_calls (user_id, turn, at, door, tool, path, said, input, effect,
      verdict, reason, ok, verified, say, receipt, tainted, source, question, outside)
    values (${personId}, ${turn}, ${at}, ${door}, ${tool}, ${path},
      ${own(keptText(call.said) ?? null)}, ${json(input)},
      ${effect}, ${verdict ?? null}, ${own(why)}, ${ok}, ${verified ?? null},
      ${own(keptText(outcome.say) ?? null)}, ${own(json(kept(outcome.receipt)))}, ${tainted},
      ${source ?? null}, ${own(keptText(call.question) ?? null)}, ${outside ?? false})`;
};

const select = async (sql: Executor, wanted: CallsWanted): Promise<KeptCall[]> => {
  const { limit, before, tool, door, turn, personId, effects, since } = wanted;
  const rows = await sql<KeptCall[]>`
    select id, user_id as "personId", turn, at, door, tool, path, said, input, effect, verdict,
      reason, ok, verified, say, receipt, tainted, source, question, outside
    from butler.tool_calls
    where true
      ${personId === undefined ? sql`` : sql`and user_id = ${personId}`}
      ${before === undefined ? sql`` : sql`and id < ${before}`}
      ${tool === undefined ? sql`` : sql`and tool = ${tool}`}
      ${door === undefined ? sql`` : sql`and door = ${door}`}
      ${turn === undefined ? sql`` : sql`and turn = ${turn}`}
      ${since === undefined ? sql`` : sql`and at >= ${since}`}
      ${effects ? sql`and effect <> 'read'` : sql``}
    order by id desc limit ${limit}`;
  return [...rows];
};
