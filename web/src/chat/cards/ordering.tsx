/** Orders from a card: shown as done at once, taken back where the house says otherwise. */
import { useRef, useState } from 'react';
import { cleanText } from '../harmless.ts';
import { command, useHouseLine } from '../house-line.ts';

export interface Order<State> {
  /** How it looks once it is done. */
  change: Partial<State>;
  tool: string;
  input: Record<string, unknown>;
}

export interface SaidOfOrder {
  ok: boolean;
  sentence: string;
}

const noTopics = [] as const;
const nothing = () => undefined;

/**
 * @param given how things are, as the card says.
 * @returns `shown` with what was ordered since; `order` gives the house's own answer.
 */
export function useOptimistic<State extends object>(given: State) {
  // The line is there before the first order.
  useHouseLine(noTopics, nothing);
  const [changed, setChanged] = useState<Partial<State>>({});
  const [said, setSaid] = useState<SaidOfOrder>();
  const [busy, setBusy] = useState(false);
  /** What the house has agreed to; an order that fails goes back to it. */
  const settled = useRef<Partial<State>>({});
  const newest = useRef(0);
  const order = async ({ change, tool, input }: Order<State>) => {
    newest.current += 1;
    const mine = newest.current;
    setChanged((before) => ({ ...before, ...change }));
    setSaid(undefined);
    setBusy(true);
    const { ok, say, code } = await command(tool, input);
    if (ok) settled.current = { ...settled.current, ...change };
    // A later order shows its own end.
    if (mine === newest.current) {
      if (!ok) setChanged(settled.current);
      setSaid({ ok, sentence: say });
      setBusy(false);
    }
    return { ok, say, code };
  };
  return { shown: { ...given, ...changed }, order, said, busy };
}

/** The input of a tool, with what the person chose in the place that the house has left for it. */
export function filledIn(
  input: Record<string, unknown>,
  place: string,
  chosen: string | number,
): Record<string, unknown> {
  const fields = Object.entries(input).map(([name, given]) => [
    name,
    given === place ? chosen : given,
  ]);
  return Object.fromEntries(fields) as Record<string, unknown>;
}

/** What the house said to an order, for eyes and readers. */
export function Said({ said }: { said: SaidOfOrder | undefined }) {
  return (
    <p
      role="status"
      data-testid="order-said"
      data-ok={said?.ok}
      className={said ? `pb-1 text-sm ${said.ok ? 'text-soft' : 'text-alert'}` : 'sr-only'}
    >
      {said && cleanText(said.sentence)}
    </p>
  );
}
