/** A device that stands in a room: waits for the word, asks the house, talks, and waits again. */
import { Problem, type Session } from '../api/api.ts';
import { noLines, withAllFinal, withMessage } from '../talk/lines.ts';
import { Store } from '../talk/view.ts';
import type { ConnectionEvents, VoiceConnection } from '../voice/connection.ts';
import type { ClientMessage, ServerMessage } from '../voice/messages.ts';
import type { VoiceInput } from '../voice/microphone.ts';
import { type AskingParts, askTheHouse, isElsewhere } from './asking.ts';
import { CatchUp } from './catch-up.ts';
import type { EarFault, Heard } from './ear.ts';
import { Post, type PostParts } from './post.ts';
import {
  firstView,
  isAsked,
  type RoomFaults,
  type RoomState,
  type RoomView,
  withFault,
} from './view.ts';
import { Visit } from './visit.ts';

export interface StandingParts extends AskingParts, Omit<PostParts, 'microphone'> {
  microphone: PostParts['microphone'] & VoiceInput & { readonly level: number };
  connect(
    session: Session,
    parts: { microphone: VoiceInput; events: ConnectionEvents },
  ): Promise<VoiceConnection>;
  chime(kind: 'heard' | 'left'): void;
  signedOut(): void;
  /** The sentence for a house that was not reached. */
  unreached: string;
}

/** What the person and the device want. */
export interface Wishes {
  word: string;
  sensitivity: number;
  chime: boolean;
  /** Go on without the word after an answer that asks. */
  followUp: boolean;
}

const elsewhereForMs = 2_000;
const atRest: readonly RoomState[] = ['starting', 'resting', 'waiting'];

export class Standing {
  readonly view = new Store<RoomView>(firstView);
  readonly #parts: StandingParts;
  readonly #post: Post;
  readonly #catchUp: CatchUp;
  #wishes: Wishes;
  #visit: Visit | undefined;
  /** Which call of the house counts: an older one's answer comes too late. */
  #call = 0;
  #muted = false;

