/** The conversation of this sign-in: it lives above the pages and goes on behind them. */
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { useSession } from '../app/session.tsx';
import { watchSleep } from '../voice/sleep.ts';
import { Conversation } from './conversation.ts';
import type { View } from './view.ts';

const Current = createContext<Conversation | undefined>(undefined);

export function TalkProvider({ children }: { children: ReactNode }) {
  const { token, signedOut } = useSession();
  const [conversation] = useState(() => new Conversation({ token, signedOut }));
  useEffect(() => {
    conversation.open();
    const unwatch = watchSleep(conversation.wake);
    window.addEventListener('pointerdown', conversation.touched, { passive: true });
    window.addEventListener('keydown', conversation.touched);
    return () => {
      unwatch();
      window.removeEventListener('pointerdown', conversation.touched);
      window.removeEventListener('keydown', conversation.touched);
      conversation.close();
    };
  }, [conversation]);
  return (
    <Current value={conversation}>
      {children}
      <Voice conversation={conversation} />
    </Current>
  );
}

/** What has to stand on the page for Butler's voice to be heard, whichever page it is. */
function Voice({ conversation }: { conversation: Conversation }) {
  return useSyncExternalStore(conversation.view.watch, () => conversation.view.get().element);
}

export function useConversation(): Conversation {
  const conversation = useContext(Current);
  if (!conversation) throw new Error('useConversation stands outside of a TalkProvider.');
  return conversation;
}

export function useTalkView(): View {
  const { view } = useConversation();
  return useSyncExternalStore(view.watch, view.get);
}
