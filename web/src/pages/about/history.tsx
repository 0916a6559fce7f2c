/** What was said: found while one types, by days, deleted one exchange or one day at a time. */
import { useCallback, useState } from 'react';
import { daysOf, type SaidDay } from '../../memory.ts';
import type { SaidTurn, Search } from '../../memory-api.ts';
import { memoryWords as words } from '../../memory-words.ts';
import { type Desk, useSearch } from './desk.ts';
import { SearchBox } from './search-box.tsx';

export function History({ desk }: { desk: Desk }) {
  const { api, tell, attempt } = desk;
  const ask = useCallback((search: Search) => api.said(search), [api]);
  const { typed, setTyped, found, again } = useSearch(desk, ask);
  const remove = (work: () => Promise<void>) =>
    attempt(async () => {
      await work();
      tell({ tone: 'information', sentence: words.deleted });
      again();
    });
  return (
    <>
      <SearchBox label={words.searchSaid} typed={typed} type={setTyped} />
      <p className="about-count" role="status">
        {found === undefined ? words.loading : countOf(found.query, found.rows.length)}
      </p>
      {found &&
        daysOf(found.rows, new Date()).map((day) => (
          <Day
            key={`${day.from} ${day.turns[0]?.turn}`}
            day={day}
            whole={found.query === ''}
            removeDay={() => remove(() => api.removeSaid({ from: day.from, to: day.to }))}
            removeTurn={(turn) => remove(() => api.removeTurn(turn))}
          />
        ))}
    </>
  );
}

function countOf(query: string, count: number): string {
  if (count > 0) return words.turnsFound(count);
  return query === '' ? words.noneSaid : words.noneSaidFound(query);
}

interface DayProps {
  day: SaidDay;
  /** All of the day is shown, not only what a search found. */
  whole: boolean;
  removeDay(): Promise<boolean>;
  removeTurn(turn: string): Promise<boolean>;
}

function Day({ day, whole, removeDay, removeTurn }: DayProps) {
  return (
    <section>
      <div className="said-day">
        <h3>{day.title}</h3>
        {whole && <Delete label={words.deleteDay} what={day.title} remove={removeDay} />}
      </div>
      <ol>
        {day.turns.map((turn) => (
          <Turn key={turn.turn} turn={turn} remove={() => removeTurn(turn.turn)} />
        ))}
      </ol>
    </section>
  );
}

function Turn({ turn, remove }: { turn: SaidTurn; remove(): Promise<boolean> }) {
  const time = new Date(turn.at).toLocaleTimeString([], { timeStyle: 'short' });
  const [first] = turn.messages;
  return (
    <li data-testid="said">
      <p className="fact-source">
        <time dateTime={turn.at}>{time}</time>
        <Delete label={words.delete} what={first?.content ?? time} remove={remove} />
      </p>
      {turn.messages.map((message) => (
        <p key={message.id} className={`said-${message.role}`}>
          <span className="for-readers">
            {message.role === 'user' ? words.you : words.butler}:{' '}
          </span>
          {message.content}
          {!message.heard && <em> ({words.cutShort})</em>}
        </p>
      ))}
    </li>
  );
}

interface DeleteProps {
  label: string;
  what: string;
  remove(): Promise<boolean>;
}

/** Nothing brings it back: the button asks by becoming another. */
function Delete({ label, what, remove }: DeleteProps) {
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (!sure) {
      setSure(true);
      return;
    }
    setBusy(true);
    if (!(await remove())) setBusy(false);
  };
  const shown = sure ? words.deleteSure : label;
  return (
    <button
      type="button"
      className={sure ? 'dangerous' : 'quiet'}
      disabled={busy}
      aria-label={words.of(shown, what)}
      onBlur={() => setSure(false)}
      onClick={() => void press()}
    >
      {shown}
    </button>
  );
}
