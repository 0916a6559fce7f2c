/** Something was changed: said, with a way back that is said too. */
import { useCallback } from 'react';
import { sentenceOf } from '../app/questions.ts';
import { useTell } from '../ui/toasts.tsx';
import { commonWords } from '../words/everywhere.ts';

interface Change {
  work(): Promise<unknown>;
  sentence: string;
  /** Unset: it cannot be taken back. */
  back?: { work(): Promise<unknown>; sentence: string };
}

/** @returns makes the change; false where it went wrong, which is told. */
export function useChanging(): (change: Change) => Promise<boolean> {
  const tell = useTell();
  return useCallback(
    async ({ work, sentence, back }) => {
      const attempt = async (step: () => Promise<unknown>): Promise<boolean> => {
        try {
          await step();
          return true;
        } catch (error) {
          tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
          return false;
        }
      };
      const undo = async () => {
        if (back && (await attempt(back.work))) tell({ sentence: back.sentence });
      };
      const done = await attempt(work);
      if (done) tell({ sentence, ...(back && { undo: () => void undo() }) });
      return done;
    },
    [tell],
  );
}
