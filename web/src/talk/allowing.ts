/** Leave to hear: explained before the browser asks, and noticed when it is given later. */
import { MicrophonePermission } from '../voice/permission.ts';
import { voiceWords as words } from '../words/voice.ts';
import type { Notes } from './notes.ts';
import type { OwnAudio } from './own-audio.ts';
import type { Store, View } from './view.ts';

interface AllowingParts {
  view: Store<View>;
  audio: OwnAudio;
  notes: Notes;
}

export class Allowing {
  readonly #parts: AllowingParts;
  readonly #permission: MicrophonePermission;
  /** Resolves when the browser has told how it stands, or cannot tell. */
  known: Promise<void> = Promise.resolve();

  constructor(parts: AllowingParts) {
    this.#parts = parts;
    this.#permission = new MicrophonePermission((state) => {
      // The person has gone to the browser's settings and back.
      if (state === 'granted' && parts.notes.has('microphone')) void this.tryNow();
    });
  }

  /** The person has said no; the browser does not ask again. */
  get refused(): boolean {
    return this.#permission.state === 'denied';
  }

  open(): void {
    this.known = this.#permission.watch();
  }

  close(): void {
    this.#permission.close();
  }

  /** True: nothing was begun, the person reads first what the browser is going to ask. */
  explainFirst(): boolean {
    const { audio, view } = this.#parts;
    if (audio.microphone.ready || !this.#permission.needsWords) return false;
    if (!window.isSecureContext) return false;
    view.change((before) => ({ ...before, explaining: true }));
    return true;
  }

  explained(goOn: boolean): void {
    this.#parts.view.change((view) => ({ ...view, explaining: false }));
    if (!goOn) return;
    this.#permission.explained();
    void this.tryNow();
  }

  async tryNow(): Promise<void> {
    const { audio, notes } = this.#parts;
    try {
      await Promise.all([audio.microphone.acquire(), audio.sound.turnOn()]);
      notes.tell('microphone', { sentence: words.microphoneReady });
      audio.opened();
    } catch (error) {
      notes.microphoneFailed(error);
    }
  }
}
