/** How Butler is with a person: presets to start from, every field to change, and how it sounds. */
import { type SubmitEvent, useCallback, useEffect, useState } from 'react';
import type { Member, Preset, Soul } from '../../memory-api.ts';
import { memoryWords as words } from '../../memory-words.ts';
import { changedSentence, changesOf, presetOf, withPreset } from '../../souls.ts';
import type { Desk } from './desk.ts';
import { Household } from './household.tsx';
import { SoulFields } from './soul-fields.tsx';
import { usePreview } from './soul-preview.ts';
import '../../style/soul.css';

export function SoulEditor({ desk }: { desk: Desk }) {
  const { api, user, attempt } = desk;
  const [members, setMembers] = useState<readonly Member[]>([]);
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  const [whose, setWhose] = useState(user.id);
  const refresh = useCallback(
    () =>
      attempt(async () =>
        setMembers((await api.members()).filter(({ soulIsYours }) => soulIsYours)),
      ),
    [api, attempt],
  );
  useEffect(() => {
    void refresh();
    void attempt(async () => setPresets(await api.presets()));
  }, [api, attempt, refresh]);
  const name = members.find(({ id }) => id === whose)?.name;
  return (
    <>
      {members.length > 1 && (
        <label className="whose">
          <span>{words.soulFor}</span>
          <select value={whose} onChange={(event) => setWhose(event.target.value)}>
            {members.map((member) => (
              <option key={member.id} value={member.id}>
                {member.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="fact-source">
        {whose === user.id || !name ? words.soulHint : words.soulHintChild(name)}
      </p>
      <SoulForm key={whose} desk={desk} personId={whose} presets={presets} />
      {user.role === 'owner' && <Household desk={desk} done={refresh} />}
    </>
  );
}

interface SoulFormProps {
  desk: Desk;
  personId: string;
  presets: readonly Preset[];
}

function SoulForm({ desk, personId, presets }: SoulFormProps) {
  const { api, tell, attempt } = desk;
  const [kept, setKept] = useState<Soul>();
  const [soul, setSoul] = useState<Soul>();
  const [busy, setBusy] = useState(false);
  const preview = usePreview(desk, personId);
  useEffect(() => {
    void attempt(async () => {
      const found = await api.soul(personId);
      setKept(found);
      setSoul(found);
    });
  }, [api, attempt, personId]);
  if (!soul || !kept) return <p role="status">{words.loading}</p>;
  const changed = changesOf(kept, soul).length > 0;
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    await attempt(async () => {
      const saved = await api.saveSoul(personId, soul);
      tell({ tone: 'information', sentence: changedSentence(kept, saved) });
      setKept(saved);
      setSoul(saved);
    });
    setBusy(false);
  };
  return (
    <form className="fact-form soul" onSubmit={(event) => void submit(event)} aria-busy={busy}>
      <Presets soul={soul} presets={presets} choose={setSoul} />
      <SoulFields soul={soul} change={(part) => setSoul({ ...soul, ...part })} />
      {preview.sentence && (
        <blockquote className="preview" role="status" data-testid="preview">
          {preview.sentence}
        </blockquote>
      )}
      <div className="fact-acts">
        <button type="submit" className="primary" disabled={busy || !changed}>
          {busy ? words.saving : words.save}
        </button>
        <button
          type="button"
          className="secondary"
          disabled={preview.busy}
          data-testid="hear"
          onClick={() => void preview.hear(soul)}
        >
          {preview.busy ? words.hearing : words.hear}
        </button>
      </div>
    </form>
  );
}

interface PresetsProps {
  soul: Soul;
  presets: readonly Preset[];
  choose(soul: Soul): void;
}

function Presets({ soul, presets, choose }: PresetsProps) {
  const chosen = presetOf(soul, presets);
  return (
    <fieldset hidden={presets.length === 0}>
      <legend>{words.presets}</legend>
      <div className="chips">
        {presets.map((preset) => (
          <button
            key={preset.id}
            type="button"
            className="chip"
            aria-pressed={preset === chosen}
            onClick={() => choose(withPreset(soul, preset, presets))}
          >
            {preset.name}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
