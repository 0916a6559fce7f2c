/** What the mind and the ears cost, by day, person, door and trigger, and the caps on it. */
import type { Database } from '../memory/database.ts';
import type { TurnCost, TurnRecord } from './events.ts';
import type { HouseholdValues } from './household.ts';
import type { Logger } from './log.ts';
import type { Notices } from './notices.ts';
import { Accounts, type Row } from './spending/accounts.ts';
import { CapNotices } from './spending/cap-notices.ts';
import {
  allCaps,
  appliesTo,
  type Cap,
  capsFor,
  type Period,
  type Spender,
  triggerOf,
} from './spending/caps.ts';
import { dayOf, endOf } from './spending/days.ts';

export type { Row } from './spending/accounts.ts';
export type { Spender } from './spending/caps.ts';

/** So old may be what other processes spent, before this one knows it. */
const freshMs = 10_000;
/** What a turn cost is written down so soon. */
const writeAfterMs = 500;
/** What a turn may cost before any has been seen, US dollars. */
const firstEstimateUsd = 0.01;
const estimatedFrom = 20;

/** A cap with what was spent under it so far. */
export interface CapStatus extends Omit<Cap, 'limitUsd'> {
  limitUsd: number;
  spentUsd: number;
  /** When it begins anew. */
  until: Date;
}

/** Why a turn may not cost anything now. */
export type Refusal = Pick<Cap, 'whose' | 'period'>;

interface Parts {
  timeZone: string;
  now: () => Date;
  log: Pick<Logger, 'warn'>;
  caps: () => HouseholdValues['caps'];
}

/**
 * Asked before every call that costs, from memory alone. What turns cost that run side by side is
 * not known before they end: each is counted with an estimate meanwhile. So a cap is overshot at
 * most by what those turns cost beyond their estimates, and by what other processes spent in the
 * last ten seconds.
 */
export class Spending {
  readonly #parts: Parts;
  readonly #accounts: Accounts;
  readonly #reserved = new Map<object, { spender: Spender; usd: number }>();
  #recent: number[] = [];
  #notices: CapNotices | undefined;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#accounts = new Accounts({ log: parts.log, today: () => this.#today });
  }

  /**
   * @param notices where this process tells owners of caps: the server alone.
   * Never rejects: while the database is away, what this process knows counts.
   */
  async open(
    database: Pick<Database, 'sql'>,
    notices?: Pick<Notices, 'tell' | 'settle'>,
  ): Promise<void> {
    this.#accounts.open(database);
    if (notices) this.#notices = new CapNotices({ notices, sql: database.sql });
    this.#timer = setInterval(() => void this.refresh(), freshMs);
    this.#timer.unref();
    await this.refresh();
  }

  /** Writes what was spent here, and reads what was spent elsewhere. */
  async refresh(): Promise<void> {
    await this.#accounts.sync();
    await this.#notices?.look(this.status());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    await this.#accounts.sync();
    // What was added while the first one wrote.
    await this.#accounts.sync();
  }

  /**
   * May this spender cause costs now? If so, an estimate is set aside for `holder` (a conversation,
   * which has one turn at a time) until `release`.
   */
  refuses(spender: Spender, holder?: object): Refusal | undefined {
    const caps = capsFor(this.#parts.caps(), spender);
    const reached = caps.find(
      (cap) => this.#spent(cap) + this.#setAside(cap, holder) >= cap.limitUsd,
    );
    if (reached) return { whose: reached.whose, period: reached.period };
    if (holder) this.#reserved.set(holder, { spender, usd: this.#estimateUsd() });
    return undefined;
  }

  release(holder: object): void {
    this.#reserved.delete(holder);
  }

  /** A turn is over: what it cost. A part whose price is not known counts 0, and is counted. */
  spent({ personId, door, clocks }: Pick<TurnRecord, 'personId' | 'door' | 'clocks'>): void {
    const { cost } = clocks;
    if (!cost) return;
    this.#add({ personId, door }, { cost, turns: 1 });
  }

  /** What was spent for somebody without a turn of theirs: learning from what they said. */
  also(spender: Spender, cost: TurnCost): void {
    this.#add(spender, { cost, turns: 0 });
  }

  /** Every cap that somebody is under. @param personId of that person alone. */
  status(personId?: string): CapStatus[] {
    const { caps, now, timeZone } = this.#parts;
    const people = personId === undefined ? this.#accounts.people() : [personId];
    return allCaps(caps(), people)
      .filter(
        ({ whose, which }) => personId === undefined || (whose === 'person' && which === personId),
      )
      .map((cap) => ({
        ...cap,
        spentUsd: this.#spent(cap),
        until: endOf(cap.period, { at: now(), timeZone }),
      }));
  }

  /** By day, person, door and trigger. @param options days as `2026-03-01`, both included. */
  async rows(options: { from: string; to: string; personId?: string | undefined }): Promise<Row[]> {
    await this.#accounts.sync();
    return await this.#accounts.between(options);
  }

  /** `2026-03-01`, where the household is. */
  get today(): string {
    return this.#today;
  }

  get #today(): string {
    return dayOf(this.#parts.now(), this.#parts.timeZone);
  }

  #add({ personId, door }: Spender, { cost, turns }: { cost: TurnCost; turns: number }): void {
    const usd = (cost.mindUsd ?? 0) + (cost.hearingUsd ?? 0) + (cost.voiceUsd ?? 0);
    const unpriced = cost.totalUsd === undefined ? 1 : 0;
    if (usd > 0) this.#recent = [...this.#recent, usd].slice(-estimatedFrom);
    const trigger = triggerOf(door);
    this.#accounts.add({ day: this.#today, personId, door, trigger, usd, turns, unpriced });
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.refresh(), writeAfterMs);
    this.#soon.unref();
  }

  #estimateUsd(): number {
    if (this.#recent.length === 0) return firstEstimateUsd;
    return this.#recent.reduce((sum, usd) => sum + usd, 0) / this.#recent.length;
  }

  #spent(cap: Cap): number {
    const first = this.#firstDay(cap.period);
    return this.#accounts.sum((row) => row.day >= first && appliesTo(cap, row));
  }

  #setAside(cap: Cap, holder: object | undefined): number {
    return [...this.#reserved]
      .filter(([other, { spender }]) => other !== holder && appliesTo(cap, spender))
      .reduce((sum, [, { usd }]) => sum + usd, 0);
  }

  #firstDay(period: Period): string {
    return period === 'day' ? this.#today : `${this.#today.slice(0, 7)}-01`;
  }
}

/** The purse of one conversation: asked before each call that costs, told what its turns cost. */
export interface Purse {
  /** May something small be paid, such as a transcription? */
  refuses(): Refusal | undefined;
  /** May the mind be asked? Then what its answer may cost is set aside. */
  refusesTurn(): Refusal | undefined;
  spent(record: TurnRecord): void;
  close(): void;
}

export const purseOf = (spending: Spending, { personId, door }: Spender): Purse => {
  const holder = {};
  return {
    refuses: () => spending.refuses({ personId, door }),
    refusesTurn: () => spending.refuses({ personId, door }, holder),
    spent: (record) => {
      spending.release(holder);
      spending.spent(record);
    },
    close: () => spending.release(holder),
  };
};
