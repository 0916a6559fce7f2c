/** A drawer about the person who is signed in: facts, history, soul, PIN, ways in. */
import {
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { memoryWords as words } from '../../memory-words.ts';
import { CloseIcon } from '../icons.tsx';
import { type DeskProps, type Note, useDesk } from './desk.ts';
import { Facts } from './facts.tsx';
import { History } from './history.tsx';
import { PinForm } from './pin.tsx';
import { SoulEditor } from './soul.tsx';
import '../../style/about.css';

const Account = lazy(() => import('./account.tsx'));

const tabs = ['facts', 'history', 'soul', 'pin', 'account'] as const;
type Tab = (typeof tabs)[number];

const pages = { facts: Facts, history: History, soul: SoulEditor, pin: PinForm, account: Account };

export default function About({ close, ...who }: DeskProps & { close(): void }) {
  const desk = useDesk(who);
  const { tell } = desk;
  const [tab, setTab] = useState<Tab>('facts');
  const dialog = useRef<HTMLDialogElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  // As a modal: Escape closes it, the focus stays inside, and returns to the button afterwards.
  useEffect(() => dialog.current?.showModal(), []);
  // What had the focus may have gone with what was done: it stays in the page.
  useEffect(() => {
    if (desk.note && document.activeElement === document.body) panel.current?.focus();
  }, [desk.note]);
  const choose = useCallback(
    (chosen: Tab) => {
      tell(undefined);
      setTab(chosen);
    },
    [tell],
  );
  const Page = pages[tab];
  return (
    <dialog
      ref={dialog}
      className="about"
      aria-labelledby={`${id}-title`}
      data-testid="about"
      onClose={close}
    >
      <header>
        <h2 id={`${id}-title`}>{words.title}</h2>
        <button
          type="button"
          className="quiet round"
          aria-label={words.close}
          onClick={() => dialog.current?.close()}
        >
          <CloseIcon />
        </button>
      </header>
      <Tabs id={id} tab={tab} choose={choose} />
      <div
        ref={panel}
        className="about-page"
        role="tabpanel"
        tabIndex={-1}
        id={`${id}-page`}
        aria-labelledby={`${id}-${tab}`}
      >
        <Suspense fallback={<p role="status">{words.loading}</p>}>
          <Page desk={desk} />
        </Suspense>
      </div>
      <Told note={desk.note} dismiss={() => tell(undefined)} />
    </dialog>
  );
}

/** Arrow keys move between the tabs, as everywhere (WAI-ARIA Authoring Practices, tabs). */
function Tabs({ id, tab, choose }: { id: string; tab: Tab; choose(tab: Tab): void }) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length] ?? 'facts';
    choose(next);
    list.current?.querySelector<HTMLElement>(`[data-tab=${next}]`)?.focus();
  };
  return (
    <div
      ref={list}
      className="about-tabs"
      role="tablist"
      aria-label={words.tabsLabel}
      onKeyDown={onKeyDown}
    >
      {tabs.map((one) => (
        <button
          key={one}
          type="button"
          role="tab"
          id={`${id}-${one}`}
          data-tab={one}
          aria-selected={one === tab}
          aria-controls={`${id}-page`}
          tabIndex={one === tab ? 0 : -1}
          onClick={() => choose(one)}
        >
          {words.tabs[one]}
        </button>
      ))}
    </div>
  );
}

/** What came of the last thing that was done; the same two places all the time, for readers. */
function Told({ note, dismiss }: { note: Note | undefined; dismiss(): void }) {
  const alert = note?.tone === 'alert';
  const undo = useRef<HTMLButtonElement>(null);
  // Whoever forgot by mistake is one key away from it.
  useEffect(() => {
    if (note?.undo) undo.current?.focus();
  }, [note]);
  return (
    <div className="told" data-tone={note?.tone} data-testid="told">
      <p role="status">{alert ? '' : note?.sentence}</p>
      <p role="alert">{alert ? note?.sentence : ''}</p>
      {note?.undo && (
        <button
          ref={undo}
          type="button"
          className="secondary"
          data-testid="undo"
          onClick={note.undo}
        >
          {words.undo}
        </button>
      )}
      {note && (
        <button type="button" className="quiet round" aria-label={words.dismiss} onClick={dismiss}>
          <CloseIcon />
        </button>
      )}
    </div>
  );
}
