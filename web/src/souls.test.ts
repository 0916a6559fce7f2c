// What a save of a soul has changed, as a sentence.
import { expect, test } from 'vitest';
import type { Soul } from './memory-api.ts';
import { changedSentence, changesOf, charactersLeft, presetOf, withPreset } from './souls.ts';

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
});

test('instructions are told to have changed or gone, not repeated', () => {
  const told = { ...soul, custom_instructions: 'Call me captain.' };
  expect(changedSentence(soul, told)).toBe('Saved: your instructions have changed.');
  expect(changedSentence(told, { ...soul, custom_instructions: ' ' })).toBe(
    'Saved: no instructions any more.',
  );
});

test('spaces at the ends change nothing', () => {
  const same = { ...soul, personality: ' friendly ' };
  expect(changesOf(soul, same)).toEqual([]);
  expect(changedSentence(soul, same)).toBe('Nothing has changed.');
});

test('characters are counted as a person counts them', () => {
  expect(charactersLeft('día 👍', 10)).toBe(5);
});

test('a preset replaces everything but instructions that a person wrote', () => {
  const preset = (id: string, part: Partial<Soul>) => ({
    id,
    name: id,
    soul: { ...soul, ...part },
  });
  const dry = preset('dry', { personality: 'dry', custom_instructions: 'Understate.' });
  const warm = preset('warm', { personality: 'warm', custom_instructions: 'Be kind.' });
  const presets = [dry, warm];
  expect(withPreset(soul, dry, presets)).toEqual(dry.soul);
  expect(withPreset(dry.soul, warm, presets)).toEqual(warm.soul);
  const own = { ...soul, custom_instructions: 'Call me captain.' };
  const mine = withPreset(own, warm, presets);
  expect(mine).toEqual({ ...warm.soul, custom_instructions: 'Call me captain.' });
  expect(presetOf(mine, presets)).toBe(warm);
  expect(presetOf({ ...mine, humor: 'none' }, presets)).toBeUndefined();
});
