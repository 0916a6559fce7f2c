/** What went wrong and what to do about it, each with its button. */
import type { NoticeKind, ShownNotice } from '../view.ts';
import { words } from '../words.ts';
import { CloseIcon } from './icons.tsx';

interface NoticesProps {
  notices: readonly ShownNotice[];
  act(kind: NoticeKind): void;
  dismiss(kind: NoticeKind): void;
}

export function Notices({ notices, act, dismiss }: NoticesProps) {
  return (
    <div className="notices">
      {notices.map((notice) => (
        <div
          key={notice.kind + notice.sentence}
          className="notice"
          data-testid="notice"
          data-kind={notice.kind}
          data-tone={notice.tone}
          role={notice.tone === 'alert' ? 'alert' : 'status'}
        >
          <p>{notice.sentence}</p>
          {notice.action && (
            <button type="button" className="secondary" onClick={() => act(notice.kind)}>
              {notice.action}
            </button>
          )}
          {!notice.action && (
            <button
              type="button"
              className="quiet round"
              aria-label={words.dismiss}
              onClick={() => dismiss(notice.kind)}
            >
              <CloseIcon />
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
