/** Paths that a person or a model may name: none leaves its root, hides, or pretends. Pure. */

const partsMax = 32;
const pathMaxCharacters = 1_000;
const partMaxBytes = 255;

/** Codes that a careless program makes dots and slashes of. */
const encoded = /%(?:25)*(?:2e|2f|5c|00)/i;
/** Control characters, and those that turn text round or cannot be seen. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;

/** @returns whether one name of a path is a plain one. */
export const isPlainPart = (part: string): boolean => {
  // Characters that look like dots and slashes become them: U+2024, U+2025, U+FF0E, U+FF0F …
  const folded = part.normalize('NFKC').replace(/[\u2044\u2215\u29f8\u29f9\u2216\u2e2f]/g, '/');
  return (
    part.trim() !== '' &&
    Buffer.byteLength(part) <= partMaxBytes &&
    part.isWellFormed() &&
    !part.startsWith('.') &&
    !folded.startsWith('.') &&
    !/[/\\]/.test(part) &&
    !/[/\\]/.test(folded) &&
    !unseen.test(part) &&
    !encoded.test(part)
  );
};

/** @returns the parts of a path below a root; undefined where it is none that may be followed. */
export const partsOf = (path: string): string[] | undefined => {
  if (path.length > pathMaxCharacters || /^[a-z]:/i.test(path)) return undefined;
  const parts = path.split('/');
  return parts.length <= partsMax && parts.every(isPlainPart) ? parts : undefined;
};
