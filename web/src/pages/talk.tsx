/** The talk page: the conversation on one side, the door with its bell on the other. */
import {
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Part, SignedIn } from '../api.ts';
import { Conversation } from '../conversation.ts';
import { type ShownState, shownState, type View } from '../view.ts';
import { words } from '../words.ts';
import { Bell } from './bell.tsx';
import { Composer } from './composer.tsx';
import { HouseNotes } from './house-notes.tsx';
import { BellMark, EarIcon, LeaveIcon, StopIcon } from './icons.tsx';
import { Notices } from './notices.tsx';
import { Transcript } from './transcript.tsx';

// Few people look at it: only they load it.
const Turns = lazy(() => import('./turns.tsx'));
const About = lazy(() => import('./about/about.tsx'));

interface TalkProps {
  signedIn: SignedIn;
  parts: readonly Part[];
  signOut(): void;
  signedOut(): void;
  refreshHealth(): void;
}

export function Talk({ signedIn, parts, signOut, signedOut, refreshHealth }: TalkProps) {
  const conversation = useConversation(signedIn.token, signedOut);
  const view = useSyncExternalStore(conversation.view.watch, conversation.view.get);
  const greeting = useMemo(
    () => words.greeting(new Date().getHours(), signedIn.user.name),
    [signedIn.user.name],
  );
  // What changed the connection has often changed the house too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again at every change of link.
  useEffect(refreshHealth, [view.link, refreshHealth]);

  return (
    <div className="talk">
      <header>
        <p className="wordmark">
          <BellMark />
          {words.butler}
        </p>
        <Connection view={view} />
        <Drawer name="about" label={words.about}>
          {(close) => <About {...signedIn} signedOut={signedOut} close={close} />}
        </Drawer>
        <Drawer name="turns" label={words.turns}>
          {(close) => <Turns token={signedIn.token} close={close} />}
        </Drawer>
        <button type="button" className="quiet" onClick={signOut}>
          <LeaveIcon />
          <span className="wide-only">{words.logOut}</span>
        </button>
      </header>
      <main>
        <div className="room">
          <HouseNotes parts={parts} />
          <Transcript lines={view.lines.list} greeting={greeting} />
          <Notices notices={view.notices} act={conversation.act} dismiss={conversation.dismiss} />
          <Composer send={conversation.send} />
        </div>
        <Door view={view} conversation={conversation} />
      </main>
      {view.element}
    </div>
  );
}

interface DrawerProps {
  name: string;
  label: string;
  children(close: () => void): ReactNode;
}

/** A button of the header and the drawer it opens. */
function Drawer({ name, label, children }: DrawerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="quiet"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid={`${name}-open`}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      {open && <Suspense fallback={null}>{children(() => setOpen(false))}</Suspense>}
    </>
  );
}

function Door({ view, conversation }: { view: View; conversation: Conversation }) {
  const state = shownState(view);
  const talking = view.talk === 'hold' || view.talk === 'open';
  const open = view.talk === 'open';
  const stoppable = state === 'speaking' || state === 'thinking';
  return (
    <section className="door" aria-label={words.talkArea}>
      <p className="state" role="status" data-testid="state" data-state={state}>
        {words.states[state]}
      </p>
      <div className="door-row">
        <button
          type="button"
          className="side"
          data-testid="tap"
          aria-pressed={open}
          onClick={conversation.toggle}
        >
          <EarIcon />
          {open ? words.tapOn : words.tap}
        </button>
        <Bell
          state={state}
          talking={talking}
          holding={view.talk === 'hold'}
          press={conversation.press}
          release={conversation.release}
          levels={conversation.levels}
        />
        {stoppable ? (
          <button type="button" className="side" data-testid="stop" onClick={conversation.stop}>
            <StopIcon />
            {words.stop}
          </button>
        ) : (
          <span className="side-empty" />
        )}
      </div>
      <p className="door-hint" id="bell-hint">
        {hint(state, view)}
      </p>
    </section>
  );
}

function hint(state: ShownState, view: View): string {
  if (view.talk === 'hold') return words.releaseHint;
  if (view.talk === 'open') return words.openHint;
  if (state === 'opening') return words.allowHint;
  if (view.link !== 'connected') return words.offHints[view.link];
  return matchMedia('(pointer: coarse)').matches ? words.holdTouchHint : words.holdHint;
}

function Connection({ view }: { view: View }) {
  return (
    <p
      className="connection"
      data-testid="connection"
      data-state={view.link}
      data-transport={view.transport}
    >
      <span className="lamp" aria-hidden="true" />
      <span className="connection-word">{words.links[view.link]}</span>
    </p>
  );
}

function useConversation(token: string, signedOut: () => void): Conversation {
  const [conversation] = useState(() => new Conversation({ token, signedOut }));
  useEffect(() => {
    conversation.open();
    const onVisible = () => document.hidden || conversation.wake();
    window.addEventListener('online', conversation.wake);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', conversation.wake);
      document.removeEventListener('visibilitychange', onVisible);
      conversation.close();
    };
  }, [conversation]);
  return conversation;
}
