/** A field for each setting that changes while Butler runs, after its kind. */
import { type ReactNode, type SubmitEvent, useState } from 'react';
import { useAnswer } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import { commonWords } from '../words/everywhere.ts';
import { settingsWords as words } from '../words/settings.ts';
import type { Caps } from './caps.ts';
import { CapsEditor } from './caps-editor.tsx';
import { languageOptions } from './language-names.ts';
import type { NowKey } from './settings-groups.ts';

interface FieldProps {
  value: unknown;
  busy: boolean;
  /** Gives it another value; the house says what it thinks of it. */
  change(value: unknown): void;
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);

const levels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export const fields: Record<NowKey, (props: FieldProps) => ReactNode> = {
  BUTLER_LANGUAGE: ({ value, busy, change }) => (
    <Choice
      label={words.now.BUTLER_LANGUAGE.name}
      hint={words.now.BUTLER_LANGUAGE.hint}
      value={textOf(value)}
      disabled={busy}
      options={languageOptions(textOf(value) || null)}
      onChange={({ target }) => change(target.value)}
    />
  ),
  BUTLER_VOICE: (props) => <VoiceField {...props} />,
  BUTLER_NAMES: (props) => <TypedField name="BUTLER_NAMES" {...props} />,
  BUTLER_LOCATION: (props) => <TypedField name="BUTLER_LOCATION" {...props} />,
  BUTLER_HISTORY_DAYS: ({ change, ...props }) => (
    <TypedField
      name="BUTLER_HISTORY_DAYS"
      inputMode="numeric"
      {...props}
      // What is no number goes as it is: the house says what it wants.
      change={(text) => change(/^\d+$/.test(text) ? Number(text) : text)}
    />
  ),
  BUTLER_LEARNING: ({ value, busy, change }) => (
    <Switch
      label={words.now.BUTLER_LEARNING.name}
      hint={words.now.BUTLER_LEARNING.hint}
      on={value === 'on'}
      disabled={busy}
      change={(on) => change(on ? 'on' : 'off')}
    />
  ),
  loginNeedsApproval: ({ value, busy, change }) => (
    <Switch
      label={words.now.loginNeedsApproval.name}
      hint={words.now.loginNeedsApproval.hint}
      on={value === true}
      disabled={busy}
      change={change}
    />
  ),
  BUTLER_LOG_LEVEL: ({ value, busy, change }) => (
    <Choice
      label={words.now.BUTLER_LOG_LEVEL.name}
      hint={words.now.BUTLER_LOG_LEVEL.hint}
      value={textOf(value)}
      disabled={busy}
      options={levels.map((level) => ({ value: level, name: words.levels[level] }))}
      onChange={({ target }) => change(target.value)}
    />
  ),
  caps: ({ value, busy, change }) => (
    <div className="grid gap-3">
      <p className="text-sm text-soft">{words.now.caps.hint}</p>
      <CapsEditor key={JSON.stringify(value)} caps={value as Caps} busy={busy} save={change} />
    </div>
  ),
};

/** Voices by the names that Kokoro gives them; a voice of one's own stays in the list. */
function VoiceField({ value, busy, change }: FieldProps) {
  const { data } = useAnswer('get /api/v1/onboarding', {});
  const voices = [...new Set([...(data?.voices ?? []), textOf(value)])].filter(Boolean);
  return (
    <Choice
      label={words.now.BUTLER_VOICE.name}
      hint={words.now.BUTLER_VOICE.hint}
      value={textOf(value)}
      disabled={busy}
      options={voices.map((voice) => ({ value: voice, name: voice }))}
      onChange={({ target }) => change(target.value)}
    />
  );
}

interface TypedProps {
  name: 'BUTLER_NAMES' | 'BUTLER_LOCATION' | 'BUTLER_HISTORY_DAYS';
  value: unknown;
  busy: boolean;
  inputMode?: 'numeric';
  change(text: string): void;
}

function TypedField({ name, value, busy, inputMode, change }: TypedProps) {
  const kept = textOf(value);
  const [typed, setTyped] = useState(kept);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    change(typed.trim());
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <TextField
        label={words.now[name].name}
        hint={words.now[name].hint}
        value={typed}
        autoComplete="off"
        {...(inputMode && { inputMode })}
        onChange={({ target }) => setTyped(target.value)}
      />
      {typed.trim() !== kept && (
        <div>
          <Button type="submit" kind="primary" busy={busy}>
            {commonWords.save}
          </Button>
        </div>
      )}
    </form>
  );
}
