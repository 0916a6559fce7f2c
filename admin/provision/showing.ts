/** An account as its person sees it: how it is, and if not well, why. */
import type { Credential } from '../credentials.ts';
import type { Service } from './provider.ts';
import { type Holder, mayHave, registry } from './registry.ts';
import { accountWords } from './words.ts';

export interface Account {
  service: Service;
  title: string;
  status: 'active' | 'failed' | 'skipped' | 'decrypt_error';
  /** Why it is not active: a sentence in the person's language. */
  message: string | null;
  username: string | null;
  /** Butler is at it now: ask again in a second. */
  working: boolean;
  attempts: number;
  changedAt: Date | null;
}

const whyNone = (holder: Holder, service: Service, isOffered: boolean): string => {
  const words = accountWords(holder.language);
  const { title, needs } = registry[service];
  if (holder.role === 'guest') return words.notForGuests(title);
  if (!mayHave(holder, service)) return words.notAllowed(title);
  return isOffered ? words.notMade(title) : words.notConfigured(title, needs);
};

/** @param row undefined: there is none. */
export const showAccount = (
  holder: Holder,
  service: Service,
  { row, isOffered, nowMs }: { row: Credential | undefined; isOffered: boolean; nowMs: number },
): Account => {
  const { title } = registry[service];
  if (!row) {
    const message = whyNone(holder, service, isOffered);
    const none = { username: null, working: false, attempts: 0, changedAt: null };
    return { service, title, status: 'skipped', message, ...none };
  }
  const { username, attempts, updatedAt: changedAt } = row;
  // Also the rotation marks rows, and does not know who reads them.
  const { cannotOpen } = accountWords(holder.language);
  const message = row.status === 'decrypt_error' ? cannotOpen(title) : row.message;
  const working = row.busyUntil !== null && row.busyUntil.getTime() > nowMs;
  // Switched off is no fault.
  const status = row.disabledAt && row.status === 'active' ? 'skipped' : row.status;
  return { service, title, status, message, username, working, attempts, changedAt };
};
