/** A new password for an account: made by Butler, chosen here, or told because it changed there. */
import { type SubmitEvent, useState } from 'react';
import { sentenceOf, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Trouble } from '../../ui/states.tsx';
import { OneOf } from '../../ui/switch.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { accountsWords as words } from '../../words/accounts.ts';
import { commonWords } from '../../words/everywhere.ts';
import type { AccountDialog } from './show-password.tsx';

type Way = keyof typeof words.ways;
const ways = ['generated', 'chosen', 'there'] as const satisfies readonly Way[];
const changes = ['get /api/v1/accounts'] as const;

export function ChangePassword({ account, open, close }: AccountDialog) {
  return (
    <Dialog title={words.changeTitle(account.title)} open={open} close={close}>
      <ChangeForm account={account} close={close} />
    </Dialog>
  );
}

function ChangeForm({ account, close }: Omit<AccountDialog, 'open'>) {
  const [way, setWay] = useState<Way>('generated');
  const { order, busy, error } = useChange(account, close);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const password = String(entered.get('password') ?? '');
    void order(way, { password, current: String(entered.get('own') ?? '') });
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <OneOf<Way>
        label={words.how}
        value={way}
        options={ways.map((value) => ({ value, ...words.ways[value] }))}
        change={setWay}
      />
      {way !== 'generated' && (
        <SecretField
          key={way}
          name="password"
          label={words.password}
          hint={way === 'chosen' ? words.chosenHint : words.thereHint}
          minLength={way === 'chosen' ? 8 : 1}
          maxLength={128}
          autoComplete="off"
          required
        />
      )}
      {way === 'chosen' && (
        <SecretField
          name="own"
          label={words.own}
          hint={words.ownHint}
          autoComplete="current-password"
          required
        />
      )}
      {error && <Trouble sentence={sentenceOf(error, commonWords.failed)} />}
      <div className="flex justify-end gap-3">
        <Button onClick={close}>{commonWords.cancel}</Button>
        <Button type="submit" kind="primary" busy={busy}>
          {words.change}
        </Button>
      </div>
    </form>
  );
}

/** The route of each way; closes the dialog once the house has taken it. */
function useChange({ service, title }: AccountDialog['account'], close: () => void) {
  const retry = useOrder('post /api/v1/accounts/:service/retry', { changes });
  const correct = useOrder('put /api/v1/accounts/:service/password', { changes });
  const tell = useTell();
  const param = { service };
  const order = async (way: Way, { password, current }: { password: string; current: string }) => {
    retry.reset();
    correct.reset();
    try {
      if (way === 'generated') await retry.mutateAsync({ param, json: { anew: true } });
      else if (way === 'chosen') await retry.mutateAsync({ param, json: { password, current } });
      else await correct.mutateAsync({ param, json: { password } });
    } catch {
      // The order holds it, and the form says it.
      return;
    }
    tell({ sentence: (way === 'there' ? words.kept : words.changing)(title) });
    close();
  };
  const busy = retry.isPending || correct.isPending;
  return { order, busy, error: retry.error ?? correct.error };
}
