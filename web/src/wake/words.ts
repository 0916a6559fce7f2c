/** The wake words that we trained: what is said, and the threshold that was measured. */

export interface WakeWord {
  /** Also the name of its file in `heads/`. */
  id: string;
  /** As a person says it. */
  spoken: string;
  /** The score at sensitivity 0.5, with which the figures in docs/decisions/ were measured. */
  threshold: number;
}

export const wakeWords: readonly WakeWord[] = [
  { id: 'hey_butler', spoken: 'Hey Butler', threshold: 0.18 },
];
