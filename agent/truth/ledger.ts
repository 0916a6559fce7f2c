/** What the tools of a turn have really done, and whether a claim fits it. Pure. */
import type { ToolOutcome } from '../../tools/core/outcome.ts';
import {
  type Claim,
  goesOn,
  isCommand,
  isOnTopic,
  isRecall,
  mayBeCommand,
  patternsFor,
  plain,
} from './claims.ts';

/** A call that came back. */
export interface Deed {
  tool: string;
  input: unknown;
  outcome: ToolOutcome;
}

interface TurnFacts {
  /** Calls since the person's last words, in order. */
  deeds: readonly Deed[];
  /** Calls before that. */
  earlier: readonly Deed[];
  /** What the person said last, and what before. */
  words: string;
  before: string;
  language: string;
}

const isEffect = ({ outcome }: Deed): boolean => outcome.effect !== 'read';
const isVerified = ({ outcome }: Deed): boolean => outcome.ok && outcome.verified === true;

const stemLength = 4;
const stem = (word: string): string => word.slice(0, stemLength);

export class Ledger {
  readonly #facts: TurnFacts;
  readonly #effects: readonly Deed[];
  /** The person ordered something, so an answer must not leave open whether it was done. */
  readonly isOrder: boolean;

  constructor(facts: TurnFacts) {
    this.#facts = facts;
    this.#effects = facts.deeds.filter(isEffect);
    this.isOrder = this.#ordered();
  }

  /** Perhaps an order: what an answer says about the same things must be true or own up. */
  get mayBeOrder(): boolean {
    return !this.isOrder && mayBeCommand(this.#facts.words, this.#facts.language);
  }

  /** Speaks of things of the house, or of what the person spoke of. */
  isOnTopic(sentence: string): boolean {
    const said = new Set(this.#content(this.#facts.words).map(stem));
    const shared = this.#content(sentence).some((word) => said.has(stem(word)));
    return shared || isOnTopic(sentence, this.#facts.language);
  }

  /** At least one effect of this turn was seen to happen. */
  get hasVerified(): boolean {
    return this.#effects.some(isVerified);
  }

  /** An effect was tried in this turn, and none was seen to happen. */
  get hasOnlyFailed(): boolean {
    return this.#effects.length > 0 && !this.hasVerified;
  }

  supports(claim: Claim, clause: string): boolean {
    const { deeds, earlier, words, language } = this.#facts;
    if (claim === 'state' && deeds.some((deed) => this.#showed(clause, deed))) return true;
    if (claim === 'progress' && this.#effects.at(-1)?.outcome.pending) return true;
    if (this.#fitsThisTurn(clause)) return true;
    if (this.#effects.length > 0 || this.isOrder || !isRecall(words, language)) return false;
    return earlier.some(
      (deed) => isEffect(deed) && isVerified(deed) && this.#overlap(clause, deed) > 0,
    );
  }

  /** What code says instead of a claim that nothing supports; undefined: nothing was tried. */
  truth(): string | undefined {
    const failed = this.#effects.findLast((deed) => !isVerified(deed));
    if (failed) return failed.outcome.say;
    const said = this.#effects.map(({ outcome }) => outcome.say);
    return said.length > 0 ? [...new Set(said)].join(' ') : undefined;
  }

  /** A look at the house in this turn that speaks of the same. */
  #showed(clause: string, deed: Deed): boolean {
    if (deed.outcome.effect !== 'read' || !deed.outcome.ok) return false;
    return this.#content(clause).length === 0 || this.#overlap(clause, deed) > 0;
  }

  #ordered(): boolean {
    const { words, before, language } = this.#facts;
    if (isCommand(words, language)) return true;
    return goesOn(words, language) && isCommand(before, language);
  }

  /** A verified effect of this turn that the claim may mean, and no failure that it means more. */
  #fitsThisTurn(clause: string): boolean {
    const verified = this.#effects.filter(
      (deed) => isVerified(deed) && !this.#denies(clause, deed),
    );
    if (verified.length === 0) return false;
    const best = Math.max(...verified.map((deed) => this.#overlap(clause, deed)));
    const failures = this.#effects.filter((deed) => !isVerified(deed));
    if (failures.length > 0) {
      return best > Math.max(...failures.map((deed) => this.#overlap(clause, deed)));
    }
    return best > 0 || this.#content(clause).length === 0;
  }

  /** Words that say what was done to what. */
  #content(clause: string): string[] {
    const patterns = patternsFor(this.#facts.language);
    return plain(clause, patterns)
      .split(' ')
      .filter((word) => word !== '' && !patterns.idle.has(word));
  }

  #evidence({ tool, input, outcome }: Deed): string[] {
    const patterns = patternsFor(this.#facts.language);
    const facts = JSON.stringify([outcome.receipt, outcome.show, input]) ?? '';
    const text = `${outcome.say} ${tool.replaceAll('_', ' ')} ${facts.replaceAll('_', ' ')}`;
    return plain(text, patterns).split(' ');
  }

  #overlap(clause: string, deed: Deed): number {
    const known = new Set(this.#evidence(deed).map(stem));
    return this.#content(clause).filter((word) => known.has(stem(word))).length;
  }

  /** It says "off" where the receipt says "on", or another number. */
  #denies(clause: string, deed: Deed): boolean {
    const patterns = patternsFor(this.#facts.language);
    const claimed = new Set(plain(clause, patterns).split(' '));
    const known = new Set(this.#evidence(deed));
    const opposite = patterns.opposites.some(([one, other]) =>
      [
        [one, other],
        [other, one],
      ].some(
        ([here = '', there = '']) =>
          claimed.has(here) && !claimed.has(there) && known.has(there) && !known.has(here),
      ),
    );
    const numbers = [...claimed].filter((word) => /^\d+$/.test(word));
    const inReceipt = [...known].filter((word) => /^\d+$/.test(word));
    const [only] = numbers;
    const wrongNumber =
      numbers.length === 1 && inReceipt.length > 0 && !inReceipt.includes(only ?? '');
    return opposite || wrongNumber;
  }
}
