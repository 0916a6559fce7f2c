/** What one person said and was answered, in this process, kept level with the database. */
import type { Embedder } from '../embed.ts';
import type { History, IndexedMessage, Message } from '../history.ts';
import { type Entry, MemoryIndex } from '../index/memory-index.ts';
import type { Users } from '../users.ts';
import { isAboutSomething, type Range } from './asked-for.ts';
import { Sessions } from './sessions.ts';
import { inSlices } from './slices.ts';
import { Sync } from './sync.ts';
import { UsableVectors } from './usable-vectors.ts';

/** Rows of one query: on the embedded database everybody else waits meanwhile. */
const pageMessages = 250;
/** Share of the best score below which a message has nothing to do with the words. */
const floorShare = 0.35;
/** While all are being embedded anew, they are not all read again at each search. */
const manyWithoutVector = 200;
const readAgainAfterMs = 60_000;

interface Parts {
  history: History;
  embedder: Embedder;
  users: Pick<Users, 'byId'>;
}

type Query = Parameters<MemoryIndex['search']>[0];

export class PersonTalk {
  readonly sync: Sync;
  readonly #personId: string;
  readonly #parts: Parts;
  readonly #usable: UsableVectors;
  readonly #byId = new Map<number, Message>();
  readonly #withoutVector = new Set<number>();
  readonly #sessions = new Sessions();
  #index = new MemoryIndex({ kind: 'turns' });
  #readAgainAtMs = Number.NEGATIVE_INFINITY;

  constructor(personId: string, parts: Parts) {
    this.#personId = personId;
    this.#parts = parts;
    this.#usable = new UsableVectors(parts.embedder);
    this.sync = new Sync(() => this.#catchUp());
  }

  get size(): number {
    return this.#byId.size;
  }

  /**
   * Whole turns, the best one first, up to `limit` messages.
   * @param range nothing outside of it; all of it when the words are about nothing else.
   * @param perhaps a time that the words name: what fits at another time comes after it.
   */
  find(query: Query, range: Range, perhaps: Range | undefined): Message[] {
    const time = perhaps ?? range;
    const isTimed = time.from !== undefined || time.to !== undefined;
    if (isTimed && !isAboutSomething(query.text)) return this.#newest(query.limit, time);
    const hits = this.#hits(query, range);
    const first = perhaps ? hits.filter((message) => isWithin(message, perhaps)) : [];
    const turns = new Set([...first, ...hits].map(({ turn }) => turn));
    const byTurn = Map.groupBy(this.#byId.values(), ({ turn }) => turn);
    return [...turns]
      .flatMap((turn) => (byTurn.get(turn) ?? []).sort((a, b) => a.id - b.id))
      .slice(0, query.limit);
  }

  /** Best first. */
  #hits(query: Query, range: Range): Message[] {
    const { vector, ...words } = query;
    const comparable = vector && this.#usable.fits(vector) ? { vector } : {};
    const found = this.#index
      .search({ ...words, ...comparable, names: this.#names(), limit: this.#byId.size })
      .flatMap(({ id, score }) => {
        const message = this.#byId.get(id);
        return message && isWithin(message, range) ? [{ message, score }] : [];
      });
    const floor = (found[0]?.score ?? 0) * floorShare;
    return found.flatMap(({ message, score }) => (score > 0 && score >= floor ? [message] : []));
  }

  #newest(limit: number, range: Range): Message[] {
    return [...this.#byId.values()]
      .filter((message) => isWithin(message, range))
      .sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id)
      .slice(-limit);
  }

  async #catchUp(): Promise<void> {
    if (this.#usable.changed()) this.#forgetAll();
    const { history } = this.#parts;
    const ids = new Set(await history.ids(this.#personId));
    this.#remove([...this.#byId.keys()].filter((id) => !ids.has(id)));
    const wanted = this.#wanted(ids);
    if (wanted.size === 0) return;
    const inOrder = [...wanted].sort((a, b) => a - b);
    for (let start = 0; start < inOrder.length; start += pageMessages) {
      const page = inOrder.slice(start, start + pageMessages);
      const rows = await history.indexed(this.#personId, page);
      await inSlices(rows, (some) => this.#take(some));
    }
  }

  /** Whose words "I" and "my" ask for. */
  #names(): string[] {
    const name = this.#parts.users.byId(this.#personId)?.name;
    return name === undefined ? [] : [name];
  }

  /** Those that are new here or came back, and those that may have a vector by now. */
  #wanted(ids: ReadonlySet<number>): Set<number> {
    const wanted = new Set([...ids].filter((id) => !this.#byId.has(id)));
    const nowMs = performance.now();
    const few = this.#withoutVector.size <= manyWithoutVector;
    if (!few && nowMs - this.#readAgainAtMs < readAgainAfterMs) return wanted;
    this.#readAgainAtMs = nowMs;
    return wanted.union(this.#withoutVector);
  }

  #take(messages: readonly IndexedMessage[]): void {
    const [name] = this.#names();
    const entries: Entry[] = [];
    for (const { vector, ...message } of messages) {
      const values = this.#usable.of(vector);
      if (this.#byId.has(message.id) && !values) continue;
      this.#byId.set(message.id, message);
      if (values) this.#withoutVector.delete(message.id);
      else this.#withoutVector.add(message.id);
      const speaker = message.role === 'assistant' ? 'Butler' : name;
      entries.push({
        id: message.id,
        text: message.content,
        atMs: message.at.getTime(),
        session: this.#sessions.of(message),
        ...(speaker && { speaker }),
        ...(values && { vector: values }),
      });
    }
    this.#index.put(entries);
  }

  #remove(ids: readonly number[]): void {
    for (const id of ids) {
      this.#byId.delete(id);
      this.#withoutVector.delete(id);
    }
    this.#index.remove(ids);
  }

  #forgetAll(): void {
    this.#byId.clear();
    this.#withoutVector.clear();
    this.#index = new MemoryIndex({ kind: 'turns' });
  }
}

const isWithin = ({ at }: Message, { from, to }: Range): boolean =>
  (!from || at >= from) && (!to || at < to);
