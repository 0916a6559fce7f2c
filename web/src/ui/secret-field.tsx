/** A field for a password: hidden as it is typed, shown for as long as somebody wants to see it. */
import { type ComponentProps, useState } from 'react';
import { uiWords as words } from '../words/ui.ts';
import { IconButton } from './button.tsx';
import { type Around, box, Labelled } from './field.tsx';
import { HideIcon, ShowIcon } from './icons.tsx';

/** `autoComplete` says which password: `current-password`, `new-password`, or `off` for others. */
export function SecretField({
  label,
  hint,
  mistake,
  className = '',
  ...rest
}: Around & Omit<ComponentProps<'input'>, 'type'> & { autoComplete: string }) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? HideIcon : ShowIcon;
  return (
    <Labelled label={label} hint={hint} mistake={mistake}>
      {(field) => (
        <div className="relative">
          <input
            type={shown ? 'text' : 'password'}
            autoCapitalize="none"
            spellCheck={false}
            className={`${box} pe-14 ${className}`}
            {...rest}
            {...field}
          />
          <IconButton
            label={(shown ? words.hide : words.show)(label)}
            className="absolute inset-y-0 end-0.5 my-auto"
            onClick={() => setShown(!shown)}
          >
            <Icon className="size-5" aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </Labelled>
  );
}
