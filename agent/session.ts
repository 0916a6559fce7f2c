/** One conversation, whichever door it came through: how Butler listens, yields and speaks up. */
import { inference, voice } from '@livekit/agents';
import { BargeInVad } from './barge-in.ts';
import { Butler } from './butler.ts';
import type { Caller } from './caller.ts';
import { Clocks } from './clocks.ts';
import { type ButlerState, TurnEvents } from './events.ts';
import { isBackchannel, looksComplete } from './fastpath.ts';
import { faultOfHearing, nothingHeard } from './faults.ts';
import type { Engines, House } from './house.ts';
import { ChosenEar, ChosenMind, ChosenVoice } from './placeholders.ts';
import { Listener, type ListenerEvents } from './stt/listen.ts';
import { SpokenResults } from './tools-for.ts';

/** What a door brings: how the session starts, and what is special about its sound. */
export interface Passage {
  start(session: voice.AgentSession, butler: Butler): Promise<void>;
  /** False for text alone. */
  sound: boolean;
  /** How long sound may still be on its way when the button is released. */
  releaseGraceMs: number;
  /** Tells the door which engine speaks, so that it can say how much of a text was heard. */
  onVoice?(spokenText: (playedMs: number) => string): void;
}

export interface Conversation {
  readonly session: voice.AgentSession;
  readonly events: TurnEvents;
  readonly clocks: Clocks;
  talk(down: boolean): void;
  typed(text: string): void;
  stop(): void;
  close(): Promise<void>;
}

const voiceRateHz = 24_000;
/** Sound over Butler's own voice for this long pauses it. */
const bargeInMs = 120;
/** A turn that neither speaks nor ends for this long is given up. */
const stuckAfterMs = 30_000;

export const openConversation = async (
  house: House,
  caller: Caller,
  passage: Passage,
): Promise<Conversation> => {
  const { language } = caller;
  const { onVoice, releaseGraceMs } = passage;
  const events = new TurnEvents();
  const clocks = new Clocks();
  const engines = house.enginesFor(caller, {
    onClause: () => clocks.mark('firstClause'),
  });
  const bargeIn = new BargeInVad();
  const session = newSession(bargeIn);
  const talkative = new Conversing({ house, caller, session, bargeIn, events, clocks, engines });
  const listener = passage.sound
    ? newListener(house, talkative, { language, releaseGraceMs })
    : undefined;
  const spoken = new SpokenResults(house.words(language).somethingWentWrong());
  const parts = { house, caller, listener, engines, clocks, events, spoken, onVoice };
  const butler = new Butler(parts);
  talkative.follow(butler, listener);
  await passage.start(session, butler);
  return talkative;
};

const newSession = (vad: BargeInVad): voice.AgentSession =>
  new voice.AgentSession({
    stt: new ChosenEar(),
    llm: new ChosenMind(),
    tts: new ChosenVoice(voiceRateHz),
    vad,
    aecWarmupDuration: null,
    userAwayTimeout: null,
    maxToolSteps: 6,
    ttsTextTransforms: [],
    useTtsAlignedTranscript: false,
    connOptions: { maxUnrecoverableErrors: Number.MAX_SAFE_INTEGER },
    turnHandling: {
      turnDetection: 'stt',
      endpointing: { mode: 'fixed', minDelay: 0, maxDelay: 0 },
      interruption: {
        mode: 'vad',
        minDuration: bargeInMs,
        falseInterruptionTimeout: 60,
        resumeFalseInterruption: true,
      },
      preemptiveGeneration: {
        enabled: true,
        preemptiveTts: true,
        maxRetries: 6,
        maxSpeechDuration: 60_000,
      },
    },
  });

const newListener = (
  house: House,
  events: Conversing,
  { language, releaseGraceMs }: { language: string; releaseGraceMs: number },
): Listener =>
  new Listener({
    transcribe: (frames, signal) => house.hearing.transcribe(frames, signal),
    vad: new inference.VAD({ minSilenceDuration: 100 }),
    limits: () => house.hearing.endpointing(),
    events,
    isFinished: (text) => looksComplete(text, language),
    isBackchannel: (text) => isBackchannel(text, language),
    isButlerSpeaking: () => events.speaking,
    releaseGraceMs,
  });

interface Parts {
  house: House;
  caller: Caller;
  session: voice.AgentSession;
  bargeIn: BargeInVad;
  events: TurnEvents;
  clocks: Clocks;
  engines: Engines;
}

