/** Hold to talk and keep listening: from a press to an open microphone, and back. */
import type { TalkMode, VoiceConnection } from './connection.ts';

export type TalkState = 'closed' | 'opening' | TalkMode;

/** A press that had to wait longer than this was for the browser's question, not for speech. */
const promptAfterMs = 600;

export interface TalkerDependencies {
  microphone: { readonly ready: boolean; acquire(): Promise<void> };
  sound: { turnOn(): Promise<boolean> };
  /** The live connection, if there is one. */
  connection(): VoiceConnection | undefined;
  changed(state: TalkState): void;
  /** The person may speak now: the last trouble is over. */
  opened(): void;
  failed(error: unknown): void;
  /** The microphone became ready after the person had already let go. */
  readyTooLate(): void;
  now(): number;
}

export class Talker {
  readonly #dependencies: TalkerDependencies;
  #wanted: TalkMode | undefined;
  #queue: Promise<void> = Promise.resolve();
  state: TalkState = 'closed';

  constructor(dependencies: TalkerDependencies) {
    this.#dependencies = dependencies;
  }

  press(): void {
    if (this.#wanted !== 'hold') this.#want('hold');
  }

  release(): void {
    if (this.#wanted === 'hold') this.#unwant();
  }

  toggle(): void {
    if (this.#wanted === undefined) this.#want('open');
    else this.#unwant();
  }

  /** The microphone or the page is gone. */
  abandon(): void {
    if (this.#wanted) this.#unwant();
  }

  /** The microphone went away: an open one is asked for again. Tells whether it is. */
  microphoneLost(): boolean {
    if (this.#wanted !== 'open') return false;
    this.#want('open');
    return true;
  }

  /** The person chose another one while it was open. */
  microphoneChanged(): void {
    if (this.#wanted === 'open') this.#want('open');
  }

  /** A held press cannot survive the loss of a connection; an open microphone resumes. */
  connectionLost(): void {
    if (this.#wanted === 'hold') this.#wanted = undefined;
    if (this.state !== 'closed') this.#become(this.#wanted ? 'opening' : 'closed');
  }

  connectionReady(): void {
    if (this.#wanted === 'open' && this.state !== 'open') this.#want('open');
  }

  #want(mode: TalkMode): void {
    this.#wanted = mode;
    if (!this.#dependencies.microphone.ready) this.#become('opening');
    this.#then(() => this.#start(mode));
  }

  #unwant(): void {
    this.#wanted = undefined;
    if (this.state !== 'opening') this.#become('closed');
    this.#then(async () => {
      await this.#dependencies.connection()?.stopTalking();
      if (!this.#wanted) this.#become('closed');
    });
  }

  async #start(mode: TalkMode): Promise<void> {
    if (this.#wanted !== mode) return;
    const { microphone, sound, now } = this.#dependencies;
    const askedAt = now();
    try {
      await Promise.all([microphone.ready || microphone.acquire(), sound.turnOn()]);
    } catch (error) {
      this.#wanted = undefined;
      this.#become('closed');
      this.#dependencies.failed(error);
      return;
    }
    this.#dependencies.opened();
    if (this.#wanted !== mode) {
      if (now() - askedAt > promptAfterMs) this.#dependencies.readyTooLate();
      return;
    }
    const connection = this.#dependencies.connection();
    if (!connection) return this.#waitForConnection(mode);
    this.#become(mode);
    await connection.startTalking(mode);
  }

  #waitForConnection(mode: TalkMode): void {
    if (mode === 'hold') this.#wanted = undefined;
    this.#become(mode === 'hold' ? 'closed' : 'opening');
  }

  /** One step after the other: a release is never handled before its press. */
  #then(step: () => Promise<void>): void {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#wanted = undefined;
      this.#become('closed');
      this.#dependencies.failed(error);
    });
  }

  #become(state: TalkState): void {
    if (this.state === state) return;
    this.state = state;
    this.#dependencies.changed(state);
  }
}
