/** What the conversation has to tell beside itself: one note of a kind, each with a way on. */
import { microphoneTrouble } from '../voice/trouble.ts';
import { voiceWords as words } from '../words/voice.ts';
import { type NoticeKind, type Store, type View, withNotice, withoutNotice } from './view.ts';

interface Note {
  sentence: string;
  /** The word on its button. */
  action?: string;
  /** It interrupts a screen reader. */
  alert?: boolean;
}

export class Notes {
  readonly #view: Store<View>;

  constructor(view: Store<View>) {
    this.#view = view;
  }

  has(kind: NoticeKind): boolean {
    return this.#view.get().notices.some((notice) => notice.kind === kind);
  }

  tell(kind: NoticeKind, { alert, ...note }: Note): void {
    const tone = alert ? 'alert' : 'information';
    this.#view.change((view) => withNotice(view, { kind, tone, ...note }));
  }

  drop(kind: NoticeKind): void {
    this.#view.change((view) => withoutNotice(view, kind));
  }

  /** @param error what opening the microphone threw. */
  microphoneFailed(error: unknown): void {
    const trouble = microphoneTrouble(error, {
      secure: window.isSecureContext,
      hasDevices: navigator.mediaDevices !== undefined,
    });
    this.tell('microphone', { ...words.troubles[trouble], alert: true });
  }

  unplugged(): void {
    this.tell('microphone', { ...words.troubles.unplugged, alert: true });
  }

  soundBlocked(blocked: boolean): void {
    if (!blocked) this.drop('sound');
    else this.tell('sound', { sentence: words.soundBlocked, action: words.turnOnSound });
  }
}
