/** What the page and the wake worker say to each other, and how one is started. */

export type WakeCommand =
  | { type: 'start'; words: string[]; sensitivity: number }
  | { type: 'frame'; frame: ArrayBuffer }
  | { type: 'reset' }
  | { type: 'stop' };

export type WakeReport =
  | { type: 'ready' }
  | {
      type: 'heard';
      word: string;
      score: number;
      loudness: number;
      atMs: number;
      preroll: ArrayBuffer;
    }
  | { type: 'fault'; code: string };

export function newWakeWorker(): Worker {
  return new Worker(new URL('../wake/wake.worker.ts', import.meta.url), { type: 'module' });
}
