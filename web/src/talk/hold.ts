/** Holding a button by finger, mouse, space bar, Enter, or a screen reader's click. */
import { type MouseEvent, type PointerEvent, useEffect, useRef } from 'react';

type HeldBy = 'pointer' | 'key' | 'click';

interface HoldHandlers {
  onPointerDown(event: PointerEvent<HTMLButtonElement>): void;
  onPointerUp(): void;
  onPointerCancel(): void;
  onLostPointerCapture(): void;
  onClick(event: MouseEvent): void;
  onContextMenu(event: MouseEvent): void;
}

export function useHold(
  button: React.RefObject<HTMLButtonElement | null>,
  { press, release }: { press(at: number): void; release(): void },
): HoldHandlers {
  const held = useRef<HeldBy | undefined>(undefined);
  const begin = (by: HeldBy, at: number) => {
    if (held.current) return;
    held.current = by;
    press(at);
  };
  const end = (by?: HeldBy) => {
    if (!held.current || (by && held.current !== by)) return;
    held.current = undefined;
    release();
  };
  useKeys(button, begin, end);
  return {
    onPointerDown: (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      // The finger may slide off the button; the release still belongs to it.
      event.currentTarget.setPointerCapture(event.pointerId);
      begin('pointer', event.timeStamp);
    },
    onPointerUp: () => end('pointer'),
    onPointerCancel: () => end('pointer'),
    onLostPointerCapture: () => end('pointer'),
    onClick: (event) => {
      // A screen reader clicks without pointer or key: first click begins, second ends.
      if (event.detail !== 0) return;
      if (held.current === 'click') end('click');
      else begin('click', event.timeStamp);
    },
    onContextMenu: (event) => event.preventDefault(),
  };
}

function useKeys(
  button: React.RefObject<HTMLButtonElement | null>,
  begin: (by: HeldBy, at: number) => void,
  end: (by?: HeldBy) => void,
): void {
  const current = useRef({ begin, end });
  useEffect(() => {
    current.current = { begin, end };
  });
  useEffect(() => {
    const isOurs = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return false;
      const onButton = event.target === button.current;
      return onButton
        ? event.key === ' ' || event.key === 'Enter'
        : event.key === ' ' && !usesSpace(event.target);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isOurs(event)) return;
      event.preventDefault();
      if (!event.repeat) current.current.begin('key', event.timeStamp);
    };
    const onKeyUp = (event: KeyboardEvent) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      if (event.target === button.current) event.preventDefault();
      current.current.end('key');
    };
    const onAway = () => current.current.end();
    const onHidden = () => document.hidden && onAway();
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', onAway);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', onAway);
      document.removeEventListener('visibilitychange', onHidden);
      onAway();
    };
  }, [button]);
}

function usesSpace(target: EventTarget | null): boolean {
  // Who reads in a drawer scrolls with it.
  if (document.querySelector('[role=dialog], [role=alertdialog]') !== null) return true;
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, button, a, summary, [contenteditable]') !== null
  );
}
