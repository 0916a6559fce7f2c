/** How a conversation listens: which words end a turn, interrupt, or mean nothing. */
import { inference } from '@livekit/agents';
import type { Clocks, Transcription } from './clocks.ts';
import { isBackchannel, looksComplete } from './fastpath.ts';
import type { House } from './house.ts';
import type { Purse } from './spending.ts';
import { Listener, type ListenerEvents } from './stt/listen.ts';

/** What the listener reports to, and asks of. */
interface Talk extends ListenerEvents {
  readonly clocks: Clocks;
  /** A question of the gate is open. */
  readonly isAsking: boolean;
  readonly speaking: boolean;
}

interface Listening {
  language: string;
  releaseGraceMs: number;
  /** Why nothing may be paid for understanding speech now. */
  refuses: Purse['refuses'];
}

export const newListener = (
  house: House,
  events: Talk,
  { language, releaseGraceMs, refuses }: Listening,
): Listener =>
  new Listener({
    transcribe: (frames, signal) => {
      const onAsked = (asked: Transcription): void => events.clocks.transcribed(asked);
      return house.hearing.transcribe(frames, signal, { onAsked, refuses });
    },
    vad: new inference.VAD({ minSilenceDuration: 100 }),
    limits: () => house.hearing.endpointing(refuses),
    events,
    endingOf: (text) => {
      if (!looksComplete(text, language)) return 'unfinished';
      return house.fastPath.match(text, language) ? 'command' : 'finished';
    },
    // While a question is open, "yes" is an answer.
    isBackchannel: (text) => !events.isAsking && isBackchannel(text, language),
    isButlerSpeaking: () => events.speaking,
    releaseGraceMs,
  });
