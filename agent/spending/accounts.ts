/** What was spent, kept in the database: this process writes its own, and reads everybody's. */
import type { Database } from '../../memory/database.ts';
import type { Logger } from '../log.ts';

export interface Row {
  /** `2026-03-01`, in the household's time zone. */
  day: string;
  personId: string;
  door: string;
  trigger: string;
  usd: number;
  turns: number;
  /** Turns and questions of which a price is not known: they count 0. */
  unpriced: number;
}

interface Parts {
  log: Pick<Logger, 'warn'>;
  today: () => string;
}

/** Of people who are gone nothing is kept: PostgreSQL's foreign_key_violation. */
const noSuchPerson = '23503';

const sameRow = (row: Row): string => [row.day, row.personId, row.door, row.trigger].join('\n');

export class Accounts {
  readonly #parts: Parts;
  #sql: Database['sql'] | undefined;
  /** Of this month, as the database had it last. */
  #stored: Row[] = [];
  /** Spent here and not written yet. */
  #own = new Map<string, Row>();
  #syncing: Promise<void> | undefined;
  #warned = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  open({ sql }: Pick<Database, 'sql'>): void {
    this.#sql = sql;
  }

  add(row: Row): void {
    const known = this.#own.get(sameRow(row));
    if (!known) this.#own.set(sameRow(row), { ...row });
    else {
      known.usd += row.usd;
      known.turns += row.turns;
      known.unpriced += row.unpriced;
    }
  }

  sum(fits: (row: Row) => boolean): number {
    return [...this.#stored, ...this.#own.values()]
      .filter(fits)
      .reduce((sum, { usd }) => sum + usd, 0);
  }

  /** Whoever spent something this month. */
  people(): string[] {
    return [...new Set([...this.#stored, ...this.#own.values()].map(({ personId }) => personId))];
  }

  /** Writes, then reads; one at a time, so that nothing counts twice. Never rejects. */
  sync(): Promise<void> {
    this.#syncing ??= this.#sync().finally(() => {
      this.#syncing = undefined;
    });
    return this.#syncing;
  }

  async between({
    from,
    to,
    personId,
  }: {
    from: string;
    to: string;
    personId?: string | undefined;
  }) {
    const sql = this.#sql;
    if (!sql) return [];
    const own = personId === undefined ? sql`` : sql`and user_id = ${personId}`;
    const rows = await sql<Row[]>`
      select day::text as day, user_id as "personId", door, trigger, usd, turns, unpriced
      from butler.spending where day between ${from}::date and ${to}::date ${own}
      order by day, user_id, door, trigger`;
    return [...rows];
  }

  async #sync(): Promise<void> {
    const sql = this.#sql;
    if (!sql) return;
    try {
      for (const row of [...this.#own.values()]) await this.#write(sql, row);
      const month = `${this.#parts.today().slice(0, 7)}-01`;
      this.#stored = await this.between({ from: month, to: '9999-12-31' });
      this.#warned = false;
    } catch {
      if (!this.#warned) this.#parts.log.warn('spending cannot be written now; it is kept');
      this.#warned = true;
    }
  }

  /** Takes the row out first: what is added meanwhile is a row of its own. */
  async #write(sql: Database['sql'], row: Row): Promise<void> {
    this.#own.delete(sameRow(row));
    this.#stored = [...this.#stored, row];
    const { day, personId, door, trigger, usd, turns, unpriced } = row;
    try {
      await sql`
        insert into butler.spending (day, user_id, door, trigger, usd, turns, unpriced)
        values (${day}::date, ${personId}, ${door}, ${trigger}, ${usd}, ${turns}, ${unpriced})
        on conflict (day, user_id, door, trigger) do update set
          usd = butler.spending.usd + excluded.usd,
          turns = butler.spending.turns + excluded.turns,
          unpriced = butler.spending.unpriced + excluded.unpriced`;
    } catch (error) {
      this.#stored = this.#stored.filter((one) => one !== row);
      if ((error as { code?: string }).code === noSuchPerson) return;
      this.add(row);
      throw error;
    }
  }
}
