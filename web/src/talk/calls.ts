/** Listening that begins by itself: when the page opens, or at the word, and ends in silence. */
import { Patience } from '../room/patience.ts';
import type { Microphone } from '../voice/microphone.ts';
import type { Allowing } from './allowing.ts';
import type { Notes } from './notes.ts';
import type { Store, View } from './view.ts';

const lookEveryMs = 200;

interface CallsParts {
  view: Store<View>;
  microphone: Microphone;
  allowing: Allowing;
  notes: Notes;
  /** Begins and ends listening. */
  toggle(): void;
  earLent(lent: boolean): void;
}

export class Calls {
  readonly #parts: CallsParts;
  #earLent = false;
  #begun = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  /** Once for each opening of the page; not where the person has said no to the microphone. */
  async atOnce(): Promise<void> {
    if (this.#begun) return;
    this.#begun = true;
    const { view, allowing, toggle } = this.#parts;
    await allowing.known;
    if (view.get().talk === 'closed' && !allowing.refused) toggle();
  }

  /** Through which the ear hears. */
  get microphone(): Microphone {
    return this.#parts.microphone;
  }

  /** The ear hears the word through the page's own microphone. */
  async lend(): Promise<void> {
    this.#earLent = true;
    this.#parts.earLent(true);
    await this.#parts.allowing.known;
    await this.#open();
  }

  takeBack(): void {
    this.#earLent = false;
    this.#parts.earLent(false);
    this.earIs('');
    this.stop();
  }

  earIs(word: string): void {
    this.#parts.view.change((view) => (view.word === word ? view : { ...view, word }));
  }

  /** The word was said; `preroll` holds it and what followed. */
  called(preroll: ArrayBuffer): void {
    const { view, microphone, toggle } = this.#parts;
    if (view.get().talk !== 'closed') return;
    microphone.heardBefore(preroll);
    toggle();
    this.#untilSilence();
  }

  /** The microphone went away, or the device slept: the ear wants it back. */
  again(): void {
    if (this.#earLent) void this.#open();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #open(): Promise<void> {
    const { microphone, allowing, notes } = this.#parts;
    if (microphone.ready || !this.#earLent || allowing.refused || allowing.explainFirst()) return;
    try {
      await microphone.acquire();
    } catch (error) {
      notes.microphoneFailed(error);
    }
  }

  #untilSilence(): void {
    const { view, microphone, toggle } = this.#parts;
    const patience = new Patience(performance.now());
    let heard = 0;
    let busyBefore = false;
    this.stop();
    this.#timer = setInterval(() => {
      const nowMs = performance.now();
      const { talk, butler, awaiting, expects, lines } = view.get();
      if (talk === 'closed') return this.stop();
      const busy = butler !== 'listening' || awaiting || talk === 'opening';
      const said = lines.list.findLast(({ who }) => who === 'person')?.key ?? 0;
      if (said > heard) patience.said(nowMs);
      heard = said;
      if (busyBefore && !busy) patience.answered({ nowMs, waits: expects });
      busyBefore = busy;
      if (!patience.over({ nowMs, busy, level: microphone.level })) return;
      this.stop();
      toggle();
    }, lookEveryMs);
  }
}
