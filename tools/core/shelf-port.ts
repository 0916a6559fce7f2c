/** Small documents that tools keep: JSON by key, durable, of the household or of one person. */

export interface ShelfDocument {
  key: string;
  value: unknown;
  updatedAt: Date;
}

/** Unset: the household's; else that person's own, which nobody else can read. */
export interface ShelfOwner {
  owner?: string | undefined;
}

/** One space of documents. Everything rejects with a `ToolError` where it cannot be reached. */
export interface Shelf {
  /** By key. */
  all(owner?: ShelfOwner): Promise<ShelfDocument[]>;
  get(key: string, owner?: ShelfOwner): Promise<unknown>;
  /** Committed when it resolves. @throws a `ToolError` where the document is too big. */
  put(key: string, value: unknown, owner?: ShelfOwner): Promise<void>;
  /** @returns whether it was there. */
  remove(key: string, owner?: ShelfOwner): Promise<boolean>;
  /**
   * Reads and writes in one transaction, so that two changes at once lose nothing of either.
   * @param change gets undefined where there is none; undefined from it removes the document.
   * @returns what is there now.
   */
  change<Value>(
    key: string,
    change: (value: Value | undefined) => Value | undefined,
    owner?: ShelfOwner,
  ): Promise<Value | undefined>;
}

export interface Shelves {
  /** The space of one integration; `language` is that of what is heard when it fails. */
  of(integration: string, language: string): Shelf;
}
