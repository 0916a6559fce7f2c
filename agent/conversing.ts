/** A running conversation: what the listener and the session report becomes events. */
import { type llm, voice } from '@livekit/agents';
import type { BargeInVad } from './barge-in.ts';
import type { Butler } from './butler.ts';
import type { Caller } from './caller.ts';
import type { Clocks } from './clocks.ts';
import type { Gesture } from './doors/protocol.ts';
import type { ButlerState, Fault, TurnEvents } from './events.ts';
import { faultOfHearing, nothingHeard } from './faults.ts';
import type { Engines, House } from './house.ts';
import { follow, type Keeping } from './keeping.ts';
import { wordsFor } from './pressing.ts';
import { Reports } from './reports.ts';
import type { Conversation } from './session.ts';
import type { Listener, ListenerEvents } from './stt/listen.ts';
import type { TurnReport } from './turn-report.ts';

/** A turn that neither speaks nor ends for this long is given up. */
const stuckAfterMs = 30_000;
/** A PIN on a screen is read by whoever stands behind. */
const concealed = '••••';
/** It ends in a question, whatever closes it. */
const asksSomething = /[?？؟]["'”’»)*_\s]*$/u;

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
export class Conversing implements Conversation, ListenerEvents {
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
  /** What Butler said last since the person spoke. */
  #answer: { text: string; interrupted: boolean } | undefined;

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
    this.#personSaid(text, { final: true, turnId: this.#parts.report.turnId });
    this.#remember(true);
    this.session.generateReply({ userInput: text });
  }

  press(gesture: Gesture): Fault | undefined {
    const words = wordsFor(this.#parts, gesture);
    if (typeof words !== 'string') return words;
    this.typed(words);
    return undefined;
  }

  heard(playedMs: number): void {
    this.clocks.heard(playedMs);
  }

  stop(): void {
    this.#yield();
  }

  async close(): Promise<void> {
    clearTimeout(this.#stuck);
    this.#parts.confirmation.close();
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
    this.#personSaid(text, { final });
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
    const expects = next === 'listening' && this.#expects;
    this.events.emit({ type: 'state', state: next, ...(expects && { expects }) });
    this.#watch(next);
    if (next === 'speaking') this.clocks.sent();
    this.#parts.report.follow(next);
  }

  #added(item: llm.ChatItem): void {
    if (item.type !== 'message' || item.role !== 'assistant') return;
    if (item.interrupted) this.clocks.interrupted();
    const shown = this.#butler?.shown ?? { id: 'butler-0' };
    const text = item.textContent ?? '';
    if (this.#parts.outside.tells(text)) this.#parts.remembering.taint();
    this.#parts.remembering.answered(text, item);
    this.#answer = { text, interrupted: item.interrupted };
    this.events.emit({ type: 'transcript', who: 'butler', text, final: true, ...shown });
  }

  #failed(error: unknown): void {
    this.#parts.house.log.warn(
      { kind: error instanceof Error ? error.name : 'unknown' },
      'session error',
    );
  }

  #personSaid(text: string, { final, turnId }: { final: boolean; turnId?: string }): void {
    const id = `person-${this.#turns}`;
    const { confirmation, takingBack } = this.#parts;
    const shown = confirmation.conceals(text) ? concealed : text;
    if (final) {
      this.#words = text;
      this.#turns += 1;
      this.#answer = undefined;
      confirmation.heard(text);
      takingBack.said(text);
      const { words } = this.#parts.house;
      const { language } = this.#parts.caller;
      for (const say of this.#parts.deeds.newTurn())
        this.reports.add(words(language).meanwhile(say));
    }
    const said = { type: 'transcript', who: 'person', id, text: shown, final } as const;
    this.events.emit({ ...said, ...(turnId !== undefined && { turnId }) });
  }

  /** Butler has asked something, so the person may answer without more ado. */
  get #expects(): boolean {
    const { text = '', interrupted = false } = this.#answer ?? {};
    return this.isAsking || (!interrupted && asksSomething.test(text));
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
