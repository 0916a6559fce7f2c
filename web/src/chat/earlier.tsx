/** What was said today before this page was opened: an update or a reload loses nothing. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/ask.ts';
import { useSession } from '../app/session.tsx';
import type { Lines } from '../talk/lines.ts';
import { Button } from '../ui/button.tsx';
import { HistoryIcon } from '../ui/icons.tsx';
import { chatWords as words } from '../words/chat.ts';
import { dayIdOf, notShown } from './days.ts';
import { SaidTurnView } from './said-turn.tsx';

/** Asked once for a page: what comes later stands as lines. */
export const earlierKey = 'earlier today';
const turnsMax = 100;

export function EarlierToday({ lines }: { lines: Lines }) {
  const turns = useEarlier();
  const [open, setOpen] = useState(false);
  const said = lines.list.filter(({ who }) => who === 'person').map(({ text }) => text);
  const left = notShown(turns, said).toReversed();
  if (left.length === 0) return null;
  return (
    <div className="mb-6 grid gap-4" data-testid="earlier">
      <Button
        kind="quiet"
        className="justify-self-center !text-soft"
        aria-expanded={open}
        data-testid="earlier-open"
        onClick={() => setOpen(!open)}
      >
        <HistoryIcon className="size-4" aria-hidden="true" />
        {words.earlier(left.length)}
      </Button>
      {open && (
        <ol className="grid grid-cols-1 gap-6 border-b border-rule pb-6">
          {left.map((turn) => (
            <SaidTurnView key={turn.turn} turn={turn} />
          ))}
        </ol>
      )}
    </div>
  );
}

/** Newest first. Without an answer there is simply nothing: the conversation goes on. */
function useEarlier() {
  const { token } = useSession();
  const { data } = useQuery({
    queryKey: [earlierKey, token],
    queryFn: ({ signal }) => {
      const query = { when: dayIdOf(new Date()), limit: turnsMax };
      return ask('get /api/v1/memory/history', { query, token, signal });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data?.turns ?? [];
}