  constructor(parts: StandingParts, wishes: Wishes) {
    this.#parts = parts;
    this.#wishes = wishes;
    this.#catchUp = new CatchUp(parts.microphone);
    this.#post = new Post(
      parts,
      {
        heard: (heard) => this.#heard(heard),
        frame: (frame) => this.#frame(frame),
        ready: () => this.#earChanged(undefined),
        earFault: (fault) => this.#earChanged(fault),
        butlerLevel: () => this.#visit?.level ?? 0,
      },
      wishes,
    );
  }

  /** Gets the microphone and the ear; also again, after a fault or a sleep. */
  readonly start = async (): Promise<void> => {
    this.#muted = false;
    if (this.#state === 'muted') this.#become('starting');
    const manned = await this.#post.man();
    if (manned === 'gone') return;
    this.#fault('microphone', typeof manned === 'object' ? manned.trouble : undefined);
    if (!atRest.includes(this.#state)) return;
    this.#become(manned === 'silent' ? 'resting' : this.#rest);
  };

  close(): void {
    this.#hangUp();
    this.#post.close();
  }

  readonly obey = (wishes: Wishes): void => {
    this.#wishes = wishes;
    this.#post.listenFor(wishes);
  };

  /** Talks without the word; while Butler speaks it stops him, while he listens it ends that. */
  readonly touch = (): void => {
    const { state, faults } = this.view.get();
    if (state === 'muted' || state === 'elsewhere') return;
    if (state === 'asking') this.#hangUp();
    else if (state === 'talking' && this.#visit?.speaking) this.#visit.hush();
    else if (state === 'talking') this.#visit?.close();
    else if (state === 'paused') void this.#visit?.hear();
    else if (state === 'resting' || faults.microphone) void this.start();
    else void this.#begin(undefined);
  };

  /** Muted: the microphone is given back, and the browser's recording sign goes out. */
  readonly mute = (on: boolean): void => {
    if (!on) {
      void this.start();
      return;
    }
    this.#muted = true;
    this.#hangUp();
    this.#post.leave();
  };

  /** The device was asleep; or the network or a microphone came back. */
  readonly wake = (): void => {
    if (!this.#muted) void this.start();
  };

  /** The house has something to tell, such as a timer: it sounds here, and nothing is heard. */
  readonly ring = (): void => {
    const isFree = atRest.includes(this.#state) || this.#state === 'muted';
    if (isFree) void this.#begin(undefined, { listens: false });
  };

  /** The person says: try the ear and the microphone again. */
  readonly again = (): void => {
    this.#fault('ear', undefined);
    this.#post.mendEar();
    this.wake();
  };

  readonly houseIsBack = (): void => this.#fault('house', undefined);

  /** The microphone was pulled out, or the system took it. */
  readonly microphoneLost = (): void => {
    this.#fault('microphone', 'unplugged');
    this.#hangUp();
  };

  readonly tell = (message: ClientMessage): void => this.#visit?.connection?.tell(message);

  readonly levels = (): { person: number; butler: number } => ({
    person: this.#state === 'talking' ? this.#parts.microphone.level : 0,
    butler: this.#visit?.level ?? 0,
  });

  get #state(): RoomState {
    return this.view.get().state;
  }

  get #rest(): RoomState {
    if (this.#muted) return 'muted';
    return this.#post.ready || this.view.get().faults.ear ? 'waiting' : 'starting';
  }

  #earChanged(fault: EarFault | undefined): void {
    this.#fault('ear', fault);
    if (this.#state === 'starting') this.#become('waiting');
  }

  /** In a conversation the transport has them. */
  #frame(frame: ArrayBuffer): void {
    if (['waiting', 'asking', 'paused'].includes(this.#state)) this.#catchUp.keep(frame.slice(0));
  }

  #heard(heard: Heard): void {
    if (this.#state === 'waiting') void this.#begin(heard);
    if (this.#state === 'paused') {
      this.#catchUp.called(this.#parts.now() - heard.atMs);
      void this.#visit?.hear();
    }
    // In a conversation the word is a way to say: stop, and listen.
    if (this.#state === 'talking' && this.#visit?.speaking) this.#visit.hush();
  }

  async #begin(heard: Heard | undefined, { listens } = { listens: true }): Promise<void> {
    this.#call += 1;
    const call = this.#call;
    const isWanted = () => call === this.#call;
    if (heard) this.#catchUp.called(this.#parts.now() - heard.atMs);
    else this.#catchUp.forget();
    this.view.change((view) => ({ ...view, state: 'asking', butler: 'listening', lines: noLines }));
    try {
      const session = await askTheHouse(this.#parts, { heard, isWanted });
      if (session && isWanted()) await this.#newVisit().open(session, { listens });
    } catch (error) {
      if (isWanted()) await this.#refused(error);
    }
  }

  #newVisit(): Visit {
    const { microphone, connect, now } = this.#parts;
    const parts = {
      connect: (session: Session, events: ConnectionEvents) =>
        connect(session, { microphone: this.#catchUp, events }),
      level: () => microphone.level,
      followUp: () => this.#wishes.followUp,
      isAsked: () => isAsked(this.view.get(), Date.now()),
      now,
    };
    const visit: Visit = new Visit(parts, {
      hears: () => this.#hears(),
      paused: () => this.#become('paused'),
      message: (message) => this.#receive(message),
      connected: ({ element = null }) => this.view.change((view) => ({ ...view, element })),
      over: (end) => this.#visit === visit && this.#visitOver(end),
    });
    this.#visit = visit;
    return visit;
  }

  #hears(): void {
    this.#fault('house', undefined);
    this.#chime('heard');
    this.#become('talking');
  }

  #visitOver(end: { lost: boolean; heard: boolean; reason?: string | undefined }): void {
    if (end.lost) this.#fault('house', end.reason || this.#parts.unreached);
    else if (end.heard) this.#chime('left');
    this.#hangUp();
  }

  async #refused(error: unknown): Promise<void> {
    if (error instanceof Problem && error.status === 401) return this.#parts.signedOut();
    if (!isElsewhere(error)) {
      const known = error instanceof Problem && error.status !== 0 ? error.detail : '';
      this.#fault('house', known || this.#parts.unreached);
      return this.#hangUp();
    }
    this.view.change((view) => ({ ...view, state: 'elsewhere', elsewhere: error.detail }));
    await this.#parts.wait(elsewhereForMs);
    if (this.#state === 'elsewhere') this.#hangUp();
  }

  #receive(message: ServerMessage): void {
    this.view.change((view) => ({
      ...view,
      lines: withMessage(view.lines, message),
      ...(message.type === 'state' && { butler: message.state }),
    }));
    // What the house tells unasked is shown like any answer.
    if (message.type === 'state' && message.state === 'speaking') this.#become('talking');
    if (message.type === 'error') this.#fault('house', message.detail || message.title);
    if (message.type === 'turn') this.#fault('house', undefined);
  }

  /** Whatever was going on with the house is over; the device waits for the word again. */
  #hangUp(): void {
    this.#call += 1;
    const visit = this.#visit;
    this.#visit = undefined;
    visit?.close();
    this.#catchUp.forget();
    const quiet = { butler: 'listening', element: null } as const;
    this.view.change((view) => ({ ...view, ...quiet, lines: withAllFinal(view.lines) }));
    this.#become(this.#rest);
  }

  #chime(kind: 'heard' | 'left'): void {
    if (this.#wishes.chime) this.#parts.chime(kind);
  }

  #become(state: RoomState): void {
    this.view.change((view) => (view.state === state ? view : { ...view, state }));
  }

  #fault<Kind extends keyof RoomFaults>(kind: Kind, fault: RoomFaults[Kind] | undefined): void {
    this.view.change((view) => withFault(view, kind, fault));
  }
}
