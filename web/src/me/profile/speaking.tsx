/** In which language one speaks, and how a conversation begins. */
import { Choice } from '../../ui/field.tsx';
import { OneOf } from '../../ui/switch.tsx';
import { wakeWords } from '../../wake/words.ts';
import { languages, speak } from '../../words/language.ts';
import { profileWords as words } from '../../words/profile.ts';
import type { Doors } from '../doors.ts';
import { languageName } from '../voices/voices.ts';

interface LanguageProps {
  /** BCP 47; null: the household's. */
  chosen: string | null;
  change(language: string | null): Promise<boolean>;
}

/** Another language loads the page again, once the house has it. */
export function LanguageChoice({ chosen, change }: LanguageProps) {
  const known: readonly string[] = languages;
  const others = chosen === null || known.includes(chosen) ? [] : [chosen];
  const options = [
    { value: '', name: words.languageHouse },
    // Each in itself: whoever cannot read this page finds their own.
    ...[...known, ...others].map((tag) => ({ value: tag, name: languageName(tag, tag) })),
  ];
  const choose = async (tag: string | null) => {
    if (await change(tag)) speak(tag);
  };
  return (
    <Choice
      label={words.language}
      hint={words.languageHint}
      name="language"
      value={chosen ?? ''}
      options={options}
      onChange={(event) => void choose(event.target.value || null)}
    />
  );
}

const startModes = ['push_to_talk', 'wake_word', 'app_open'] as const;

interface StartModeProps {
  chosen: Doors['startMode'];
  change(mode: Doors['startMode']): void;
}

export function StartMode({ chosen, change }: StartModeProps) {
  return (
    <OneOf
      label={words.startMode}
      value={chosen}
      options={startModes.map((value) => ({
        value,
        name: words.startModes[value],
        hint: words.startHints[value],
      }))}
      change={change}
    />
  );
}

interface WakeWordProps {
  /** An id of `wake/words.ts`; null: the household's. */
  chosen: string | null;
  change(word: string | null): void;
}

/** Those that a device can be taught to wait for. */
export function WakeWord({ chosen, change }: WakeWordProps) {
  const trained = wakeWords.map(({ id, spoken }) => ({ value: id, name: spoken }));
  return (
    <Choice
      label={words.wakeWord}
      hint={words.wakeWordHint}
      value={trained.find(({ value }) => value === chosen)?.value ?? ''}
      options={[{ value: '', name: words.wakeWordHouse }, ...trained]}
      onChange={(event) => change(event.target.value || null)}
    />
  );
}
