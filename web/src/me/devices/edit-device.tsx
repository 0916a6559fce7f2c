/** A device gets a name, a kind, and the room in which it stands. */
import { type SubmitEvent, useId } from 'react';
import { useOrder } from '../../app/questions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice, TextField } from '../../ui/field.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { commonWords } from '../../words/everywhere.ts';
import { said, useDo } from '../doing.ts';
import type { Device } from './own-devices.tsx';

const types = Object.keys(words.types) as Device['type'][];

interface EditProps {
  device: Device;
  open: boolean;
  close(): void;
}

export function EditDevice({ device, open, close }: EditProps) {
  return (
    <Dialog title={words.editTitle} open={open} close={close}>
      <EditForm device={device} close={close} />
    </Dialog>
  );
}

function EditForm({ device, close }: Omit<EditProps, 'open'>) {
  const changes = ['get /api/v1/devices'] as const;
  const change = useOrder('patch /api/v1/devices/:id', { changes });
  const run = useDo();
  const form = useId();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entered = new FormData(event.currentTarget);
    const room = String(entered.get('room')).trim();
    const json = {
      name: String(entered.get('name')).trim(),
      type: entered.get('type') as Device['type'],
      location: room === '' ? null : room,
    };
    const work = run(
      () => change.mutateAsync({ param: { id: device.id }, json }),
      words.changed(json.name),
    );
    said(work.then(close));
  };
  return (
    <form id={form} onSubmit={submit} className="grid gap-4">
      <TextField
        name="name"
        label={words.name}
        defaultValue={device.name}
        maxLength={80}
        autoComplete="off"
        required
      />
      <Choice
        name="type"
        label={words.type}
        defaultValue={device.type}
        options={types.map((value) => ({ value, name: words.types[value] }))}
      />
      <TextField
        name="room"
        label={words.room}
        hint={words.roomHint}
        defaultValue={device.location ?? ''}
        maxLength={80}
        autoComplete="off"
      />
      <div className="flex justify-end gap-3">
        <Button onClick={close}>{commonWords.cancel}</Button>
        <Button type="submit" kind="primary" busy={change.isPending}>
          {commonWords.save}
        </Button>
      </div>
    </form>
  );
}
