/** Rows as CSV (RFC 4180) that a spreadsheet shows and never runs. */

/** What begins a formula somewhere (OWASP, CSV Injection); an apostrophe makes it text. */
const formula = /^[=+\-@\t\r\n]/;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return formula.test(text) ? `'${text}` : text;
};

const cellOf = (value: unknown): string => {
  const text = textOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (values: readonly unknown[]): string =>
  `${values.map(cellOf).join(',')}\r\n`;
