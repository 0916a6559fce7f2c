/** One person's open facts in this process, kept level with the database. */
import type { Embedder } from '../embed.ts';
import type { Fact, FactRow, Facts } from '../facts.ts';
import { type Entry, MemoryIndex } from '../index/memory-index.ts';
import type { Candidate } from './choose.ts';
import { Loading } from './loading.ts';
import { inSlices } from './slices.ts';
import { StrongFacts } from './strong-facts.ts';
import { Sync } from './sync.ts';
import { UsableVectors } from './usable-vectors.ts';

export class PersonFacts {
  /** Of what is here: it sees what changed, also while there is more to be loaded. */
  readonly sync: Sync;
  readonly #personId: string;
  readonly #facts: Facts;
  readonly #usable: UsableVectors;
  readonly #byId = new Map<number, Fact>();
  readonly #strong: StrongFacts;
  #index = new MemoryIndex({ kind: 'facts' });
  #loading: Loading | undefined;
  #revision = 0;
  #deleted = 0;

  constructor(
    personId: string,
    { facts, embedder, now }: { facts: Facts; embedder: Embedder; now: () => Date },
  ) {
    this.#personId = personId;
    this.#facts = facts;
    this.#usable = new UsableVectors(embedder);
    this.#strong = new StrongFacts(this.#byId, now);
    this.sync = new Sync(() => this.#catchUp());
  }

  get size(): number {
    return this.#byId.size;
  }

  /** False while some are still to be loaded; the surest ones come first. */
  get isWhole(): boolean {
    return !this.#loading?.left;
  }

  /** Worth knowing whatever is asked, best first. */
  get strong(): readonly Fact[] {
    return this.#strong.facts;
  }

  readonly vectorOf = (id: number): Float32Array | undefined => this.#index.vectorOf(id);

  /** Resolves when all that was committed before this call is here. */
  async whole(): Promise<void> {
    do {
      await this.sync.run();
      await this.#loading?.run();
    } while (!this.isWhole);
  }

  /** Loads no more. */
  close(): void {
    this.#loading?.stop();
  }

  search(query: Parameters<MemoryIndex['search']>[0]): Candidate[] {
    const { vector, ...words } = query;
    const usable = vector && this.#usable.fits(vector) ? query : words;
    const fitOf = this.#index.fits(usable);
    return this.#index.search(usable).flatMap(({ id, score }) => {
      const fact = this.#byId.get(id);
      return fact ? [{ fact, score, fit: fitOf(id) }] : [];
    });
  }

  async #catchUp(): Promise<void> {
    if (this.#usable.changed()) this.#forgetAll();
    if (this.#revision === 0) return await this.#begin();
    const changes = await this.#facts.changedSince(this.#personId, this.#revision);
    // Counters that went back: the person or the whole database was made anew.
    if (changes.revision < this.#revision || changes.deleted < this.#deleted) {
      this.#forgetAll();
      return await this.#begin();
    }
    if (changes.deleted > this.#deleted) {
      const left = new Set(await this.#facts.ids(this.#personId));
      this.#remove([...this.#byId.keys()].filter((id) => !left.has(id)));
      this.#loading?.keep(left);
    }
    await inSlices(changes.rows, (rows) => this.#take(rows));
    const changed = changes.deleted !== this.#deleted || changes.rows.length > 0;
    this.#revision = changes.revision;
    this.#deleted = changes.deleted;
    if (changed) this.#strong.settle();
    this.#goOnLoading();
  }

  /** The first page; the others come by and by. */
  async #begin(): Promise<void> {
    const { ids, revision, deleted } = await this.#facts.start(this.#personId);
    const loading = new Loading({
      ids,
      read: (some) => this.#facts.rows(this.#personId, some),
      take: (rows) => this.#take(rows),
    });
    this.#loading = loading;
    await loading.step();
    this.#revision = revision;
    this.#deleted = deleted;
    this.#goOnLoading();
  }

  #goOnLoading(): void {
    if (this.isWhole) this.#loading = undefined;
    // A database that went away shows at the next catching up, which comes here again.
    else this.#loading?.run().catch(() => undefined);
  }

  #take(rows: readonly FactRow[]): void {
    this.#loading?.settle(rows.map(({ id }) => id));
    const entries: Entry[] = [];
    const told: Fact[] = [];
    for (const { vector, revision: _, ...fact } of rows) {
      const before = this.#byId.get(fact.id);
      if (fact.retiredAt !== null) {
        this.#remove([fact.id]);
        continue;
      }
      this.#byId.set(fact.id, fact);
      told.push(fact);
      const values = this.#usable.of(vector);
      // Mostly it was only used again: what is searched has not changed.
      const same =
        before?.fact === fact.fact && (this.vectorOf(fact.id) !== undefined) === !!values;
      if (same) continue;
      const atMs = fact.validFrom.getTime();
      entries.push({ id: fact.id, text: fact.fact, atMs, ...(values && { vector: values }) });
    }
    this.#index.put(entries);
    this.#strong.take(told);
  }

  #remove(ids: readonly number[]): void {
    for (const id of ids) this.#byId.delete(id);
    this.#index.remove(ids);
    this.#strong.remove(ids);
  }

  #forgetAll(): void {
    this.#loading?.stop();
    this.#loading = undefined;
    this.#byId.clear();
    this.#index = new MemoryIndex({ kind: 'facts' });
    this.#revision = 0;
    this.#deleted = 0;
    this.#strong.clear();
  }
}
