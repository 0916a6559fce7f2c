/** A soul: how Butler is with one person, checked field by field. */
import { z } from 'zod';

export const formalities = ['casual', 'balanced', 'formal'] as const;
export const verbosities = ['concise', 'moderate', 'detailed'] as const;
export const humors = ['none', 'subtle', 'playful'] as const;

const personalityMax = 200;
const customInstructionsMax = 1000;
const butlerNameMax = 40;

/** Counted as a reader counts, so that an emoji is not two. */
const atMost = (max: number, what: string) =>
  z
    .string(`${what} must be text.`)
    .transform((text) => text.toWellFormed().replace(/\0/g, '').trim())
    .refine((text) => [...text].length <= max, `${what} must have at most ${max} characters.`);

const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  what: string,
) => {
  const listed = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
  return z.enum(values, `${what} must be ${listed}.`);
};

const humor = z
  // Earlier systems said only whether there is any.
  .union([z.boolean().transform((wanted) => (wanted ? 'subtle' : 'none')), z.enum(humors)], {
    error: 'humor must be none, subtle or playful (true stands for subtle, false for none).',
  });

const fields = {
  personality: atMost(personalityMax, 'personality').refine(
    (text) => text !== '',
    'personality must be some words, such as friendly and efficient.',
  ),
  formality: oneOf(formalities, 'formality'),
  verbosity: oneOf(verbosities, 'verbosity'),
  humor,
  custom_instructions: atMost(customInstructionsMax, 'custom_instructions'),
  /** What this person calls Butler; unset: Butler. */
  butler_name: atMost(butlerNameMax, 'butler_name').optional(),
};

export const soulFields = Object.keys(fields) as (keyof typeof fields)[];

const strictly = {
  error: (issue: { code?: string; keys?: string[] }): string => {
    const known = `A soul has the fields ${soulFields.join(', ')}.`;
    if (issue.code !== 'unrecognized_keys') return `A soul must be an object. ${known}`;
    return `${issue.keys?.join(', ')}: there is no such field. ${known}`;
  },
};

/** A whole soul; `humor` may come as a boolean and leaves as a word. */
export const soulSchema = z.strictObject(fields, strictly);
export type Soul = z.output<typeof soulSchema>;

export const defaultSoul: Soul = {
  personality: 'friendly and attentive',
  formality: 'balanced',
  verbosity: 'concise',
  humor: 'subtle',
  custom_instructions: '',
};

/** Some fields of a soul; null sets one back to what it is at first. */
export const soulPatchSchema = z
  .strictObject(
    {
      personality: fields.personality.nullable(),
      formality: fields.formality.nullable(),
      verbosity: fields.verbosity.nullable(),
      humor: fields.humor.nullable(),
      custom_instructions: fields.custom_instructions.nullable(),
      butler_name: fields.butler_name.nullable(),
    },
    strictly,
  )
  .partial();
export type SoulPatch = z.input<typeof soulPatchSchema>;

/** A soul, or a change of one, that cannot be; the message names the field and what it may be. */
export class SoulError extends Error {
  readonly code = 'soul-invalid';
  readonly mistakes: { path: string; message: string }[];
  constructor(mistakes: { path: string; message: string }[]) {
    super(mistakes.map(({ message }) => message).join(' '));
    this.mistakes = mistakes;
  }
}

const checked = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SoulError(
    parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  );
};

/**
 * A soul with some fields changed.
 * @throws {SoulError} when a field is unknown or its value cannot be.
 */
export const mergeSoul = (soul: Soul, patch: SoulPatch): Soul => {
  const change = checked(soulPatchSchema, patch);
  const merged = { ...soul };
  for (const field of soulFields) {
    const value = change[field];
    if (value !== undefined) Object.assign(merged, { [field]: value ?? defaultSoul[field] });
  }
  return merged;
};

/** The soul of a stored row: whatever in it cannot be counts as never having been set. */
export const storedSoul = (stored: unknown): Soul => {
  let soul = defaultSoul;
  if (typeof stored !== 'object' || stored === null) return soul;
  for (const field of soulFields) {
    const value = (stored as Record<string, unknown>)[field];
    const patch = soulPatchSchema.safeParse({ [field]: value });
    if (value !== undefined && patch.success) soul = mergeSoul(soul, patch.data);
  }
  return soul;
};
