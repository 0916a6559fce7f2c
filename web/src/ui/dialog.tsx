/** Dialogs: something to fill in, and a question before what cannot be taken back. */
import { AlertDialog, Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { commonWords as words } from '../words/everywhere.ts';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';

const veil = 'fixed inset-0 z-40 bg-black/50';
const sheet =
  'fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] w-full max-w-xl flex-col gap-4 ' +
  'overflow-y-auto rounded-t-3xl bg-room p-6 shadow-2xl ' +
  'sm:inset-y-0 sm:my-auto sm:h-fit sm:rounded-3xl';

/** Taking something back in a toast above a dialog does not close the dialog. */
const keepForToasts = (event: Event): void => {
  const { target } = event;
  if (target instanceof Element && target.closest('[data-toasts]')) event.preventDefault();
};

interface DialogProps {
  title: string;
  about?: string;
  open: boolean;
  close(): void;
  children: ReactNode;
}

export function Dialog({ title, about, open, close, children }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => next || close()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={veil} />
        <RadixDialog.Content
          className={sheet}
          onInteractOutside={keepForToasts}
          {...(about === undefined && { 'aria-describedby': undefined })}
        >
          <header className="flex items-start justify-between gap-4">
            <RadixDialog.Title className="text-2xl">{title}</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label={words.close}>
                <CloseIcon />
              </IconButton>
            </RadixDialog.Close>
          </header>
          {about && (
            <RadixDialog.Description className="text-soft">{about}</RadixDialog.Description>
          )}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface SureProps {
  title: string;
  about: ReactNode;
  /** What the button does: "Forget it", never "OK". */
  act: string;
  open: boolean;
  close(): void;
  /** Keeps the dialog open and its button busy until it settles; a rejection leaves it open. */
  confirm(): Promise<void>;
}

/** Asks before what cannot be taken back; Escape and "Cancel" leave all as it is. */
export function Sure({ title, about, act, open, close, confirm }: SureProps) {
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    try {
      await confirm();
      close();
    } catch {
      // Whoever asked shows what went wrong.
    } finally {
      setBusy(false);
    }
  };
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => next || close()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={veil} />
        <AlertDialog.Content className={sheet}>
          <AlertDialog.Title className="text-2xl">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="text-soft">{about}</div>
          </AlertDialog.Description>
          <div className="flex flex-wrap justify-end gap-3">
            <AlertDialog.Cancel asChild>
              <Button kind="secondary">{words.cancel}</Button>
            </AlertDialog.Cancel>
            <Button kind="danger" busy={busy} onClick={() => void go()}>
              {act}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
