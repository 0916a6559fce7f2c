/** Which page a person sees: what a link brought, welcome, sign in, or the house. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { logOut, type SignedIn } from './api/api.ts';
import { useHealth } from './api/health.ts';
import { rememberedSignIn, rememberSignIn } from './api/sign-in.ts';
import { HouseStateProvider } from './app/house-state.tsx';
import { Pages } from './app/pages.tsx';
import { SessionProvider } from './app/session.tsx';
import { type Arrival, takeArrival } from './entrance/arrival.ts';
import { Entrance } from './entrance/entrance.tsx';
import { Waiting } from './entrance/porch.tsx';
import { entranceWords as words } from './words/entrance.ts';

const ArrivalPage = lazy(() => import('./entrance/arrival.tsx'));

// At once, and once: before anything else sees the address.
const arrived = takeArrival(window);

export function App() {
  const house = useHealth();
  const { health, away, refresh } = house;
  const [arrival, setArrival] = useArrival();
  const { session, farewell, enter } = useSignIn(refresh);
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
  if (session) {
    return (
      <SessionProvider key={session.token} session={session}>
        <HouseStateProvider state={house}>
          <Pages />
        </HouseStateProvider>
      </SessionProvider>
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
  const session = useMemo(() => {
    if (!signedIn) return undefined;
    const signOut = () => {
      void logOut(signedIn.token);
      leave();
    };
    return { ...signedIn, signOut, signedOut: () => leave(words.signedOut) };
  }, [signedIn, leave]);
  return { session, farewell, enter };
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
