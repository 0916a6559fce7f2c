/** One conversation on one page: the voice, the typed word, and what went wrong, in one view. */
import type { ChatActs } from '../chat/acts.ts';
import { type AudioChoice, keptChoice } from '../voice/audio-choice.ts';
import { ChangeOver } from '../voice/change-over.ts';
import { Link, type LinkState } from '../voice/link.ts';
import type { ServerMessage } from '../voice/messages.ts';
import { Screen } from '../voice/screen.ts';
import type { Wakened } from '../voice/sleep.ts';
import { countPress, countReady, stats } from '../voice/stats.ts';
import { Talker, type TalkState } from '../voice/talker.ts';
import { talkWords } from '../words/talk.ts';
import { voiceWords as words } from '../words/voice.ts';
import { Allowing } from './allowing.ts';
import { callHouse } from './call-house.ts';
import { Calls } from './calls.ts';
import { Exchange } from './exchange.ts';
import { Notes } from './notes.ts';
import { OwnAudio } from './own-audio.ts';
import { firstView, type NoticeKind, Store, shownState, type View } from './view.ts';

/** Shorter than any word: the button was tapped, not held. */
const holdAtLeastMs = 250;

export interface SignIn {
  token: string;
  signedOut(): void;
}

export class Conversation implements ChatActs {
  readonly view = new Store<View>(firstView(keptChoice(() => localStorage)));
  readonly #signIn: SignIn;
  readonly #notes = new Notes(this.view);
  readonly #audio = this.#createAudio();
  readonly #allowing = new Allowing({
    view: this.view,
    audio: this.#audio,
    notes: this.#notes,
  });
  readonly #screen = new Screen();
  readonly #ways = new ChangeOver(
    () => performance.now(),
    () => this.#change((view) => ({ ...view, changedOver: true })),
  );
  readonly #link: Link;
  readonly #talker: Talker;
  readonly #exchange: Exchange;
  /** What begins by itself. */
  readonly calls: Calls;
  #heldSince = 0;
  /** The microphone went away behind a locked screen: listening goes on when it is seen again. */
  #listenAgain = false;

  constructor(signIn: SignIn) {
    this.#signIn = signIn;
    this.#link = this.#createLink();
    this.#talker = this.#createTalker();
    this.#exchange = this.#createExchange();
    this.calls = new Calls({
      view: this.view,
      microphone: this.#audio.microphone,
      allowing: this.#allowing,
      notes: this.#notes,
      toggle: this.toggle,
      earLent: (lent) => this.#earLent(lent),
    });
    this.view.watch(() => this.#follow());
  }

  open(): void {
    this.#link.open();
    this.#audio.open();
    this.#allowing.open();
  }

  close(): void {
    this.calls.stop();
    this.#exchange.close();
    this.#link.close();
    this.#allowing.close();
    this.#screen.keepOn(false);
    this.#audio.close();
  }

  /** @param at when the finger came down, as `performance.now()`. */
  readonly press = (at = performance.now()): void => {
    if (this.#allowing.explainFirst()) return;
    countPress(at);
    this.#exchange.hush();
    this.#link.retryNow();
    this.#audio.startHeadset();
    this.#talker.press();
  };

  readonly release = (): void => this.#talker.release();

  readonly toggle = (): void => {
    if (this.view.get().talk === 'closed' && this.#allowing.explainFirst()) return;
    this.#link.retryNow();
    this.#audio.startHeadset();
    this.#talker.toggle();
  };

  /** The microphone stays open, and only silence goes through it. */
  readonly mute = (muted: boolean): void => {
    this.#audio.microphone.muted = muted;
    this.#change((view) => ({ ...view, muted }));
  };

  readonly stop = (): void => this.#exchange.stop();
  readonly send = (text: string): void => this.#exchange.send(text);
  readonly reply = (id: string, yes: boolean): void => this.#exchange.reply(id, yes);
  readonly undo = (id: string): void => this.#exchange.undo(id);
  readonly choose = (part: Partial<AudioChoice>): void => this.#audio.choose(part);

  /** The person has read why the browser will ask. */
  readonly explained = (goOn: boolean): void => this.#allowing.explained(goOn);

  /** The button of a notice. */
  readonly act = (kind: NoticeKind): void => {
    if (kind === 'connection') this.#link.retryNow();
    if (kind === 'sound') void this.#turnOnSound();
    if (kind === 'microphone') void this.#allowing.tryNow();
  };

  readonly dismiss = (kind: NoticeKind): void => this.#notes.drop(kind);

  /** The network says that it is back, or the page is looked at again. */
  readonly wake = ({ slept }: Wakened): void => {
    if (slept && this.#link.renew()) {
      this.#exchange.lost();
      this.#talker.connectionLost();
    } else this.#link.retryNow();
    void this.#audio.sound.wake();
    this.calls.again();
    this.#follow();
    if (!this.#listenAgain) return;
    this.#listenAgain = false;
    if (this.view.get().talk === 'closed') this.toggle();
  };

  /** Any touch of the page is leave to sound, where the browser waited for one. */
  readonly touched = (): void => {
    if (this.#notes.has('sound')) void this.#turnOnSound();
  };

  readonly levels = (): { person: number; butler: number } => ({
    person: this.#audio.microphone.level,
    butler: this.#link.connection?.level ?? 0,
  });

  #createAudio(): OwnAudio {
    return new OwnAudio({
      view: this.view,
      microphoneLost: () => this.#microphoneLost(),
      microphoneChanged: () => this.#talker.microphoneChanged(),
      soundChanged: () => this.#link.anyConnection?.soundChanged(),
      soundBlocked: (blocked) => this.#notes.soundBlocked(blocked),
      told: (kind, sentence) => this.#notes.tell(kind, { sentence }),
      failed: (error) => this.#notes.microphoneFailed(error),
      headsetPressed: () => this.toggle(),
    });
  }

  #createLink(): Link {
    return new Link({
      connect: (events) =>
        callHouse({ token: this.#signIn.token, ways: this.#ways, devices: this.#audio, events }),
      changed: (state, reason) => this.#linkChanged(state, reason),
      message: (message) => this.#receive(message),
      soundBlocked: (blocked) => this.#notes.soundBlocked(blocked),
      signedOut: () => this.#signIn.signedOut(),
      random: Math.random,
    });
  }

  #createTalker(): Talker {
    const { microphone, sound } = this.#audio;
    return new Talker({
      microphone,
      sound,
      connection: () => this.#link.connection,
      changed: (state) => this.#talkChanged(state),
      opened: () => {
        this.#notes.drop('microphone');
        this.#audio.opened();
      },
      failed: (error) => this.#notes.microphoneFailed(error),
      readyTooLate: () => this.#notes.tell('microphone', { sentence: words.microphoneReady }),
      now: () => performance.now(),
    });
  }

  #createExchange(): Exchange {
    return new Exchange({
      view: this.view,
      ...this.#signIn,
      connection: () => this.#link.connection,
      trouble: (sentence) => {
        if (sentence === undefined) this.#notes.drop('answer');
        else this.#notes.tell('answer', { sentence, alert: true });
      },
      allowSound: () => void this.#audio.sound.turnOn(),
    });
  }

  #receive(message: ServerMessage): void {
    this.#exchange.receive(message);
    if (message.type !== 'state') return;
    const { state, expects = false } = message;
    if (state !== 'speaking') this.#change((view) => ({ ...view, expects }));
  }

  /** What is said together with the word can only be sent later over the WebSocket. */
  #earLent(lent: boolean): void {
    this.#ways.socketWanted = lent;
    const { transport } = this.view.get();
    if (lent && transport === 'livekit') this.#link.renew();
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
      countReady();
      if (this.#ways.socketWanted) this.#earLent(true);
      this.#notes.drop('connection');
      this.#talker.connectionReady();
    }
    const lost = link === 'reconnecting' || link === 'off';
    if (lost && (link !== before || reason)) this.#linkLost(reason);
  }

  #linkLost(reason: string | undefined): void {
    this.#exchange.lost();
    this.#talker.connectionLost();
    const sentence = reason ?? words.connectionLost;
    const alert = this.#link.state === 'reconnecting';
    this.#notes.tell('connection', { sentence, action: words.connectionRetry, alert });
  }

  #talkChanged(talk: TalkState): void {
    const before = this.view.get().talk;
    if (talk === 'hold' || talk === 'open') {
      stats.firstSoundAt = 0;
      this.#notes.drop('answer');
      if (this.#audio.sound.silenced) this.#notes.soundBlocked(true);
    }
    if (talk === 'hold') {
      this.#heldSince = performance.now();
      this.#change((view) => ({ ...view, butler: 'listening' }));
    }
    // Who presses to talk wants to be heard.
    const pressed = talk === 'hold' || talk === 'closed';
    if (pressed && this.view.get().muted) this.mute(false);
    const released = before === 'hold' && talk === 'closed';
    const tapped = released && performance.now() - this.#heldSince < holdAtLeastMs;
    if (tapped) this.#notes.tell('answer', { sentence: talkWords.holdLonger });
    this.#exchange.await(released && !tapped && this.view.get().link === 'connected');
    this.#change((view) => ({ ...view, talk }));
  }

  /** The screen stays on while something is going on, and a headset shows that Butler listens. */
  #follow(): void {
    const state = shownState(this.view.get());
    this.#screen.keepOn(['listening', 'thinking', 'speaking', 'muted'].includes(state));
    this.#audio.showListening(state === 'listening');
  }

  #microphoneLost(): void {
    const { talk } = this.view.get();
    this.#listenAgain = document.hidden && talk === 'open';
    if (!this.#listenAgain && this.#talker.microphoneLost()) return;
    this.#talker.abandon();
    this.calls.again();
    if (talk !== 'closed') this.#notes.unplugged();
  }

  async #turnOnSound(): Promise<void> {
    await this.#audio.sound.turnOn();
    await this.#link.anyConnection?.turnOnSound();
    if (!this.#audio.sound.silenced) this.#notes.drop('sound');
  }

  #change(change: (view: View) => View): void {
    this.view.change(change);
  }
}
