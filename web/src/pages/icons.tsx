/** The page's few drawings; each stands beside words, so readers skip them. */
import type { ReactNode } from 'react';

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export function BellMark() {
  return (
    <svg className="bell-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" className="bell-mark-plate" />
      <circle cx="16" cy="16" r="10.5" className="bell-mark-dish" />
      <circle cx="16" cy="16" r="8" className="bell-mark-push" />
    </svg>
  );
}

export function EarIcon() {
  return (
    <Icon>
      <path d="M3.5 10.5v3M7.75 7.5v9M12 4v16M16.25 7.5v9M20.5 10.5v3" />
    </Icon>
  );
}

export function StopIcon() {
  return (
    <Icon>
      <rect x="7" y="7" width="10" height="10" rx="1.5" />
    </Icon>
  );
}

export function SendIcon() {
  return (
    <Icon>
      <path d="M12 19V5M6 11l6-6 6 6" />
    </Icon>
  );
}

export function LeaveIcon() {
  return (
    <Icon>
      <path d="M10 4H6v16h4M14 8l4 4-4 4M18 12H9" />
    </Icon>
  );
}

export function CloseIcon() {
  return (
    <Icon>
      <path d="M7 7l10 10M17 7L7 17" />
    </Icon>
  );
}
