/** Chance with a seed: the same numbers each time, so that a failure can be looked at. */

export interface Chance {
  /** 0 to below 1. */
  next(): number;
  below(count: number): number;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** Marsaglia's xorshift, 32 bit. Source: Journal of Statistical Software 8 (14), 2003. */
export const chanceOf = (seed: number): Chance => {
  let state = (seed * 2_654_435_761) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    next,
    below,
    oneOf: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new Error('one of nothing was asked for');
      return items[below(items.length)] as Item;
    },
  };
};
