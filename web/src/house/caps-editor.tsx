/** Limits on spending: for the household, people, doors and causes; saved all at once. */
import { useId, useState } from 'react';
import { Button, IconButton } from '../ui/button.tsx';
import { Choice, TextField } from '../ui/field.tsx';
import { DeleteIcon } from '../ui/icons.tsx';
import { houseWords } from '../words/house.ts';
import { settingsWords as words } from '../words/settings.ts';
import { turnsWords } from '../words/turns.ts';
import { amountOf, type CapRow, type Caps, capsOf, idOf, rowsOf, triggers } from './caps.ts';
import { useNames } from './names.ts';

interface CapsEditorProps {
  caps: Caps;
  busy: boolean;
  save(caps: Caps): void;
}

type Whose = Pick<CapRow, 'whose' | 'which'>;

export function CapsEditor({ caps, busy, save }: CapsEditorProps) {
  const [rows, setRows] = useState<readonly CapRow[]>(() => rowsOf(caps));
  const { options, nameOf } = useWhose();
  const free = options.filter((one) => !rows.some((row) => idOf(row) === idOf(one)));
  const isWrong = rows.some(({ day, month }) => isNoAmount(day) || isNoAmount(month));
  const isChanged = JSON.stringify(capsOf(rows)) !== JSON.stringify(capsOf(rowsOf(caps)));
  const put = (row: CapRow) => setRows(rows.map((one) => (idOf(one) === idOf(row) ? row : one)));
  return (
    <div className="grid gap-4" data-testid="caps">
      {rows.length === 0 && <p className="text-soft">{words.noCaps}</p>}
      <ul className="grid gap-4">
        {rows.map((row) => (
          <CapFields
            key={idOf(row)}
            row={row}
            name={nameOf(row)}
            put={put}
            remove={() => setRows(rows.filter((one) => one !== row))}
          />
        ))}
      </ul>
      <AddCap
        free={free}
        nameOf={nameOf}
        add={(one) => setRows([...rows, { ...one, day: '', month: '' }])}
      />
      {isChanged && (
        <div>
          <Button kind="primary" busy={busy} disabled={isWrong} onClick={() => save(capsOf(rows))}>
            {words.saveCaps}
          </Button>
        </div>
      )}
    </div>
  );
}

const isNoAmount = (text: string): boolean => Number.isNaN(amountOf(text));

interface CapFieldsProps {
  row: CapRow;
  name: string;
  put(row: CapRow): void;
  remove(): void;
}

function CapFields({ row, name, put, remove }: CapFieldsProps) {
  const id = useId();
  const field = (part: 'day' | 'month', label: string) => (
    <TextField
      label={label}
      inputMode="decimal"
      autoComplete="off"
      value={row[part]}
      mistake={isNoAmount(row[part]) ? words.capMistake : undefined}
      onChange={({ target }) => put({ ...row, [part]: target.value })}
    />
  );
  return (
    <li className="grid gap-2 rounded-2xl border border-rule p-4">
      <div className="flex items-center justify-between gap-2">
        <h3 id={id} className="font-medium">
          {name}
        </h3>
        <IconButton label={words.removeCap(name)} onClick={remove}>
          <DeleteIcon className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset has no heading's words. */}
      <div role="group" aria-labelledby={id} className="grid grid-cols-2 gap-3">
        {field('day', words.perDay)}
        {field('month', words.perMonth)}
      </div>
    </li>
  );
}

interface AddCapProps {
  free: readonly Whose[];
  nameOf(one: Whose): string;
  add(one: Whose): void;
}

function AddCap({ free, nameOf, add }: AddCapProps) {
  const [wanted, setWanted] = useState('');
  const chosen = free.find((one) => idOf(one) === wanted) ?? free[0];
  if (!chosen) return null;
  return (
    <div className="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
      <Choice
        label={words.capOf}
        value={idOf(chosen)}
        options={free.map((one) => ({ value: idOf(one), name: nameOf(one) }))}
        onChange={({ target }) => setWanted(target.value)}
      />
      <Button onClick={() => add(chosen)}>{words.addCap}</Button>
    </div>
  );
}

/** Everybody and everything that can have a limit, and their names. */
function useWhose() {
  const { people, nameOf: personName } = useNames();
  const options: Whose[] = [
    { whose: 'household', which: '' },
    { whose: 'everyone', which: '' },
    ...people.map(({ id }) => ({ whose: 'people' as const, which: id })),
    ...Object.keys(houseWords.doors).map((which) => ({ whose: 'doors' as const, which })),
    ...triggers.map((which) => ({ whose: 'triggers' as const, which })),
  ];
  const doors: Readonly<Record<string, string>> = houseWords.doors;
  const causes: Readonly<Record<string, string>> = turnsWords.triggers;
  const nameOf = ({ whose, which }: Whose): string => {
    if (whose === 'people') return words.capWhose.person(personName(which));
    if (whose === 'doors') return words.capWhose.door(doors[which] ?? which);
    if (whose === 'triggers') return words.capWhose.trigger(causes[which] ?? which);
    return words.capWhose[whose];
  };
  return { options, nameOf };
}
