/** A code for one more device: shown until that device is in. */
import { useState } from 'react';
import { useAskAgain, useOrder } from '../../app/questions.ts';
import { type HouseEvent, useHouseLine } from '../../chat/house-line.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AddIcon } from '../../ui/icons.tsx';
import { useTell } from '../../ui/toasts.tsx';
import { deviceWords as words } from '../../words/devices.ts';
import { clockText } from '../../words/moments.ts';
import { said, useDo } from '../doing.ts';
import { LinkShown, type ShownLink } from './link-shown.tsx';

export function AddDevice() {
  const [link, setLink] = useState<ShownLink>();
  const offer = useOrder('post /api/v1/auth/pairing');
  const askAgain = useAskAgain();
  const tell = useTell();
  const run = useDo();
  const close = () => {
    setLink(undefined);
    void askAgain('get /api/v1/devices');
  };
  const hear = ({ type, what }: HouseEvent) => {
    if (!link || type !== 'login-device' || what !== 'added') return;
    close();
    tell({ sentence: words.cameIn });
  };
  useHouseLine(['devices'], hear);
  const show = async () => setLink(await offer.mutateAsync({}));
  return (
    <>
      <Button data-testid="device-add" busy={offer.isPending} onClick={() => said(run(show))}>
        <AddIcon className="size-5" aria-hidden="true" />
        {words.add}
      </Button>
      <Dialog
        title={words.add}
        about={words.addHint(link ? clockText(new Date(link.expiresAt)) : '')}
        open={link !== undefined}
        close={close}
      >
        {link && <LinkShown link={link} done={close} />}
      </Dialog>
    </>
  );
}
