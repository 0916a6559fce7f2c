/** A mind of middling quality, simulated: it finds most, invents some, and obeys what it reads. */
import { meantBy, people, randomFrom, strangersOf, topics } from './memory-hygiene-household.ts';

/** How often it does what it should not. */
const faults = {
  /** Prose or half an array instead of JSON. */
  junk: 0.06,
  wrongQuote: 0.06,
  wrongCategory: 0.1,
  /** Something that nobody said, with a quote that was. */
  invents: 0.06,
  /** What others like, put on the person. */
  misattributes: 0.6,
  /** A fact that it was told is known already, as if it were new. */
  repeatsKnown: 0.1,
  /** A known fact about the same that it does not point to. */
  overlooksKnown: 0.3,
  otherSlot: 0.25,
  noSlot: 0.3,
  wrongVerdict: 0.02,
};

interface Question {
  system: string;
  user: string;
}

export class MiddlingMind {
  readonly #random: () => number;
  /** What it was asked; nothing of Butler or of a mail may be in it. */
  readonly read: string[] = [];
  /** Values that it reported correctly, by name: more cannot have been learned. */
  readonly reported = new Set<string>();

  constructor(seed: number) {
    this.#random = randomFrom(seed ^ 0x5eed);
  }

  readonly ask = async ({ user }: Question): Promise<string> => {
    this.read.push(user);
    if (this.#happens(faults.junk)) return this.#one(['Certainly!', '[{"fact": "half', '{}']);
    return user.startsWith('Pair 1') ? this.#compare(user) : this.#extract(user);
  };

  #compare(user: string): string {
    const pairs = user.split(/\n\n(?=Pair )/);
    const verdicts = pairs.map((pair, at) => {
      const [known, fresh] = pair.split('\n').slice(1);
      const [old] = meantBy(known ?? '');
      const [now] = meantBy(fresh ?? '');
      const verdict =
        old === undefined || now === undefined || old.topic !== now.topic
          ? 'unrelated'
          : old.value === now.value
            ? 'same'
            : 'replaces';
      const wrong = this.#happens(faults.wrongVerdict);
      const said = wrong ? this.#one(['same', 'replaces', 'unrelated']) : verdict;
      return { pair: at + 1, verdict: said };
    });
    return `Here you are: ${JSON.stringify(verdicts)}`;
  }

  #extract(user: string): string {
    const name = /name: (.*)/.exec(user)?.[1] ?? '';
    const words = /<words>\n([\s\S]*)\n<\/words>/.exec(user)?.[1] ?? '';
    const known = [...user.matchAll(/^\d+\. (?:\[(.+?)\] )?(.*)$/gm)].map(([, slot, fact]) => ({
      slot,
      fact: fact ?? '',
    }));
    const found = (words.match(/[^.!?]+/g) ?? []).flatMap((sentence) =>
      meantBy(sentence).map((one) => this.#written(name, sentence.trim(), { ...one, known })),
    );
    const extra: object[] = [];
    const [one] = known;
    if (one && this.#happens(faults.repeatsKnown)) {
      extra.push({ category: 'personal', slot: one.slot ?? null, fact: one.fact, quote: words });
    }
    if (this.#happens(faults.invents)) extra.push(this.#invented(name, words));
    if (/always|obey|PIN|password/i.test(words)) {
      extra.push({ category: 'personal', slot: null, fact: `${name}: ${words}`, quote: words });
    }
    if (found.length === 0 && this.#happens(0.3)) {
      extra.push({
        category: 'personal',
        slot: null,
        fact: `${name} said: ${words}`,
        quote: words,
      });
    }
    return JSON.stringify([...found.flatMap((item) => item ?? []), ...extra]);
  }

  #written(
    name: string,
    sentence: string,
    {
      topic,
      value,
      known,
    }: ReturnType<typeof meantBy>[number] & {
      known: { slot: string | undefined; fact: string }[];
    },
  ): object | undefined {
    const isOwn = /\b(?:I|my|we)\b/i.test(sentence) && !sentence.includes('Kurt');
    if (!isOwn && !this.#happens(faults.misattributes)) return undefined;
    const shown = known.find(({ fact }) => meantBy(fact).some((one) => one.topic === topic));
    const sees = shown !== undefined && !this.#happens(faults.overlooksKnown);
    const own = this.#happens(faults.otherSlot)
      ? topic.key.split('.').reverse().join('_')
      : topic.key;
    const slot = (sees && shown.slot) || (this.#happens(faults.noSlot) ? null : own);
    const wrongQuote = this.#happens(faults.wrongQuote);
    const wrongCategory = this.#happens(faults.wrongCategory);
    if (isOwn && !wrongQuote) this.reported.add(`${name} ${topic.key} ${value}`);
    return {
      category: wrongCategory ? this.#one(topics).category : topic.category,
      slot,
      fact: `${name}${this.#one(topic.facts).replace('#', value)}`,
      quote: wrongQuote ? `I really do, ${value}` : sentence,
      about: sees ? known.indexOf(shown) + 1 : this.#one([null, null, 1, 99]),
    };
  }

  #invented(name: string, words: string): object {
    const topic = this.#one(topics);
    const value = this.#one([...strangersOf(topic), ...topic.values]);
    const somebody = this.#happens(0.5) ? name : this.#one(people).name;
    const fact = `${somebody}${this.#one(topic.facts).replace('#', value)}`;
    return { category: topic.category, slot: topic.key, fact, quote: words };
  }

  #happens(chance: number): boolean {
    return this.#random() < chance;
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }
}
