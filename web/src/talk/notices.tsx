/** What went wrong and what to do about it, each with its button. */
import { Button, IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { commonWords as words } from '../words/everywhere.ts';
import type { NoticeKind, ShownNotice } from './view.ts';

interface NoticesProps {
  notices: readonly ShownNotice[];
  act(kind: NoticeKind): void;
  dismiss(kind: NoticeKind): void;
}

export function Notices({ notices, act, dismiss }: NoticesProps) {
  return (
    <div className="mx-auto grid w-full max-w-[46rem] shrink-0 gap-2 px-4">
      {notices.map((notice) => (
        <div
          key={notice.kind + notice.sentence}
          className={
            'mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-2xl bg-tint py-2 ps-4 ' +
            'pe-2 text-[0.9375rem] data-[tone=alert]:bg-alert-room ' +
            'data-[tone=alert]:text-alert'
          }
          data-testid="notice"
          data-kind={notice.kind}
          data-tone={notice.tone}
          role={notice.tone === 'alert' ? 'alert' : 'status'}
        >
          <p className="min-w-48 flex-1">{notice.sentence}</p>
          {notice.action && <Button onClick={() => act(notice.kind)}>{notice.action}</Button>}
          <IconButton
            label={words.dismiss}
            className="!text-current"
            onClick={() => dismiss(notice.kind)}
          >
            <CloseIcon className="size-5" aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
