/** One account: its state in a word and a sentence, its name, and what can be done. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useOrder } from '../../app/questions.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useCopy } from '../../ui/copying.ts';
import { CopyIcon } from '../../ui/icons.tsx';
import { Badge, type Tone } from '../../ui/page.tsx';
import { accountsWords as words } from '../../words/accounts.ts';
import { said, useDo } from '../doing.ts';
import { ChangePassword } from './change-password.tsx';
import { OtherName } from './other-name.tsx';
import { ShowPassword } from './show-password.tsx';

export type Account = AnswerOf<'get /api/v1/accounts'>['accounts'][number];

const tones: Record<Account['status'], Tone> = {
  active: 'good',
  failed: 'bad',
  skipped: 'plain',
  decrypt_error: 'bad',
};

type Open = 'show' | 'change' | 'name';

export function AccountCard({ account }: { account: Account }) {
  const { service, title, status, working, message, username } = account;
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const copy = useCopy();
  return (
    <li
      data-testid={`account-${service}`}
      className="grid gap-3 rounded-3xl border border-rule bg-raised p-5"
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-xl">{title}</h2>
        <span role="status">
          <Badge tone={working ? 'wait' : tones[status]}>
            {words.states[working ? 'working' : status]}
          </Badge>
        </span>
      </div>
      {username !== null && (
        <p className="flex items-center gap-2">
          <span className="text-soft">{words.username}:</span>
          <span className="font-medium">{username}</span>
          <IconButton label={words.copyUsername(title)} onClick={() => void copy(username)}>
            <CopyIcon className="size-5" aria-hidden="true" />
          </IconButton>
        </p>
      )}
      {message !== null && !working && <p className="max-w-prose text-soft">{message}</p>}
      {username !== null && !working && <Acts account={account} open={setOpen} />}
      <ShowPassword account={account} open={open === 'show'} close={close} />
      <ChangePassword account={account} open={open === 'change'} close={close} />
      <OtherName account={account} open={open === 'name'} close={close} />
    </li>
  );
}

function Acts({ account, open }: { account: Account; open(what: Open): void }) {
  const { service, title, status } = account;
  const retry = useOrder('post /api/v1/accounts/:service/retry', {
    changes: ['get /api/v1/accounts'],
  });
  const run = useDo();
  const again = () => retry.mutateAsync({ param: { service }, json: {} });
  return (
    <div className="flex flex-wrap gap-3">
      {status === 'failed' && (
        <>
          <Button
            kind="primary"
            busy={retry.isPending}
            aria-label={words.retryOf(title)}
            onClick={() => said(run(again, words.retrying(title)))}
          >
            {words.retry}
          </Button>
          <Button aria-label={words.otherNameOf(title)} onClick={() => open('name')}>
            {words.otherName}
          </Button>
        </>
      )}
      {status === 'active' && (
        <Button aria-label={words.showOf(title)} onClick={() => open('show')}>
          {words.show}
        </Button>
      )}
      <Button aria-label={words.changeOf(title)} onClick={() => open('change')}>
        {words.change}
      </Button>
    </div>
  );
}
