/** The memory that tools are lent, kept in this process: the same answers without a database. */
import type {
  KnownFact,
  MemoryPort,
  RememberedFact,
  SaidMessage,
  SoulSettings,
} from '../../tools/core/memory-port.ts';

interface Kept extends KnownFact {
  personId: string;
  open: boolean;
}

type NewFact = Parameters<MemoryPort['remember']>[1];
type WantedTalk = Parameters<MemoryPort['conversations']>[1];

const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

const firstSoul: SoulSettings = {
  ...{ personality: 'friendly and attentive', formality: 'balanced', verbosity: 'moderate' },
  ...{ humor: 'subtle', custom_instructions: '' },
};

class MemoryInProcess implements MemoryPort {
  /** What was said earlier, by whomever. */
  readonly said: (SaidMessage & { personId: string })[] = [];
  /** From now on it answers as when the database is away. */
  away = false;
  readonly #all: Kept[] = [];
  readonly #replacedBy = new Map<number, number>();
  readonly #souls = new Map<string, SoulSettings>();

  async remember(personId: string, wanted: NewFact): Promise<RememberedFact> {
    const { fact, category, slot } = wanted;
    if (/\b(?:PIN|password)\b/i.test(fact)) return { outcome: 'refused', why: 'secret' };
    const mine = this.#open(personId);
    const same = mine.find((one) => one.fact.toLowerCase() === fact.toLowerCase());
    if (same) return { outcome: 'known', fact: same };
    const replaced = mine.find((one) => slot !== undefined && one.slot === slot);
    const id = this.#all.length + 1;
    if (replaced) {
      replaced.open = false;
      this.#replacedBy.set(id, replaced.id);
    }
    const made = { id, personId, fact, category, slot: slot ?? null, open: true };
    this.#all.push({ ...made, source: 'explicit' });
    return {
      ...{ outcome: replaced ? 'replaced' : 'added', fact: this.#all.at(-1), replaced },
    };
  }

  async search(personId: string, text: string, limit: number) {
    const wanted = words(text);
    const scoreOf = (fact: string): number =>
      wanted.filter((word) => words(fact).some((own) => own.startsWith(word))).length /
      Math.max(1, wanted.length);
    return this.#open(personId)
      .map((one) => ({ ...one, score: scoreOf(one.fact) }))
      .filter(({ score }) => score > 0)
      .toSorted((left, right) => right.score - left.score)
      .slice(0, limit);
  }

  async strongest(personId: string, limit: number): Promise<KnownFact[]> {
    return this.#open(personId).slice(0, limit);
  }

  async byIds(personId: string, ids: readonly number[]): Promise<KnownFact[]> {
    return this.#open(personId).filter(({ id }) => ids.includes(id));
  }

  async forget(personId: string, ids: readonly number[]): Promise<KnownFact[]> {
    return this.#switch(personId, ids, false);
  }

  async takeBack(personId: string, id: number): Promise<KnownFact | undefined> {
    const [taken] = this.#switch(personId, [id], false);
    this.#switch(personId, [this.#replacedBy.get(id) ?? 0], true);
    return taken;
  }

  async restore(personId: string, ids: readonly number[]): Promise<KnownFact[]> {
    return this.#switch(personId, ids, true);
  }

  async conversations(personId: string, { query = '', from, to, limit }: WantedTalk) {
    this.#reach();
    return this.said
      .filter((one) => one.personId === personId)
      .filter(({ at }) => (!from || at >= from) && (!to || at < to))
      .filter(({ content }) => words(query).every((word) => words(content).includes(word)))
      .slice(-limit);
  }

  async soul(personId: string): Promise<SoulSettings> {
    this.#reach();
    return this.#souls.get(personId) ?? firstSoul;
  }

  async updateSoul(personId: string, patch: Partial<SoulSettings>) {
    const before = await this.soul(personId);
    const after = { ...before, ...patch };
    this.#souls.set(personId, after);
    return { before, after };
  }

  #reach(): void {
    if (!this.away) return;
    const error = new Error('The database does not answer.');
    throw Object.assign(error, { code: 'memory-unavailable' });
  }

  #open(personId: string): Kept[] {
    this.#reach();
    return this.#all.filter((one) => one.personId === personId && one.open);
  }

  #switch(personId: string, ids: readonly number[], open: boolean): Kept[] {
    this.#reach();
    const meant = this.#all.filter((one) => one.personId === personId && ids.includes(one.id));
    for (const one of meant) one.open = open;
    return meant;
  }
}

export const memoryInProcess = (): MemoryInProcess => new MemoryInProcess();
