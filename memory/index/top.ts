/** The best few of many scores in one pass: sorting them all takes longer than finding them. */

export interface Scored {
  id: number;
  score: number;
}

/** Beyond so many, sorting everything is the faster way. */
const fewMax = 256;

const order = (a: Scored, b: Scored): number => b.score - a.score || a.id - b.id;

/** Where it belongs among those that are sorted, by halving. */
const placeOf = (one: Scored, sorted: readonly Scored[]): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (order(sorted[middle] as Scored, one) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The `limit` best scores above 0, best first; among equals the lower id.
 * @param slots the place of each id's score.
 */
export const topOf = (
  slots: Iterable<[id: number, slot: number]>,
  scores: Float32Array,
  limit: number,
): Scored[] => {
  const top: Scored[] = [];
  const few = limit <= fewMax;
  let least = 0;
  for (const [id, slot] of slots) {
    const score = scores[slot] as number;
    if (!(score > 0) || score < least) continue;
    const one = { id, score };
    if (!few) {
      top.push(one);
      continue;
    }
    top.splice(placeOf(one, top), 0, one);
    if (top.length > limit) top.pop();
    if (top.length === limit) least = top[limit - 1]?.score ?? 0;
  }
  return few ? top : top.sort(order).slice(0, limit);
};
