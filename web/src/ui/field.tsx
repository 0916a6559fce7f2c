/** A labelled field: its hint and its mistake are read together with it. */
import { type ComponentProps, type ReactNode, useId } from 'react';

export const box =
  'w-full rounded-xl border border-rule-strong bg-raised px-4 py-2.5 text-base text-ink ' +
  'placeholder:text-soft aria-invalid:border-2 aria-invalid:border-alert disabled:opacity-60';

export interface Around {
  label: string;
  hint?: ReactNode;
  /** The sentence that says what to do; the field counts as wrong while it stands. */
  mistake?: string | undefined;
}

interface Described {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** For fields of other kinds: `children` draws the field with these attributes. */
export function Labelled({
  label,
  hint,
  mistake,
  children,
}: Around & { children(field: Described): ReactNode }) {
  const id = useId();
  const about = [hint ? `${id}-hint` : '', mistake ? `${id}-mistake` : ''].filter(Boolean);
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': about.length > 0 ? about.join(' ') : undefined,
        'aria-invalid': mistake ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {mistake && (
        <p id={`${id}-mistake`} role="alert" className="text-sm font-medium text-alert">
          {mistake}
        </p>
      )}
    </div>
  );
}

export function TextField({
  label,
  hint,
  mistake,
  className = '',
  ...rest
}: Around & ComponentProps<'input'>) {
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(field) => <input type="text" className={`${box} ${className}`} {...rest} {...field} />}
    </Labelled>
  );
}

export function TextArea({
  label,
  hint,
  mistake,
  className = '',
  ...rest
}: Around & ComponentProps<'textarea'>) {
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(field) => <textarea rows={4} className={`${box} ${className}`} {...rest} {...field} />}
    </Labelled>
  );
}

/** The browser's own list: on a phone nothing is better. */
export function Choice({
  label,
  hint,
  mistake,
  options,
  ...rest
}: Around & ComponentProps<'select'> & { options: readonly { value: string; name: string }[] }) {
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(field) => (
        <select className={box} {...rest} {...field}>
          {options.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
