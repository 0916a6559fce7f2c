// What a save of a soul has changed, as a sentence; and what stays when one begins anew.
import { expect, test } from 'vitest';
import {
  changedSentence,
  changesOf,
  charactersLeft,
  patchOf,
  presetOf,
  presetsInLanguage,
  presetText,
  type Soul,
  withPreset,
} from './souls.ts';

const soul: Soul = {
  personality: 'friendly',
  formality: 'balanced',
  verbosity: 'concise',
  humor: 'subtle',
  custom_instructions: '',
};

test('every field that changed is named, in the words of the page', () => {
  const after: Soul = { ...soul, personality: 'dry', verbosity: 'moderate', humor: 'none' };
  expect(changedSentence(soul, after)).toBe(
    'Saved: personality is now “dry”; answers: medium; humour: none.',
  );
  const named = { ...soul, butler_name: 'Jeeves' };
  expect(changedSentence(soul, named)).toBe('Saved: he is called “Jeeves”.');
  expect(changedSentence(named, soul)).toBe('Saved: he is called Butler again.');
});

test('instructions are told to have changed or gone, not repeated', () => {
  const told = { ...soul, custom_instructions: 'Call me captain.' };
  expect(changedSentence(soul, told)).toBe('Saved: your instructions have changed.');
  expect(changedSentence(told, { ...soul, custom_instructions: ' ' })).toBe(
    'Saved: no instructions any more.',
  );
});

test('spaces at the ends change nothing', () => {
  const same = { ...soul, personality: ' friendly ', butler_name: ' ' };
  expect(changesOf(soul, same)).toEqual([]);
  expect(changedSentence(soul, same)).toBe('Nothing has changed.');
});

test('a name that was taken away is set back, not left as it is', () => {
  expect(patchOf({ ...soul, butler_name: '' }).butler_name).toBeNull();
  expect(patchOf(soul).butler_name).toBeNull();
  expect(patchOf({ ...soul, butler_name: ' Jeeves ' }).butler_name).toBe('Jeeves');
});

test('characters are counted as a person counts them', () => {
  expect(charactersLeft('día 👍', 10)).toBe(5);
});

const preset = (id: string, part: Partial<Soul>) => ({ id, name: id, soul: { ...soul, ...part } });
const dry = preset('dry', { personality: 'dry', custom_instructions: 'Understate.' });
const warm = preset('warm', { personality: 'warm', custom_instructions: 'Be kind.' });
const presets = [dry, warm];

test('a preset replaces everything but the name and what a person wrote', () => {
  expect(withPreset(soul, dry, presets)).toEqual(dry.soul);
  expect(withPreset(dry.soul, warm, presets)).toEqual(warm.soul);
  const own = { ...soul, custom_instructions: 'Call me captain.', butler_name: 'Jeeves' };
  const mine = withPreset(own, warm, presets);
  expect(mine).toEqual({ ...own, personality: 'warm' });
  expect(presetOf(mine, presets)).toBe(warm);
  expect(presetOf({ ...mine, humor: 'none' }, presets)).toBeUndefined();
});

test('of two that are alike but for the instructions, the right one is marked', () => {
  const other = preset('other', { personality: 'dry', custom_instructions: 'Whisper.' });
  expect(presetOf(other.soul, [dry, other])?.id).toBe('other');
});

test('presets of the house have a name and a sentence; unknown ones keep their own', () => {
  const shown = presetsInLanguage([preset('classic', {}), dry]);
  expect(shown.map(({ name }) => name)).toEqual(['Classic butler', 'dry']);
  expect(shown.map(presetText)).toEqual([
    'Composed and discreet; understates rather than enthuses.',
    'dry',
  ]);
});
