/** LiveKit's session wants engines up front; Butler chooses them anew in every turn. */
import { llm, stt, tts } from '@livekit/agents';

const chosenPerTurn = (what: string): Error =>
  new Error(`${what} is chosen by the house in every turn; this placeholder is never called`);

export class ChosenEar extends stt.STT {
  label = 'butler.ChosenEar';
  constructor() {
    super({ streaming: false, interimResults: true });
  }
  protected _recognize(): Promise<stt.SpeechEvent> {
    return Promise.reject(chosenPerTurn('Speech to text'));
  }
  stream(): stt.SpeechStream {
    throw chosenPerTurn('Speech to text');
  }
}

export class ChosenMind extends llm.LLM {
  label(): string {
    return 'butler.ChosenMind';
  }
  chat(): llm.LLMStream {
    throw chosenPerTurn('The mind');
  }
}

export class ChosenVoice extends tts.TTS {
  label = 'butler.ChosenVoice';
  /** @param sampleRateHz of the frames that the chosen voices give. */
  constructor(sampleRateHz: number) {
    super(sampleRateHz, 1, { streaming: true });
  }
  synthesize(): tts.ChunkedStream {
    throw chosenPerTurn('The voice');
  }
  stream(): tts.SynthesizeStream {
    throw chosenPerTurn('The voice');
  }
}
