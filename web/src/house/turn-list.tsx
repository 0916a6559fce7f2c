/** Turns as a waterfall: a bar for every stage, and opened, its numbers and what was done. */
import { useState } from 'react';
import { houseWords } from '../words/house.ts';
import { turnsWords as words } from '../words/turns.ts';
import { dollarsOf, millisecondsOf } from './formats.ts';
import { TurnCalls } from './turn-calls.tsx';
import type { Bar, Turn, TurnRow } from './turns.ts';

const colours: Readonly<Record<string, string>> = {
  hear: 'bg-good',
  decide: 'bg-wait',
  think: 'bg-link',
  clause: 'bg-brass',
  speak: 'bg-brass-deep',
  send: 'bg-soft',
  carry: 'bg-soft',
  filler: 'bg-rule-strong',
};
/** Stages that overlap (thinking before the decision) lie on two lines. */
const lower: ReadonlySet<string> = new Set(['think', 'clause', 'speak']);

export function Legend() {
  return (
    <ul aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
      {Object.entries(words.stages).map(([name, word]) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <span className={`size-3 rounded-sm ${colours[name]}`} />
          {word}
        </li>
      ))}
    </ul>
  );
}

interface TurnListProps {
  rows: readonly TurnRow[];
  /** Their name, where more than one person is shown. */
  nameOf(personId: string): string | undefined;
}

export function TurnList({ rows, nameOf }: TurnListProps) {
  return (
    <ol className="divide-y divide-rule">
      {rows.map((row) => (
        <OneTurn key={row.turn.id} row={row} name={nameOf(row.turn.personId)} />
      ))}
    </ol>
  );
}

function OneTurn({ row, name }: { row: TurnRow; name: string | undefined }) {
  const [open, setOpen] = useState(false);
  const { turn, time, totalMs, bars, facts } = row;
  const total = totalMs === undefined ? words.nothingHeard : millisecondsOf(totalMs);
  const where = [name, houseWords.doors[turn.door]].filter(Boolean).join(' · ');
  return (
    <li data-testid="turn">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="block rounded-xl py-3 hover:bg-tint/50">
          <span className="sr-only">{name ? `${name}. ${row.sentence}` : row.sentence}</span>
          <span aria-hidden="true" className="grid gap-1.5">
            <span className="flex flex-wrap items-baseline justify-between gap-x-4 tabular-nums">
              <span>
                {time} <span className="text-sm text-soft">{where}</span>
              </span>
              <strong className="font-semibold">{total}</strong>
            </span>
            <Waterfall bars={bars} />
            <span className="text-sm text-soft">
              {facts.join(' · ')}
              {turn.faults.length > 0 && <span className="text-alert"> ●</span>}
            </span>
          </span>
        </summary>
        {open && <Opened turn={turn} bars={bars} />}
      </details>
    </li>
  );
}

function Waterfall({ bars }: { bars: readonly Bar[] }) {
  return (
    <span data-testid="waterfall" className="relative block h-7 rounded bg-tint">
      {bars.map(({ name, stage, tookMs, start, width }) => (
        <span
          key={name}
          data-stage={name}
          title={`${stage} ${millisecondsOf(tookMs)}`}
          className={`absolute h-2.5 rounded-xs ${colours[name] ?? 'bg-soft'} ${
            lower.has(name) ? 'top-[0.9375rem]' : 'top-[0.1875rem]'
          }`}
          style={{ insetInlineStart: `${start}%`, width: `${width}%` }}
        />
      ))}
    </span>
  );
}

function Opened({ turn, bars }: { turn: Turn; bars: readonly Bar[] }) {
  const { cost } = turn.clocks;
  const parts = (['mindUsd', 'hearingUsd', 'voiceUsd'] as const).flatMap((part) => {
    const usd = cost?.[part];
    return usd === undefined ? [] : [`${words.costs[part]} ${dollarsOf(usd)}`];
  });
  return (
    <div className="grid gap-4 pb-5 ps-3">
      {bars.length > 0 && <Times bars={bars} />}
      {parts.length > 0 && <p className="text-sm text-soft">{parts.join(' · ')}</p>}
      <TurnCalls turnId={turn.id} />
    </div>
  );
}

function Times({ bars }: { bars: readonly Bar[] }) {
  return (
    <table className="w-full max-w-md text-sm tabular-nums">
      <caption className="sr-only">{words.timesOf}</caption>
      <thead className="text-soft">
        <tr>
          <th className="text-start font-medium">{words.stage}</th>
          <th className="text-end font-medium">{words.from}</th>
          <th className="text-end font-medium">{words.took}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ name, stage, fromMs, tookMs }) => (
          <tr key={name} className="border-t border-rule">
            <th scope="row" className="py-1 text-start font-normal">
              {stage}
            </th>
            <td className="py-1 text-end">{millisecondsOf(fromMs)}</td>
            <td className="py-1 text-end">{millisecondsOf(tookMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
