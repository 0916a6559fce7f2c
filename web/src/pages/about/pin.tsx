/** The PIN that Butler asks for before something dangerous; the password proves who sets it. */
import { type SubmitEvent, useRef, useState } from 'react';
import { memoryWords as words } from '../../memory-words.ts';
import type { Desk } from './desk.ts';

export function PinForm({ desk }: { desk: Desk }) {
  const { api, tell, attempt } = desk;
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const set = async (pin: string | null) => {
    const entered = new FormData(form.current ?? undefined);
    setBusy(true);
    await attempt(async () => {
      await api.setPin(String(entered.get('password') ?? ''), pin);
      form.current?.reset();
      tell({ tone: 'information', sentence: pin === null ? words.pinRemoved : words.pinSet });
    });
    setBusy(false);
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void set(String(new FormData(event.currentTarget).get('pin') ?? ''));
  };
  const remove = () => {
    const field = form.current?.querySelector<HTMLInputElement>('[name=password]');
    // The PIN itself may stay empty: only the password counts.
    if (field?.reportValidity()) void set(null);
  };
  return (
    <form ref={form} className="fact-form" onSubmit={submit} aria-busy={busy}>
      <p className="fact-source" id="pin-hint">
        {words.pinHint}
      </p>
      <label>
        <span>{words.password}</span>
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <label>
        <span>{words.pin}</span>
        <input
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          pattern="[0-9]{4,8}"
          title={words.pinHint}
          aria-describedby="pin-hint"
          required
        />
      </label>
      <div className="fact-acts">
        <button type="submit" className="primary" disabled={busy}>
          {words.setPin}
        </button>
        <button type="button" className="quiet" disabled={busy} onClick={remove}>
          {words.removePin}
        </button>
      </div>
    </form>
  );
}
