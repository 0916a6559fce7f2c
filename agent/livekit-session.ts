/** LiveKit's session as Butler uses it: our listener ends turns, and guesses already think. */
import { voice } from '@livekit/agents';
import type { BargeInVad } from './barge-in.ts';
import { ChosenEar, ChosenMind, ChosenVoice } from './placeholders.ts';

const voiceRateHz = 24_000;
/** Sound over Butler's own voice for this long pauses it. */
const bargeInMs = 120;

export const newSession = (vad: BargeInVad): voice.AgentSession =>
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
