/** A page of pages: a list of them at the side, or as a row above on a phone. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';

export interface Subpage {
  id: string;
  name: string;
}

interface SubpagesProps {
  /** Path before the id, such as `/me`. */
  base: string;
  label: string;
  pages: readonly Subpage[];
  here: string;
  children: ReactNode;
}

export function Subpages({ base, label, pages, here, children }: SubpagesProps) {
  const row = useRef<HTMLElement>(null);
  // On a phone the row is wider than the screen: the page one is on must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another place.
  useEffect(() => {
    const shown = row.current?.querySelector('[aria-current=page]');
    shown?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [here]);
  return (
    <div className="lg:mx-auto lg:flex lg:max-w-6xl">
      <nav
        ref={row}
        aria-label={label}
        className={
          'sticky top-0 z-10 flex gap-1 overflow-x-auto border-b border-rule bg-room px-4 ' +
          'py-2 lg:h-fit lg:w-52 lg:shrink-0 lg:flex-col lg:border-0 lg:pt-8'
        }
      >
        {pages.map(({ id, name }) => (
          <Link
            key={id}
            href={`${base}/${id}`}
            aria-current={id === here ? 'page' : undefined}
            data-testid={`to-${id}`}
            className={
              'inline-flex min-h-11 shrink-0 items-center rounded-full px-4 text-soft ' +
              'aria-[current=page]:bg-tint aria-[current=page]:font-semibold ' +
              'aria-[current=page]:text-ink'
            }
          >
            {name}
          </Link>
        ))}
      </nav>
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}
