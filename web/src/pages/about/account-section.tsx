/** What the sections about coming in share: rows asked for, and a button that makes sure. */
import { useCallback, useEffect, useState } from 'react';
import type { AccountApi } from '../../account-api.ts';
import type { Desk } from './desk.ts';

export interface SectionProps {
  desk: Desk;
  api: AccountApi;
}

/** Rows of the house; `again` asks anew, and what was there stays meanwhile. */
export function useRows<Row>(
  { attempt }: Pick<Desk, 'attempt'>,
  ask: (signal: AbortSignal) => Promise<readonly Row[]>,
) {
  const [rows, setRows] = useState<readonly Row[]>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((before) => before + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again.
  useEffect(() => {
    const asking = new AbortController();
    void attempt(async () => {
      try {
        setRows(await ask(asking.signal));
      } catch (error) {
        if (!asking.signal.aborted) throw error;
      }
    });
    return () => asking.abort();
  }, [ask, attempt, round]);
  return { rows, again };
}

/** A button for what cannot be taken back: the second press does it. */
export function SureButton(props: { label: string; sure: string; of: string; act(): void }) {
  const [asked, setAsked] = useState(false);
  const press = () => {
    if (asked) props.act();
    setAsked(!asked);
  };
  return (
    <button
      type="button"
      className={asked ? 'secondary' : 'quiet'}
      onClick={press}
      onBlur={() => setAsked(false)}
    >
      {asked ? props.sure : props.label}
      <span className="for-readers"> {props.of}</span>
    </button>
  );
}
