/** The key of a headset begins and ends listening (Media Session), where a person wants that. */
import quietUrl from './quiet.wav?url';

const actions = ['play', 'pause', 'hangup', 'togglemicrophone'] as const;

type Session = MediaSession & { setMicrophoneActive?(active: boolean): Promise<void> };

/**
 * Browsers give the key to whoever plays media: a recording of silence is played meanwhile.
 * That takes the key, and the sound of some phones, from other programs; so a person turns it on.
 */
export class Headset {
  readonly #pressed: () => void;
  #quiet: HTMLAudioElement | undefined;

  constructor(pressed: () => void) {
    this.#pressed = pressed;
  }

  /** While a press is handled: browsers let nothing play before. */
  async use(title: string): Promise<void> {
    const session = sessionOf();
    if (!session || this.#quiet) return;
    const quiet = new Audio(quietUrl);
    quiet.loop = true;
    this.#quiet = quiet;
    session.metadata = new MediaMetadata({ title });
    for (const action of actions) handle(session, action, this.#pressed);
    try {
      await quiet.play();
    } catch {
      this.drop();
    }
  }

  /** Whether Butler listens: headsets and locked screens show it. */
  show(listening: boolean): void {
    const session = sessionOf();
    if (!session || !this.#quiet) return;
    session.playbackState = listening ? 'playing' : 'paused';
    void session.setMicrophoneActive?.(listening).catch(() => undefined);
  }

  drop(): void {
    const session = sessionOf();
    if (!session || !this.#quiet) return;
    this.#quiet.pause();
    this.#quiet = undefined;
    for (const action of actions) handle(session, action, null);
    session.metadata = null;
    session.playbackState = 'none';
  }
}

function sessionOf(): Session | undefined {
  return (navigator as { mediaSession?: Session }).mediaSession;
}

function handle(session: Session, action: string, pressed: (() => void) | null): void {
  try {
    session.setActionHandler(action as MediaSessionAction, pressed);
  } catch {
    // This browser does not know the action.
  }
}
