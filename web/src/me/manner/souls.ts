/** A soul that is being edited: where it began, and what differs from the one that is kept. */
import type { AnswerOf } from '../../api/ask.ts';
import { presetTexts, soulWords as words } from '../../words/soul.ts';

export type Soul = AnswerOf<'get /api/v1/users/:id/soul'>['soul'];
export type Preset = AnswerOf<'get /api/v1/souls/presets'>['presets'][number];

export const choices = {
  formality: ['casual', 'balanced', 'formal'],
  verbosity: ['concise', 'moderate', 'detailed'],
  humor: ['none', 'subtle', 'playful'],
} as const;
export type Choice = keyof typeof choices;

export const personalityMax = 200;
export const instructionsMax = 1_000;
export const butlerNameMax = 40;

const fields = [
  'personality',
  'formality',
  'verbosity',
  'humor',
  'custom_instructions',
  'butler_name',
] as const;

const textOf = (soul: Soul, field: keyof Soul): string => (soul[field] ?? '').trim();

/** The fields in which two souls differ. */
export function changesOf(before: Soul, after: Soul): (keyof Soul)[] {
  return fields.filter((field) => textOf(before, field) !== textOf(after, field));
}

/** As the house takes it; without a name Butler is called Butler again. */
export function patchOf(soul: Soul) {
  return { ...soul, butler_name: textOf(soul, 'butler_name') || null };
}

/** Presets in the words of the page's language. */
export function presetsInLanguage(presets: readonly Preset[]): Preset[] {
  const names: Record<string, string> = words.presetNames;
  return presets.map(({ id, name, soul }) => ({
    id,
    name: names[id] ?? name,
    soul: { ...soul, ...presetTexts[id] },
  }));
}

/** What a preset is like, in a sentence. */
export function presetText({ id, soul }: Preset): string {
  const texts: Record<string, string> = words.presetTexts;
  return texts[id] ?? soul.personality;
}

const isLike = (soul: Soul, preset: Preset): boolean =>
  changesOf(preset.soul, soul).every(
    (field) => field === 'custom_instructions' || field === 'butler_name',
  );

/** The preset that a soul is like still; one's own instructions and name do not count. */
export function presetOf(soul: Soul, presets: readonly Preset[]): Preset | undefined {
  const same = presets.filter((preset) => isLike(soul, preset));
  const exactly = same.find(
    (preset) => preset.soul.custom_instructions === soul.custom_instructions,
  );
  return exactly ?? same[0];
}

/** A soul begun anew from a preset; the name, and instructions of one's own, stay. */
export function withPreset(soul: Soul, preset: Preset, presets: readonly Preset[]): Soul {
  const { butler_name } = soul;
  const begun = { ...preset.soul, ...(butler_name !== undefined && { butler_name }) };
  const written = textOf(soul, 'custom_instructions');
  const theirs = presets.some((one) => one.soul.custom_instructions === written);
  if (written === '' || theirs) return begun;
  return { ...begun, custom_instructions: soul.custom_instructions };
}

/** What a save has changed, for the person who saved it. */
export function changedSentence(before: Soul, after: Soul): string {
  const changes = changesOf(before, after);
  if (changes.length === 0) return words.unchanged;
  return words.saved(changes.map((field) => changeOf(field, after)).join('; '));
}

function changeOf(field: keyof Soul, soul: Soul): string {
  const text = textOf(soul, field);
  switch (field) {
    case 'custom_instructions':
      return text === '' ? words.instructionsGone : words.instructionsNew;
    case 'butler_name':
      return text === '' ? words.nameGone : words.nameNow(text);
    case 'personality':
      return words.personalityNow(text);
    default:
      return words.choiceNow(words.fields[field], choiceName(field, text));
  }
}

export function choiceName(field: Choice, value: string): string {
  const named: Record<string, string> = words.choices[field];
  return named[value] ?? value;
}

/** As a person counts: an emoji is one. */
export function charactersLeft(text: string, max: number): number {
  return max - [...text].length;
}
