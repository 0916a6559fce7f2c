/** The pages of the house, as far as somebody may ask for them. */
import { lazy, Suspense } from 'react';
import { useSession } from '../app/session.tsx';
import { Loading } from '../ui/states.tsx';
import { Subpages } from '../ui/subpages.tsx';
import { housePagesWords as words } from '../words/house-pages.ts';
import { type HousePage, pagesOf } from './pages.ts';

const pages = {
  status: lazy(() => import('./status.tsx')),
  turns: lazy(() => import('./turns.tsx')),
  people: lazy(() => import('./people.tsx')),
  integrations: lazy(() => import('./integrations.tsx')),
  ledger: lazy(() => import('./ledger.tsx')),
  backups: lazy(() => import('./backups.tsx')),
  audit: lazy(() => import('./audit.tsx')),
  settings: lazy(() => import('./settings.tsx')),
} satisfies Record<HousePage, unknown>;

export default function House({ page }: { page: string | undefined }) {
  const { user } = useSession();
  const mine = pagesOf(user.role);
  const here = mine.find((id) => id === page) ?? 'status';
  const Shown = pages[here];
  return (
    <Subpages
      base="/house"
      label={words.label}
      pages={mine.map((id) => ({ id, name: words.pages[id] }))}
      here={here}
    >
      <Suspense
        fallback={
          <div className="mx-auto w-full max-w-4xl px-4 pt-6 sm:px-8">
            <Loading />
          </div>
        }
      >
        <Shown key={here} />
      </Suspense>
    </Subpages>
  );
}
