/** One conversation, whichever door it came through: how Butler listens, yields and speaks up. */
import { voice } from '@livekit/agents';
import { BargeInVad } from './barge-in.ts';
import { Butler } from './butler.ts';
import type { Caller } from './caller.ts';
import { Clocks } from './clocks.ts';
import { Conversing } from './conversing.ts';
import type { Gesture } from './doors/protocol.ts';
import { type Fault, type Transport, TurnEvents } from './events.ts';
import type { House } from './house.ts';
import { keepingFor } from './keeping.ts';
import { newListener } from './listening.ts';
import { liveCaller } from './live-caller.ts';
import { newSession } from './livekit-session.ts';
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
  /** A button beside a question, or a deed; @returns why it counts no more. */
  press(gesture: Gesture): Fault | undefined;
  /** So much of what sounds now has left the loudspeaker. */
  heard(playedMs: number): void;
  stop(): void;
  close(): Promise<void>;
}

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
  const turnId = () => report.turnId;
  const keeping = keepingFor(house, caller, { turnId, events });
  await keeping.remembering.open();
  const talkative = new Conversing({
    ...{ house, caller, session, bargeIn, events, clocks, report, engines, sound, ...keeping },
  });
  const { refuses } = keeping.purse;
  const heard = { language, releaseGraceMs, refuses };
  const listener = sound ? newListener(house, talkative, heard) : undefined;
  const butler = new Butler({
    ...{ house, caller, listener, engines, clocks, events, onVoice, ...keeping },
    ...{ turnId, openTurn: () => report.openId },
    report: (say) => talkative.reports.add(house.words(language).meanwhile(say)),
    meanwhile: () => (sound ? [] : talkative.reports.take()),
  });
  talkative.follow(butler, listener);
  await passage.start(session, butler);
  session.output.audio?.on(voice.AudioOutput.EVENT_PLAYBACK_STARTED, () => clocks.sent());
  return talkative;
};
