/** Everything that can happen in a turn, as one union that page, log and tests share. */

/** Milliseconds of one turn, all measured from the last sample of the person's speech. */
export interface TurnClocks {
  /** How the turn came in. */
  input: 'voice' | 'hold' | 'text';
  /** The transcript was there. */
  transcriptMs?: number;
  /** The turn was committed: Butler decided that the person had finished. */
  commitMs?: number;
  /** The mind's first token (absent when the fast path answered). */
  firstTokenMs?: number;
  /** The first clause was handed to the voice. */
  firstClauseMs?: number;
  /** The first sound came back from the voice. */
  firstSoundMs?: number;
  /** The first sound left for the listener. */
  firstSentMs?: number;
  /** Which path answered. */
  path?: 'fast' | 'mind';
  interrupted?: boolean;
  promptTokens?: number;
  cachedTokens?: number;
  completionTokens?: number;
}

export type ButlerState = 'listening' | 'thinking' | 'speaking';

/** What went wrong, for a person (`detail` is a sentence that says what to do). */
export interface Fault {
  code: string;
  title: string;
  detail: string;
}

export type TurnEvent =
  | { type: 'state'; state: ButlerState }
  | { type: 'transcript'; who: 'person' | 'butler'; id: string; text: string; final: boolean }
  | { type: 'turn'; id: string; clocks: TurnClocks }
  | { type: 'tool-start'; id: string; tool: string }
  | { type: 'tool-end'; id: string; tool: string; ok: boolean; tookMs: number }
  | ({ type: 'error' } & Fault);

export type Listener = (event: TurnEvent) => void;

/** A small bus; a listener that throws never disturbs the turn. */
export class TurnEvents {
  readonly #listeners = new Set<Listener>();

  emit(event: TurnEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch {
        // A door that has closed must not stop the others from hearing the event.
      }
    }
  }

  /** @returns a function that takes the listener off again. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
