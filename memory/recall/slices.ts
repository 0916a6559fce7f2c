/** Much work in small pieces: whoever else waits gets a turn of the event loop in between. */

const atOnce = 50;
const sliceMs = 8;

/** All items in their order, some at a time. */
export const inSlices = async <Item>(
  items: readonly Item[],
  take: (some: Item[]) => void,
): Promise<void> => {
  let beganMs = performance.now();
  for (let start = 0; start < items.length; start += atOnce) {
    take(items.slice(start, start + atOnce));
    if (performance.now() - beganMs < sliceMs) continue;
    await new Promise(setImmediate);
    beganMs = performance.now();
  }
};
