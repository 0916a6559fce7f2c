/** The souls of the household as a file: saved, or loaded, by an owner. */
import { type ChangeEvent, useRef } from 'react';
import { memoryWords as words } from '../../memory-words.ts';
import type { Desk } from './desk.ts';

interface HouseholdProps {
  desk: Desk;
  /** Somebody may be new or changed. */
  done(): void;
}

export function Household({ desk, done }: HouseholdProps) {
  const { api, tell, attempt } = desk;
  const picker = useRef<HTMLInputElement>(null);
  const save = () =>
    attempt(async () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await api.exportSouls());
      link.download = words.exportName;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  const load = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (!file) return;
    const text = await file.text();
    // The same file may be chosen again after it was corrected.
    event.target.value = '';
    await attempt(async () => {
      const content = parsed(text);
      if (content === undefined) {
        tell({ tone: 'alert', sentence: words.notJson });
        return;
      }
      const imported = await api.importSouls(content);
      tell({ tone: 'information', sentence: words.imported(imported) });
      done();
    });
  };
  return (
    <section className="household">
      <h3>{words.household}</h3>
      <p className="fact-source">{words.householdHint}</p>
      <div className="fact-acts">
        <button type="button" className="secondary" onClick={() => void save()}>
          {words.exportSouls}
        </button>
        <button type="button" className="secondary" onClick={() => picker.current?.click()}>
          {words.importSouls}
        </button>
        <input
          ref={picker}
          type="file"
          accept="application/json,.json"
          hidden
          data-testid="souls-file"
          onChange={(event) => void load(event)}
        />
      </div>
    </section>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
