/** What the pages about a person share: the requests, and one line that says what came of them. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { type Person, Problem } from '../../api.ts';
import { MemoryApi, type Search } from '../../memory-api.ts';
import { memoryWords as words } from '../../memory-words.ts';

export interface Note {
  tone: 'alert' | 'information';
  sentence: string;
  undo?: () => void;
}

export interface Desk {
  api: MemoryApi;
  /** With which the sign-in began. */
  token: string;
  user: Person;
  note: Note | undefined;
  tell(note: Note | undefined): void;
  /** Does it, and says what went wrong; false then. */
  attempt(work: () => Promise<void>): Promise<boolean>;
}

export interface DeskProps {
  token: string;
  user: Person;
  signedOut(): void;
}

export function useDesk({ token, user, signedOut }: DeskProps): Desk {
  const [note, tell] = useState<Note>();
  const api = useMemo(() => new MemoryApi(token), [token]);
  const attempt = useCallback(
    async (work: () => Promise<void>) => {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) signedOut();
        else tell({ tone: 'alert', sentence: sentenceOf(error) });
        return false;
      }
    },
    [signedOut],
  );
  return useMemo(
    () => ({ api, token, user, note, tell, attempt }),
    [api, token, user, note, attempt],
  );
}

function sentenceOf(error: unknown): string {
  return error instanceof Problem ? error.detail : words.failed;
}

const askAfterMs = 250;

export interface Found<Row> {
  /** What was asked for in the rows that are there. */
  query: string;
  rows: readonly Row[];
}

/**
 * The rows for what is typed, asked for when the typing pauses. `again` asks anew; what was there
 * stays meanwhile.
 */
export function useSearch<Row>(
  desk: Pick<Desk, 'attempt'>,
  ask: (search: Search) => Promise<readonly Row[]>,
) {
  const { attempt } = desk;
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<Found<Row>>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const query = typed.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again.
  useEffect(() => {
    const asking = new AbortController();
    const find = () =>
      attempt(async () => {
        try {
          const rows = await ask({ query, signal: asking.signal });
          if (!asking.signal.aborted) setFound({ query, rows });
        } catch (error) {
          if (!asking.signal.aborted) throw error;
        }
      });
    const timer = setTimeout(() => void find(), query === '' ? 0 : askAfterMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [query, round, ask, attempt]);
  return { typed, setTyped, found, again };
}
