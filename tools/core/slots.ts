/** How the fast path reads a field of an input schema from speech. */
import { z } from 'zod';

/** Whole stretches of a sentence. */
type Spoken = 'listing' | 'statement' | 'dictation';

/** What a slot is filled with; the readers are in `agent/fastpath/`. */
export type SlotKind =
  | { kind: 'number' | 'integer' | 'duration' | 'time' | 'text' | Spoken }
  | { kind: 'choice'; options: readonly string[] };

const spokenAs = z.registry<{ kind: 'duration' | 'time' | Spoken }>();

const dayInSeconds = 86_400;

/** Whole seconds, spoken as "an hour and a half" or "90 seconds". */
export const durationSeconds = (limits: { min?: number; max?: number } = {}) =>
  z
    .int()
    .min(limits.min ?? 1)
    .max(limits.max ?? dayInSeconds)
    .register(spokenAs, { kind: 'duration' });

/** `HH:MM` on the 24-hour clock, spoken as "half past seven" or "7 pm". */
export const timeOfDay = () =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:30')
    .register(spokenAs, { kind: 'time' });

/** A whole statement, spoken to the end of the sentence: "my sister lives in Bergen". */
export const statement = (charactersMax: number) =>
  z.string().trim().min(1).max(charactersMax).register(spokenAs, { kind: 'statement' });

/** Several things, with the commas that were heard: "milk, eggs and bread". */
export const listing = (charactersMax: number) =>
  z.string().trim().min(1).max(charactersMax).register(spokenAs, { kind: 'listing' });

/** Whatever is said to the end of the sentence, as it is said: "not before noon, says Ada". */
export const dictation = (charactersMax: number) =>
  z.string().trim().min(1).max(charactersMax).register(spokenAs, { kind: 'dictation' });

const unwrapped = (schema: z.core.$ZodType): z.core.$ZodType => {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodNullable
  ) {
    inner = inner.unwrap() as z.core.$ZodType;
  }
  return inner;
};

/** @returns how the field is spoken, or undefined when speech cannot fill it (objects, lists). */
export const slotKind = (schema: z.core.$ZodType): SlotKind | undefined => {
  const inner = unwrapped(schema);
  const special = spokenAs.get(schema as z.ZodType) ?? spokenAs.get(inner as z.ZodType);
  if (special) return special;
  if (inner instanceof z.ZodEnum) return { kind: 'choice', options: inner.options.map(String) };
  if (inner instanceof z.ZodNumber) {
    return { kind: inner.format === 'safeint' ? 'integer' : 'number' };
  }
  if (inner instanceof z.ZodString) return { kind: 'text' };
  return undefined;
};
