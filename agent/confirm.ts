/** One question of a conversation that waits for its yes: asked by code, answered by the person. */

import { type Yes, yesWithinMs } from '../tools/core/gate.ts';
import type { Ask } from '../tools/core/outcome.ts';
import { isPlainNo, isPlainYes, pinIn } from './confirm/assent.ts';
import type { Pins } from './confirm/pins.ts';

/** What the person's next words make of the question. */
export type Reply =
  | { means: 'yes'; tool: string; input: Record<string, unknown> }
  | { means: 'pin'; tool: string; input: Record<string, unknown>; digits: string }
  | { means: 'no' };

interface Waiting {
  tool: string;
  ask: Ask;
  askedAtMs: number;
  /** `open`: nobody has answered; else what the one utterance after the question said. */
  state: 'open' | 'assented' | 'declined';
}

interface Parts {
  personId: string;
  language: string;
  pins: Pins;
  /** Milliseconds, monotonic. */
  now?: () => number;
}

/**
 * Belongs to one conversation, which has one caller: a yes elsewhere, or of somebody else, never
 * reaches it. `replyTo` only looks, because it is asked about guesses too; `heard` is told of
 * committed words alone; `redeem` uses the yes up, when the tool is about to run.
 */
export class Confirmation {
  readonly #parts: Parts;
  readonly #now: () => number;
  #waiting: Waiting | undefined;
  /** Utterances that held a PIN: the mind never sees them. */
  readonly #secrets = new Set<string>();
  /** Numbers that are no PIN of this person: looking takes 50 ms. */
  readonly #harmless = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
  }

  /** A question is open, so "yes" is an answer and no nod. */
  get isOpen(): boolean {
    return this.#current()?.state === 'open';
  }

  /** Only one question waits at a time: the latest. */
  asked(tool: string, ask: Ask): void {
    this.#waiting = { tool, ask, askedAtMs: this.#now(), state: 'open' };
  }

  /** What these words would mean; undefined: they are no answer to a question. */
  replyTo(text: string): Reply | undefined {
    const waiting = this.#current();
    if (!waiting) return undefined;
    const { language } = this.#parts;
    const { tool, ask, state } = waiting;
    const { input } = ask;
    if (state !== 'assented' && isPlainNo(text, language)) return { means: 'no' };
    if (state === 'declined') return undefined;
    if (ask.by === 'yes') {
      return isPlainYes(text, language) ? { means: 'yes', tool, input } : undefined;
    }
    const digits = pinIn(text, language);
    return digits === undefined ? undefined : { means: 'pin', tool, input, digits };
  }

  /** Committed words of the person: what is neither yes, no nor PIN drops the question. */
  heard(text: string): void {
    const waiting = this.#current();
    if (!waiting) return;
    const reply = waiting.state === 'open' ? this.replyTo(text) : undefined;
    if (reply?.means === 'pin') this.#secrets.add(text.trim());
    if (reply === undefined) this.#waiting = undefined;
    else waiting.state = reply.means === 'no' ? 'declined' : 'assented';
  }

  /** The yes for exactly this call; there is none a second time. */
  redeem(digest: string, digits?: string): Yes | undefined {
    const waiting = this.#current();
    this.#waiting = undefined;
    if (!waiting || waiting.state === 'declined' || waiting.ask.digest !== digest) return undefined;
    const { by } = waiting.ask;
    if (by === 'pin' && digits === undefined) return undefined;
    const { personId } = this.#parts;
    return { by, personId, digest, ageMs: this.#now() - waiting.askedAtMs };
  }

  /** Is this the PIN? A wrong one leaves the question open, until there were too many. */
  tryPin(digits: string): 'right' | 'wrong' | 'locked' {
    const tried = this.#parts.pins.try(this.#parts.personId, digits);
    const waiting = this.#current();
    if (tried === 'locked') this.#waiting = undefined;
    if (tried === 'wrong' && waiting) Object.assign(waiting, { state: 'open' });
    return tried;
  }

  /** The PIN itself, also where nobody but a mind asked for it; whatever was said as one. */
  isSecret(text: string): boolean {
    const said = text.trim();
    if (this.#secrets.has(said)) return true;
    const { personId, language, pins } = this.#parts;
    const digits = pinIn(said, language);
    if (digits === undefined || this.#harmless.has(digits)) return false;
    const isPin = pins.is(personId, digits);
    if (isPin) this.#secrets.add(said);
    else this.#harmless.add(digits);
    return isPin;
  }

  #current(): Waiting | undefined {
    const waiting = this.#waiting;
    if (waiting && this.#now() - waiting.askedAtMs > yesWithinMs) this.#waiting = undefined;
    return this.#waiting;
  }
}
