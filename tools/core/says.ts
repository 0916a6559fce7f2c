/** The little language of `says`: `[optional]`, `(this|that)`, `{slot}`, `{slot=value}`. */
import type { z } from 'zod';
import { type SlotKind, slotKind } from './slots.ts';

/** One piece of a pattern. `set` takes no words and gives the slot its value. */
export type Piece =
  | { type: 'words'; text: string }
  | { type: 'choice'; ways: Piece[][] }
  | { type: 'slot'; name: string }
  | { type: 'set'; name: string; value: string };

const piecesMax = 200;

class Reader {
  readonly #pattern: string;
  #at = 0;
  #pieces = 0;
  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  whole(): Piece[] {
    const ways = this.#ways('');
    return ways.length === 1 ? (ways[0] as Piece[]) : [{ type: 'choice', ways }];
  }

  #ways(close: string): Piece[][] {
    const ways: Piece[][] = [[]];
    for (;;) {
      const character = this.#pattern[this.#at];
      if (character === undefined) {
        if (close) throw new Error(`a "${close}" is missing`);
        return ways;
      }
      if (character === close) {
        this.#at++;
        return ways;
      }
      if (character === '|') {
        this.#at++;
        ways.push([]);
      } else ways.at(-1)?.push(this.#piece(character));
      if (++this.#pieces > piecesMax) throw new Error(`it has more than ${piecesMax} pieces`);
    }
  }

  #piece(character: string): Piece {
    if (character === '[') {
      this.#at++;
      return { type: 'choice', ways: [...this.#ways(']'), []] };
    }
    if (character === '(') {
      this.#at++;
      return { type: 'choice', ways: this.#ways(')') };
    }
    if (character === '{') return this.#slot();
    if (')]}'.includes(character)) throw new Error(`a "${character}" closes nothing`);
    const text = /^[^[\](){}|]+/.exec(this.#pattern.slice(this.#at))?.[0] ?? '';
    this.#at += text.length;
    return { type: 'words', text };
  }

  #slot(): Piece {
    const found = /^\{([A-Za-z]\w*)(?:=([^{}]*))?\}/.exec(this.#pattern.slice(this.#at));
    if (!found) throw new Error('a slot is written {name} or {name=value}');
    this.#at += found[0].length;
    const [, name = '', value] = found;
    return value === undefined ? { type: 'slot', name } : { type: 'set', name, value };
  }
}

/** @throws an Error that says what is wrong with the pattern. */
export const parsePattern = (pattern: string): Piece[] => new Reader(pattern).whole();

/** `says` by language: a plain list is English. */
export const saysByLanguage = (
  says: readonly string[] | Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> =>
  Array.isArray(says) ? { en: says } : (says as Record<string, readonly string[]>);

/** The constant of `{slot=value}` as the field's own type. */
export const constantOf = (kind: SlotKind | undefined, value: string): unknown => {
  if (value === 'true' || value === 'false') return value === 'true';
  if (kind && ['number', 'integer', 'duration'].includes(kind.kind)) return Number(value);
  return value;
};

const isFree = (piece: Piece | undefined, input: z.ZodObject): boolean => {
  const schema = piece?.type === 'slot' ? input.shape[piece.name] : undefined;
  const kind = schema && slotKind(schema)?.kind;
  return kind !== undefined && ['text', 'listing', 'statement', 'dictation'].includes(kind);
};

const pieceMistakes = (pieces: Piece[], input: z.ZodObject): string[] =>
  pieces.flatMap((piece, index) => {
    if (piece.type === 'words') return [];
    if (piece.type === 'choice') return piece.ways.flatMap((way) => pieceMistakes(way, input));
    const schema = Object.hasOwn(input.shape, piece.name) ? input.shape[piece.name] : undefined;
    if (!schema) {
      const fields = Object.keys(input.shape).join(', ') || 'no field at all';
      return [`{${piece.name}} is not in the input, which has: ${fields}`];
    }
    const kind = slotKind(schema);
    if (piece.type === 'set') {
      const fits = schema.safeParse(constantOf(kind, piece.value)).success;
      return fits ? [] : [`{${piece.name}=${piece.value}} does not fit the input`];
    }
    if (!kind) return [`{${piece.name}} is of a type that speech cannot fill`];
    if (kind.kind !== 'text') return [];
    let next = index + 1;
    while (pieces[next]?.type === 'words' && !(pieces[next] as { text: string }).text.trim())
      next++;
    return isFree(pieces[next], input)
      ? [`{${piece.name}} needs a word between it and the next free slot`]
      : [];
  });

/** @returns what is wrong with a pattern, empty when it is fine. */
export const patternMistakes = (pattern: string, input: z.ZodObject): string[] => {
  try {
    const pieces = parsePattern(pattern);
    const hasWords = /[\p{L}]/u.test(pattern.replace(/\{[^}]*\}/g, ''));
    return hasWords ? pieceMistakes(pieces, input) : ['it has no words of its own'];
  } catch (error) {
    return [(error as Error).message];
  }
};
