/** What the house writes down of itself: how it is set, what it did and why, what that cost. */
import type { llm } from '@livekit/agents';
import type { Database } from '../memory/database.ts';
import type { Settings } from './config.ts';
import { Household } from './household.ts';
import type { Logger } from './log.ts';
import type { Notices } from './notices.ts';
import { Reasons } from './reasons.ts';
import { PaidLearning } from './spending/learning.ts';
import { Spending } from './spending.ts';

export interface Books {
  /** What is changed while Butler runs. */
  readonly household: Household;
  /** What turns cost, and the caps on it. */
  readonly spending: Spending;
  /** What was done, and why. */
  readonly reasons: Reasons;
}

interface OpenBooks extends Books {
  learningWith(mind: llm.LLM | undefined): PaidLearning;
  /** Never rejects. @param notices where this process tells owners: the server alone. */
  open(database: Database, notices: Pick<Notices, 'tell' | 'settle'> | undefined): Promise<void>;
  close(): Promise<void>;
}

/** @param parts.given the environment's settings; those of `household` go before them. */
export const newBooks = (parts: { given: Settings; log: Logger; clock: () => Date }): OpenBooks => {
  const { given, log, clock: now } = parts;
  const household = new Household({ given, log });
  const { settings } = household;
  const { BUTLER_TIMEZONE: timeZone } = settings;
  const caps = () => household.get('caps');
  const spending = new Spending({ timeZone, now, log, caps });
  const reasons = new Reasons({ now, log, historyDays: () => settings.BUTLER_HISTORY_DAYS });
  household.on(() => {
    log.level = settings.BUTLER_LOG_LEVEL;
  });
  return {
    ...{ household, spending, reasons },
    learningWith: (mind) =>
      new PaidLearning({ mind, spending, on: () => settings.BUTLER_LEARNING === 'on' }),
    open: async (database, notices) => {
      reasons.open(database, { cleans: notices !== undefined });
      await household.open(database);
      await spending.open(database, notices);
    },
    close: async () => {
      household.close();
      await Promise.all([spending.close(), reasons.close()]);
    },
  };
};
