/** The fields of a soul: words for the personality, a choice each, and one's own instructions. */
import { useId } from 'react';
import type { Soul } from '../../memory-api.ts';
import { memoryWords as words } from '../../memory-words.ts';
import {
  type Choice,
  charactersLeft,
  choices,
  instructionsMax,
  personalityMax,
} from '../../souls.ts';

interface FieldsProps {
  soul: Soul;
  change(part: Partial<Soul>): void;
}

export function SoulFields({ soul, change }: FieldsProps) {
  return (
    <>
      <Text
        label={words.personality}
        hint={words.personalityHint}
        text={soul.personality}
        max={personalityMax}
        required
        type={(personality) => change({ personality })}
      />
      {(Object.keys(choices) as Choice[]).map((field) => (
        <OneOf key={field} field={field} soul={soul} change={change} />
      ))}
      <Text
        label={words.instructions}
        hint={words.instructionsHint}
        text={soul.custom_instructions}
        max={instructionsMax}
        type={(text) => change({ custom_instructions: text })}
      />
    </>
  );
}

function OneOf({ field, soul, change }: FieldsProps & { field: Choice }) {
  const named: Record<string, string> = words.soulChoices[field];
  const name = useId();
  return (
    <fieldset>
      <legend>{words.soulFields[field]}</legend>
      <div className="segments">
        {choices[field].map((value) => (
          <label key={value}>
            <input
              type="radio"
              name={name}
              value={value}
              checked={soul[field] === value}
              onChange={() => change({ [field]: value })}
            />
            <span>{named[value]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TextProps {
  label: string;
  hint: string;
  text: string;
  max: number;
  required?: boolean;
  type(text: string): void;
}

/** Near the end it tells how much room is left. */
const tellFrom = 0.8;

function Text({ label, hint, text, max, required = false, type }: TextProps) {
  const id = useId();
  const left = charactersLeft(text, max);
  const near = left < max * (1 - tellFrom);
  return (
    <div className="soul-text">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        aria-describedby={`${id}-hint`}
        rows={max > 500 ? 4 : 2}
        maxLength={max}
        required={required}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
      <p id={`${id}-hint`} className="fact-source">
        {near ? words.left(left) : hint}
      </p>
    </div>
  );
}
