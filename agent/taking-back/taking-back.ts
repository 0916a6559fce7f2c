/** What one conversation can take back, by words or a button, and which waits for a yes. */
import type { Ask } from '../../tools/core/outcome.ts';
import type { TakeBack } from '../taking-back.ts';
import type { Deed } from '../truth/ledger.ts';
import { type Chosen, choose } from './choose.ts';
import type { Done, DoneDeed } from './done.ts';

/** Told of each deed once when it is done, and once when it is taken back. */
export interface DoneEvents {
  done(deed: DoneDeed): void;
  undone(deed: DoneDeed, say: string): void;
}

interface Parts {
  done: Done;
  personId: string;
  /** The turn that is running. */
  turn: () => Pick<DoneDeed, 'turn' | 'said'>;
  events?: DoneEvents;
}

const keyOf = ({ tool, input }: { tool: string; input: unknown }): string =>
  `${tool} ${JSON.stringify(input)}`;

export class TakingBack {
  readonly #parts: Parts;
  /** Calls that would take back a deed once the person says yes. */
  readonly #asked = new Map<string, DoneDeed>();
  /** A button was pressed for this deed: the next words stand for it, where they are these. */
  #aim: { words: string; deed: DoneDeed } | undefined;
  /** Calls that a button has led to. */
  readonly #aimed = new Map<string, DoneDeed>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A call came back: an effect of it can be taken back from now on. */
  did(deed: Deed): void {
    const { ok, effect, pending } = deed.outcome;
    if (!ok || effect === 'read' || pending) return;
    const key = keyOf(deed);
    const waited = this.#asked.get(key);
    this.#asked.delete(key);
    const { done, turn, events } = this.#parts;
    if (waited) this.tookBack(waited, deed.outcome.say);
    else events?.done(done.add(deed, { ...this.#who(), ...turn() }));
  }

  tookBack(deed: DoneDeed, say: string): void {
    if (deed.takenBack) return;
    deed.takenBack = true;
    this.#parts.events?.undone(deed, say);
  }

  choose(request: TakeBack): Chosen {
    return choose(request, this.#parts.done.of(this.#who()));
  }

  /** The deed of this conversation with this id, while it can still be taken back. */
  open(id: string): DoneDeed | undefined {
    const own = this.#parts.done.of(this.#who()).find((deed) => deed.id === id);
    const isOpen = own?.conversation === this && own.undo && !own.takenBack && !own.inHand;
    return isOpen ? own : undefined;
  }

  /** The next words of the person stand for a button beside this deed. */
  aim(deed: DoneDeed, words: string): void {
    this.#aim = { deed, words };
  }

  /** Words were said: a button that was pressed for others counts no more. */
  said(words: string): void {
    if (this.#aim?.words !== words) this.#aim = undefined;
  }

  /** Whether a button is behind these words: then this call takes back what it was for. */
  pressed(words: string, callId: string): boolean {
    const aim = this.#aim;
    if (aim?.words !== words) return false;
    this.#aim = undefined;
    this.#aimed.clear();
    this.#aimed.set(callId, aim.deed);
    return true;
  }

  /** The deed that a button has named for this call. */
  namedFor(callId: string): DoneDeed | undefined {
    return this.#aimed.get(callId);
  }

  /** The person is asked before this deed is taken back. */
  waits(ask: Ask, deed: DoneDeed): void {
    this.#asked.clear();
    this.#asked.set(keyOf(ask), deed);
  }

  #who() {
    return { personId: this.#parts.personId, conversation: this };
  }
}
