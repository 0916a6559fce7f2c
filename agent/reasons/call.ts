/** One call of a tool as it is written down: what was done for whom, and why. */
import type { Effect } from '../../tools/core/define.ts';
import type { ToolOutcome } from '../../tools/core/outcome.ts';

export const paths = ['fast', 'mind', 'yes', 'undo', 'command', 'program'] as const;
/** What led to a call: a declared sentence, the mind, an answer, a way back, or a program. */
export type Path = (typeof paths)[number];

/** What is known before the call comes back. */
export interface Cause {
  turn: string;
  door: string;
  path: Path;
  /** The person's words that led to it; never a PIN. */
  said?: string | undefined;
  /** The mind called it after it had read words from outside, by `source`. */
  tainted: boolean;
  source?: string | undefined;
  /** The question that was answered with yes. */
  question?: string | undefined;
}

export interface NewCall extends Cause {
  personId: string;
  /** Nothing in their own words is kept of guests. */
  guest: boolean;
  at: Date;
  tool: string;
  input: unknown;
  outcome: ToolOutcome;
}

/** A call as it was kept. */
export interface KeptCall extends Omit<Cause, 'said' | 'source' | 'question'> {
  id: number;
  personId: string;
  at: Date;
  tool: string;
  input: unknown;
  effect: Effect;
  /** Null: it never came before the gate. */
  verdict: 'run' | 'ask' | 'refuse' | null;
  /** Why it was refused, asked about or failed. */
  reason: string | null;
  ok: boolean;
  /** Null: there was nothing to read back. */
  verified: boolean | null;
  said: string | null;
  say: string | null;
  receipt: unknown;
  source: string | null;
  question: string | null;
  /** `say` and `receipt` hold words from outside. */
  outside: boolean;
}
