/** How each part of the house is, in a word and a sentence; `/health` and the page show it. */

export type PartState = 'ready' | 'starting' | 'off' | 'failed';

export interface Part {
  name: string;
  state: PartState;
  /** What it is doing, or how to mend it. */
  sentence: string;
}
