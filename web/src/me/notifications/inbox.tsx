/** The inbox: newest first, with where to go about each, read one by one or all at once. */
import { useState } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { CheckIcon } from '../../ui/icons.tsx';
import { Badge, Rows, Section } from '../../ui/page.tsx';
import { Answered, Empty } from '../../ui/states.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { momentText } from '../../words/moments.ts';
import { notificationWords as words } from '../../words/notifications.ts';
import { said, useDo } from '../doing.ts';
import { placeOf } from './places.ts';

type Notice = AnswerOf<'get /api/v1/notifications'>['notifications'][number];

const list = 'get /api/v1/notifications';
const pageSize = 30;

export function Inbox() {
  return (
    <Section title={words.inbox} actions={<ReadAll />}>
      <InboxPage />
    </Section>
  );
}

/** @param before the last id of the page above; each page knows whether there is a next one. */
function InboxPage({ before }: { before?: string }) {
  const query = { limit: pageSize, ...(before !== undefined && { before }) };
  const page = useAnswer(list, { query });
  const [isLast, setLast] = useState(true);
  return (
    <Answered of={page}>
      {({ notifications }) => {
        const oldest = notifications.at(-1);
        if (!oldest) return before === undefined && <None />;
        return (
          <>
            <Rows label={words.inbox}>
              {notifications.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </Rows>
            {notifications.length === pageSize &&
              (isLast ? (
                <Button onClick={() => setLast(false)}>{commonWords.more}</Button>
              ) : (
                <InboxPage before={oldest.id} />
              ))}
          </>
        );
      }}
    </Answered>
  );
}

function None() {
  return <Empty title={words.none}>{words.noneHint}</Empty>;
}

function NoticeRow({ notice }: { notice: Notice }) {
  const { id, code, title, detail, at, readAt, settledAt } = notice;
  const read = useOrder('post /api/v1/notifications/read', { changes: [list] });
  const run = useDo();
  const isNew = readAt === null && settledAt === null;
  const place = settledAt === null ? placeOf(code) : undefined;
  const markRead = () => said(run(() => read.mutateAsync({ json: { ids: [id] } })));
  return (
    <li data-testid="notice-row" className="flex items-start justify-between gap-3 py-4">
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className={isNew ? 'font-semibold' : 'font-medium'}>{title}</span>
          {isNew && <Badge tone="wait">{words.isNew}</Badge>}
          {settledAt !== null && <Badge tone="good">{words.over}</Badge>}
        </p>
        <p className="max-w-prose">{detail}</p>
        <p className="text-sm text-soft">
          <time dateTime={at}>{momentText(new Date(at), new Date())}</time>
        </p>
        {place && (
          <div className="pt-1">
            <ButtonLink to={place.path}>{place.name}</ButtonLink>
          </div>
        )}
      </div>
      {isNew && (
        <IconButton label={words.markReadOf(title)} disabled={read.isPending} onClick={markRead}>
          <CheckIcon className="size-5" aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

/** As many as the route marks at once. */
const unread = { query: { unread: 'true', limit: 200 } } as const;

/** Those that are new, at most as many as the route takes at once. */
function ReadAll() {
  const { data } = useAnswer(list, unread);
  const read = useOrder('post /api/v1/notifications/read', { changes: [list] });
  const run = useDo();
  const all: readonly { id: string }[] = data?.notifications ?? [];
  const ids = all.map(({ id }) => id);
  if (ids.length < 2) return null;
  return (
    <Button
      busy={read.isPending}
      onClick={() => said(run(() => read.mutateAsync({ json: { ids } }), words.allRead))}
    >
      {words.markAll}
    </Button>
  );
}
