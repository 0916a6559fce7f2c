/** LiveKit asks a VAD whether somebody speaks over Butler; here the listener is that VAD. */
import { VAD, type VADEvent, VADEventType, VADStream } from '@livekit/agents';

/**
 * The session's VAD. It hears nothing by itself: the listener, which runs the real one, says when
 * speech over Butler's own voice is long enough to be meant. One judge, so that the pause, the turn
 * and the resuming never disagree.
 */
export class BargeInVad extends VAD {
  label = 'butler.BargeInVad';
  #stream: BargeInStream | undefined;

  constructor() {
    super({ updateInterval: 32 });
  }

  override stream(): VADStream {
    this.#stream = new BargeInStream(this);
    return this.#stream;
  }

  /** Pauses Butler; the end of the utterance decides whether for good. */
  speechOverButler(speechDuration: number): void {
    this.#stream?.report(speechDuration);
  }
}

class BargeInStream extends VADStream {
  constructor(vad: VAD) {
    super(vad);
    void this.#discardInput();
  }

  report(speechDuration: number): void {
    const event: VADEvent = {
      type: VADEventType.INFERENCE_DONE,
      samplesIndex: 0,
      timestamp: Date.now(),
      speechDuration,
      silenceDuration: 0,
      frames: [],
      probability: 1,
      inferenceDuration: 0,
      speaking: true,
      rawAccumulatedSilence: 0,
      rawAccumulatedSpeech: 0,
    };
    this.sendVADEvent(event);
  }

  /** The session feeds every VAD; unread frames would pile up. */
  async #discardInput(): Promise<void> {
    for (let done = false; !done; ) done = (await this.inputReader.read()).done;
  }
}
