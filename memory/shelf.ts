/** Small JSON documents that integrations keep: each in its own space, the household's or one's. */
import type { JSONValue } from 'postgres';
import type { Database, TransactionSql } from './database.ts';

export interface ShelfDocument {
  key: string;
  value: unknown;
  updatedAt: Date;
}

/** Where a document lies: the integration, and whose it is; without an owner the household's. */
export interface Place {
  space: string;
  owner?: string | undefined;
}

/**
 * Every method throws a `DatabaseError` while the database is away, and a `ShelfError` for what
 * cannot be kept.
 */
export interface DocumentShelf {
  /** Oldest key first, by the order of its characters. */
  all(place: Place): Promise<ShelfDocument[]>;
  /** @returns undefined where there is no such document. */
  get(place: Place, key: string): Promise<unknown>;
  /** Committed when it resolves. */
  put(place: Place, key: string, value: unknown): Promise<void>;
  /** @returns whether it was there. */
  remove(place: Place, key: string): Promise<boolean>;
  /**
   * Reads, changes and writes in one transaction; whoever changes the same document meanwhile
   * waits. What `change` returns is kept; undefined removes the document.
   * @returns the document as it was read back.
   */
  change<T>(
    place: Place,
    key: string,
    change: (value: T | undefined) => T | undefined,
  ): Promise<T | undefined>;
}

type ShelfCode = 'document-too-large' | 'document-malformed' | 'shelf-full' | 'shelf-owner-unknown';

/** A document that cannot be kept; the message says what to do. */
export class ShelfError extends Error {
  readonly code: ShelfCode;
  constructor({ code }: { code: ShelfCode }, message: string) {
    super(message);
    this.name = 'ShelfError';
    this.code = code;
  }
}

const documentMaxBytes = 64 * 1024;
const documentsMax = 10_000;
const spaceMax = 64;
const keyMax = 200;

/** Names nobody: no person's id is blank, and row security shows it the household's rows alone. */
const household = ' ';

const isName = (text: string, max: number): boolean =>
  text !== '' && text.length <= max && !text.includes('\0') && text.isWellFormed();

const checkNames = ({ space, owner }: Place, key?: string): void => {
  const wrong =
    !isName(space, spaceMax) ||
    (owner !== undefined && owner.trim() === '') ||
    (key !== undefined && !isName(key, keyMax));
  if (!wrong) return;
  throw new ShelfError(
    { code: 'document-malformed' },
    `A document needs a key of 1 to ${keyMax} characters, and an owner who is a person or nobody.`,
  );
};

/** JSON takes both, jsonb neither: NUL, and half of a surrogate pair. */
const storable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value;

/** As it will be read back. @throws {ShelfError} document-malformed, document-too-large */
const checked = (value: unknown): JSONValue => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, storable);
  } catch {
    text = undefined;
  }
  if (text === undefined || text === 'null') {
    throw new ShelfError(
      { code: 'document-malformed' },
      'Only JSON can be kept, and not null: to take a document away, remove it.',
    );
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > documentMaxBytes) {
    throw new ShelfError(
      { code: 'document-too-large' },
      `A document has at most ${documentMaxBytes / 1024} kB, and this one has ` +
        `${Math.ceil(bytes / 1024)}: nothing was kept. Split it, or take something out.`,
    );
  }
  return JSON.parse(text) as JSONValue;
};

interface Named extends Place {
  tx: TransactionSql;
  key: string;
}

const ownerOf = ({ owner }: Place): string => owner ?? '';

/** One writer at a time for what has this name, over all processes, to the transaction's end. */
const lock = ({ tx }: Named, name: readonly string[]) =>
  tx`select pg_advisory_xact_lock(hashtextextended(${`butler.shelf/${name.join('/')}`}, 0))`;

/** A row that is not there yet cannot be locked, so its name is. */
const lockDocument = (named: Named) => lock(named, [named.space, ownerOf(named), named.key]);

const read = async ({ tx, key, ...place }: Named): Promise<unknown> => {
  const [row] = await tx<{ value: unknown }[]>`
    select value from butler.documents
    where owner = ${ownerOf(place)} and space = ${place.space} and key = ${key}`;
  return row?.value;
};

/** @throws {ShelfError} shelf-full, shelf-owner-unknown */
const checkRoom = async (named: Named, max: number): Promise<void> => {
  const { tx, space, owner } = named;
  // Two new documents at once must not both take the last place.
  await lock(named, [space, ownerOf(named)]);
  const [row] = await tx<{ count: number; known: boolean }[]>`
    select (select count(*) from butler.documents
      where owner = ${ownerOf(named)} and space = ${space}) as count,
      ${owner === undefined}
        or exists(select from butler.users where id = ${owner ?? ''}) as known`;
  if (row?.known !== true) {
    throw new ShelfError(
      { code: 'shelf-owner-unknown' },
      'Nobody in this household has that id, so nothing was kept. Add the person first.',
    );
  }
  if (row.count < max) return;
  throw new ShelfError(
    { code: 'shelf-full' },
    `There are ${max} documents of ${space} already, and no more are kept. Remove old ones first.`,
  );
};

const write = async (named: Named, value: unknown, max: number): Promise<unknown> => {
  const { tx, space, owner, key } = named;
  const json = tx.json(checked(value));
  const [updated] = await tx<{ value: unknown }[]>`
    update butler.documents set value = ${json}, updated_at = now()
    where owner = ${ownerOf(named)} and space = ${space} and key = ${key} returning value`;
  if (updated) return updated.value;
  await checkRoom(named, max);
  const [inserted] = await tx<{ value: unknown }[]>`
    insert into butler.documents (user_id, space, key, value)
    values (${owner ?? null}, ${space}, ${key}, ${json}) returning value`;
  return inserted?.value;
};

const remove = async ({ tx, key, ...place }: Named): Promise<boolean> => {
  const gone = await tx`
    delete from butler.documents
    where owner = ${ownerOf(place)} and space = ${place.space} and key = ${key}`;
  return gone.count > 0;
};

/** @param max how many documents a space holds, of the household and of each person. */
export const createShelf = (
  database: Pick<Database, 'asPerson'>,
  { max = documentsMax }: { max?: number } = {},
): DocumentShelf => {
  const inPlace = async <T>(
    place: Place,
    key: string,
    work: (named: Named) => Promise<T>,
  ): Promise<T> => {
    checkNames(place, key);
    return await database.asPerson(place.owner ?? household, async (tx) => {
      const named = { ...place, tx, key };
      await lockDocument(named);
      return await work(named);
    });
  };
  return {
    all: async (place) => {
      checkNames(place);
      const rows = await database.asPerson(
        place.owner ?? household,
        (tx) => tx<ShelfDocument[]>`
          select key, value, updated_at as "updatedAt" from butler.documents
          where owner = ${ownerOf(place)} and space = ${place.space} order by key collate "C"`,
      );
      return [...rows];
    },
    get: async (place, key) => {
      checkNames(place, key);
      return await database.asPerson(place.owner ?? household, (tx) => read({ ...place, tx, key }));
    },
    put: (place, key, value) =>
      inPlace(place, key, async (named) => {
        await write(named, value, max);
      }),
    remove: (place, key) => inPlace(place, key, remove),
    change: <T>(place: Place, key: string, change: (value: T | undefined) => T | undefined) =>
      inPlace(place, key, async (named): Promise<T | undefined> => {
        // Whoever wrote the document knows its shape.
        const after = change((await read(named)) as T | undefined);
        if (after !== undefined) return (await write(named, after, max)) as T;
        await remove(named);
        return undefined;
      }),
  };
};
