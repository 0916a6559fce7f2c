/** The frame of a card: what it is about, its rows, and what stands where there are none. */
import type { ReactNode } from 'react';
import { cleanText } from '../harmless.ts';

interface FrameProps {
  kind: string;
  title: string;
  /** Where there is nothing to show. */
  empty?: string | false;
  children: ReactNode;
}

export function Frame({ kind, title, empty = false, children }: FrameProps) {
  const name = cleanText(title);
  return (
    <article
      aria-label={name}
      data-testid={`card-${kind}`}
      className="grid grid-cols-1 gap-3 rounded-3xl border border-rule bg-raised p-4"
    >
      <p aria-hidden="true" className="font-semibold" dir="auto">
        {name}
      </p>
      {empty === false ? children : <p className="text-soft">{empty}</p>}
    </article>
  );
}

/** Names from outside: in their own direction, and without unseen characters. */
export function Outside({ children }: { children: string }) {
  return <bdi>{cleanText(children)}</bdi>;
}
