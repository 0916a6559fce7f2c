/** Privacy: what is kept of a person, who sees it, taking it along, and being deleted. */
import { Page } from '../ui/page.tsx';
import { privacyWords as words } from '../words/privacy.ts';
import { Export } from './privacy/export.tsx';
import { Kept } from './privacy/kept.tsx';
import { OwnLog } from './privacy/own-log.tsx';
import { Purge } from './privacy/purge.tsx';

export default function Privacy() {
  return (
    <Page title={words.title} about={words.about}>
      <Kept />
      <Export />
      <Purge />
      <OwnLog />
    </Page>
  );
}
