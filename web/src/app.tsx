/** Which page a person sees: welcome, sign in, or talk. */
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { logOut, type SignedIn } from './api.ts';
import { type Arrival, takeArrival } from './arrival.ts';
import { useHealth } from './health.ts';
import { Entrance, Waiting } from './pages/entrance.tsx';
import { Talk } from './pages/talk.tsx';
import { rememberedSignIn, rememberSignIn } from './sign-in.ts';
import { words } from './words.ts';

const ArrivalPage = lazy(() => import('./pages/arrival.tsx'));

// At once, and once: before anything else sees the address.
const arrived = takeArrival(window);

export function App() {
  const { health, away, refresh } = useHealth();
  const [arrival, setArrival] = useArrival();
  const { signedIn, farewell, enter, signOut, signedOut } = useSignIn(refresh);

  if (arrival) {
    return (
      <Suspense fallback={<Waiting sentence={undefined} />}>
        <ArrivalPage
          key={arrival.secret}
          arrival={arrival}
          enter={(person) => {
            enter(person);
            setArrival(undefined);
          }}
          decline={() => setArrival(undefined)}
        />
      </Suspense>
    );
  }
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

/** Who is signed in here, and how that changes. */
function useSignIn(refresh: () => void) {
  const [signedIn, setSignedIn] = useState(rememberedSignIn);
  const [farewell, setFarewell] = useState('');
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
  const token = signedIn?.token;
  const signOut = useCallback(() => {
    if (token !== undefined) void logOut(token);
    leave();
  }, [leave, token]);
  const signedOut = useCallback(() => leave(words.signedOut), [leave]);
  return { signedIn, farewell, enter, signOut, signedOut };
}

/** What a link brought, also one that is opened while the page is there. */
function useArrival() {
  const [arrival, setArrival] = useState<Arrival | undefined>(arrived);
  useEffect(() => {
    const look = () => setArrival((before) => takeArrival(window) ?? before);
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return [arrival, setArrival] as const;
}
