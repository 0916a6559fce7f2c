/** Which page a person sees: welcome, sign in, or talk. */
import { useCallback, useState } from 'react';
import type { SignedIn } from './api.ts';
import { useHealth } from './health.ts';
import { Entrance, Waiting } from './pages/entrance.tsx';
import { Talk } from './pages/talk.tsx';
import { rememberedSignIn, rememberSignIn } from './sign-in.ts';
import { words } from './words.ts';

export function App() {
  const [signedIn, setSignedIn] = useState(rememberedSignIn);
  const [farewell, setFarewell] = useState('');
  const { health, away, refresh } = useHealth();

  const enter = useCallback(
    (person: SignedIn) => {
      rememberSignIn(person);
      setSignedIn(person);
      refresh();
    },
    [refresh],
  );
  const leave = useCallback(
    (reason = '') => {
      rememberSignIn(undefined);
      setFarewell(reason);
      setSignedIn(undefined);
      refresh();
    },
    [refresh],
  );
  const signOut = useCallback(() => leave(), [leave]);
  const signedOut = useCallback(() => leave(words.signedOut), [leave]);

  if (signedIn) {
    return (
      <Talk
        key={signedIn.token}
        signedIn={signedIn}
        parts={health?.parts ?? []}
        signOut={signOut}
        signedOut={signedOut}
        refreshHealth={refresh}
      />
    );
  }
  if (!health) return <Waiting sentence={away} />;
  const purpose = health.setupNeeded ? 'welcome' : 'login';
  return (
    <Entrance
      key={purpose}
      purpose={purpose}
      parts={health.parts}
      problem={away ?? farewell}
      enter={enter}
      refreshHealth={refresh}
    />
  );
}
