/** The facts that fit what is typed, and what may be done with them. */
import { useEffect, useState } from 'react';
import { sentenceOf, useAnswer, useAskAgain, useOrder } from '../../app/questions.ts';
import { useTell } from '../../ui/toasts.tsx';
import { commonWords } from '../../words/everywhere.ts';
import { memoryWords as words } from '../../words/memory.ts';
import type { Category, Fact } from './facts.ts';

const askAfterMs = 250;

export interface FactText {
  fact: string;
  category: Category;
}

/** What stands when the typing pauses; nothing typed counts at once. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), typed === '' ? 0 : askAfterMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}

/** What was there stays until what is asked for has come. */
export function useFoundFacts(typed: string) {
  const query = useSettled(typed.trim());
  const answer = useAnswer('get /api/v1/memory/facts', { query: query === '' ? {} : { query } });
  const [last, setLast] = useState<{ query: string; facts: readonly Fact[] }>();
  useEffect(() => {
    if (answer.data) setLast({ query, facts: answer.data.facts });
  }, [answer.data, query]);
  const found = answer.data ? { query, facts: answer.data.facts } : last;
  return { answer, found };
}

const facts = ['get /api/v1/memory/facts'] as const;

/** Each says what came of it, and gives false where it went wrong. */
export function useFactOrders() {
  const tell = useTell();
  const add = useOrder('post /api/v1/memory/facts', { changes: facts });
  const edit = useOrder('patch /api/v1/memory/facts/:id', { changes: facts });
  // Many may go at once: the list is asked for when all are gone.
  const forget = useOrder('delete /api/v1/memory/facts/:id');
  const restore = useOrder('post /api/v1/memory/facts/restore');
  const again = useAskAgain();

  const attempt = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      return true;
    } catch (error) {
      tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
      return false;
    }
  };
  const takeBack = (undos: readonly string[]) =>
    attempt(async () => {
      for (const undo of undos) await restore.mutateAsync({ json: { undo } });
      await again(...facts);
      tell({ sentence: words.restored });
    });
  return {
    add: (told: FactText) =>
      attempt(async () => {
        const { outcome } = await add.mutateAsync({ json: told });
        tell({ sentence: words[outcome] });
      }),
    edit: (id: number, change: FactText) =>
      attempt(async () => {
        await edit.mutateAsync({ param: { id: String(id) }, json: change });
        tell({ sentence: words.edited });
      }),
    /** One after the other: what is forgotten before a fault is told all the same. */
    forget: async (ids: readonly number[]) => {
      const undos: string[] = [];
      const done = await attempt(async () => {
        for (const id of ids) {
          undos.push((await forget.mutateAsync({ param: { id: String(id) } })).undo);
        }
      });
      await again(...facts);
      const sentence = ids.length === 1 ? words.forgotten : words.someForgotten(undos.length);
      if (undos.length > 0) tell({ sentence, undo: () => void takeBack(undos) });
      return done;
    },
  };
}
