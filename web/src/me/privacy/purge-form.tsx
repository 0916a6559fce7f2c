/** What is typed to be deleted; the only owner is asked whether the household goes as well. */
import type { SubmitEvent } from 'react';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Trouble } from '../../ui/states.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { privacyWords as words } from '../../words/privacy.ts';
import { usePurge } from './purging.ts';

/** As the route wants it, in every language. */
const everything = 'delete everything of this household';

export function PurgeForm({ close }: { close(): void }) {
  const { user } = useSession();
  const { order, busy, trouble, isLastOwner } = usePurge();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const text = (name: string) => String(entered.get(name) ?? '').trim();
    const whole = isLastOwner && text('whole') === everything;
    const both = whole ? ({ everything: true, confirmEverything: everything } as const) : {};
    const password = String(entered.get('password'));
    void order({ confirm: text('confirm'), password, ...both });
  };
  return (
    <form onSubmit={submit} aria-busy={busy} className="grid gap-4" data-testid="purge-form">
      <TextField
        name="confirm"
        label={words.confirm(user.username)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <SecretField
        name="password"
        label={words.password}
        autoComplete="current-password"
        required
      />
      {isLastOwner && <Whole />}
      {trouble && <Trouble sentence={trouble} />}
      {busy && <p role="status">{words.purging}</p>}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={close} disabled={busy}>
          {commonWords.cancel}
        </Button>
        <Button type="submit" kind="danger" busy={busy}>
          {isLastOwner ? words.wholeTitle : words.purgeAct}
        </Button>
      </div>
    </form>
  );
}

function Whole() {
  return (
    <div className="grid gap-3 rounded-2xl border border-alert bg-alert-room p-4">
      <h3 className="text-lg text-alert">{words.wholeTitle}</h3>
      <p>{words.wholeAbout}</p>
      <TextField
        name="whole"
        label={words.wholePhrase(everything)}
        pattern={everything}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
    </div>
  );
}
