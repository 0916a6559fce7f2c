/** Deleting oneself: asked for once more, typed out, and proven by password. */
import { useState } from 'react';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Section } from '../../ui/page.tsx';
import { privacyWords as words } from '../../words/privacy.ts';
import { PurgeForm } from './purge-form.tsx';

export function Purge() {
  const { user } = useSession();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const isChild = user.role === 'child';
  return (
    <Section title={words.purge} about={isChild ? words.purgeChild : words.purgeHint}>
      {!isChild && (
        <div>
          <Button kind="danger" data-testid="purge" onClick={() => setOpen(true)}>
            {words.purgeStart}
          </Button>
        </div>
      )}
      <Dialog title={words.purgeTitle} about={words.purgeAbout} open={open} close={close}>
        <PurgeForm close={close} />
      </Dialog>
    </Section>
  );
}
