/** A microphone that somebody pushes frames into. */

import { voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';

export class PushedInput extends voice.AudioInput {
  readonly #rateHz: number;
  #frames: ReadableStreamDefaultController<AudioFrame> | undefined;
  #attached = true;

  constructor(rateHz: number) {
    super();
    this.#rateHz = rateHz;
    const stream = new ReadableStream<AudioFrame>({
      start: (controller) => {
        this.#frames = controller;
      },
    });
    this.multiStream.addInputStream(stream);
  }

  override setAttached(attached: boolean): void {
    this.#attached = attached;
  }

  /** @param samples 16-bit mono at the rate of this input. */
  push(samples: Int16Array): void {
    if (!this.#attached || samples.length === 0) return;
    this.#frames?.enqueue(new AudioFrame(samples, this.#rateHz, 1, samples.length));
  }

  override async close(): Promise<void> {
    this.#frames = undefined;
    await super.close();
  }
}
