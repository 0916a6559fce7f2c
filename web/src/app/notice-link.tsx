/** The way to the notices, with how many are new. */
import { Link } from 'wouter';
import { useUnreadCount } from '../me/unread.ts';
import { NoticeIcon } from '../ui/icons.tsx';
import { notificationWords as words } from '../words/notifications.ts';

const shownMax = 99;
const look =
  'flex min-h-14 grow flex-col items-center justify-center gap-0.5 rounded-2xl text-sm text-soft ' +
  'md:min-h-11 md:grow-0 md:flex-row md:justify-start md:gap-3 md:px-3 md:text-base';
const badge =
  'absolute -end-2.5 -top-1.5 min-w-5 rounded-full bg-alert px-1 text-center text-xs leading-5 ' +
  'font-semibold text-room tabular-nums';

export function NoticeLink() {
  const count = useUnreadCount() ?? 0;
  return (
    <Link href="/me/notifications" data-testid="to-notices" className={look}>
      <span className="relative">
        <NoticeIcon className="size-6" aria-hidden="true" />
        {count > 0 && (
          <span aria-hidden="true" className={badge}>
            {count > shownMax ? `${shownMax}+` : count}
          </span>
        )}
      </span>
      {words.bell}
      <span className="sr-only" role="status">
        {count > 0 ? words.unread(count) : ''}
      </span>
    </Link>
  );
}
