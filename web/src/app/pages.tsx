/** Which page stands at which address, for somebody who is signed in. */
import { QueryClientProvider } from '@tanstack/react-query';
import { Direction } from 'radix-ui';
import { lazy, type ReactNode, Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { StartMode } from '../talk/start-mode.tsx';
import { Talk } from '../talk/talk.tsx';
import { TalkBar } from '../talk/talk-bar.tsx';
import { TalkProvider } from '../talk/talk-provider.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { Loading } from '../ui/states.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { commonWords as words } from '../words/everywhere.ts';
import { OwnLanguage } from './own-language.tsx';
import { questions } from './questions.ts';
import { useIsResident } from './session.tsx';
import { Shell } from './shell.tsx';

// Talking is what Butler is for: all other pages are fetched when somebody goes there.
const History = lazy(() => import('../chat/history.tsx'));
const Me = lazy(() => import('../me/me.tsx'));
const House = lazy(() => import('../house/house.tsx'));
const Welcome = lazy(() => import('../me/welcome.tsx'));
const Room = lazy(() => import('../room/room.tsx'));

export function Pages() {
  return (
    <QueryClientProvider client={questions}>
      <Direction.Provider dir={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}>
        <Toasts>
          <OwnLanguage />
          <Suspense fallback={<Coming />}>
            <Switch>
              <Route path="/room" component={Room} />
              <Route path="/welcome" component={Welcome} />
              <Route>
                <TalkProvider>
                  <InShell />
                </TalkProvider>
              </Route>
            </Switch>
          </Suspense>
        </Toasts>
      </Direction.Provider>
    </QueryClientProvider>
  );
}

/** The conversation goes on while somebody looks at another page. */
function InShell() {
  return (
    <Shell aside={<TalkBar />}>
      <StartMode />
      <Suspense fallback={<Coming />}>
        <Switch>
          <Route path="/" component={Talk} />
          <Route path="/history" component={History} />
          <Route path="/me/:page?">{({ page }) => <Me page={page} />}</Route>
          <Route path="/house/:page?">
            {({ page }) => (
              <Residents>
                <House page={page} />
              </Residents>
            )}
          </Route>
          <Route component={Missing} />
        </Switch>
      </Suspense>
    </Shell>
  );
}

/** Some pages of the house are for every adult; which of them, the house itself says. */
function Residents({ children }: { children: ReactNode }) {
  return useIsResident() ? children : <Redirect to="/" replace />;
}

function Coming() {
  return (
    <div className="mx-auto max-w-4xl p-8">
      <Loading />
    </div>
  );
}

function Missing() {
  return (
    <Page title={words.missingTitle} about={words.missingText}>
      <div>
        <ButtonLink to="/" kind="primary">
          {words.toTalk}
        </ButtonLink>
      </div>
    </Page>
  );
}
