/** Text from outside without what hides or pretends: unseen characters, and marks of ours. Pure. */

/** Controls but line breaks; what has no width, turns the direction, or is a tag; lone halves. */
const unseen =
  /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\n\t]|[\u2028\u2029]/gu;
/** Whatever reads like the beginning or end of a tag. */
const opening = /[<＜﹤]/gu;
const closing = /[>＞﹥]/gu;

const depthMax = 8;
const entriesMax = 200;

/** @param mark is taken out in whatever case it stands, also where taking it out makes it anew. */
export const plainText = (text: string, mark = ''): string => {
  const seen = text.replace(unseen, '').replace(opening, '‹').replace(closing, '›');
  if (mark === '') return seen;
  const pattern = new RegExp(mark, 'giu');
  let before = seen;
  let after = seen.replace(pattern, '');
  while (after !== before) {
    before = after;
    after = after.replace(pattern, '');
  }
  return after;
};

/** The same for every text in a value: before it is written as JSON, which would hide controls. */
export const cleaned = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return plainText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= depthMax) return '…';
  if (Array.isArray(value)) return value.slice(0, entriesMax).map((one) => cleaned(one, depth + 1));
  if (value instanceof Date) return value.toISOString();
  const entries = Object.entries(value).slice(0, entriesMax);
  return Object.fromEntries(entries.map(([key, one]) => [plainText(key), cleaned(one, depth + 1)]));
};
