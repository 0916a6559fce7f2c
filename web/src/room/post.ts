/** The device's microphone with the ear behind it: got, lost, given back, and what went wrong. */
import type { FrameListener } from '../voice/microphone.ts';
import type { Trouble } from '../voice/trouble.ts';
import type { Ear, EarFault, EarOptions, Heard } from './ear.ts';

export interface PostParts {
  microphone: {
    acquire(): Promise<void>;
    release(): void;
    tap(listener: FrameListener): () => void;
  };
  sound: { turnOn(): Promise<boolean> };
  newEar(options: EarOptions): Ear;
  troubleOf(error: unknown): Trouble;
}

export interface PostEvents {
  heard(heard: Heard): void;
  /** Every 20 ms while the microphone is there. */
  frame(frame: ArrayBuffer): void;
  ready(): void;
  earFault(fault: EarFault): void;
  /** 0..1: Butler at this device's loudspeaker. */
  butlerLevel(): number;
}

/** What came of getting the microphone; `silent`: the browser wants a touch first. */
export type Manned = 'ready' | 'silent' | 'gone' | { trouble: Trouble };

export class Post {
  readonly #parts: PostParts;
  readonly #events: PostEvents;
  #wanted: { word: string; sensitivity: number };
  #ear: Ear | undefined;
  #earBroken = false;
  #untap: (() => void) | undefined;
  /** Nobody has left while the browser was still asking for the microphone. */
  #manned = false;
  /** The ear knows the word. */
  ready = false;

  constructor(parts: PostParts, events: PostEvents, wanted: { word: string; sensitivity: number }) {
    this.#parts = parts;
    this.#events = events;
    this.#wanted = wanted;
  }

  /** Also where it is manned already: what has been lost meanwhile is got again. */
  async man(): Promise<Manned> {
    const { microphone, sound, troubleOf } = this.#parts;
    this.#manned = true;
    this.#untap ??= microphone.tap((frame) => {
      this.#events.frame(frame);
      this.#ear?.hear(frame);
    });
    if (!this.#earBroken) this.#ear ??= this.#newEar();
    try {
      const [, sounds] = await Promise.all([microphone.acquire(), sound.turnOn()]);
      if (!this.#manned) {
        microphone.release();
        return 'gone';
      }
      return sounds ? 'ready' : 'silent';
    } catch (error) {
      return this.#manned ? { trouble: troubleOf(error) } : 'gone';
    }
  }

  /** Nobody hears here any more; the ear keeps its models for the next time. */
  leave(): void {
    this.#manned = false;
    this.#untap?.();
    this.#untap = undefined;
    this.#parts.microphone.release();
  }

  close(): void {
    this.leave();
    this.#ear?.close();
    this.#ear = undefined;
    this.ready = false;
  }

  /** The next `man` tries the ear once more. */
  mendEar(): void {
    this.#earBroken = false;
  }

  listenFor(wanted: { word: string; sensitivity: number }): void {
    const { word, sensitivity } = this.#wanted;
    if (word === wanted.word && sensitivity === wanted.sensitivity) return;
    this.#wanted = wanted;
    this.#ear?.listenFor(wanted);
  }

  #newEar(): Ear {
    const { word, sensitivity } = this.#wanted;
    return this.#parts.newEar({
      ...{ word, sensitivity },
      onHeard: (heard) => this.#events.heard(heard),
      onReady: () => {
        this.ready = true;
        this.#events.ready();
      },
      onFault: (fault) => {
        this.#ear = undefined;
        this.#earBroken = true;
        this.ready = false;
        this.#events.earFault(fault);
      },
      butlerLevel: () => this.#events.butlerLevel(),
    });
  }
}
