/** The worker's part of the talk with the page: one command after another, faults as codes. */
import type { WakeCommand, WakeReport } from '../room/wake-port.ts';
import type { Ear } from './ear.ts';
import { type WakeWord, wakeWords } from './words.ts';

/** 20 ms frames that may wait: on a device slower than the sound, the newest are let go. */
const mostWaiting = 100;
const longestFrameBytes = 2 * 16_000;

type Report = (report: WakeReport, transfer?: Transferable[]) => void;

interface Parts {
  ear(words: WakeWord[], sensitivity: number): Promise<Pick<Ear, 'hear' | 'reset'>>;
  report: Report;
}

export class Listening {
  private readonly parts: Parts;
  private ear: Pick<Ear, 'hear' | 'reset'> | undefined;
  private queue: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Settles when this command is done; commands keep their order. */
  take(command: WakeCommand): Promise<void> {
    if (command.type === 'frame') return this.frame(command.frame);
    return this.after(() => this.obey(command));
  }

  private after(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work).catch((error: unknown) => this.fault(error));
    return this.queue;
  }

  private async obey(command: Exclude<WakeCommand, { type: 'frame' }>): Promise<void> {
    if (command.type === 'start') return this.start(command);
    if (command.type === 'stop') this.ear = undefined;
    this.ear?.reset();
  }

  private async start({ words, sensitivity }: { words: string[]; sensitivity: number }) {
    this.ear = undefined;
    const known = wakeWords.filter(({ id }) => words.includes(id));
    if (known.length === 0 || known.length < new Set(words).size) {
      this.parts.report({ type: 'fault', code: 'unknown-word' });
      return;
    }
    if (typeof WebAssembly === 'undefined') {
      this.parts.report({ type: 'fault', code: 'no-webassembly' });
      return;
    }
    try {
      this.ear = await this.parts.ear(known, sensitivity);
      this.ear.reset();
      this.parts.report({ type: 'ready' });
    } catch (error) {
      console.warn('The wake word could not be loaded.', error);
      this.parts.report({ type: 'fault', code: 'models' });
    }
  }

  private async frame(frame: unknown): Promise<void> {
    const isSound =
      frame instanceof ArrayBuffer &&
      frame.byteLength % 2 === 0 &&
      frame.byteLength <= longestFrameBytes;
    if (!isSound) {
      this.parts.report({ type: 'fault', code: 'broken-frame' });
      return;
    }
    if (this.waiting >= mostWaiting) return;
    this.waiting++;
    await this.after(async () => {
      this.waiting--;
      const heard = await this.ear?.hear(new Int16Array(frame));
      if (!heard) return;
      const preroll = heard.preroll.buffer as ArrayBuffer;
      this.parts.report({ type: 'heard', ...heard, preroll }, [preroll]);
    });
  }

  private fault(error: unknown): void {
    console.warn('The wake word is not listened for any more.', error);
    this.ear = undefined;
    this.parts.report({ type: 'fault', code: 'broken' });
  }
}
