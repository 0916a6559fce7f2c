/** The pages about the person who is signed in. */
import { lazy, Suspense } from 'react';
import { Loading } from '../ui/states.tsx';
import { Subpages } from '../ui/subpages.tsx';
import { mePagesWords as words } from '../words/me-pages.ts';

const Profile = lazy(() => import('./profile.tsx'));
const Soul = lazy(() => import('./soul.tsx'));
const Memory = lazy(() => import('./memory.tsx'));
const Accounts = lazy(() => import('./accounts.tsx'));
const Devices = lazy(() => import('./devices.tsx'));
const Notifications = lazy(() => import('./notifications.tsx'));
const Privacy = lazy(() => import('./privacy.tsx'));

const pages = {
  profile: Profile,
  soul: Soul,
  memory: Memory,
  accounts: Accounts,
  devices: Devices,
  notifications: Notifications,
  privacy: Privacy,
};
type PageId = keyof typeof pages;
const ids = Object.keys(pages) as PageId[];

export default function Me({ page }: { page: string | undefined }) {
  const here = ids.find((id) => id === page) ?? 'profile';
  const Shown = pages[here];
  return (
    <Subpages
      base="/me"
      label={words.label}
      pages={ids.map((id) => ({ id, name: words.pages[id] }))}
      here={here}
    >
      <Suspense fallback={<Loading />}>
        <Shown />
      </Suspense>
    </Subpages>
  );
}
