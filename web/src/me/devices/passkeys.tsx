/** One's passkeys: seen, added on this device, named, removed. */
import { type SubmitEvent, useState } from 'react';
import { useAnswer, useAskAgain, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { loadPasskeys, passkeysHere } from '../../entrance/passkey-support.ts';
import type { Passkey } from '../../entrance/passkeys.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog, Sure } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { DeleteIcon, EditIcon } from '../../ui/icons.tsx';
import { Rows, Section } from '../../ui/page.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { commonWords } from '../../words/everywhere.ts';
import { agoText, dateText } from '../../words/moments.ts';
import { said, useDo } from '../doing.ts';

const list = 'get /api/v1/auth/passkeys';

export function Passkeys() {
  const passkeys = useAnswer(list, {});
  return (
    <Section title={words.passkeys} about={words.passkeysHint}>
      <Answered of={passkeys} rows={1}>
        {({ passkeys: rows }) =>
          rows.length === 0 ? (
            <Empty title={words.noPasskeys}>{words.noPasskeysHint}</Empty>
          ) : (
            <Rows label={words.passkeys}>
              {rows.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} />
              ))}
            </Rows>
          )
        }
      </Answered>
      {passkeysHere() ? <AddPasskey /> : <p className="text-soft">{words.passkeysNotHere}</p>}
    </Section>
  );
}

function AddPasskey() {
  const { token } = useSession();
  const [busy, setBusy] = useState(false);
  const askAgain = useAskAgain();
  const run = useDo();
  const add = async (form: HTMLFormElement) => {
    const name = String(new FormData(form).get('name')).trim();
    setBusy(true);
    const work = async () => {
      const { addPasskey } = await loadPasskeys();
      const added = await addPasskey(token, name);
      await askAgain(list);
      if (added === 'known') return words.knownHere;
      if (!added) return words.notAdded;
      form.reset();
      return words.added(added.name);
    };
    await run(work).finally(() => setBusy(false));
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    said(add(event.currentTarget));
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <div className="grow">
        <TextField
          name="name"
          label={words.passkeyName}
          placeholder={words.passkeyExample}
          autoComplete="off"
          maxLength={80}
          required
        />
      </div>
      <Button type="submit" busy={busy} data-testid="passkey-add">
        {words.addPasskey}
      </Button>
    </form>
  );
}

function PasskeyRow({ passkey }: { passkey: Passkey }) {
  const { id, name, host, createdAt, lastUsedAt } = passkey;
  const [open, setOpen] = useState<'rename' | 'remove'>();
  const close = () => setOpen(undefined);
  const remove = useOrder('delete /api/v1/auth/passkeys/:id', { changes: [list] });
  const run = useDo();
  const now = new Date();
  const facts = [
    words.under(host),
    words.made(dateText(new Date(createdAt), now)),
    lastUsedAt === null ? words.neverUsed : words.used(agoText(new Date(lastUsedAt), now)),
  ];
  const confirm = () => run(() => remove.mutateAsync({ param: { id } }), words.removed(name));
  return (
    <li data-testid="passkey" className="flex items-center justify-between gap-3 py-3">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      <div className="flex shrink-0">
        <IconButton label={words.renameOf(name)} onClick={() => setOpen('rename')}>
          <EditIcon className="size-5" aria-hidden="true" />
        </IconButton>
        <IconButton label={words.removeOf(name)} onClick={() => setOpen('remove')}>
          <DeleteIcon className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
      <Dialog title={words.renameTitle} open={open === 'rename'} close={close}>
        <RenameForm id={id} name={name} close={close} />
      </Dialog>
      <Sure
        title={words.removeTitle(name)}
        about={words.removeAbout}
        act={words.remove}
        open={open === 'remove'}
        close={close}
        confirm={confirm}
      />
    </li>
  );
}

function RenameForm({ id, name, close }: { id: string; name: string; close(): void }) {
  const rename = useOrder('patch /api/v1/auth/passkeys/:id', { changes: [list] });
  const run = useDo();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = String(new FormData(event.currentTarget).get('name')).trim();
    const order = { param: { id }, json: { name: wanted } };
    said(run(() => rename.mutateAsync(order), words.renamed(wanted)).then(close));
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <TextField
        name="name"
        label={words.name}
        defaultValue={name}
        autoComplete="off"
        maxLength={80}
        required
      />
      <div className="flex justify-end gap-3">
        <Button onClick={close}>{commonWords.cancel}</Button>
        <Button type="submit" kind="primary" busy={rename.isPending}>
          {commonWords.save}
        </Button>
      </div>
    </form>
  );
}
