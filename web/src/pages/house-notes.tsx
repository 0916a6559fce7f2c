/** What in the house is not ready, in the house's own sentences. */
import { useState } from 'react';
import type { Part } from '../api.ts';
import { words } from '../words.ts';
import { CloseIcon } from './icons.tsx';

export function HouseNotes({ parts }: { parts: readonly Part[] }) {
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const shown = parts.filter(
    (part) => part.state !== 'ready' && !dismissed.includes(part.name + part.sentence),
  );
  return (
    <ul className="house-notes" aria-label={words.houseNotes} aria-live="polite">
      {shown.map((part) => (
        <li key={part.name} data-state={part.state} data-testid="part">
          <span className="lamp" aria-hidden="true" />
          <p>
            <strong>{part.name}</strong> <em>{words.partStates[part.state]}</em>
            <br />
            {part.sentence}
          </p>
          {part.state === 'off' && (
            <button
              type="button"
              className="quiet round"
              aria-label={`${words.dismiss}: ${part.name}`}
              onClick={() => setDismissed([...dismissed, part.name + part.sentence])}
            >
              <CloseIcon />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
