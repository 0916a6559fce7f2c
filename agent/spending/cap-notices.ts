/** Tells owners that a cap is near or reached: once for each cap and period. */
import type { Database } from '../../memory/database.ts';
import type { Notices } from '../notices.ts';
import type { CapStatus } from '../spending.ts';
import { keyOf } from './caps.ts';
import { capNotice } from './words.ts';

const nearFrom = 0.8;

interface Parts {
  notices: Pick<Notices, 'tell' | 'settle'>;
  sql: Database['sql'];
}

const told = {
  near: { code: 'spending-cap-near' },
  reached: { code: 'spending-cap-reached' },
} as const;

const levelOf = ({ spentUsd, limitUsd }: CapStatus): 'near' | 'reached' | undefined => {
  if (spentUsd >= limitUsd) return 'reached';
  return spentUsd >= limitUsd * nearFrom ? 'near' : undefined;
};

/** One notice for each period: what was told in the last one is told again in the next. */
const noticeKey = (cap: CapStatus, level: string): string =>
  `spending-cap-${level}:${keyOf(cap)}:${cap.until.toISOString().slice(0, 13)}`;

export class CapNotices {
  readonly #parts: Parts;
  readonly #told = new Set<string>();
  #settledAll = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Tells what is new, and settles what is over. Never rejects. */
  async look(caps: readonly CapStatus[]): Promise<void> {
    const holding = new Map(
      caps.flatMap((cap) => {
        const level = levelOf(cap);
        return level ? [[noticeKey(cap, level), { cap, level }] as const] : [];
      }),
    );
    try {
      for (const [key, { cap, level }] of holding) {
        if (!this.#told.has(key)) await this.#tell(key, cap, level);
      }
      await this.#settle(new Set(holding.keys()));
    } catch {
      // The database is away: the next look comes soon.
    }
  }

  async #tell(key: string, cap: CapStatus, level: 'near' | 'reached'): Promise<void> {
    const { notices, sql } = this.#parts;
    // At once: another look may come by before this one has its answer.
    this.#told.add(key);
    try {
      // Told before this process began, and perhaps read since.
      const known = await sql`select 1 from butler.notices where key = ${key} limit 1`;
      if (known.length > 0) return;
    } catch (error) {
      this.#told.delete(key);
      throw error;
    }
    const { whose, which, period, limitUsd, spentUsd, until } = cap;
    const name = whose === 'person' ? await this.#nameOf(which) : which;
    await notices.tell({
      ...{ to: 'owners', key, ...told[level] },
      words: (language) => capNotice(language, { ...cap, which: name }, level),
      data: { whose, which, period, limitUsd, spentUsd, until: until.toISOString() },
    });
  }

  async #nameOf(personId: string): Promise<string> {
    const [row] = await this.#parts.sql<{ name: string }[]>`
      select name from butler.users where id = ${personId}`;
    return row?.name ?? personId;
  }

  /** A new day, a higher cap, or none: also what was told before this process began. */
  async #settle(holding: ReadonlySet<string>): Promise<void> {
    const over = [...this.#told].filter((key) => !holding.has(key));
    if (over.length === 0 && this.#settledAll) return;
    const open = await this.#parts.sql<{ key: string }[]>`
      select distinct key from butler.notices
      where settled_at is null and key like 'spending-cap-%'`;
    for (const { key } of open) if (!holding.has(key)) await this.#parts.notices.settle(key);
    for (const key of over) this.#told.delete(key);
    this.#settledAll = true;
  }
}
