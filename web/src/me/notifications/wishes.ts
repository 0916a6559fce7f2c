/** Of what a person wants to be told: kept by the house, with a way back. */
import { useRef } from 'react';
import type { AnswerOf } from '../../api/ask.ts';
import { useAnswer, useOrder } from '../../app/questions.ts';
import { useTell } from '../../ui/toasts.tsx';
import { notificationWords as words } from '../../words/notifications.ts';
import { said, useDo } from '../doing.ts';

const route = 'get /api/v1/me/notifications';
export type Wishes = AnswerOf<typeof route>['notifications'];

export function useWishes() {
  const answer = useAnswer(route, {});
  const order = useOrder('put /api/v1/me/notifications', { changes: [route] });
  const tell = useTell();
  const run = useDo();
  // A way back is taken later than it was offered: it must not undo what came in between.
  const newest = useRef<Wishes>(undefined);
  newest.current = answer.data?.notifications;
  const send = async (part: Partial<Wishes>) => {
    if (!newest.current) return;
    newest.current = { ...newest.current, ...part };
    await order.mutateAsync({ json: newest.current });
  };
  const keep = (part: Partial<Wishes>) => {
    const before = newest.current;
    const names = Object.keys(part) as (keyof Wishes)[];
    const former = before && Object.fromEntries(names.map((name) => [name, before[name]]));
    const undo = () => former && said(run(() => send(former), words.undone));
    said(run(() => send(part)).then(() => tell({ sentence: words.savedPreferences, undo })));
  };
  return { answer, keep, busy: order.isPending };
}
