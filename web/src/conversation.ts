/** One conversation on one page: the voice, the typed word, and what went wrong, in one view. */
import { chat, dispatchButler, openVoiceSession, Problem } from './api.ts';
import { withAllFinal, withCut, withMessage, withTyped } from './lines.ts';
import { firstView, type NoticeKind, Store, type View, withNotice, withoutNotice } from './view.ts';
import { BrowserVoice, browserReader } from './voice/browser-voice.ts';
import { connect, type Devices } from './voice/connection.ts';
import { Link, type LinkState } from './voice/link.ts';
import type { ServerMessage } from './voice/messages.ts';
import { Microphone } from './voice/microphone.ts';
import { Sound } from './voice/sound.ts';
import { Speaker } from './voice/speaker.ts';
import { stats } from './voice/stats.ts';
import { Talker, type TalkState } from './voice/talker.ts';
import { microphoneTrouble, type Trouble } from './voice/trouble.ts';
import { words } from './words.ts';

/** Local transcription on a small machine takes its time; after this the page stops waiting. */
const awaitForMs = 20_000;
/** Shorter than any word: the button was tapped, not held. */
const holdAtLeastMs = 250;

export interface SignIn {
  token: string;
  signedOut(): void;
}

export class Conversation {
  readonly view = new Store<View>(firstView);
  readonly #signIn: SignIn;
  readonly #sound = new Sound();
  readonly #microphone = new Microphone(this.#sound, () => this.#microphoneLost());
  readonly #speaker = new Speaker(this.#sound, (blocked) => this.#soundBlocked(blocked));
  readonly #ownVoice = new BrowserVoice(browserReader(navigator.language));
  readonly #link: Link;
  readonly #talker: Talker;
  #asking: AbortController | undefined;
  #asked = 0;
  #heldSince = 0;
  #awaitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(signIn: SignIn) {
    this.#signIn = signIn;
    this.#link = this.#createLink();
    this.#talker = this.#createTalker();
  }

  open(): void {
    this.#link.open();
  }

  close(): void {
    clearTimeout(this.#awaitTimer);
    this.#asking?.abort();
    this.#link.close();
    this.#ownVoice.hush();
    this.#microphone.release();
  }

  readonly press = (): void => {
    this.#ownVoice.hush();
    this.#link.retryNow();
    this.#talker.press();
  };

  readonly release = (): void => this.#talker.release();

  readonly toggle = (): void => {
    this.#link.retryNow();
    this.#talker.toggle();
  };

  readonly stop = (): void => {
    this.#asking?.abort();
    this.#ownVoice.hush();
    this.#link.connection?.stop();
    this.#change((view) => ({
      ...view,
      butler: 'listening',
      awaiting: false,
      lines: withCut(view.lines),
    }));
  };

  readonly send = (text: string): void => {
    this.dismiss('answer');
    this.#change((view) => ({ ...view, lines: withTyped(view.lines, text) }));
    stats.firstSoundAt = 0;
    const { connection } = this.#link;
    if (!connection) {
      void this.#ask(text);
      return;
    }
    // A typed question is a gesture too: from now on the answer may sound.
    void this.#sound.turnOn();
    connection.sendText(text);
    this.#await(true);
  };

  /** The button of a notice. */
  readonly act = (kind: NoticeKind): void => {
    if (kind === 'connection') this.#link.retryNow();
    if (kind === 'sound') void this.#turnOnSound();
    if (kind === 'microphone') void this.#retryMicrophone();
  };

  readonly dismiss = (kind: NoticeKind): void => this.#change((view) => withoutNotice(view, kind));

  /** The network says that it is back, or the page is looked at again. */
  readonly wake = (): void => this.#link.retryNow();

  readonly levels = (): { person: number; butler: number } => ({
    person: this.#microphone.level,
    butler: this.#link.connection?.level ?? 0,
  });

  #createLink(): Link {
    const sound = this.#sound;
    const devices: Devices = { microphone: this.#microphone, speaker: this.#speaker, sound };
    const { token } = this.#signIn;
    return new Link({
      connect: async (events) => {
        refuseInsecurePage();
        const session = await openVoiceSession(token);
        const dispatch = (room: string) => dispatchButler(token, room);
        return connect({ session, devices, events, dispatch });
      },
      changed: (state, reason) => this.#linkChanged(state, reason),
      message: (message) => this.#receive(message),
      soundBlocked: (blocked) => this.#soundBlocked(blocked),
      signedOut: () => this.#signIn.signedOut(),
      random: Math.random,
    });
  }

  #createTalker(): Talker {
    return new Talker({
      microphone: this.#microphone,
      sound: this.#sound,
      connection: () => this.#link.connection,
      changed: (state) => this.#talkChanged(state),
      opened: () => this.dismiss('microphone'),
      failed: (error) => this.#microphoneFailed(error),
      readyTooLate: () => this.#notify('microphone', { sentence: words.microphoneReady }),
      now: () => performance.now(),
    });
  }

  #linkChanged(link: LinkState, reason: string | undefined): void {
    const before = this.view.get().link;
    const connection = this.#link.anyConnection;
    this.#change((view) => ({
      ...view,
      link,
      transport: connection?.transport ?? 'none',
      element: connection?.element ?? null,
    }));
    if (link === 'connected' && before !== 'connected') {
      this.dismiss('connection');
      this.#talker.connectionReady();
    }
    const lost = link === 'reconnecting' || link === 'off';
    if (lost && (link !== before || reason)) this.#linkLost(reason);
  }

  #linkLost(reason: string | undefined): void {
    this.#await(false);
    this.#talker.connectionLost();
    this.#change((view) => ({ ...view, butler: 'listening', lines: withAllFinal(view.lines) }));
    const sentence = reason ?? words.connectionLost;
    const alert = this.#link.state === 'reconnecting';
    this.#notify('connection', { sentence, action: words.connectionRetry, alert });
  }

  #talkChanged(talk: TalkState): void {
    const before = this.view.get().talk;
    if (talk === 'hold' || talk === 'open') {
      stats.firstSoundAt = 0;
      this.dismiss('answer');
    }
    if (talk === 'hold') {
      this.#heldSince = performance.now();
      this.#change((view) => ({ ...view, butler: 'listening' }));
    }
    const released = before === 'hold' && talk === 'closed';
    const tapped = released && performance.now() - this.#heldSince < holdAtLeastMs;
    if (tapped) this.#notify('answer', { sentence: words.holdLonger });
    this.#await(released && !tapped && this.view.get().link === 'connected');
    this.#change((view) => ({ ...view, talk }));
  }

  #receive(message: ServerMessage): void {
    this.#ownVoice.follow(message);
    this.#change((view) => ({ ...view, lines: withMessage(view.lines, message) }));
    if (message.type === 'state') {
      this.#change((view) => ({ ...view, butler: message.state }));
      if (message.state !== 'listening') this.#await(false);
    }
    if (message.type === 'turn') this.#await(false);
    if (message.type === 'error') {
      this.#await(false);
      this.#notify('answer', { sentence: message.detail || message.title, alert: true });
    }
    const unheard = message.type === 'transcript' && message.final && message.text.trim() === '';
    if (unheard) this.#await(false);
  }

  async #ask(text: string): Promise<void> {
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    this.#asked += 1;
    const id = `asked-${this.#asked}`;
    this.#change((view) => ({ ...view, asking: true }));
    try {
      const { token } = this.#signIn;
      for await (const answer of chat({ text, token, signal: asking.signal })) {
        const message = { type: 'transcript', who: 'butler', id, ...answer } as const;
        this.#change((view) => ({ ...view, lines: withMessage(view.lines, message) }));
      }
    } catch (error) {
      if (!asking.signal.aborted) this.#askFailed(error);
    } finally {
      if (this.#asking === asking) {
        this.#asking = undefined;
        this.#change((view) => ({ ...view, asking: false, lines: withAllFinal(view.lines) }));
      }
    }
  }

  #askFailed(error: unknown): void {
    if (error instanceof Problem && error.status === 401) {
      this.#signIn.signedOut();
      return;
    }
    const sentence = error instanceof Problem ? error.detail : words.answerBrokeOff;
    this.#notify('answer', { sentence, alert: true });
  }

  #microphoneFailed(error: unknown): void {
    const trouble = microphoneTrouble(error, {
      secure: window.isSecureContext,
      hasDevices: navigator.mediaDevices !== undefined,
    });
    this.#notifyTrouble(trouble);
  }

  #microphoneLost(): void {
    this.#talker.abandon();
    this.#notifyTrouble('unplugged');
  }

  async #retryMicrophone(): Promise<void> {
    try {
      await Promise.all([this.#microphone.acquire(), this.#sound.turnOn()]);
      this.#notify('microphone', { sentence: words.microphoneReady });
    } catch (error) {
      this.#microphoneFailed(error);
    }
  }

  async #turnOnSound(): Promise<void> {
    await this.#sound.turnOn();
    await this.#link.anyConnection?.turnOnSound();
  }

  #soundBlocked(blocked: boolean): void {
    if (!blocked) this.dismiss('sound');
    else this.#notify('sound', { sentence: words.soundBlocked, action: words.turnOnSound });
  }

  #notifyTrouble(trouble: Trouble): void {
    this.#notify('microphone', { ...words.troubles[trouble], alert: true });
  }

  #notify(kind: NoticeKind, notice: { sentence: string; action?: string; alert?: boolean }): void {
    const { alert, ...shown } = notice;
    const tone = alert ? 'alert' : 'information';
    this.#change((view) => withNotice(view, { kind, tone, ...shown }));
  }

  #await(awaiting: boolean): void {
    clearTimeout(this.#awaitTimer);
    if (awaiting) this.#awaitTimer = setTimeout(() => this.#await(false), awaitForMs);
    this.#change((view) => (view.awaiting === awaiting ? view : { ...view, awaiting }));
  }

  #change(change: (view: View) => View): void {
    this.view.change(change);
  }
}

/** Without https there is neither a microphone nor an audio thread: typing is what is left. */
function refuseInsecurePage(): void {
  if (window.isSecureContext) return;
  const { sentence } = words.troubles.insecure;
  throw new Problem({ status: 400, code: 'insecure-page', title: '', detail: sentence });
}
