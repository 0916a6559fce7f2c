/** Answers kept for a while: one question in flight for each key, and mistakes are never kept. */

export interface Cache<Value> {
  /** The kept answer, or `make`'s; whoever asks meanwhile waits for the same one. */
  get(key: string, make: () => Promise<Value>): Promise<Value>;
  /** Without a key, everything. */
  drop(key?: string): void;
}

interface Entry<Value> {
  value: Promise<Value>;
  /** Infinity while it is being made. */
  untilMs: number;
}

/** @param options.max the oldest is dropped beyond so many. */
export const cached = <Value>(options: {
  ttlMs: number;
  max: number;
  nowMs: () => number;
}): Cache<Value> => {
  const { ttlMs, max, nowMs } = options;
  const entries = new Map<string, Entry<Value>>();
  const begin = (key: string, make: () => Promise<Value>): Promise<Value> => {
    const entry: Entry<Value> = { value: make(), untilMs: Number.POSITIVE_INFINITY };
    entries.delete(key);
    entries.set(key, entry);
    const oldest = entries.keys().next().value;
    if (entries.size > max && oldest !== undefined) entries.delete(oldest);
    entry.value.then(
      () => {
        entry.untilMs = nowMs() + ttlMs;
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key);
      },
    );
    return entry.value;
  };
  return {
    get: (key, make) => {
      const known = entries.get(key);
      return known && known.untilMs > nowMs() ? known.value : begin(key, make);
    },
    drop: (key) => {
      if (key === undefined) entries.clear();
      else entries.delete(key);
    },
  };
};
