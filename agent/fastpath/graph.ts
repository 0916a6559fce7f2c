/** A pattern of `says` as a graph of steps that a sentence can be followed along. */
import type { z } from 'zod';
import { constantOf, type Piece } from '../../tools/core/says.ts';
import { slotKind } from '../../tools/core/slots.ts';
import { type Tongue, toWords } from './sentence.ts';
import { type ReadSlot, slotReader } from './slot-readers.ts';

/** A node of a pattern's graph; `id` numbers them all, for the memory of one match. */
export type Step =
  | { type: 'end' }
  | { type: 'word'; id: number; word: string; next: Step }
  | { type: 'slot'; id: number; name: string; free: boolean; read: ReadSlot; next: Step }
  | { type: 'set'; id: number; name: string; value: unknown; next: Step }
  | { type: 'fork'; id: number; ways: Step[] };

const end: Step = { type: 'end' };

export class Compiler {
  readonly #tongue: Tongue;
  #ids = 0;
  constructor(tongue: Tongue) {
    this.#tongue = tongue;
  }

  /** Builds from the last piece to the first, so that every step knows what follows it. */
  steps(pieces: readonly Piece[], input: z.ZodObject, next: Step = end): Step {
    return pieces.reduceRight((after, piece) => this.#step(piece, input, after), next);
  }

  #step(piece: Piece, input: z.ZodObject, next: Step): Step {
    const id = ++this.#ids;
    if (piece.type === 'choice') {
      return { type: 'fork', id, ways: piece.ways.map((way) => this.steps(way, input, next)) };
    }
    if (piece.type === 'words') {
      const words = toWords(piece.text, this.#tongue) ?? [];
      return words.reduceRight<Step>(
        (after, { word }) => ({ type: 'word', id: ++this.#ids, word, next: after }),
        next,
      );
    }
    const schema = input.shape[piece.name] as z.ZodType;
    const kind = slotKind(schema);
    if (piece.type === 'set') {
      return { type: 'set', id, name: piece.name, value: constantOf(kind, piece.value), next };
    }
    if (!kind) throw new Error(`{${piece.name}} is of a type that speech cannot fill.`);
    const read = slotReader(kind, this.#tongue);
    const free = ['text', 'listing', 'statement', 'dictation'].includes(kind.kind);
    return { type: 'slot', id, name: piece.name, free, read, next };
  }
}

/** Every first word a pattern can begin with; undefined: a slot comes first, so any word. */
export const firstWords = (step: Step): Set<string> | undefined => {
  if (step.type === 'word') return new Set([step.word]);
  if (step.type === 'set') return firstWords(step.next);
  if (step.type !== 'fork') return undefined;
  const all = new Set<string>();
  for (const way of step.ways) {
    const words = firstWords(way);
    if (!words) return undefined;
    for (const word of words) all.add(word);
  }
  return all;
};

/** The literal words that every way through a pattern has; `known`: what was found so far. */
export const requiredWords = (
  step: Step,
  known = new Map<Step, ReadonlySet<string>>(),
): ReadonlySet<string> => {
  const before = known.get(step);
  if (before) return before;
  let found: ReadonlySet<string> = new Set();
  if (step.type === 'word') found = new Set([step.word, ...requiredWords(step.next, known)]);
  else if (step.type === 'fork') {
    const [first, ...others] = step.ways.map((way) => requiredWords(way, known));
    found = others.reduce((all, words) => all.intersection(words), first ?? found);
  } else if (step.type !== 'end') found = requiredWords(step.next, known);
  known.set(step, found);
  return found;
};
