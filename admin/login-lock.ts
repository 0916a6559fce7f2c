/** Guessing passwords gets slower by address and name, by address, and by account everywhere. */
import type { Notices } from '../agent/notices.ts';
import { wordsFor } from './entrance-words.ts';
import { foldUsername, type People } from './people.ts';
import { ProblemError } from './problem.ts';
import { createThrottle } from './throttle.ts';

/** Tries per address and username, and per address over all usernames, before waiting begins. */
export const failuresFree = 5;
export const failuresFreePerAddress = 50;
/** Tries for one account from wherever: then it is locked, for longer after each further try. */
export const failuresFreePerAccount = 20;

export const slowDown = (waitSeconds: number): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'login-slowed',
    title: 'Too many wrong passwords',
    detail: `Wait ${waitSeconds} seconds, then try again.`,
    headers: { 'retry-after': String(waitSeconds) },
  });

const locked = (waitSeconds: number): ProblemError =>
  new ProblemError({
    status: 429,
    code: 'login-locked',
    title: 'This account takes no password now',
    detail:
      `Too many wrong passwords came for it. Wait ${waitSeconds} seconds; or come in at once ` +
      'with a passkey, let another device of yours let this one in, or ask an owner for a link.',
    headers: { 'retry-after': String(waitSeconds) },
  });

export interface LoginLock {
  /**
   * Counts a try, as failed until told otherwise.
   * @throws {ProblemError} login-slowed, login-locked: the same whether the name is known or not.
   */
  attempt(from: { address: string; username: string }): void;
  /** The password was wrong: whoever's it is hears of it when that locks their account. */
  failed(username: string): void;
  succeeded(from: { address: string; username: string }): void;
  /** They came in another way, or an owner helped: the account takes passwords again. */
  open(username: string): void;
}

export const createLoginLock = ({
  people,
  notices,
  clock,
}: {
  people: Pick<People, 'byUsername'>;
  notices: Pick<Notices, 'tell' | 'settle'>;
  clock: () => number;
}): LoginLock => {
  const perName = createThrottle({ failuresFree, clock });
  const perAddress = createThrottle({ failuresFree: failuresFreePerAddress, clock });
  const perAccount = createThrottle({ failuresFree: failuresFreePerAccount, clock });
  const keyOf = (address: string, name: string): string => `${address} ${name}`;
  const open = (name: string): void => {
    perAccount.succeeded(name);
    const person = people.byUsername(name);
    if (person) void notices.settle(`login-locked:${person.id}`);
  };
  return {
    attempt: ({ address, username }) => {
      const name = foldUsername(username);
      const waitSeconds = perName.attempt(keyOf(address, name)) || perAddress.attempt(address);
      if (waitSeconds > 0) throw slowDown(waitSeconds);
      const lockedSeconds = perAccount.attempt(name);
      if (lockedSeconds > 0) throw locked(lockedSeconds);
    },
    failed: (username) => {
      const name = foldUsername(username);
      if (perAccount.waitSeconds(name) === 0) return;
      const person = people.byUsername(name);
      if (!person) return;
      void notices.tell({
        ...{ to: { personId: person.id }, key: `login-locked:${person.id}`, code: 'login-locked' },
        words: wordsFor('login-locked'),
      });
    },
    succeeded: ({ address, username }) => {
      const name = foldUsername(username);
      perName.succeeded(keyOf(address, name));
      perAddress.succeeded(address);
      open(name);
    },
    open: (username) => open(foldUsername(username)),
  };
};
