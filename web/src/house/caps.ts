/** Limits on spending as rows of a form, and back as the house keeps them. */

export const triggers = ['person', 'schedule', 'program'] as const;

interface Limit {
  day?: number | undefined;
  month?: number | undefined;
}

/** As the setting `caps` has it. */
export interface Caps {
  household?: Limit;
  everyone?: Limit;
  people?: Record<string, Limit>;
  doors?: Record<string, Limit>;
  triggers?: Record<string, Limit>;
}

/** One limit as it is typed; an empty amount is none. */
export interface CapRow {
  whose: 'household' | 'everyone' | 'people' | 'doors' | 'triggers';
  /** Id of the person, name of the door or cause; empty for the first two. */
  which: string;
  day: string;
  month: string;
}

/** Names a row: `doors room`. */
export const idOf = ({ whose, which }: Pick<CapRow, 'whose' | 'which'>): string =>
  `${whose} ${which}`;

const written = (amount: number | undefined): string =>
  amount === undefined ? '' : String(amount);

export function rowsOf(caps: Caps): CapRow[] {
  const row = (whose: CapRow['whose'], which: string, { day, month }: Limit): CapRow => ({
    ...{ whose, which, day: written(day), month: written(month) },
  });
  const single = (['household', 'everyone'] as const).flatMap((whose) => {
    const limit = caps[whose];
    return limit ? [row(whose, '', limit)] : [];
  });
  const many = (['people', 'doors', 'triggers'] as const).flatMap((whose) =>
    Object.entries(caps[whose] ?? {}).map(([which, limit]) => row(whose, which, limit)),
  );
  return [...single, ...many];
}

const amountMax = 100_000;

/** Dollars, with a comma or a point; undefined: none; NaN: no amount. */
export function amountOf(text: string): number | undefined {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return undefined;
  const amount = /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
  return amount <= amountMax ? amount : Number.NaN;
}

/** A row without an amount is no limit. */
export function capsOf(rows: readonly CapRow[]): Caps {
  const caps: Caps = {};
  for (const { whose, which, ...amounts } of rows) {
    const [day, month] = [amountOf(amounts.day), amountOf(amounts.month)];
    if (day === undefined && month === undefined) continue;
    const limit = { ...(day !== undefined && { day }), ...(month !== undefined && { month }) };
    if (whose === 'household' || whose === 'everyone') caps[whose] = limit;
    else caps[whose] = { ...caps[whose], [which]: limit };
  }
  return caps;
}
