/** Puts text on the clipboard, and says so. */
import { commonWords } from '../words/everywhere.ts';
import { uiWords } from '../words/ui.ts';
import { useTell } from './toasts.tsx';

/** @returns copies; browsers refuse it on pages without https, and then a sentence says so. */
export function useCopy(): (text: string) => Promise<void> {
  const tell = useTell();
  return async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      tell({ sentence: commonWords.copied });
    } catch {
      tell({ tone: 'alert', sentence: uiWords.copyRefused });
    }
  };
}
