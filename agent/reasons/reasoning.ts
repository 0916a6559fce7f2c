/** What led to the calls of one conversation: the words, the question before a yes, the taint. */
import { randomUUID } from 'node:crypto';
import { digestOf } from '../../tools/core/digest.ts';
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import type { Caller } from '../caller.ts';
import type { Reasons } from '../reasons.ts';
import type { Cause, Path } from './call.ts';

interface Parts {
  reasons: Pick<Reasons, 'note'>;
  caller: Pick<Caller, 'personId' | 'role' | 'door'>;
  now: () => Date;
  turn: () => { turn: string; said: string | undefined };
}

type Asked = Pick<Cause, 'said' | 'tainted' | 'source' | 'question'>;

/** A call of this conversation, told before it runs. */
interface Beginning {
  tool: string;
  input: unknown;
  path: Path;
  /** The mind had read words from outside. */
  tainted: boolean;
}

const keyOf = ({ tool, input }: { tool: string; input: unknown }): string => {
  const given = typeof input === 'object' && input !== null ? input : {};
  return digestOf({ name: tool, input: given as Record<string, unknown>, effect: 'read' });
};

export class Reasoning {
  readonly #parts: Parts;
  /** What led to the question that waits; there is one at a time. */
  #asked: { key: string; cause: Asked } | undefined;
  /** The tool that read words from outside last. */
  #source: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @returns what takes the outcome: once, or again where it comes late. */
  begun(call: Beginning): (outcome: ToolOutcome) => void {
    const { caller, now, reasons, turn } = this.#parts;
    const { tool, input, path } = call;
    const at = now();
    const cause = { ...this.#causeOf(call), ...turn() };
    const led = path === 'yes' ? this.#answered(call) : undefined;
    return (outcome) => {
      // What is still running is told when it is done.
      if (outcome.pending) return;
      if (outcome.outside && outcome.effect === 'read') this.#source = tool;
      const { personId, role, door } = caller;
      const whole = { ...cause, ...led, door, path };
      reasons.note({
        ...{ ...whole, personId, guest: role === 'guest', at, tool, input, outcome },
      });
      if (!outcome.ask) return;
      const { said, tainted, source } = whole;
      const { question } = outcome.ask;
      this.#asked = { key: keyOf(outcome.ask), cause: { said, tainted, source, question } };
    };
  }

  #causeOf({ tainted }: Beginning): Pick<Cause, 'tainted' | 'source'> {
    return { tainted, ...(tainted && { source: this.#source }) };
  }

  /** The person said yes: what counts is what the question came from. */
  #answered(call: Beginning): Asked | undefined {
    return this.#asked?.key === keyOf(call) ? this.#asked.cause : undefined;
  }
}

/** A call that no conversation led to: of a page, or of another program. */
export const noteAlone = (
  { reasons, clock }: { reasons: Pick<Reasons, 'note'>; clock: () => Date },
  call: { caller: Caller; tool: string; input: unknown; path: Path; outcome: ToolOutcome },
): void => {
  const { caller, tool, input, path, outcome } = call;
  const { personId, role, door } = caller;
  reasons.note({
    ...{ personId, guest: role === 'guest', door, turn: randomUUID(), at: clock() },
    ...{ tool, input, path, outcome, tainted: false },
  });
};
