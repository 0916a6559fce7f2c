/** Short words about what was just done, with a way back where there is one. */
import { Toast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { commonWords as words } from '../words/everywhere.ts';
import { Button, IconButton } from './button.tsx';
import { CloseIcon } from './icons.tsx';

export interface Told {
  sentence: string;
  /** An alert interrupts a screen reader; default: information. */
  tone?: 'alert' | 'information';
  /** Taking back what was done, as a button. */
  undo?: () => void;
}

const Tell = createContext<((told: Told) => void) | undefined>(undefined);
// Above dialogs, and to be clicked there: what was just done in one can be taken back in it. Where
// dialogs have no buttons: at the top of a phone, in the corner of a larger screen.
const place =
  'pointer-events-auto fixed inset-x-0 top-0 z-[60] mx-auto grid w-full max-w-md gap-2 p-3 ' +
  'outline-none empty:hidden sm:start-auto sm:end-2 sm:top-auto sm:bottom-2 sm:max-w-sm';
const shownForMs = 8_000;
const shownMax = 3;

/** Says a sentence on whatever page the person is then. */
export function useTell(): (told: Told) => void {
  const tell = useContext(Tell);
  if (!tell) throw new Error('useTell stands outside of <Toasts>.');
  return tell;
}

export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly (Told & { key: number })[]>([]);
  const tell = useCallback((told: Told) => {
    setShown((before) => {
      const key = (before.at(-1)?.key ?? 0) + 1;
      return [...before, { ...told, key }].slice(-shownMax);
    });
  }, []);
  const drop = useCallback(
    (key: number) => setShown((before) => before.filter((one) => one.key !== key)),
    [],
  );
  const list = useMemo(
    () => shown.map((told) => <OneToast key={told.key} told={told} drop={() => drop(told.key)} />),
    [shown, drop],
  );
  return (
    <Tell value={tell}>
      <Toast.Provider duration={shownForMs} label={words.notice}>
        {children}
        {list}
        <Toast.Viewport data-toasts="" className={place} />
      </Toast.Provider>
    </Tell>
  );
}

function OneToast({ told, drop }: { told: Told; drop(): void }) {
  const alert = told.tone === 'alert';
  return (
    <Toast.Root
      type={alert ? 'foreground' : 'background'}
      onOpenChange={(open) => open || drop()}
      data-testid="told"
      className={`flex items-center gap-2 rounded-2xl border p-3 shadow-lg ${
        alert ? 'border-alert bg-alert-room text-alert' : 'border-rule-strong bg-raised text-ink'
      }`}
    >
      <Toast.Description className="grow ps-2">{told.sentence}</Toast.Description>
      {told.undo && (
        <Toast.Action altText={words.undo} asChild>
          <Button kind="quiet" data-testid="undo" onClick={told.undo}>
            {words.undo}
          </Button>
        </Toast.Action>
      )}
      <Toast.Close asChild>
        <IconButton label={words.dismiss}>
          <CloseIcon />
        </IconButton>
      </Toast.Close>
    </Toast.Root>
  );
}
