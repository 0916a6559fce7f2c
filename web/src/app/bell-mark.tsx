/** The house's mark: the bell push beside its door. */
export function BellMark({ className = 'size-8' }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" className="fill-door" />
      <circle cx="16" cy="16" r="10.5" className="fill-door-deep" />
      <circle cx="16" cy="16" r="8" className="fill-brass" />
    </svg>
  );
}
