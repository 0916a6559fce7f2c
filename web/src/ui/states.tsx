/** What a page shows while there is nothing to show: loading, nothing there, something wrong. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sentenceOf } from '../app/questions.ts';
import { commonWords as words } from '../words/everywhere.ts';
import { Button } from './button.tsx';

export function Loading({ rows = 3 }: { rows?: number }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{words.loading}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: bars that never move.
          key={row}
          aria-hidden="true"
          className="h-12 animate-pulse rounded-2xl bg-tint"
        />
      ))}
    </div>
  );
}

/** Nothing is there: says why, and how something comes there. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div
      className={
        'grid justify-items-start gap-2 rounded-2xl border border-dashed border-rule-strong ' +
        'p-5'
      }
    >
      <p className="font-medium">{title}</p>
      {children && <div className="text-soft">{children}</div>}
    </div>
  );
}

interface TroubleProps {
  sentence: string;
  again?: () => void;
}

export function Trouble({ sentence, again }: TroubleProps) {
  return (
    <div
      role="alert"
      className={
        'flex flex-wrap items-center justify-between gap-3 rounded-2xl bg-alert-room p-4 ' +
        'text-alert'
      }
    >
      <p>{sentence}</p>
      {again && <Button onClick={again}>{words.tryAgain}</Button>}
    </div>
  );
}

interface AnsweredProps<Answer> {
  of: UseQueryResult<Answer, Error>;
  rows?: number;
  children(answer: Answer): ReactNode;
}

/** The answer of a question, or how it stands; what was there stays while it is asked again. */
export function Answered<Answer>({ of: question, rows = 3, children }: AnsweredProps<Answer>) {
  const { data, error, refetch } = question;
  const trouble = error && (
    <Trouble sentence={sentenceOf(error, words.failed)} again={() => void refetch()} />
  );
  if (data === undefined) return trouble ?? <Loading rows={rows} />;
  return (
    <>
      {trouble}
      {children(data)}
    </>
  );
}
