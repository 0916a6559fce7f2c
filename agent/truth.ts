/** Truth on the way to speech: what the mind claims without a receipt is not said. */
import { type Claim, claimIn, isHonest, isNod, maybeClaim } from './truth/claims.ts';
import type { Ledger } from './truth/ledger.ts';

/** What code says instead, where the tools of the turn have no sentence for it. */
export interface HonestSentences {
  notDone(): string;
  notChecked(): string;
}

interface Held {
  text: string;
  /** Undefined: it claims nothing, and only waits its turn. */
  claim: Claim | 'unclear' | undefined;
}

/** Each with the white space behind it: only then does the voice know that the mark stands. */
const SENTENCE_END = /[.!?…]+["'”’)\]*_]*\s|\n/;
const CLAUSE_END = /[,;:]["'”’)]*\s|\s[–-]\s|—/;
/** A clause without any mark is not held for longer, if it cannot become a claim. */
const unmarkedCharacters = 50;

const firstEnd = (text: string): { at: number; sentence: boolean } | undefined => {
  const sentence = SENTENCE_END.exec(text);
  const clause = CLAUSE_END.exec(text);
  const found = [sentence, clause]
    .flatMap((match) => (match ? [{ match, sentence: match === sentence }] : []))
    .sort((left, right) => left.match.index - right.match.index)[0];
  if (!found) return undefined;
  return { at: found.match.index + found.match[0].length, sentence: found.sentence };
};

/**
 * Passes the text of one step of the mind on, clause by clause, as the voice takes it. A clause
 * that claims an effect which no receipt of this turn supports is held back, with all that follows:
 * a tool call in the same step shows that it was said too early, the end that it was not true.
 * Where the person has ordered something and nothing was done, whatever is not a nod waits for the
 * end of its sentence: it must own up, ask back, or is held like a claim. Where it only may have
 * been an order, that holds for what speaks of the same things.
 */
export class TruthFilter {
  readonly #ledger: Ledger;
  readonly #language: string;
  readonly #sentences: HonestSentences;
  /** Text that has not reached the end of its clause. */
  #open = '';
  /** The sentence so far, as it was written. */
  #sentence = '';
  /** Clauses of it that wait for its end, in an answer that is watched closely. */
  #waiting = '';
  readonly #held: Held[] = [];
  #wary: boolean;
  /** It may not have been an order: only what speaks of the same things is watched. */
  readonly #topical: boolean;
  #said = '';
  #called = false;
  #replaced = 0;

  constructor(parts: { ledger: Ledger; language: string; sentences: HonestSentences }) {
    this.#ledger = parts.ledger;
    this.#language = parts.language;
    this.#sentences = parts.sentences;
    const { isOrder, mayBeOrder, hasVerified, hasOnlyFailed } = parts.ledger;
    this.#topical = mayBeOrder && !hasVerified && !hasOnlyFailed;
    this.#wary = this.#topical || hasOnlyFailed || (isOrder && !hasVerified);
  }

  /** How many claims were not said. */
  get replaced(): number {
    return this.#replaced;
  }

  /** @returns what may be said now. */
  push(text: string): string {
    this.#open += text;
    let out = '';
    for (let end = firstEnd(this.#open); end; end = firstEnd(this.#open)) {
      const piece = this.#open.slice(0, end.at);
      this.#open = this.#open.slice(end.at);
      out += this.#clause(piece, end.sentence);
    }
    return out + this.#unmarked();
  }

  /**
   * The mind calls a tool in this step: claims before it were early.
   * @param runs an effect that will surely run, so that what announces it is true.
   */
  toolCall(runs: boolean): string {
    this.#called = true;
    const rest = this.#rest();
    const kept = this.#held.splice(0).filter(({ claim }) => {
      const announces = claim === 'progress' || claim === 'unclear';
      return claim === undefined || (announces && runs);
    });
    const out = rest + kept.map(({ text }) => text).join('');
    this.#said += out;
    return out;
  }

  /** The step is over, without a tool call behind the held claims. */
  end(): string {
    let out = this.#rest();
    for (const { text, claim } of this.#held.splice(0)) {
      if (claim === undefined) out += text;
      else out += this.#instead(claim, out);
    }
    // "Sure." to an order, and nothing else, sounds like a yes that it was done.
    const said = this.#said + out;
    const onlyNods = said.trim() !== '' && isNod(said, this.#language);
    if (this.#wary && !this.#topical && !this.#called && this.#replaced === 0 && onlyNods) {
      out += this.#instead('effect', out);
    }
    this.#said += out;
    return out;
  }

  #unmarked(): string {
    const at = this.#open.lastIndexOf(' ') + 1;
    if (this.#wary || at < unmarkedCharacters || this.#held.length > 0) return '';
    if (maybeClaim(this.#sentence + this.#open, this.#language)) return '';
    const piece = this.#open.slice(0, at);
    this.#open = this.#open.slice(at);
    this.#sentence += piece;
    this.#said += piece;
    return piece;
  }

  #rest(): string {
    const piece = this.#open;
    this.#open = '';
    return piece.trim() === '' ? '' : this.#clause(piece, true);
  }

  #clause(piece: string, endsSentence: boolean): string {
    this.#sentence += piece;
    const whole = this.#sentence;
    if (endsSentence) this.#sentence = '';
    const claim = this.#claim(piece, endsSentence ? whole : undefined);
    if (claim === 'wait') return '';
    const text = this.#waiting + piece;
    this.#waiting = '';
    if (claim === undefined && this.#held.length === 0) {
      this.#said += text;
      return text;
    }
    this.#held.push({ text, claim });
    return '';
  }

  /** @param whole the whole sentence, at its end. */
  #claim(piece: string, whole: string | undefined): Held['claim'] | 'wait' {
    const language = this.#language;
    const own = claimIn(piece, language);
    const claims = own ?? (whole === undefined ? undefined : claimIn(whole, language));
    if (claims && !this.#ledger.supports(claims, own ? piece : (whole ?? piece))) return claims;
    if (claims || !this.#wary || isNod(piece, language)) return undefined;
    if (whole === undefined) {
      this.#waiting += piece;
      return 'wait';
    }
    if (isHonest(whole, language)) this.#wary = false;
    else if (!this.#topical || this.#ledger.isOnTopic(whole)) return 'unclear';
    return undefined;
  }

  /** One honest sentence for all claims of an answer; what was said is not said twice. */
  #instead(claim: Claim | 'unclear', before: string): string {
    this.#replaced += 1;
    const { isOrder } = this.#ledger;
    const none = claim === 'state' && !isOrder ? 'notChecked' : 'notDone';
    const sentence = this.#ledger.truth() ?? this.#sentences[none]();
    const said = this.#said + before;
    if (said.includes(sentence)) return '';
    return said === '' || /\s$/.test(said) ? sentence : ` ${sentence}`;
  }
}
