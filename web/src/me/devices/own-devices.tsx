/** One's devices: named, placed in a room, revoked, and a code for one more. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { useSession } from '../../app/session.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Sure } from '../../ui/dialog.tsx';
import { DeleteIcon, EditIcon } from '../../ui/icons.tsx';
import { Badge, Rows, Section } from '../../ui/page.tsx';
import { Answered } from '../../ui/states.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { agoText } from '../../words/moments.ts';
import { useDo } from '../doing.ts';
import { AddDevice } from './add-device.tsx';
import { EditDevice } from './edit-device.tsx';

export type Device = AnswerOf<'get /api/v1/devices'>['devices'][number];

const list = 'get /api/v1/devices';

export function OwnDevices() {
  const devices = useAnswer(list, {});
  const { signOut } = useSession();
  return (
    <Section title={words.devices} about={words.devicesHint} actions={<AddDevice />}>
      <Answered of={devices}>
        {({ devices: rows }) => (
          <Rows label={words.devices}>
            {rows.map((device) => (
              <DeviceRow key={device.id} device={device} />
            ))}
          </Rows>
        )}
      </Answered>
      <div className="flex flex-wrap gap-3">
        <Button onClick={signOut} data-testid="sign-out">
          {words.signOut}
        </Button>
        <Everywhere />
      </div>
    </Section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { id, name, type, location, isThis, lastSeenAt } = device;
  const [open, setOpen] = useState<'edit' | 'revoke'>();
  const close = () => setOpen(undefined);
  const revoke = useOrder('delete /api/v1/devices/:id', { changes: [list] });
  const run = useDo();
  const facts = [
    words.types[type],
    ...(location === null ? [] : [words.inRoom(location)]),
    ...(isThis ? [] : [words.seen(agoText(new Date(lastSeenAt), new Date()))]),
  ];
  return (
    <li data-testid="device" className="flex items-center justify-between gap-3 py-3">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {name}
          {isThis && <Badge tone="good">{words.thisDevice}</Badge>}
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      <div className="flex shrink-0">
        <IconButton label={words.editOf(name)} onClick={() => setOpen('edit')}>
          <EditIcon className="size-5" aria-hidden="true" />
        </IconButton>
        {!isThis && (
          <IconButton label={words.revokeOf(name)} onClick={() => setOpen('revoke')}>
            <DeleteIcon className="size-5" aria-hidden="true" />
          </IconButton>
        )}
      </div>
      <EditDevice device={device} open={open === 'edit'} close={close} />
      <Sure
        title={words.revokeTitle(name)}
        about={words.revokeAbout}
        act={words.revoke}
        open={open === 'revoke'}
        close={close}
        confirm={() => run(() => revoke.mutateAsync({ param: { id } }), words.revoked(name))}
      />
    </li>
  );
}

function Everywhere() {
  const [open, setOpen] = useState(false);
  const revoke = useOrder('post /api/v1/auth/revoke-all', { changes: [list] });
  const run = useDo();
  const work = async () => words.everywhereDone((await revoke.mutateAsync({})).revoked);
  return (
    <>
      <Button kind="quiet" onClick={() => setOpen(true)}>
        {words.everywhere}
      </Button>
      <Sure
        title={words.everywhereTitle}
        about={words.everywhereAbout}
        act={words.everywhere}
        open={open}
        close={() => setOpen(false)}
        confirm={() => run(work)}
      />
    </>
  );
}
