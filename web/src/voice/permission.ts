/** Whether the browser would ask for the microphone, and whether the person knows why. */

export type Permission = 'granted' | 'prompt' | 'denied' | 'unknown';

const explainedAs = 'butler.microphone-explained';

/** Follows the browser's permission; where it does not tell, it stays unknown. */
export class MicrophonePermission {
  readonly #changed: (state: Permission) => void;
  #status: PermissionStatus | undefined;
  #explained = wasExplained();

  constructor(changed: (state: Permission) => void) {
    this.#changed = changed;
  }

  get state(): Permission {
    return this.#status?.state ?? 'unknown';
  }

  /** The browser would ask, and the person has not been told what for. */
  get needsWords(): boolean {
    return !this.#explained && (this.state === 'prompt' || this.state === 'unknown');
  }

  async watch(): Promise<void> {
    try {
      this.#status = await navigator.permissions.query({ name: 'microphone' });
    } catch {
      // Some browsers do not tell about the microphone.
      return;
    }
    this.#status.onchange = () => this.#changed(this.state);
  }

  close(): void {
    if (this.#status) this.#status.onchange = null;
  }

  explained(): void {
    this.#explained = true;
    try {
      localStorage.setItem(explainedAs, 'yes');
    } catch {
      // Then it is explained again at the next start.
    }
  }
}

function wasExplained(): boolean {
  try {
    return localStorage.getItem(explainedAs) !== null;
  } catch {
    return false;
  }
}
