/** Buttons, and links that look like them. */
import type { ComponentProps } from 'react';
import { Link } from 'wouter';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const base =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-full px-5 py-2 font-medium ' +
  'transition-colors disabled:opacity-50 aria-disabled:opacity-50';

const kinds: Record<ButtonKind, string> = {
  primary:
    'border border-transparent bg-door text-door-ink enabled:hover:bg-door-deep ' +
    'dark:border-door-soft',
  secondary: 'border border-rule-strong bg-raised text-ink enabled:hover:bg-tint',
  quiet: 'text-link enabled:hover:bg-tint',
  danger: 'border border-alert bg-alert-room text-alert enabled:hover:border-2',
};

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  /** Work is under way: it cannot be pressed again, and says so to a screen reader. */
  busy?: boolean;
}

export function Button({
  kind = 'secondary',
  busy = false,
  disabled,
  className = '',
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      disabled={busy || disabled}
      aria-busy={busy || undefined}
      className={`${base} ${kinds[kind]} ${className}`}
      {...rest}
    />
  );
}

/** Round, for one drawing: `label` is its name. */
export function IconButton({ label, className = '', ...rest }: ButtonProps & { label: string }) {
  return (
    <Button
      kind="quiet"
      aria-label={label}
      title={label}
      className={`size-11 !px-0 ${className}`}
      {...rest}
    />
  );
}

interface ButtonLinkProps {
  to: string;
  kind?: ButtonKind;
  children: React.ReactNode;
}

export function ButtonLink({ to, kind = 'secondary', children }: ButtonLinkProps) {
  return (
    <Link href={to} className={`${base} ${kinds[kind]} no-underline`}>
      {children}
    </Link>
  );
}
