/** On or off, a value on a scale, one of a few: Radix's primitives in the house's colours. */
import { RadioGroup, Slider as RadixSlider, Switch as RadixSwitch } from 'radix-ui';
import { type ReactNode, useId } from 'react';

interface SwitchProps {
  label: string;
  hint?: ReactNode;
  on: boolean;
  change(on: boolean): void;
  disabled?: boolean;
}

export function Switch({ label, hint, on, change, disabled = false }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4 py-2">
      <div>
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        )}
      </div>
      <RadixSwitch.Root
        id={id}
        checked={on}
        onCheckedChange={change}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className={
          'group relative h-7 w-12 shrink-0 rounded-full border border-rule-strong bg-tint ' +
          'data-[state=checked]:border-door data-[state=checked]:bg-door ' +
          'disabled:opacity-50'
        }
      >
        <RadixSwitch.Thumb
          className={
            'block size-5 translate-x-1 rounded-full bg-rule-strong transition-transform ' +
            'data-[state=checked]:translate-x-6 data-[state=checked]:bg-brass-light ' +
            'rtl:-translate-x-1 rtl:data-[state=checked]:-translate-x-6'
          }
        />
      </RadixSwitch.Root>
    </div>
  );
}

interface SliderProps {
  label: string;
  /** How the value is shown and read: "40 %". */
  shown: string;
  value: number;
  range: { min: number; max: number; step: number };
  change(value: number): void;
  /** When the hand lets go. */
  settle?(value: number): void;
  disabled?: boolean;
}

export function Slider({ label, shown, value, range, change, settle, disabled }: SliderProps) {
  const id = useId();
  return (
    <div className="grid gap-2">
      <div className="flex justify-between gap-4">
        <span id={id} className="font-medium">
          {label}
        </span>
        <span className="tabular-nums text-soft">{shown}</span>
      </div>
      <RadixSlider.Root
        value={[value]}
        {...range}
        disabled={disabled ?? false}
        onValueChange={([next]) => next !== undefined && change(next)}
        onValueCommit={([next]) => next !== undefined && settle?.(next)}
        className="relative flex h-8 touch-none items-center select-none"
      >
        <RadixSlider.Track className="relative h-1.5 grow rounded-full bg-tint">
          <RadixSlider.Range className="absolute h-full rounded-full bg-door" />
        </RadixSlider.Track>
        <RadixSlider.Thumb
          aria-labelledby={id}
          aria-valuetext={shown}
          className="block size-6 rounded-full border-2 border-door bg-raised"
        />
      </RadixSlider.Root>
    </div>
  );
}

interface OneOfProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; name: string; hint?: string }[];
  change(value: Value): void;
  disabled?: boolean;
}

/** A few ways, all in sight. */
export function OneOf<Value extends string>(props: OneOfProps<Value>) {
  const { label, value, options, change, disabled = false } = props;
  const id = useId();
  return (
    <fieldset className="grid gap-2" disabled={disabled}>
      <legend id={id} className="mb-1.5 font-medium">
        {label}
      </legend>
      <RadioGroup.Root
        value={value}
        onValueChange={(next) => change(next as Value)}
        aria-labelledby={id}
        className="flex flex-wrap gap-2"
      >
        {options.map((option) => (
          <RadioGroup.Item
            key={option.value}
            value={option.value}
            className={
              'min-h-11 rounded-2xl border border-rule-strong bg-raised px-4 py-2 ' +
              'text-start data-[state=checked]:border-door data-[state=checked]:bg-door ' +
              'data-[state=checked]:text-door-ink'
            }
          >
            <span className="block font-medium">{option.name}</span>
            {option.hint && <span className="block text-sm opacity-90">{option.hint}</span>}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </fieldset>
  );
}
