/** Households of any size for the latency figures: facts, questions and vectors from a seed. */
import type { Database } from '../../memory/database.ts';

export interface House {
  person: string;
  /** Of that person. */
  facts: number;
  model: string;
  dimension: number;
  sentence(): string;
  /** About one of the facts, in some of its words. */
  question(): string;
  vectorOf(text: string): Float32Array;
}

const model = 'bench';
const dimension = 384;
const rowsAtOnce = 500;

/** mulberry32: the same numbers on every machine. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

const seedOf = (text: string): number => {
  let seed = 0;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) | 0;
  return seed;
};

const vectorOf = (text: string): Float32Array => {
  const random = randomFrom(seedOf(text));
  const vector = Float32Array.from({ length: dimension }, () => random() - 0.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const syllables = 'ka lo mi ter sa ban du rel fo ni gra pel to vi sen mar'.split(' ');

/** Few words are common and most are rare, as in any language. */
const wordFrom = (random: () => number): string => {
  const rank = Math.floor(4_000 ** random());
  const parts = [rank % 16, Math.floor(rank / 16) % 16, Math.floor(rank / 256)];
  return parts.map((part) => syllables[part] ?? '').join('');
};

const sentenceFrom = (random: () => number): string =>
  Array.from({ length: 8 + Math.floor(random() * 10) }, () => wordFrom(random)).join(' ');

const insert = async (database: Database, personId: string, texts: string[]): Promise<void> => {
  for (let start = 0; start < texts.length; start += rowsAtOnce) {
    const batch = texts.slice(start, start + rowsAtOnce);
    const vectors = batch.map((text) => `[${vectorOf(text).join(',')}]`);
    await database.sql`
      insert into butler.user_facts (user_id, category, fact, source, confidence, embedding,
        embedding_model, last_referenced, valid_from)
      select ${personId}, 'personal', fact, 'explicit', .5 + random() / 2, vector::vector, ${model},
        now() - random() * interval '200 days', now() - interval '200 days'
      from unnest(${batch}::text[], ${vectors}::text[]) as given(fact, vector)`;
  }
};

/** Fills a fresh database. Rows get their revisions, without a trigger's call for each of them. */
export const houseOf = async (
  database: Database,
  { people, factsEach }: { people: number; factsEach: number },
): Promise<House> => {
  const random = randomFrom(people);
  const { sql } = database;
  let told: string[] = [];
  await sql`alter table butler.user_facts disable trigger note_fact_change`;
  for (let at = 0; at < people; at += 1) {
    const personId = `person-${at}`;
    await sql`insert into butler.users (id, name, role) values (${personId}, ${personId}, 'adult')`;
    told = Array.from({ length: factsEach }, (_, place) => `${sentenceFrom(random)} ${place}`);
    await insert(database, personId, told);
    await sql`insert into butler.memory_marks (user_id, fact_revision)
      select ${personId}, max(revision) from butler.user_facts where user_id = ${personId}`;
  }
  await sql`alter table butler.user_facts enable trigger note_fact_change`;
  await sql`analyze butler.user_facts`;
  const question = (): string => {
    const words = (told[Math.floor(random() * told.length)] ?? '').split(' ');
    return `what about ${words.slice(2, 8).join(' ')}`;
  };
  const person = `person-${people - 1}`;
  const sentence = (): string => sentenceFrom(random);
  return { person, facts: factsEach, model, dimension, sentence, question, vectorOf };
};
