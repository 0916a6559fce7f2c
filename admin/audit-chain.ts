/** Lines of the audit log, each bound to the one before by its hash; and the proof of it. */
import { createHash } from 'node:crypto';
import type { Sql } from '../memory/database.ts';

export const outcomes = ['done', 'refused', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];
export type Detail = Record<string, string | number | boolean | null>;

export interface ChainedLine {
  /** 1 is the first; none is left out. */
  number: number;
  at: Date;
  /** A person's alias, or the part of Butler that acted. */
  actor: string;
  device: string | null;
  what: string;
  target: string | null;
  outcome: Outcome;
  detail: Detail;
  /** The hash of the line before. */
  previous: string;
}

/** What stands before the first line. */
export const beginning = '0'.repeat(64);

/** One way to write a line, whatever order its detail came in. */
const canonical = (line: ChainedLine): string => {
  const detail = Object.entries(line.detail).sort(([a], [b]) => (a < b ? -1 : 1));
  const { number, at, actor, device, what, target, outcome, previous } = line;
  const written = at.toISOString();
  return JSON.stringify([number, written, actor, device, what, target, outcome, detail, previous]);
};

/** SHA-256 (FIPS 180-4) in hex. */
export const hashOf = (line: ChainedLine): string =>
  createHash('sha256').update(canonical(line)).digest('hex');

export interface Verified {
  ok: boolean;
  /** Lines that hold, from the first. */
  entries: number;
  /** The first number at which the chain does not hold: changed, missing or put in. */
  brokenAt?: number;
}

const pageLines = 1_000;

/** Reads the whole log, a page at a time. */
export const verifyChain = async (
  sql: Sql,
  anchor?: { number: number; hash: string },
): Promise<Verified> => {
  let [number, previous] = [0, beginning];
  for (;;) {
    const lines = await sql<(ChainedLine & { hash: string })[]>`
      select number, at, actor, device, what, target, outcome, detail, previous, hash
      from butler.audit where number > ${number} order by number limit ${pageLines}`;
    for (const { hash, ...line } of lines) {
      const expected = number + 1;
      const isAnchored = anchor?.number !== expected || anchor.hash === hash;
      const holds = line.number === expected && line.previous === previous && isAnchored;
      if (!holds || hashOf(line) !== hash) {
        return { ok: false, entries: number, brokenAt: expected };
      }
      [number, previous] = [expected, hash];
    }
    if (lines.length < pageLines) break;
  }
  // An end that was cut off leaves a chain that holds: only who noted it elsewhere can tell.
  if (anchor && anchor.number > number) return { ok: false, entries: number, brokenAt: number + 1 };
  return { ok: true, entries: number };
};
