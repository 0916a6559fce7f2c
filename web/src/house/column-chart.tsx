/** Columns over days, and the same as a table for whoever reads numbers or listens. */
import { useId } from 'react';
import { houseWords } from '../words/house.ts';
import { turnsWords as words } from '../words/turns.ts';
import { type Column, scaleTop } from './charts.ts';
import { countOf, dayOf } from './formats.ts';

interface ColumnChartProps {
  title: string;
  columns: readonly Column[];
  /** What the value is called, and how it is written. */
  value: { name: string; of(value: number): string };
  /** The same of the second value, where there is one. */
  mark?: string;
}

const labelled = (columns: readonly Column[]): readonly Column[] => {
  const middle = columns[Math.floor((columns.length - 1) / 2)];
  const ends = [columns[0], middle, columns.at(-1)].filter((one) => one !== undefined);
  return columns.length < 3 ? columns : ends;
};

export function ColumnChart({ title, columns, value, mark }: ColumnChartProps) {
  const id = useId();
  const top = scaleTop(columns);
  const share = (amount: number) => `${(100 * amount) / top}%`;
  return (
    <figure aria-labelledby={id} className="grid gap-2">
      <figcaption id={id} className="sr-only">
        {title}
      </figcaption>
      <div aria-hidden="true" className="flex gap-2 text-xs text-soft tabular-nums">
        <div className="flex h-36 shrink-0 flex-col justify-between text-end">
          {[top, top / 2, 0].map((tick) => (
            <span key={tick} className="-translate-y-1/2 leading-none">
              {value.of(tick)}
            </span>
          ))}
        </div>
        <div className="min-w-0 grow">
          <div className="relative flex h-36 items-end gap-0.5 border-b border-rule-strong">
            <span className="absolute inset-x-0 top-0 border-t border-rule" />
            <span className="absolute inset-x-0 top-1/2 border-t border-rule" />
            {columns.map((column) => (
              <div
                key={column.day}
                title={`${dayOf(column.day)}: ${value.of(column.value)}`}
                className="relative h-full min-w-0 grow"
              >
                <span
                  className={
                    'absolute inset-x-0 bottom-0 mx-auto max-w-8 rounded-t-sm bg-door-rule ' +
                    'dark:bg-link'
                  }
                  style={{ height: share(column.value) }}
                />
                {column.mark !== undefined && (
                  <span
                    className={
                      'absolute inset-x-0 mx-auto max-w-8 border-t-2 border-brass-deep ' +
                      'dark:border-brass'
                    }
                    style={{ bottom: share(column.mark) }}
                  />
                )}
              </div>
            ))}
          </div>
          <div className="flex justify-between pt-1">
            {labelled(columns).map(({ day }) => (
              <span key={day}>{dayOf(day)}</span>
            ))}
          </div>
        </div>
      </div>
      <AsTable
        title={title}
        columns={columns}
        value={value}
        {...(mark !== undefined && { mark })}
      />
    </figure>
  );
}

function AsTable({ title, columns, value, mark }: ColumnChartProps) {
  return (
    <details>
      <summary className="inline-flex min-h-11 items-center text-sm text-link">
        {houseWords.asTable}
      </summary>
      <div className="max-h-72 overflow-auto" tabIndex={-1}>
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="text-start text-soft">
              <th className="py-1 pe-3 text-start font-medium">{words.day}</th>
              <th className="py-1 pe-3 text-end font-medium">{value.name}</th>
              {mark !== undefined && <th className="py-1 pe-3 text-end font-medium">{mark}</th>}
              <th className="py-1 text-end font-medium">{words.turns}</th>
            </tr>
          </thead>
          <tbody>
            {columns.toReversed().map((column) => (
              <tr key={column.day} className="border-t border-rule">
                <th scope="row" className="py-1 pe-3 text-start font-normal">
                  {dayOf(column.day)}
                </th>
                <td className="py-1 pe-3 text-end">{value.of(column.value)}</td>
                {mark !== undefined && (
                  <td className="py-1 pe-3 text-end">
                    {column.mark === undefined ? '–' : value.of(column.mark)}
                  </td>
                )}
                <td className="py-1 text-end">{countOf(column.turns)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
