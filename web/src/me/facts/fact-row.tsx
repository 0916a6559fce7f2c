/** One fact: what it says, where it comes from, and the way to correct or forget it. */
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { DeleteIcon, EditIcon } from '../../ui/icons.tsx';
import { memoryWords as words } from '../../words/memory.ts';
import { FactForm } from './fact-form.tsx';
import { type Fact, sourceOf } from './facts.ts';
import type { FactText } from './use-facts.ts';

interface FactRowProps {
  fact: Fact;
  edit(change: FactText): Promise<boolean>;
  forget(): void;
}

export function FactRow({ fact, edit, forget }: FactRowProps) {
  const [editing, setEditing] = useState(false);
  const row = useRef<HTMLLIElement>(null);
  const wasEditing = useRef(false);
  // The form had the focus: it goes back to where it came from.
  useEffect(() => {
    if (wasEditing.current && !editing) row.current?.querySelector('button')?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const save = async (change: FactText) => {
    const done = await edit(change);
    if (done) setEditing(false);
    return done;
  };
  return (
    <li ref={row} data-testid="fact" className="flex items-start justify-between gap-2 py-3">
      {editing ? (
        <FactForm start={fact} save={save} cancel={() => setEditing(false)} />
      ) : (
        <>
          <div className="grid min-w-0 gap-1 pt-1.5">
            <p>{fact.fact}</p>
            <p className="text-sm text-soft">{sourceOf(fact, new Date())}</p>
            {fact.quote !== null && <Quote said={fact.quote} />}
          </div>
          <div className="flex shrink-0">
            <IconButton label={words.of(words.edit, fact.fact)} onClick={() => setEditing(true)}>
              <EditIcon className="size-5" aria-hidden="true" />
            </IconButton>
            <IconButton label={words.of(words.forget, fact.fact)} onClick={forget}>
              <DeleteIcon className="size-5" aria-hidden="true" />
            </IconButton>
          </div>
        </>
      )}
    </li>
  );
}

function Quote({ said }: { said: string }) {
  return (
    <details className="text-sm">
      <summary className="inline-flex min-h-11 items-center text-link">{words.whereFrom}</summary>
      <p className="border-s-2 border-rule ps-3 text-soft">{words.quote(said)}</p>
    </details>
  );
}
