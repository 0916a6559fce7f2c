/** The password kept for a service, shown for a minute to whoever knows the person's own. */
import { type SubmitEvent, useEffect, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { useCopy } from '../../ui/copying.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { accountsWords as words } from '../../words/accounts.ts';
import { commonWords } from '../../words/everywhere.ts';
import type { Account } from './account-card.tsx';

const shownForSeconds = 60;
const secret =
  'rounded-2xl border border-rule-strong bg-raised p-4 font-mono text-lg break-all select-all';

export interface AccountDialog {
  account: Account;
  open: boolean;
  close(): void;
}

export function ShowPassword({ account, open, close }: AccountDialog) {
  return (
    <Dialog
      title={words.showTitle(account.title)}
      about={words.showAbout}
      open={open}
      close={close}
    >
      <Looking account={account} close={close} />
    </Dialog>
  );
}

/** Stands only while the dialog is open: what it knows goes with it. */
function Looking({ account, close }: Omit<AccountDialog, 'open'>) {
  const reveal = useOrder('post /api/v1/accounts/:service/password');
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('own'));
    reveal.mutate({ param: { service: account.service }, json: { password } });
  };
  if (reveal.data) return <Shown password={reveal.data.password} close={close} />;
  return (
    <form onSubmit={submit} className="grid gap-4">
      <SecretField
        name="own"
        label={words.own}
        hint={words.ownHint}
        mistake={reveal.error ? sentenceOf(reveal.error, commonWords.failed) : undefined}
        autoComplete="current-password"
        required
      />
      <div className="flex justify-end gap-3">
        <Button onClick={close}>{commonWords.cancel}</Button>
        <Button type="submit" kind="primary" busy={reveal.isPending}>
          {words.reveal}
        </Button>
      </div>
    </form>
  );
}

function Shown({ password, close }: { password: string; close(): void }) {
  const [seconds, setSeconds] = useState(shownForSeconds);
  const copy = useCopy();
  useEffect(() => {
    const timer = setInterval(() => setSeconds((left) => left - 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (seconds <= 0) close();
  }, [seconds, close]);
  return (
    <div className="grid gap-4">
      <p data-testid="password" className={secret}>
        {password}
      </p>
      <p className="text-sm text-soft">{words.hides(seconds)}</p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={() => void copy(password)}>{words.copyPassword}</Button>
        <Button kind="primary" onClick={close}>
          {commonWords.close}
        </Button>
      </div>
    </div>
  );
}
