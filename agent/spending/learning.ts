/** Learning from what people say asks the mind, too: that is counted and capped like a turn. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { llm } from '@livekit/agents';
import type { Learner, LearnerParts } from '../../memory/learn.ts';
import { askMind } from '../llm/ask.ts';
import { mindCostUsd } from '../prices.ts';
import type { Spender, Spending } from '../spending.ts';

interface Parts {
  mind: llm.LLM | undefined;
  spending: Pick<Spending, 'refuses' | 'also'>;
  /** The household wants it. */
  on: () => boolean;
}

export class PaidLearning {
  readonly #parts: Parts;
  /** Of whose words is learned: the learner itself asks for nobody. */
  readonly #for = new AsyncLocalStorage<Spender>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What the learner asks; undefined where it may not, now and for whoever it learns of. */
  get ask(): LearnerParts['ask'] {
    const { mind, spending, on } = this.#parts;
    const spender = this.#for.getStore();
    if (!mind || !on()) return undefined;
    if (!spender) return (question, signal) => askMind(mind, question, { signal });
    if (spending.refuses(spender)) return undefined;
    return (question, signal) =>
      askMind(mind, question, {
        signal,
        onUsed: (tokens) => {
          const usd = mindCostUsd(mind.model, tokens);
          spending.also(spender, usd === undefined ? {} : { mindUsd: usd, totalUsd: usd });
        },
      });
  }

  /** The same learner, told who pays. */
  of(learner: Learner): Learner {
    return {
      afterTurn: (turn) => this.#for.run(turn, () => learner.afterTurn(turn)),
      settle: (told) => {
        const { personId, origin } = told.fact;
        const spender = { personId, door: origin.door ?? 'app' };
        return this.#for.run(spender, () => learner.settle(told));
      },
      counts: () => learner.counts(),
      idle: () => learner.idle(),
      close: () => learner.close(),
    };
  }
}
