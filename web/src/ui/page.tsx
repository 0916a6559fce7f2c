/** The frame of every page below the conversation: a title, sections, and rows in them. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { commonWords as words } from '../words/everywhere.ts';

interface PageProps {
  title: string;
  about?: ReactNode;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** The title gets the focus when the page comes: a screen reader then says where one is. */
export function Page({ title, about, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${words.butler}`;
    heading.current?.focus();
  }, [title]);
  return (
    <div className="mx-auto grid w-full max-w-4xl gap-6 px-4 pt-6 pb-16 sm:px-8">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div className="grid gap-1">
          <h1 ref={heading} tabIndex={-1} className="text-3xl outline-none sm:text-4xl">
            {title}
          </h1>
          {about && <p className="max-w-prose text-soft">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface SectionProps {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

export function Section({ title, about, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="grid gap-4 rounded-3xl border border-rule bg-raised p-5 sm:p-6"
    >
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid gap-1">
          <h2 id={id} className="text-xl">
            {title}
          </h2>
          {about && <p className="max-w-prose text-sm text-soft">{about}</p>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Things in a list, a line between them. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-rule">
      {children}
    </ul>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <li className="flex flex-wrap items-center justify-between gap-3 py-3">{children}</li>;
}

const tones = {
  good: 'bg-good-room text-good',
  wait: 'bg-wait-room text-wait',
  bad: 'bg-alert-room text-alert',
  plain: 'bg-tint text-ink',
};
export type Tone = keyof typeof tones;

const badge = 'inline-flex items-center rounded-full px-2.5 py-0.5 text-sm font-medium';

/** A word with a colour; the word says it all, the colour only helps. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`${badge} ${tones[tone]}`}>{children}</span>;
}
