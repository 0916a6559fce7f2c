/** What Butler did for a person, and what led to it: as it was written down. */
import type { Effect } from './define.ts';

/** One call that changed something, or was to. */
export interface RecordedDeed {
  at: Date;
  /** Calls of one utterance have the same. */
  turn: string;
  tool: string;
  input: unknown;
  effect: Effect;
  /** A declared sentence, the mind, an answer to a question, a way back, a page, a program. */
  path: string;
  /** The person's words that led to it; null: there were none, or they are not kept. */
  said: string | null;
  /** What Butler said of it. */
  say: string | null;
  /** Null: it never came before the gate. */
  verdict: 'run' | 'ask' | 'refuse' | null;
  ok: boolean;
  /** It was read back, and is as wanted or is not; null: it could not be. */
  verified: boolean | null;
  /** Words from outside were read before, by the tool `source`. */
  tainted: boolean;
  source: string | null;
  /** What was answered with yes. */
  question: string | null;
  /** `say` holds words from outside. */
  outside: boolean;
}

export interface DeedsPort {
  /**
   * Effects, also those that were refused or failed, newest first; `language` is that of what is
   * heard when memory is away. @throws {ToolError} memory-unavailable
   */
  of(
    personId: string,
    options: { since: Date; limit: number; language: string },
  ): Promise<readonly RecordedDeed[]>;
}
