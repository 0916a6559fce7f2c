/** How talking begins on this page, as the person set it: by hand, at once, or at a word. */
import { lazy, Suspense, useEffect } from 'react';
import { useAnswer } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { useConversation } from './talk-provider.tsx';

// The ear brings the recogniser of the word with it: only who uses it loads it.
const AppEar = lazy(() => import('./app-ear.tsx'));

/** What the person set about their doors. */
export function useOwnDoors() {
  const { user } = useSession();
  return useAnswer('get /api/v1/users/:id/doors', { param: { id: user.id } });
}

export function StartMode() {
  const conversation = useConversation();
  const doors = useOwnDoors().data?.doors;
  const mode = doors?.startMode;
  useEffect(() => {
    if (mode === 'app_open') void conversation.calls.atOnce();
  }, [mode, conversation]);
  if (mode !== 'wake_word') return null;
  return (
    <Suspense>
      <AppEar own={doors?.wakeWord ?? null} />
    </Suspense>
  );
}
