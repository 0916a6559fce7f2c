/** Whose memories lie in this process: those who spoke last, and not more than fit. */

const peopleMax = 8;
const entriesMax = 60_000;

export class People<Person extends { readonly size: number; close(): void }> {
  readonly #make: (personId: string) => Person;
  /** Least recently asked for first. */
  readonly #people = new Map<string, Person>();

  constructor(make: (personId: string) => Person) {
    this.#make = make;
  }

  /** The person's memory, empty at first. Others may have to go for it. */
  of(personId: string): Person {
    const person = this.#people.get(personId) ?? this.#make(personId);
    this.#people.delete(personId);
    this.#people.set(personId, person);
    this.#makeRoom(personId);
    return person;
  }

  drop(personId: string): void {
    this.#people.get(personId)?.close();
    this.#people.delete(personId);
  }

  state(): { people: number; entries: number } {
    return { people: this.#people.size, entries: this.#entries() };
  }

  #entries(): number {
    let entries = 0;
    for (const person of this.#people.values()) entries += person.size;
    return entries;
  }

  #makeRoom(personId: string): void {
    for (const oldest of this.#people.keys()) {
      if (oldest === personId) return;
      if (this.#people.size <= peopleMax && this.#entries() <= entriesMax) return;
      this.drop(oldest);
    }
  }
}
