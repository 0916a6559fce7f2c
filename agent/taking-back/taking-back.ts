/** What one conversation can take back, and which of it waits for a yes. */
import type { Ask } from '../../tools/core/outcome.ts';
import type { TakeBack } from '../taking-back.ts';
import type { Deed } from '../truth/ledger.ts';
import { type Chosen, choose } from './choose.ts';
import type { Done, DoneDeed } from './done.ts';

const keyOf = ({ tool, input }: { tool: string; input: unknown }): string =>
  `${tool} ${JSON.stringify(input)}`;

export class TakingBack {
  readonly #done: Done;
  readonly #personId: string;
  readonly #turn: () => Pick<DoneDeed, 'turn' | 'said'>;
  /** Calls that would take back a deed once the person says yes. */
  readonly #asked = new Map<string, DoneDeed>();

  /** @param parts.turn the turn that is running. */
  constructor(parts: {
    done: Done;
    personId: string;
    turn: () => Pick<DoneDeed, 'turn' | 'said'>;
  }) {
    this.#done = parts.done;
    this.#personId = parts.personId;
    this.#turn = parts.turn;
  }

  /** A call came back: an effect of it can be taken back from now on. */
  did(deed: Deed): void {
    const { ok, effect, pending } = deed.outcome;
    if (!ok || effect === 'read' || pending) return;
    const key = keyOf(deed);
    const waited = this.#asked.get(key);
    this.#asked.delete(key);
    if (waited) waited.takenBack = true;
    else this.#done.add(deed, { ...this.#who(), ...this.#turn() });
  }

  choose(request: TakeBack): Chosen {
    return choose(request, this.#done.of(this.#who()));
  }

  /** The person is asked before this deed is taken back. */
  waits(ask: Ask, deed: DoneDeed): void {
    this.#asked.clear();
    this.#asked.set(keyOf(ask), deed);
  }

  #who() {
    return { personId: this.#personId, conversation: this };
  }
}
