/** Figures for people: medians, percentiles, and a table that fits a terminal. */

/** The value below which `share` of the values lie; undefined for none. */
export const percentile = (values: readonly number[], share: number): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
};

export const median = (values: readonly number[]): number | undefined => percentile(values, 0.5);

const cell = (value: unknown): string => {
  if (value === undefined) return '-';
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : String(value);
};

/** Rows of the same columns, right-aligned after the first. */
export const table = (rows: readonly Record<string, unknown>[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => (row[at] ?? '').length)));
  return cells
    .map((row) =>
      row
        .map((text, at) =>
          at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
};
