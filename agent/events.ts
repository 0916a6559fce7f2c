/** Everything that can happen in a turn, as one union that page, log and tests share. */
import type { Card } from '../tools/core/card.ts';
import type { Caller } from './caller.ts';

/** One tool call of a turn, as the gate and the house saw it; no arguments, no words. */
export interface ToolMark {
  tool: string;
  ok: boolean;
  tookMs: number;
  /** What the gate said; absent when the call never came before it. */
  verdict?: 'run' | 'ask' | 'refuse';
  /** The effect was read back. Absent: the tool has none to read back, or never ran. */
  receipt?: boolean;
}

/** US dollars; a part whose price is not known is absent, and so is the total then. */
export interface TurnCost {
  mindUsd?: number;
  hearingUsd?: number;
  voiceUsd?: number;
  totalUsd?: number;
}

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
  /** The first sound left the loudspeaker, as the client reported it. */
  firstHeardMs?: number;
  /** The first sound that was no filler ("One moment.") left the loudspeaker. */
  answerHeardMs?: number;
  /** Which path answered. */
  path?: 'fast' | 'mind';
  interrupted?: boolean;
  /** All tokens of the prompts: cached, written to the cache, and neither. */
  promptTokens?: number;
  cachedTokens?: number;
  uncachedTokens?: number;
  completionTokens?: number;
  cost?: TurnCost;
  /** Requests to speech to text since the turn before, and how many were of no use. */
  transcriptions?: number;
  transcriptionsThrownAway?: number;
  /** Answers begun, and how many nobody heard because the person spoke on. */
  answers?: number;
  answersThrownAway?: number;
  tools?: ToolMark[];
}

/** What carried the words: the same door may be reached over either. */
export type Transport = 'websocket' | 'livekit' | 'text';

/** A turn that is over, without its words: this is what is kept, counted and traced. */
export interface TurnRecord {
  id: string;
  /** When the last sample of speech arrived, ISO 8601. */
  at: string;
  door: Caller['door'];
  transport: Transport;
  personId: string;
  clocks: TurnClocks;
  /** Codes of what went wrong in it. */
  faults: string[];
}

export type ButlerState = 'listening' | 'thinking' | 'speaking';

/** What went wrong, for a person (`detail` is a sentence that says what to do). */
export interface Fault {
  code: string;
  title: string;
  detail: string;
}

/** How a question ended: `dropped` by other words, by time, or by too many wrong PINs. */
export type AskAnswer = 'yes' | 'no' | 'dropped';

/** What was done and may be taken back, and what waits for an answer: a page has buttons for it. */
export type DeedEvent =
  | { type: 'card'; id: string; turnId: string; card: Card }
  /** `id` is what taking it back names; `checked`: the effect was read back. */
  | { type: 'deed'; id: string; turnId: string; say: string; checked: boolean; undo: boolean }
  | { type: 'undone'; id: string; say: string }
  | {
      type: 'ask';
      id: string;
      turnId: string;
      question: string;
      by: 'yes' | 'pin';
      /** ISO 8601. */
      expiresAt: string;
    }
  | { type: 'asked'; id: string; answer: AskAnswer };

/** Words of one side. */
export interface TranscriptEvent {
  type: 'transcript';
  who: 'person' | 'butler';
  id: string;
  text: string;
  final: boolean;
  /** Absent where it is not known yet, or belongs to none. */
  turnId?: string;
}

export type TurnEvent =
  /** `expects`: Butler has asked something, so the person may just answer. */
  | { type: 'state'; state: ButlerState; expects?: true }
  | TranscriptEvent
  | ({ type: 'turn' } & TurnRecord)
  /** `doing`: what Butler does meanwhile, in the caller's language. */
  | { type: 'tool-start'; id: string; tool: string; doing: string }
  | ({ type: 'tool-end'; id: string } & ToolMark)
  | DeedEvent
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
