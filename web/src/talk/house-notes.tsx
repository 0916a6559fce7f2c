/** What in the house is not ready, in the house's own sentences. */
import { useState } from 'react';
import type { Part } from '../api/api.ts';
import { IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { commonWords } from '../words/everywhere.ts';
import { talkWords as words } from '../words/talk.ts';

const lamps: Record<Part['state'], string> = {
  ready: 'bg-good',
  starting: 'animate-pulse bg-brass',
  off: 'bg-rule-strong',
  failed: 'bg-alert',
};

export function HouseNotes({ parts }: { parts: readonly Part[] }) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = parts.filter(
    (part) => part.state !== 'ready' && !dismissed.includes(part.name + part.sentence),
  );
  return (
    <section
      aria-label={words.houseNotes}
      aria-live="polite"
      tabIndex={shown.length > 0 ? 0 : undefined}
      className="mx-auto max-h-[22vh] w-full max-w-[46rem] shrink-0 overflow-y-auto px-5 md:px-8"
    >
      <ul className="divide-y divide-rule">
        {shown.map((part) => (
          <li
            key={part.name}
            data-state={part.state}
            data-testid="part"
            className="flex items-start gap-3 py-2 text-[0.9375rem] text-soft"
          >
            <span
              className={`mt-1.5 size-2.5 shrink-0 rounded-full ${lamps[part.state]}`}
              aria-hidden="true"
            />
            <p className="flex-1">
              <strong className="inline-block font-semibold text-ink first-letter:uppercase">
                {part.name}
              </strong>{' '}
              · {words.partStates[part.state]}
              <br />
              {part.sentence}
            </p>
            {part.state === 'off' && (
              <IconButton
                label={`${commonWords.dismiss}: ${part.name}`}
                className="-my-1"
                onClick={() => setDismissed([...dismissed, part.name + part.sentence])}
              >
                <CloseIcon className="size-5" aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