/** The running conversation: what the listener and the session report becomes events. */
class Conversing implements Conversation, ListenerEvents {
  readonly session: voice.AgentSession;
  readonly events: TurnEvents;
  readonly clocks: Clocks;
  readonly #parts: Parts;
  #butler: Butler | undefined;
  #listener: Listener | undefined;
  #state: ButlerState = 'listening';
  #turns = 0;
  #open = false;
  #stuck: NodeJS.Timeout | undefined;
  #offTimers: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.session = parts.session;
    this.events = parts.events;
    this.clocks = parts.clocks;
  }

  get speaking(): boolean {
    return this.#state === 'speaking';
  }

  follow(butler: Butler, listener: Listener | undefined): void {
    this.#butler = butler;
    this.#listener = listener;
    const { session } = this;
    const names = voice.AgentSessionEventTypes;
    session.on(names.AgentStateChanged, (event) => this.#changed(event.newState));
    session.on(names.ConversationItemAdded, ({ item }) => this.#added(item));
    session.on(names.Error, ({ error }) => this.#failed(error));
    const { house, caller } = this.#parts;
    this.#offTimers = house.timers.onDue(caller.personId, async (timer, lateMs) => {
      session.say(house.words(caller.language).timerDue(timer.name, lateMs));
      return 'delivered';
    });
  }

  talk(down: boolean): void {
    if (!down) {
      this.#listener?.release();
      return;
    }
    this.#yield();
    this.#listener?.press();
  }

  typed(text: string): void {
    this.#yield();
    this.clocks.typed();
    this.#personSaid(text, true);
    this.session.generateReply({ userInput: text });
  }

  stop(): void {
    this.#yield();
  }

  async close(): Promise<void> {
    clearTimeout(this.#stuck);
    this.#offTimers?.();
    this.#listener?.close();
    this.#parts.engines.close();
    // A session that is closed lets its answer finish; nobody is there to hear it.
    this.session.interrupt({ force: true });
    await this.session.close();
  }

  // What the listener reports.

  transcript(text: string, final: boolean): void {
    this.#personSaid(text, final);
  }

  committed(turn: { lastSampleAtMs: number; transcriptAtMs: number; hold: boolean }): void {
    this.clocks.committed(turn);
    this.#open = true;
  }

  wordless(hold: boolean): void {
    if (hold) this.events.emit({ type: 'error', ...nothingHeard(this.#parts) });
    this.events.emit({ type: 'state', state: this.#state });
  }

  overButler(speechMs: number): void {
    this.#parts.bargeIn.speechOverButler(speechMs);
  }

  failed(error: unknown): void {
    const fault = faultOfHearing(this.#parts, error);
    this.events.emit({ type: 'error', ...fault });
    this.session.say(fault.detail, { addToChatCtx: false });
  }

  // What the session reports.

  #changed(state: voice.AgentState): void {
    const next = state === 'thinking' || state === 'speaking' ? state : 'listening';
    if (next === this.#state) return;
    this.#state = next;
    this.events.emit({ type: 'state', state: next });
    this.#watch(next);
    if (next === 'speaking') this.clocks.mark('firstSent');
    if (next === 'listening') this.#finished();
  }

  #finished(): void {
    if (!this.#open) return;
    this.#open = false;
    this.events.emit({ type: 'turn', id: `turn-${this.#turns}`, clocks: this.clocks.read() });
  }

  #added(item: { type: string; role?: string; textContent?: string | undefined }): void {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    const interrupted = 'interrupted' in item && item.interrupted === true;
    if (interrupted) this.clocks.note({ interrupted });
    const id = this.#butler?.answerId ?? 'butler-0';
    const text = item.textContent ?? '';
    this.events.emit({ type: 'transcript', who: 'butler', id, text, final: true });
  }

  #failed(error: unknown): void {
    this.#parts.house.log.warn(
      { kind: error instanceof Error ? error.name : 'unknown' },
      'session error',
    );
  }

  #personSaid(text: string, final: boolean): void {
    const id = `person-${this.#turns}`;
    if (final) {
      this.#turns += 1;
      this.#open = true;
    }
    this.events.emit({ type: 'transcript', who: 'person', id, text, final });
  }

  /** Butler falls silent at once: a press, a typed sentence or "stop". */
  #yield(): void {
    if (this.#state === 'listening') return;
    this.session.interrupt({ force: true });
  }

  /** LiveKit has been seen to hang in a turn after an interruption: never for longer than this. */
  #watch(state: ButlerState): void {
    clearTimeout(this.#stuck);
    if (state !== 'thinking') return;
    this.#stuck = setTimeout(() => {
      this.#parts.house.log.warn('a turn was stuck and is given up');
      this.session.interrupt({ force: true });
      const { house, caller } = this.#parts;
      this.session.say(house.words(caller.language).mindUnreachable());
    }, stuckAfterMs);
  }
}
