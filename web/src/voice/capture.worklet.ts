/** In the audio thread: the microphone's samples become 20 ms frames while somebody talks. */
import { Framer, loudness, microphoneRateHz } from './frames.ts';
import { Resampler } from './resample.ts';
import { scope } from './worklet-scope.ts';

export type CaptureCommand = { open: boolean };

export type CaptureReport =
  | { type: 'frame'; frame: ArrayBuffer; level: number }
  /** All frames of this recording have been posted. */
  | { type: 'shut' };

class Capture extends scope.AudioWorkletProcessor {
  readonly #resampler = new Resampler(scope.sampleRate, microphoneRateHz);
  readonly #framer = new Framer();
  #open = false;
  #level = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }: MessageEvent<CaptureCommand>) => {
      if (!data.open) this.#shut();
      // It may run already, for the ear: then it only goes on.
      else if (!this.#open) this.#resampler.reset();
      this.#open = data.open;
    };
  }

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (!this.#open || !samples) return true;
    this.#level = Math.max(loudness(samples), this.#level * 0.9);
    for (const frame of this.#framer.push(this.#resampler.process(samples))) this.#post(frame);
    return true;
  }

  #shut(): void {
    const rest = this.#framer.flush();
    if (this.#open && rest) this.#post(rest);
    this.port.postMessage({ type: 'shut' } satisfies CaptureReport);
  }

  #post(frame: ArrayBuffer): void {
    const report: CaptureReport = { type: 'frame', frame, level: this.#level };
    this.port.postMessage(report, [frame]);
  }
}

scope.registerProcessor('butler-capture', Capture);
