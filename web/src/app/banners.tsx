/** Lines above the page: the house is away, a new version is ready, Butler can be installed. */

import { useRegisterSW } from 'virtual:pwa-register/react';
import { type ReactNode, useEffect, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { appWords as words } from '../words/app.ts';
import { useHouseState } from './house-state.tsx';
import { install, notNow, useInstallWay } from './installing.ts';

/** A page that stays open for weeks asks this often for a new version. */
const lookEveryMs = 3_600_000;

export function Banners() {
  return (
    <>
      <Away />
      <Update />
      <Install />
    </>
  );
}

interface BannerProps {
  name: string;
  tone?: 'plain' | 'alert';
  children: ReactNode;
  actions?: ReactNode;
}

function Banner({ name, tone = 'plain', children, actions }: BannerProps) {
  const colours = tone === 'alert' ? 'bg-alert-room text-alert' : 'bg-tint text-ink';
  return (
    <div
      data-testid={`banner-${name}`}
      className={`flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2 ${colours}`}
    >
      <p role="status">{children}</p>
      {actions && <div className="flex gap-2">{actions}</div>}
    </div>
  );
}

function Away() {
  const { away } = useHouseState();
  const online = useOnline();
  if (!online) {
    return (
      <Banner name="away" tone="alert">
        {words.deviceOffline}
      </Banner>
    );
  }
  if (away === undefined) return null;
  return (
    <Banner name="away" tone="alert">
      {words.away}
    </Banner>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine);
  const { refresh } = useHouseState();
  useEffect(() => {
    const look = () => {
      setOnline(navigator.onLine);
      refresh();
    };
    window.addEventListener('online', look);
    window.addEventListener('offline', look);
    return () => {
      window.removeEventListener('online', look);
      window.removeEventListener('offline', look);
    };
  }, [refresh]);
  return online;
}

/** The person says when: a page that loads itself anew in the middle of a sentence loses it. */
function Update() {
  const {
    needRefresh: [ready],
    updateServiceWorker,
  } = useRegisterSW({
    onRegisteredSW: (_, registration) => {
      if (!registration) return;
      // Where the house cannot be asked now, it is asked an hour later.
      setInterval(() => void registration.update().catch(() => undefined), lookEveryMs);
    },
  });
  if (!ready) return null;
  return (
    <Banner
      name="update"
      actions={
        <Button kind="primary" onClick={() => void updateServiceWorker(true)}>
          {words.update}
        </Button>
      }
    >
      {words.updateText}
    </Banner>
  );
}

function Install() {
  const way = useInstallWay();
  if (!way) return null;
  return (
    <Banner
      name="install"
      actions={
        <>
          {way === 'button' && (
            <Button kind="primary" onClick={() => void install()}>
              {words.install}
            </Button>
          )}
          <Button kind="quiet" onClick={notNow}>
            {words.notNow}
          </Button>
        </>
      }
    >
      <span className="font-medium">{words.installTitle}.</span>{' '}
      {way === 'button' ? words.installText : words.installOnApple}
    </Banner>
  );
}
