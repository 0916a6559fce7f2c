/** Tickets: let one WebSocket in, once, within a minute; a browser cannot send a header there. */
import { randomBytes } from 'node:crypto';
import type { Caller } from '../agent/caller.ts';
import type { Holder } from './connections.ts';

const ticketLifeMs = 60_000;
/** More than this many unused tickets: the oldest goes, since its page has given up on it. */
const ticketsPerPersonMax = 16;

interface TicketHolder {
  caller: Caller;
  /** Who asked for the ticket: where they may no longer come in, so may it not. */
  holder: Holder;
}

export interface Tickets {
  issue(holder: TicketHolder): string;
  /** Whose ticket it is; undefined when it is unknown, late or used. It is used up either way. */
  take(ticket: string): TicketHolder | undefined;
}

export const createTickets = ({
  clock = Date.now,
  random = randomBytes,
}: {
  clock?: () => number;
  random?: (bytes: number) => Buffer;
} = {}): Tickets => {
  // A Map keeps the order of arrival: the first is the oldest.
  const waiting = new Map<string, TicketHolder & { until: number }>();
  const forgetLate = (): void => {
    for (const [ticket, { until }] of waiting) {
      if (until > clock()) return;
      waiting.delete(ticket);
    }
  };
  return {
    issue: ({ caller, holder }) => {
      forgetLate();
      const own = [...waiting].filter(([, held]) => held.caller.personId === caller.personId);
      const [oldest] = own;
      if (oldest && own.length >= ticketsPerPersonMax) waiting.delete(oldest[0]);
      const ticket = random(32).toString('base64url');
      waiting.set(ticket, { caller, holder, until: clock() + ticketLifeMs });
      return ticket;
    },
    take: (ticket) => {
      forgetLate();
      const held = waiting.get(ticket);
      waiting.delete(ticket);
      return held && { caller: held.caller, holder: held.holder };
    },
  };
};
