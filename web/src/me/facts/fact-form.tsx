/** One fact in words: a new one, or one that is corrected. */
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Choice, TextArea } from '../../ui/field.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { memoryWords as words } from '../../words/memory.ts';
import { type Category, categories, factMax } from './facts.ts';
import type { FactText } from './use-facts.ts';

interface FactFormProps {
  start?: FactText;
  /** Resolves to false where it went wrong: the form stays. */
  save(fact: FactText): Promise<boolean>;
  cancel(): void;
}

const kinds = categories.map((value) => ({ value, name: words.categories[value] }));

export function FactForm({ start, save, cancel }: FactFormProps) {
  const [fact, setFact] = useState(start?.fact ?? '');
  const [category, setCategory] = useState<Category>(start?.category ?? 'personal');
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    if (!(await save({ fact: fact.trim(), category }))) setBusy(false);
  };
  return (
    <form ref={form} className="grid w-full gap-4" onSubmit={(event) => void submit(event)}>
      <TextArea
        label={words.text}
        required
        rows={2}
        maxLength={factMax}
        placeholder={words.example}
        value={fact}
        onChange={(event) => setFact(event.target.value)}
      />
      <Choice
        label={words.category}
        value={category}
        options={kinds}
        onChange={(event) => setCategory(event.target.value as Category)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" busy={busy} disabled={fact.trim() === ''}>
          {commonWords.save}
        </Button>
        <Button kind="quiet" onClick={cancel}>
          {commonWords.cancel}
        </Button>
      </div>
    </form>
  );
}
