/** Long patterns as lists of what they take, one way a line. */

/** @param ways `String.raw` texts of regular expressions. */
export const anyOf = (ways: readonly string[], flags: string): RegExp =>
  new RegExp(ways.join('|'), flags);
