/** A soul that is being edited: what differs from the one that is kept, as a sentence. */
import type { Preset, Soul } from './memory-api.ts';
import { memoryWords as words } from './memory-words.ts';

export const choices = {
  formality: ['casual', 'balanced', 'formal'],
  verbosity: ['concise', 'moderate', 'detailed'],
  humor: ['none', 'subtle', 'playful'],
} as const;
export type Choice = keyof typeof choices;

export const personalityMax = 200;
export const instructionsMax = 1_000;

const fields = ['personality', 'formality', 'verbosity', 'humor', 'custom_instructions'] as const;

/** The fields in which two souls differ. */
export function changesOf(before: Soul, after: Soul): (keyof Soul)[] {
  return fields.filter((field) => before[field].trim() !== after[field].trim());
}

const isLike = (soul: Soul, preset: Preset): boolean =>
  changesOf(preset.soul, soul).every((field) => field === 'custom_instructions');

/** The preset that a soul was made from and is like still; one's own instructions do not count. */
export function presetOf(soul: Soul, presets: readonly Preset[]): Preset | undefined {
  const same = presets.filter((preset) => isLike(soul, preset));
  return same.find((preset) => changesOf(preset.soul, soul).length === 0) ?? same[0];
}

/** A soul begun anew from a preset; instructions that a person wrote themselves stay. */
export function withPreset(soul: Soul, preset: Preset, presets: readonly Preset[]): Soul {
  const written = soul.custom_instructions.trim();
  const theirs = presets.some((one) => one.soul.custom_instructions === written);
  if (written === '' || theirs) return preset.soul;
  return { ...preset.soul, custom_instructions: soul.custom_instructions };
}

/** What a save has changed, for the person who saved it. */
export function changedSentence(before: Soul, after: Soul): string {
  const changes = changesOf(before, after);
  if (changes.length === 0) return words.soulUnchanged;
  return words.soulSaved(changes.map((field) => changeOf(field, after)));
}

function changeOf(field: keyof Soul, soul: Soul): string {
  if (field === 'custom_instructions') {
    const empty = soul.custom_instructions.trim() === '';
    return empty ? words.instructionsGone : words.instructionsNew;
  }
  if (field === 'personality') return words.personalityNow(soul.personality.trim());
  return words.choiceNow(words.soulFields[field], wordFor(field, soul));
}

function wordFor(field: Choice, soul: Soul): string {
  const named: Record<string, string> = words.soulChoices[field];
  return named[soul[field]] ?? soul[field];
}

/** As a person counts: an emoji is one. */
export function charactersLeft(text: string, max: number): number {
  return max - [...text].length;
}
