/** One's passkeys: seen, added on this device, named, removed. */
import { type SubmitEvent, useCallback, useState } from 'react';
import { accountWords as words } from '../../account-words.ts';
import { dateOf } from '../../memory.ts';
import { loadPasskeys, passkeysHere } from '../../passkey-support.ts';
import type { Passkey } from '../../passkeys.ts';
import { type SectionProps, SureButton, useRows } from './account-section.tsx';

export function Passkeys({ desk, api }: SectionProps) {
  const { tell, attempt } = desk;
  const ask = useCallback((signal: AbortSignal) => api.passkeys(signal), [api]);
  const { rows, again } = useRows<Passkey>(desk, ask);
  const [busy, setBusy] = useState(false);
  const say = (sentence: string) => tell({ tone: 'information', sentence });

  const add = async (form: HTMLFormElement) => {
    const name = String(new FormData(form).get('name')).trim();
    setBusy(true);
    await attempt(async () => {
      const { addPasskey } = await loadPasskeys();
      const added = await addPasskey(desk.token, name);
      if (added === 'known') say(words.knownHere);
      else say(added ? words.added(added.name) : words.notAdded);
      if (added && added !== 'known') form.reset();
      again();
    });
    setBusy(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void add(event.currentTarget);
  };
  const change = (work: () => Promise<void>, sentence: string) =>
    attempt(async () => {
      await work();
      say(sentence);
      again();
    });
  return (
    <section aria-labelledby="passkeys-title">
      <h3 id="passkeys-title">{words.passkeys}</h3>
      <p className="fact-source">{words.passkeysHint}</p>
      {rows?.length === 0 && <p>{words.noPasskeys}</p>}
      <ul className="account-rows">
        {rows?.map((passkey) => (
          <PasskeyRow
            key={passkey.id}
            passkey={passkey}
            rename={(name) =>
              change(() => api.renamePasskey(passkey.id, name), words.renamed(name))
            }
            remove={() => change(() => api.removePasskey(passkey.id), words.removed(passkey.name))}
          />
        ))}
      </ul>
      {passkeysHere() ? (
        <form className="fact-form" onSubmit={submit} aria-busy={busy}>
          <label>
            <span>{words.passkeyName}</span>
            <input name="name" maxLength={80} placeholder={words.passkeyNameExample} required />
          </label>
          <div className="fact-acts">
            <button type="submit" className="secondary" disabled={busy} data-testid="passkey-add">
              {words.addPasskey}
            </button>
          </div>
        </form>
      ) : (
        <p className="fact-source">{words.passkeysNotHere}</p>
      )}
    </section>
  );
}

interface RowProps {
  passkey: Passkey;
  rename(name: string): Promise<boolean>;
  remove(): Promise<boolean>;
}

function PasskeyRow({ passkey, rename, remove }: RowProps) {
  const { name, host, createdAt, lastUsedAt } = passkey;
  const [renaming, setRenaming] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('name')).trim();
    if (await rename(wanted)) setRenaming(false);
  };
  if (renaming) {
    return (
      <li data-testid="passkey">
        <form className="fact-form" onSubmit={(event) => void submit(event)}>
          <label>
            <span>{words.name}</span>
            {/* biome-ignore lint/a11y/noAutofocus: it stands where the pressed button was. */}
            <input name="name" defaultValue={name} maxLength={80} required autoFocus />
          </label>
          <div className="fact-acts">
            <button type="submit" className="secondary">
              {words.save}
            </button>
            <button type="button" className="quiet" onClick={() => setRenaming(false)}>
              {words.cancel}
            </button>
          </div>
        </form>
      </li>
    );
  }
  const now = new Date();
  const day = (at: string) => dateOf(new Date(at), now, words.language);
  const used = lastUsedAt === null ? words.neverUsed : words.used(day(lastUsedAt));
  return (
    <li data-testid="passkey">
      <p>{name}</p>
      <p className="fact-source">
        {[words.under(host), words.made(day(createdAt)), used].join(' · ')}
      </p>
      <div className="fact-acts">
        <button type="button" className="quiet" onClick={() => setRenaming(true)}>
          {words.rename}
          <span className="for-readers"> {name}</span>
        </button>
        <SureButton
          label={words.remove}
          sure={words.removeSure}
          of={name}
          act={() => void remove()}
        />
      </div>
    </li>
  );
}
