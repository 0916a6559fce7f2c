/** Asks before somebody leaves a page on which something is not saved yet. */
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { Sure } from '../../ui/dialog.tsx';
import { soulWords as words } from '../../words/soul.ts';

interface LeaveGuardProps {
  unsaved: boolean;
  /** Before the person goes all the same. */
  leaving(): void;
}

export function LeaveGuard({ unsaved, leaving }: LeaveGuardProps) {
  const [, navigate] = useLocation();
  const [to, setTo] = useState<string>();
  useEffect(() => {
    if (!unsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const path = pathOf(event);
      if (path === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      setTo(path);
    };
    window.addEventListener('beforeunload', onUnload);
    // Before the link itself sees it.
    document.addEventListener('click', onClick, { capture: true });
    return () => {
      window.removeEventListener('beforeunload', onUnload);
      document.removeEventListener('click', onClick, { capture: true });
    };
  }, [unsaved]);
  const confirm = async () => {
    leaving();
    navigate(to ?? '/');
  };
  return (
    <Sure
      title={words.leaveTitle}
      about={words.leaveText}
      act={words.leave}
      open={to !== undefined}
      close={() => setTo(undefined)}
      confirm={confirm}
    />
  );
}

/** Where a click leads within the app; undefined: nowhere, or to a tab of its own. */
function pathOf(event: MouseEvent): string | undefined {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target === '_blank' || link.hash) return undefined;
  return link.origin === location.origin ? link.pathname + link.search : undefined;
}
