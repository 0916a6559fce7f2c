/** What of a call is written down: short, and without secrets. Pure. */
import { holdsSecret } from '../../memory/learn/secrets.ts';

const bytesMax = 2_048;
const textMax = 500;
const depthMax = 5;
const fieldsMax = 40;
const leftOut = '(left out)';

/** Fields whose values are nobody's to read, whatever stands in them. */
const secretWords = new Set(
  (
    'pass password passcode passphrase pin pins token tokens secret secrets key keys code codes ' +
    'credential credentials'
  ).split(' '),
);

/** `apiKey`, `alarm_code`; no `keyword`. */
const isSecretField = (name: string): boolean =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => secretWords.has(word));

/** Names a thing, and looks like a key of some service. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** As PostgreSQL takes it: no NUL, and no half of a character. */
const text = (value: string): string => {
  if (holdsSecret(value) && !uuid.test(value)) return leftOut;
  const plain = value.replaceAll('\0', '').toWellFormed();
  return plain.length > textMax ? `${plain.slice(0, textMax).toWellFormed()} … (cut)` : plain;
};

const cleaned = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || depth >= depthMax) return undefined;
  if (Array.isArray(value)) {
    return value.slice(0, fieldsMax).map((one) => cleaned(one, depth + 1) ?? null);
  }
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, fieldsMax)
      .map(([name, one]) => [text(name), isSecretField(name) ? leftOut : cleaned(one, depth + 1)])
      .filter(([, one]) => one !== undefined),
  );
};

/** Plain JSON of at most two kilobytes; what is longer is only said to be there. */
export const kept = (value: unknown): unknown => {
  if (value === undefined) return undefined;
  const json = cleaned(value) ?? null;
  const bytes = Buffer.byteLength(JSON.stringify(json));
  return bytes <= bytesMax ? json : { cut: `${bytes} bytes were too much to keep` };
};

/** Words, as long as they tell no secret. */
export const keptText = (words: string | undefined): string | undefined =>
  words === undefined ? undefined : text(words);
