/** Notices of the house to this person, and which of them may interrupt. */
import { Page } from '../ui/page.tsx';
import { notificationWords as words } from '../words/notifications.ts';
import { Inbox } from './notifications/inbox.tsx';
import { Preferences } from './notifications/preferences.tsx';

export default function Notifications() {
  return (
    <Page title={words.title} about={words.about}>
      <Inbox />
      <Preferences />
    </Page>
  );
}
