/** Removing a person for good: named, proven with one's password, and told what was deleted. */
import { type SubmitEvent, useState } from 'react';
import type { AnswerOf } from '../api/ask.ts';
import { sentenceOf, useOrder } from '../app/questions.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { SecretField } from '../ui/secret-field.tsx';
import { Trouble } from '../ui/states.tsx';
import { commonWords } from '../words/everywhere.ts';
import { peopleWords as words } from '../words/people.ts';
import { dayOf } from './formats.ts';
import type { Member } from './people.tsx';

export type Report = AnswerOf<'delete /api/v1/users/:id'>;

interface RemoveProps {
  person: Member;
  removed(report: Report): void;
}

export function RemovePerson({ person, removed }: RemoveProps) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button kind="danger" onClick={() => setOpen(true)} data-testid="remove-person">
        {words.remove}
      </Button>
      <Dialog
        title={words.removeTitle(person.name)}
        about={words.removeText}
        open={open}
        close={() => setOpen(false)}
      >
        <RemoveForm person={person} removed={removed} cancel={() => setOpen(false)} />
      </Dialog>
    </div>
  );
}

function RemoveForm({ person, removed, cancel }: RemoveProps & { cancel(): void }) {
  const { id, name, username } = person;
  const written = username ?? name;
  const [confirm, setConfirm] = useState('');
  const order = useOrder('delete /api/v1/users/:id', {
    changes: ['get /api/v1/users', 'get /api/v1/auth/invitations'],
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const done = order.mutateAsync({ param: { id }, json: { confirm, password } });
    // Their row is gone by then, and this form with it. What went wrong stands in `order.error`.
    void done.then(removed, () => undefined);
  };
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <TextField
        label={words.confirm(written)}
        name="confirm"
        value={confirm}
        autoComplete="off"
        autoCapitalize="none"
        onChange={({ target }) => setConfirm(target.value)}
        required
      />
      <SecretField
        label={words.ownPassword}
        name="password"
        autoComplete="current-password"
        required
      />
      {order.error && <Trouble sentence={sentenceOf(order.error, commonWords.failed)} />}
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={cancel}>{commonWords.cancel}</Button>
        <Button
          kind="danger"
          type="submit"
          busy={order.isPending}
          disabled={confirm.trim().toLowerCase() !== written.toLowerCase()}
        >
          {words.removeAct}
        </Button>
      </div>
    </form>
  );
}

interface RemovedProps {
  name: string;
  report: Report;
  close(): void;
}

/** What was deleted, and what a search afterwards found. */
export function Removed({ name, report, close }: RemovedProps) {
  const { rows, other, remaining, where, notReclaimed, accounts, backupsUntil } = report;
  const deleted = [...Object.values(rows), ...Object.values(other)].reduce((a, b) => a + b, 0);
  const left = [
    ...where.map((one) => `${one.where}: ${one.count}`),
    ...accounts.filter(({ ok }) => !ok).map(({ service, sentence }) => `${service}: ${sentence}`),
    ...notReclaimed,
  ];
  return (
    <Dialog title={words.removed(name)} open close={close}>
      <div className="grid gap-2" data-testid="removed">
        <p>{words.rows(deleted)}</p>
        <p>{words.proof(remaining)}</p>
        <p>{words.backups(dayOf(backupsUntil))}</p>
        {left.length > 0 && (
          <ul lang="en" className="list-disc ps-5 text-sm">
            {left.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </div>
      <div className="flex justify-end">
        <Button kind="primary" onClick={close}>
          {words.done}
        </Button>
      </div>
    </Dialog>
  );
}
