/** What the tools hold on to: the brokers, and what has come from them and over HTTP. */
import { type Counts, noCounts, type Position, PositionBook } from './book.ts';
import type { Fence } from './fences.ts';
import type { MqttFeed } from './mqtt.ts';
import type { Report } from './payload.ts';
import type { MqttAccount } from './settings.ts';

interface Broker {
  feed: MqttFeed;
  book: PositionBook;
}

/** @param clock milliseconds since 1970. */
export const locationClient = async (
  accounts: readonly MqttAccount[],
  clock: () => number = Date.now,
): Promise<LocationClient> => {
  if (accounts.length === 0) return new LocationClient([]);
  // The library takes 20 MB: only where there is a broker.
  const { MqttFeed: Feed } = await import('./mqtt.ts');
  const brokers = accounts.map((account) => {
    const book = new PositionBook(clock);
    return { book, feed: new Feed(account, book) };
  });
  return new LocationClient(brokers);
};

export class LocationClient {
  readonly #feeds: readonly Broker[];
  /** Of what came over HTTP to this process. */
  readonly #posted: Counts = noCounts();

  constructor(brokers: readonly Broker[]) {
    this.#feeds = brokers;
  }

  /** When every broker has sent what it kept, or has said why not. */
  async ready(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#feeds.map(({ feed }) => feed.ready(signal)));
  }

  /** The last position of each user, held against these places. */
  positions(fences: readonly Fence[]): Map<string, Position> {
    const all = new Map<string, Position>();
    for (const { book } of this.#feeds) {
      book.use(fences);
      for (const [user, position] of book.all()) {
        const other = all.get(user);
        if (!other || other.fix.atMs < position.fix.atMs) all.set(user, position);
      }
    }
    return all;
  }

  /** One message came over HTTP. */
  count(kind: Report['kind']): void {
    this.#posted[kind] += 1;
  }

  /** Undefined while all brokers are there. */
  get trouble(): string | undefined {
    return this.#feeds.map(({ feed }) => feed.trouble).find((one) => one !== undefined);
  }

  /** One line for `doctor`. @throws an Error that says what to correct. */
  health(): string {
    if (this.trouble !== undefined) throw new Error(this.trouble);
    const phones = this.#feeds.reduce((sum, { book }) => sum + book.phones, 0);
    const counts = [this.#posted, ...this.#feeds.map(({ book }) => book.counts)];
    const sum = (kind: Report['kind']) => counts.reduce((all, one) => all + one[kind], 0);
    const source =
      this.#feeds.length === 0
        ? `OwnTracks over HTTP and Home Assistant, ${sum('fix')} positions`
        : `MQTT connected, ${phones} phones, ${sum('fix')} positions`;
    const notes = [
      ...(sum('other') > 0 ? [`${sum('other')} other messages`] : []),
      ...(sum('garbage') > 0 ? [`${sum('garbage')} that were no position`] : []),
      ...(sum('encrypted') > 0
        ? [`${sum('encrypted')} encrypted: take the encryption key out of the app`]
        : []),
    ];
    return [source, ...notes].join(', ');
  }

  close(): void {
    for (const { feed } of this.#feeds) feed.close();
  }
}
