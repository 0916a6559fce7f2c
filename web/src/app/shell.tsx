/** What stands around every page of somebody who is signed in: the way from one to another. */
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { HistoryIcon, HouseIcon, MicrophoneIcon, PersonIcon } from '../ui/icons.tsx';
import { commonWords as words } from '../words/everywhere.ts';
import { Banners } from './banners.tsx';
import { BellMark } from './bell-mark.tsx';
import { NoticeLink } from './notice-link.tsx';
import { useIsResident } from './session.tsx';

interface Place {
  path: string;
  name: string;
  Icon: typeof HouseIcon;
}

const everybody: readonly Place[] = [
  { path: '/', name: words.talk, Icon: MicrophoneIcon },
  { path: '/history', name: words.history, Icon: HistoryIcon },
  { path: '/me', name: words.you, Icon: PersonIcon },
];
const residents: readonly Place[] = [{ path: '/house', name: words.house, Icon: HouseIcon }];

/** @param aside stands below every page, such as a conversation that goes on. */
export function Shell({ aside, children }: { aside?: ReactNode; children: ReactNode }) {
  const places = useIsResident() ? [...everybody, ...residents] : everybody;
  return (
    <div className="flex h-dvh flex-col-reverse md:flex-row">
      <a
        href="#page"
        className={
          'fixed start-2 top-2 z-50 -translate-y-24 rounded-full bg-raised px-4 py-2 ' +
          'focus:translate-y-0'
        }
      >
        {words.skip}
      </a>
      <nav
        aria-label={words.pages}
        className={
          'flex shrink-0 items-center gap-1 border-t border-rule bg-raised px-2 ' +
          'pb-[env(safe-area-inset-bottom)] md:w-52 md:flex-col md:items-stretch ' +
          'md:border-t-0 md:border-e md:p-4'
        }
      >
        <p className="hidden items-center gap-2 px-3 pb-4 font-serif text-2xl md:flex">
          <BellMark />
          {words.butler}
        </p>
        {places.map((place) => (
          <PlaceLink key={place.path} {...place} />
        ))}
        <NoticeLink />
      </nav>
      <div className="flex min-h-0 min-w-0 grow flex-col">
        <Banners />
        <main
          id="page"
          tabIndex={-1}
          // The hidden inputs of switches stand absolutely: in here, or the document grows.
          className="relative min-h-0 grow overflow-y-auto outline-none"
        >
          {children}
        </main>
        {aside}
      </div>
    </div>
  );
}

function PlaceLink({ path, name, Icon }: Place) {
  const [location] = useLocation();
  const here = path === '/' ? location === '/' : location.startsWith(path);
  return (
    <Link
      href={path}
      aria-current={here ? 'page' : undefined}
      data-testid={`to-${path.slice(1) || 'talk'}`}
      className={
        'flex min-h-14 grow flex-col items-center justify-center gap-0.5 rounded-2xl ' +
        'text-sm text-soft aria-[current=page]:text-link aria-[current=page]:font-semibold ' +
        'md:min-h-11 md:grow-0 md:flex-row md:justify-start md:gap-3 md:px-3 md:text-base ' +
        'md:aria-[current=page]:bg-tint'
      }
    >
      <Icon className="size-6" aria-hidden="true" />
      {name}
    </Link>
  );
}
