/** One conversation, whichever door it came through: how Butler listens, yields and speaks up. */
import { type llm, voice } from '@livekit/agents';
import { BargeInVad } from './barge-in.ts';
import { Butler } from './butler.ts';
import type { Caller } from './caller.ts';
import { Clocks } from './clocks.ts';
import { type ButlerState, type Transport, TurnEvents } from './events.ts';
import { faultOfHearing, nothingHeard } from './faults.ts';
import type { Engines, House } from './house.ts';
import { follow, type Keeping, keepingFor } from './keeping.ts';
import { newListener } from './listening.ts';
import { liveCaller } from './live-caller.ts';
import { newSession } from './livekit-session.ts';
import { Reports } from './reports.ts';
import type { Listener, ListenerEvents } from './stt/listen.ts';
import { TurnReport } from './turn-report.ts';

/** What a door brings: how the session starts, and what is special about its sound. */
export interface Passage {
  start(session: voice.AgentSession, butler: Butler): Promise<void>;
  /** What carries the words. */
  transport: Transport;
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
  /** So much of what sounds now has left the loudspeaker. */
  heard(playedMs: number): void;
  stop(): void;
  close(): Promise<void>;
}

/** A turn that neither speaks nor ends for this long is given up. */
const stuckAfterMs = 30_000;

export const openConversation = async (
  house: House,
  given: Caller,
  passage: Passage,
): Promise<Conversation> => {
  const caller = liveCaller(given, house);
  const { language } = caller;
  const { onVoice, releaseGraceMs, transport, sound } = passage;
  house.toolbox.wake();
  const events = new TurnEvents();
  const clocks = new Clocks();
  const engines = house.enginesFor(caller, {
    onClause: () => clocks.mark('firstClause'),
  });
  const bargeIn = new BargeInVad();
  const session = newSession(bargeIn);
  const report = new TurnReport({
    ...{ clocks, events, caller, transport },
    turns: house.turns,
    now: house.clock,
    busy: () => keeping.deeds.busy,
  });
  const keeping = keepingFor(house, caller, () => report.turnId);
  await keeping.remembering.open();
  const talkative = new Conversing({
    ...{ house, caller, session, bargeIn, events, clocks, report, engines, sound, ...keeping },
  });
  const { refuses } = keeping.purse;
  const heard = { language, releaseGraceMs, refuses };
  const listener = sound ? newListener(house, talkative, heard) : undefined;
  const butler = new Butler({
    ...{ house, caller, listener, engines, clocks, events, onVoice, ...keeping },
    report: (say) => talkative.reports.add(house.words(language).meanwhile(say)),
    meanwhile: () => (sound ? [] : talkative.reports.take()),
  });
  talkative.follow(butler, listener);
  await passage.start(session, butler);
  session.output.audio?.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => clocks.sent());
  return talkative;
};

interface Parts extends Keeping {
  house: House;
  caller: Caller;
  session: voice.AgentSession;
  bargeIn: BargeInVad;
  events: TurnEvents;
  clocks: Clocks;
  report: TurnReport;
  engines: Engines;
  sound: boolean;
}

/** The running conversation: what the listener and the session report becomes events. */
class Conversing implements Conversation, ListenerEvents {
  readonly session: voice.AgentSession;
  readonly events: TurnEvents;
  readonly clocks: Clocks;
  readonly reports: Reports;
  readonly #parts: Parts;
  #butler: Butler | undefined;
  #listener: Listener | undefined;
  #state: ButlerState = 'listening';
  #turns = 0;
  #stuck: NodeJS.Timeout | undefined;
  #fault: voice.SpeechHandle | undefined;
  #offTimers: (() => void) | undefined;
  #words = '';

  constructor(parts: Parts) {
    this.#parts = parts;
    this.session = parts.session;
    this.events = parts.events;
    this.clocks = parts.clocks;
    this.reports = new Reports({
      isFree: () => this.#state === 'listening' && this.session.userState !== 'speaking',
      say: parts.sound ? (text) => this.session.say(text) : undefined,
    });
  }

