/** The fields of a soul as controls that say what they mean. */
import { TextArea, TextField } from '../../ui/field.tsx';
import { OneOf } from '../../ui/switch.tsx';
import { soulWords as words } from '../../words/soul.ts';
import {
  butlerNameMax,
  type Choice,
  charactersLeft,
  choiceName,
  choices,
  instructionsMax,
  personalityMax,
  type Soul,
} from './souls.ts';

interface FieldsProps {
  soul: Soul;
  change(part: Partial<Soul>): void;
}

export function SoulChoices({ soul, change }: FieldsProps) {
  return (
    <div className="grid gap-5">
      {(Object.keys(choices) as Choice[]).map((field) => (
        <OneOf<string>
          key={field}
          label={words.fields[field]}
          value={soul[field]}
          options={choices[field].map((value) => ({
            value,
            name: choiceName(field, value),
            hint: (words.meanings[field] as Record<string, string>)[value] ?? '',
          }))}
          change={(value) => change({ [field]: value })}
        />
      ))}
    </div>
  );
}

export function ButlerName({ soul, change }: FieldsProps) {
  return (
    <TextField
      label={words.butlerName}
      hint={words.butlerNameHint}
      maxLength={butlerNameMax}
      autoComplete="off"
      value={soul.butler_name ?? ''}
      onChange={(event) => change({ butler_name: event.target.value })}
    />
  );
}

export function SoulTexts({ soul, change }: FieldsProps) {
  return (
    <div className="grid gap-5">
      <ButlerName soul={soul} change={change} />
      <TextField
        label={words.personality}
        hint={words.personalityHint}
        maxLength={personalityMax}
        required
        value={soul.personality}
        onChange={(event) => change({ personality: event.target.value })}
      />
      <TextArea
        label={words.instructions}
        hint={
          <span className="flex flex-wrap justify-between gap-x-4">
            <span>{words.instructionsHint}</span>
            <span className="tabular-nums" data-testid="instructions-left">
              {words.left(charactersLeft(soul.custom_instructions, instructionsMax))}
            </span>
          </span>
        }
        maxLength={instructionsMax}
        rows={5}
        value={soul.custom_instructions}
        onChange={(event) => change({ custom_instructions: event.target.value })}
      />
    </div>
  );
}
