/** Another username for an account that could not be made: theirs may be somebody else's there. */
import type { SubmitEvent } from 'react';
import { useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { accountsWords as words } from '../../words/accounts.ts';
import { commonWords } from '../../words/everywhere.ts';
import { said, useDo } from '../doing.ts';
import type { AccountDialog } from './show-password.tsx';

export function OtherName({ account, open, close }: AccountDialog) {
  return (
    <Dialog title={words.otherNameTitle(account.title)} open={open} close={close}>
      <NameForm account={account} close={close} />
    </Dialog>
  );
}

function NameForm({ account, close }: Omit<AccountDialog, 'open'>) {
  const { service, title, username } = account;
  const retry = useOrder('post /api/v1/accounts/:service/retry', {
    changes: ['get /api/v1/accounts'],
  });
  const run = useDo();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('username'));
    const order = { param: { service }, json: { username: wanted } };
    said(run(() => retry.mutateAsync(order), words.retrying(title)).then(close));
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <ServiceUsername known={username ?? ''} />
      <div className="flex justify-end gap-3">
        <Button onClick={close}>{commonWords.cancel}</Button>
        <Button type="submit" kind="primary" busy={retry.isPending}>
          {words.retry}
        </Button>
      </div>
    </form>
  );
}

/** What all services take as a name (`serviceUsername` of the route). */
export function ServiceUsername({ known }: { known: string }) {
  return (
    <TextField
      name="username"
      label={words.makeUsername}
      hint={words.makeUsernameHint}
      defaultValue={known}
      pattern="[A-Za-z0-9][A-Za-z0-9._\-]{1,62}"
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      required
    />
  );
}