  get isAsking(): boolean {
    return this.#parts.confirmation.isOpen;
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
    this.events.on((event) => follow(this.#parts, event));
    const { house, caller } = this.#parts;
    this.#offTimers = house.timers.onDue(caller.personId, async (timer, lateMs) => {
      session.say(house.words(caller.language).timerDue(timer.name, lateMs));
      return 'delivered';
    });
    for (const { say, outside } of house.unheard.take(caller.personId)) {
      if (outside) this.#parts.outside.told(say);
      this.reports.add(say);
    }
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
    this.#parts.report.begin();
    this.clocks.typed();
    this.#personSaid(text, true);
    this.#remember(true);
    this.session.generateReply({ userInput: text });
  }

  heard(playedMs: number): void {
    this.clocks.heard(playedMs);
  }

  stop(): void {
    this.#yield();
  }

  async close(): Promise<void> {
    clearTimeout(this.#stuck);
    this.#offTimers?.();
    this.#listener?.close();
    const { house, caller, outside } = this.#parts;
    this.reports.close((missed) => {
      const marked = missed.map((say) => ({ say, outside: outside.tells(say) }));
      house.unheard.keep(caller.personId, marked);
    });
    this.#parts.engines.close();
    // A session that is closed lets its answer finish; nobody is there to hear it.
    this.session.interrupt({ force: true });
    await this.session.close();
    this.#parts.report.close();
    this.#parts.purse.close();
    await this.#parts.remembering.close();
  }

  // What the listener reports.

  transcript(text: string, final: boolean): void {
    if (!final) {
      this.clocks.guessed();
      this.#parts.remembering.begin(text);
    }
    this.#personSaid(text, final);
  }

  committed(turn: { lastSampleAtMs: number; transcriptAtMs: number; hold: boolean }): void {
    this.#parts.report.begin();
    this.clocks.committed(turn);
    this.#remember(false);
  }

  wordless(hold: boolean): void {
    if (hold) this.events.emit({ type: 'error', ...nothingHeard(this.#parts) });
    this.events.emit({ type: 'state', state: this.#state });
  }

  overButler(speechMs: number): void {
    this.#parts.bargeIn.speechOverButler(speechMs);
  }

  failed(error: unknown, turn: { lastSampleAtMs: number }): void {
    this.#parts.report.begin();
    this.clocks.unheard(turn);
    const fault = faultOfHearing(this.#parts, error);
    this.events.emit({ type: 'error', ...fault });
    this.#fault = this.session.say(fault.detail, { addToChatCtx: false });
  }

  // What the session reports.

  #changed(state: voice.AgentState): void {
    const next = state === 'thinking' || state === 'speaking' ? state : 'listening';
    if (next === this.#state) return;
    this.#state = next;
    this.events.emit({ type: 'state', state: next });
    this.#watch(next);
    if (next === 'speaking') this.clocks.sent();
    this.#parts.report.follow(next);
  }

  #added(item: llm.ChatItem): void {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    if (item.interrupted) this.clocks.interrupted();
    const id = this.#butler?.answerId ?? 'butler-0';
    const text = item.textContent ?? '';
    if (this.#parts.outside.tells(text)) this.#parts.remembering.taint();
    this.#parts.remembering.answered(text, item);
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
      this.#words = text;
      this.#turns += 1;
      this.#parts.confirmation.heard(text);
      const { words } = this.#parts.house;
      const { language } = this.#parts.caller;
      for (const say of this.#parts.deeds.newTurn())
        this.reports.add(words(language).meanwhile(say));
    }
    this.events.emit({ type: 'transcript', who: 'person', id, text, final });
  }

  /** What was said is kept under the id of the turn that has just begun. */
  #remember(typed: boolean): void {
    const { confirmation, remembering, report } = this.#parts;
    const secret = confirmation.isSecret(this.#words);
    remembering.said(this.#words, { turnId: report.turnId, secret, typed });
  }

  /** Butler falls silent at once: a press, a typed sentence or "stop". */
  #yield(): void {
    // A fault that waits for a voice that hangs must not hold up what comes next.
    const waits = this.#fault !== undefined && !this.#fault.done();
    if (this.#state === 'listening' && !waits) return;
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
