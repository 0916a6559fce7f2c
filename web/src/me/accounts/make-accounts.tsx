/** Accounts on all services that one may use, made at once in the background. */
import { type SubmitEvent, useState } from 'react';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Answered } from '../../ui/states.tsx';
import { accountsWords as words } from '../../words/accounts.ts';
import { commonWords } from '../../words/everywhere.ts';
import { said, useDo } from '../doing.ts';
import { ServiceUsername } from './other-name.tsx';

export function MakeAccounts() {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button kind="primary" data-testid="make-accounts" onClick={() => setOpen(true)}>
        {words.make}
      </Button>
      <Dialog title={words.make} about={words.makeAbout} open={open} close={close}>
        <MakeForm close={close} />
      </Dialog>
    </>
  );
}

function MakeForm({ close }: { close(): void }) {
  const known = useAnswer('get /api/v1/onboarding', {});
  const begin = useOrder('post /api/v1/onboarding', { changes: ['get /api/v1/accounts'] });
  const run = useDo();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const username = String(new FormData(event.currentTarget).get('username'));
    const work = async () => {
      const { accounts } = await begin.mutateAsync({ json: { services: { username } } });
      return accounts.some(({ working }) => working) ? words.making : words.nothingMade;
    };
    said(run(work).then(close));
  };
  return (
    <Answered of={known} rows={1}>
      {({ username }) => (
        <form onSubmit={submit} className="grid gap-4">
          <ServiceUsername known={username ?? ''} />
          <div className="flex justify-end gap-3">
            <Button onClick={close}>{commonWords.cancel}</Button>
            <Button type="submit" kind="primary" busy={begin.isPending}>
              {words.make}
            </Button>
          </div>
        </form>
      )}
    </Answered>
  );
}
