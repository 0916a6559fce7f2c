/** From what a head says block by block to the moment that its word counts as said. */

export interface Rules {
  /** From 0 to 1. */
  threshold: number;
  /** So many blocks are averaged: a word is heard in several, most chance likenesses in one. */
  averaged: number;
  /** Blocks of 80 ms after a word in which it is not heard again. */
  coolDownBlocks: number;
}

const steepest = 8;

const logitOf = (share: number): number => Math.log(share / (1 - share));
const shareOf = (logit: number): number => 1 / (1 + Math.exp(-logit));

/**
 * The threshold for a sensitivity from 0 (hardly ever) to 1 (at the least hint); 0.5 is the one the
 * word was measured with. Moves along the logistic curve, so that it stays between 0 and 1.
 */
export const thresholdFor = (recommended: number, sensitivity: number): number => {
  const bounded = Math.min(1, Math.max(0, Number.isFinite(sensitivity) ? sensitivity : 0.5));
  return shareOf(logitOf(recommended) + steepest * (0.5 - bounded));
};

export class Decision {
  private recent: number[] = [];
  private coolDown = 0;
  private readonly rules: Rules;

  constructor(rules: Rules) {
    this.rules = rules;
  }

  /** Sound was left out: what came before it is not averaged with what comes. */
  pause(): void {
    this.recent = [];
  }

  reset(): void {
    this.recent = [];
    this.coolDown = 0;
  }

  /** The logit of the next block → how sure it is that the word was said just now, if it was. */
  takes(logit: number): number | undefined {
    const { threshold, averaged, coolDownBlocks } = this.rules;
    this.recent = [...this.recent, logit].slice(-averaged);
    if (this.coolDown > 0) {
      this.coolDown--;
      return undefined;
    }
    if (this.recent.length < averaged) return undefined;
    const score = shareOf(this.recent.reduce((sum, one) => sum + one, 0) / averaged);
    if (!(score >= threshold)) return undefined;
    this.recent = [];
    this.coolDown = coolDownBlocks;
    return score;
  }
}
