/** One call as a short fingerprint: a yes counts for exactly this, and for nothing else. */
import { createHash } from 'node:crypto';

/** JSON with sorted keys and without undefined: equal calls are equal text. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
};

/**
 * SHA-256 over the tool, its parsed input and what it would touch: where a scene gains a lock
 * between the question and the yes, the fingerprint changes.
 */
export const digestOf = (call: {
  name: string;
  input: Readonly<Record<string, unknown>>;
  effect: string;
  what?: string | undefined;
}): string => createHash('sha256').update(canonical(call)).digest('hex');
