/** One question of a conversation that waits for its yes: asked by code, answered by the person. */
import { randomUUID } from 'node:crypto';
import { type Yes, yesWithinMs } from '../tools/core/gate.ts';
import type { Ask } from '../tools/core/outcome.ts';
import { hasDigits, isPlainNo, isPlainYes, pinIn } from './confirm/assent.ts';
import type { Pins } from './confirm/pins.ts';
import type { AskAnswer } from './events.ts';

/** What the person's next words make of the question. */
export type Reply =
  | { means: 'yes'; tool: string; input: Record<string, unknown> }
  | { means: 'pin'; tool: string; input: Record<string, unknown>; digits: string }
  | { means: 'no' };

/** A question as a page shows it. */
export interface OpenQuestion {
  id: string;
  question: string;
  by: Ask['by'];
  /** So long it may be answered. */
  forMs: number;
}

/** Told of each question once when it is asked, and once when it is open no more. */
export interface QuestionEvents {
  asked(question: OpenQuestion): void;
  answered(id: string, answer: AskAnswer): void;
}

interface Waiting {
  id: string;
  tool: string;
  ask: Ask;
  askedAtMs: number;
  /** `open`: nobody has answered; else what the one utterance after the question said. */
  state: 'open' | 'assented' | 'declined';
  /** That it is over has been told. */
  told: boolean;
  expiry: NodeJS.Timeout;
}

interface Parts {
  personId: string;
  language: string;
  pins: Pins;
  /** Milliseconds, monotonic. */
  now?: () => number;
  events?: QuestionEvents;
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
    this.#drop();
    const id = randomUUID();
    const expiry = setTimeout(() => this.#over(id, 'dropped'), yesWithinMs);
    expiry.unref();
    const askedAtMs = this.#now();
    this.#waiting = { ...{ id, tool, ask, askedAtMs, expiry }, state: 'open', told: false };
    const { question, by } = ask;
    this.#parts.events?.asked({ id, question, by, forMs: yesWithinMs });
  }

  /** How the open question of this id is answered; undefined: it is open no more, or never was. */
  openBy(id: string): Ask['by'] | undefined {
    const waiting = this.#current();
    return waiting?.id === id && waiting.state === 'open' ? waiting.ask.by : undefined;
  }

  /** The conversation is over: nothing waits any more. */
  close(): void {
    this.#drop();
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
    if (reply === undefined) this.#drop();
    else waiting.state = reply.means === 'no' ? 'declined' : 'assented';
    // Whether a PIN is the right one is known only when it is tried.
    if (reply?.means === 'no' || reply?.means === 'yes') this.#over(waiting.id, reply.means);
  }

  /** The yes for exactly this call; there is none a second time. */
  redeem(digest: string, digits?: string): Yes | undefined {
    const waiting = this.#current();
    this.#waiting = undefined;
    if (!waiting) return undefined;
    const { by } = waiting.ask;
    const counts =
      waiting.state !== 'declined' &&
      waiting.ask.digest === digest &&
      (by === 'yes' || digits !== undefined);
    this.#end(waiting, counts ? 'yes' : 'dropped');
    if (!counts) return undefined;
    const { personId } = this.#parts;
    return { by, personId, digest, ageMs: this.#now() - waiting.askedAtMs };
  }

  /** Is this the PIN? A wrong one leaves the question open, until there were too many. */
  tryPin(digits: string): 'right' | 'wrong' | 'locked' {
    const tried = this.#parts.pins.try(this.#parts.personId, digits);
    const waiting = this.#current();
    if (tried === 'locked') this.#drop();
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

  /** Words that nobody but the person may see: a PIN, and what may become one while it is asked. */
  conceals(text: string): boolean {
    const waiting = this.#current();
    const asksPin = waiting?.ask.by === 'pin' && waiting.state !== 'declined';
    return (asksPin && hasDigits(text, this.#parts.language)) || this.isSecret(text);
  }

  #current(): Waiting | undefined {
    const waiting = this.#waiting;
    if (waiting && this.#now() - waiting.askedAtMs > yesWithinMs) this.#drop();
    return this.#waiting;
  }

  /** It waits no more, and nobody has answered it. */
  #drop(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#end(waiting, 'dropped');
  }

  #over(id: string, answer: AskAnswer): void {
    if (this.#waiting?.id === id) this.#end(this.#waiting, answer);
  }

  #end(waiting: Waiting, answer: AskAnswer): void {
    clearTimeout(waiting.expiry);
    if (waiting.told) return;
    waiting.told = true;
    this.#parts.events?.answered(waiting.id, answer);
  }
}
