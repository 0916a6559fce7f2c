/** What was forgotten last, kept in this process alone and only for minutes, for an undo. */
import { randomBytes } from 'node:crypto';

const keptForMs = 5 * 60_000;
/** Of one person: the oldest goes when there are more. */
const keptMax = 20;

interface Entry<Kept> {
  personId: string;
  kept: Kept;
  until: number;
}

export interface Undos<Kept> {
  /** A word for {@link Undos.use}, and until when it counts, in milliseconds since 1970. */
  keep(personId: string, kept: Kept): { undo: string; until: number };
  /**
   * Does the undoing, once and only for the person whose it was; gives what was undone. When the
   * work fails, the word counts again.
   */
  use(
    one: { personId: string; undo: string },
    work: (kept: Kept) => Promise<void>,
  ): Promise<Kept | undefined>;
  /** Nothing of this person comes back from here on. */
  drop(personId: string): void;
}

export const createUndos = <Kept>(clock: () => number): Undos<Kept> => {
  const entries = new Map<string, Entry<Kept>>();
  const of = (personId: string): string[] =>
    [...entries].filter(([, entry]) => entry.personId === personId).map(([undo]) => undo);
  const drop = (words: string[]): void => {
    for (const undo of words) entries.delete(undo);
  };
  return {
    keep: (personId, kept) => {
      const undo = randomBytes(16).toString('base64url');
      const until = clock() + keptForMs;
      entries.set(undo, { personId, kept, until });
      drop(of(personId).slice(0, -keptMax));
      // What is forgotten must be gone from memory too, even if nobody asks again.
      setTimeout(() => entries.delete(undo), keptForMs).unref();
      return { undo, until };
    },
    use: async ({ personId, undo }, work) => {
      const entry = entries.get(undo);
      if (entry?.personId !== personId || entry.until <= clock()) return undefined;
      entries.delete(undo);
      try {
        await work(entry.kept);
      } catch (error) {
        entries.set(undo, entry);
        throw error;
      }
      return entry.kept;
    },
    drop: (personId) => drop(of(personId)),
  };
};
