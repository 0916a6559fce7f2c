/** A drawer with the last turns as a waterfall: where every millisecond went, and what it cost. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchTurns } from '../api.ts';
import { type TurnRow, turnRows } from '../turns.ts';
import { words } from '../words.ts';
import { CloseIcon } from './icons.tsx';
import '../style/turns.css';

const shownMax = 20;
const askEveryMs = 3_000;

export default function Turns({ token, close }: { token: string; close(): void }) {
  const { rows, away } = useTurns(token);
  const dialog = useRef<HTMLDialogElement>(null);
  // As a modal: Escape closes it, the focus stays inside, and returns to the button afterwards.
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="turns"
      aria-labelledby="turns-title"
      aria-describedby="turns-hint"
      data-testid="turns"
      onClose={close}
    >
      <header>
        <h2 id="turns-title">{words.turnsTitle}</h2>
        <button
          type="button"
          className="quiet round"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      <p id="turns-hint">{words.turnsHint}</p>
      {away && <p role="status">{words.turnsAway}</p>}
      {rows?.length === 0 && <p role="status">{words.turnsNone}</p>}
      <ol>
        {rows?.map((row) => (
          <Turn key={row.id} row={row} />
        ))}
      </ol>
    </dialog>
  );
}

function Turn({ row }: { row: TurnRow }) {
  const total = row.totalMs === undefined ? words.nothingHeard : words.milliseconds(row.totalMs);
  return (
    <li data-testid="turn">
      <p className="for-readers">{row.sentence}</p>
      <div aria-hidden="true">
        <p className="turn-head">
          <span>{row.time}</span>
          <strong>{total}</strong>
        </p>
        <div className="waterfall">
          {row.bars.map((bar) => (
            <span
              key={bar.name}
              data-stage={bar.name}
              title={bar.label}
              style={{ left: `${bar.left}%`, width: `${bar.width}%` }}
            />
          ))}
        </div>
        <p className="turn-facts">{row.facts.join(' · ')}</p>
      </div>
    </li>
  );
}

/** Asked again while the drawer is open. */
function useTurns(token: string): { rows: readonly TurnRow[] | undefined; away: boolean } {
  const [rows, setRows] = useState<readonly TurnRow[]>();
  const [away, setAway] = useState(false);
  const ask = useCallback(async () => {
    try {
      setRows(turnRows(await fetchTurns(token, shownMax)));
      setAway(false);
    } catch {
      // It is asked again; what was there stays readable meanwhile.
      setAway(true);
    }
  }, [token]);
  useEffect(() => {
    void ask();
    const timer = setInterval(() => document.hidden || void ask(), askEveryMs);
    return () => clearInterval(timer);
  }, [ask]);
  return { rows, away };
}
