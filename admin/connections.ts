/** What is open in somebody's name; it ends within a moment of their right to it. */
import type { Devices } from './devices.ts';
import type { People, Person } from './people.ts';
import type { TokenClaims, Tokens } from './tokens.ts';

/** Well within the second in which a revoked device must be out. */
const checkEveryMs = 250;

/** Who opened something, as they were then. */
export interface Holder {
  token: Pick<TokenClaims, 'tokenId' | 'deviceId' | 'personId'>;
  /** Role and permissions: what was opened with others is opened anew. */
  rights: string;
}

export interface Connections {
  /** Whether the device, the person and their rights are still those that opened it. */
  stands(holder: Holder): boolean;
  /**
   * Calls `end` once when that is no longer so, within a second.
   * @param options.forMs after this it is forgotten; default: until it is taken off.
   * @returns a function that takes it off.
   */
  hold(holder: Holder, end: () => void, options?: { forMs?: number }): () => void;
}

export const holderOf = (person: Person, token: Holder['token']): Holder => ({
  token,
  rights: JSON.stringify([person.role, person.permissions]),
});

export const createConnections = ({
  people,
  tokens,
  devices,
}: {
  people: Pick<People, 'byId'>;
  tokens: Pick<Tokens, 'isRevoked'>;
  devices: Pick<Devices, 'on'>;
}): Connections => {
  const held = new Map<object, { holder: Holder; end: () => void; untilMs: number }>();
  let timer: NodeJS.Timeout | undefined;
  const stands: Connections['stands'] = ({ token, rights }) => {
    if (tokens.isRevoked(token)) return false;
    const person = people.byId(token.personId);
    return person !== undefined && holderOf(person, token).rights === rights;
  };
  const takeOff = (key: object): void => {
    held.delete(key);
    if (held.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
  const check = (): void => {
    for (const [key, { holder, end, untilMs }] of held) {
      const ends = !stands(holder);
      if (ends || performance.now() >= untilMs) takeOff(key);
      if (ends) end();
    }
  };
  devices.on(({ what }) => {
    if (what === 'revoked') check();
  });
  return {
    stands,
    hold: (holder, end, { forMs = Number.POSITIVE_INFINITY } = {}) => {
      const key = {};
      held.set(key, { holder, end, untilMs: performance.now() + forMs });
      timer ??= setInterval(check, checkEveryMs).unref();
      return () => takeOff(key);
    },
  };
};

/** Says goodbye to a WebSocket, and does not wait for the answer. */
export const endSocket = (socket: {
  close(code: number, reason: string): void;
  terminate(): void;
}): void => {
  socket.close(1008, 'log in again');
  setTimeout(() => socket.terminate(), checkEveryMs).unref();
};
