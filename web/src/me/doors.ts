/** How a person's doors behave (language, voice, beginning), changed with a way back. */
import type { AnswerOf } from '../api/ask.ts';
import { sentenceOf, useAnswer, useOrder } from '../app/questions.ts';
import { useSession } from '../app/session.tsx';
import { useTell } from '../ui/toasts.tsx';
import { commonWords } from '../words/everywhere.ts';
import { profileWords as words } from '../words/profile.ts';

export type Doors = AnswerOf<'get /api/v1/users/:id/doors'>['doors'];

interface Said {
  sentence: string;
  back: string;
}

const standard: Said = { sentence: words.changed, back: words.changedBack };

export function useDoors() {
  const { id } = useSession().user;
  const tell = useTell();
  const answer = useAnswer('get /api/v1/users/:id/doors', { param: { id } });
  const order = useOrder('patch /api/v1/users/:id/doors', {
    changes: ['get /api/v1/users/:id/doors', 'get /api/v1/onboarding', 'get /api/v1/me'],
  });
  /** False where it went wrong, which is told. */
  const send = async (part: Partial<Doors>): Promise<boolean> => {
    try {
      await order.mutateAsync({ param: { id }, json: part });
      return true;
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      return false;
    }
  };
  const change = async (part: Partial<Doors>, said: Said = standard): Promise<boolean> => {
    const before = answer.data?.doors;
    if (!(await send(part))) return false;
    const names = Object.keys(part) as (keyof Doors)[];
    const former = before && Object.fromEntries(names.map((name) => [name, before[name]]));
    const takeBack = async () => {
      if (former && (await send(former))) tell({ sentence: said.back });
    };
    tell({ sentence: said.sentence, ...(former && { undo: () => void takeBack() }) });
    return true;
  };
  return { answer, send, change, busy: order.isPending };
}
