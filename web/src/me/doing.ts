/** An order by a button: done and said, or said why not. */
import { useCallback } from 'react';
import { sentenceOf } from '../app/questions.ts';
import { useTell } from '../ui/toasts.tsx';
import { commonWords } from '../words/everywhere.ts';

/**
 * @returns runs the work, then says `sentence`, or the one that the work answers. What goes
 * wrong is said as an alert and thrown on, so that a dialog stays open.
 */
export function useDo(): (work: () => Promise<unknown>, sentence?: string) => Promise<void> {
  const tell = useTell();
  return useCallback(
    async (work, sentence) => {
      try {
        const answer = await work();
        const said = sentence ?? (typeof answer === 'string' ? answer : undefined);
        if (said !== undefined) tell({ sentence: said });
      } catch (error) {
        tell({ tone: 'alert', sentence: sentenceOf(error, commonWords.failed) });
        throw error;
      }
    },
    [tell],
  );
}

/** For a button without a dialog: the sentence was said, nothing else is waiting for it. */
export const said = (work: Promise<void>): void => void work.catch(() => undefined);
