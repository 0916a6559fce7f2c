/** Forgetting what a search has found: shown once more, as it also finds what is only like it. */
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Sure } from '../../ui/dialog.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { memoryWords as words } from '../../words/memory.ts';
import type { Fact } from './facts.ts';

interface ForgetFoundProps {
  query: string;
  facts: readonly Fact[];
  forget(ids: readonly number[]): Promise<boolean>;
}

export function ForgetFound({ query, facts, forget }: ForgetFoundProps) {
  const tell = useTell();
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState<ReadonlySet<number>>(new Set());
  const chosen = facts.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
  const ask = () => {
    setKept(new Set());
    setOpen(true);
  };
  const confirm = async () => {
    if (chosen.length === 0) tell({ sentence: words.noneChosen });
    else if (!(await forget(chosen))) throw new Error('not all of it is forgotten');
  };
  const keep = (id: number, keeps: boolean) =>
    setKept((before) => {
      const after = new Set(before);
      if (keeps) after.add(id);
      else after.delete(id);
      return after;
    });
  return (
    <>
      <Button kind="quiet" data-testid="forget-found" onClick={ask}>
        {words.forgetFound}
      </Button>
      <Sure
        title={words.forgetFoundTitle(query)}
        about={
          <div className="grid gap-3">
            <p>{words.forgetFoundText}</p>
            <ul className="grid max-h-[45dvh] overflow-y-auto">
              {facts.map(({ id, fact }) => (
                <li key={id}>
                  <label className="flex min-h-11 items-center gap-3 text-ink">
                    <input
                      type="checkbox"
                      className="size-5 shrink-0 accent-door"
                      checked={!kept.has(id)}
                      onChange={(event) => keep(id, !event.target.checked)}
                    />
                    {fact}
                  </label>
                </li>
              ))}
            </ul>
          </div>
        }
        act={words.forgetSome(chosen.length)}
        open={open}
        close={() => setOpen(false)}
        confirm={confirm}
      />
    </>
  );
}
