/** The global scope of an audio worklet (Web Audio API 1.1, section 1.32), which no lib types. */

interface WorkletScope {
  readonly sampleRate: number;
  /** Seconds; of the first sample of the block being processed. */
  readonly currentTime: number;
  registerProcessor(name: string, processor: new () => WorkletProcessor): void;
  AudioWorkletProcessor: abstract new () => WorkletProcessor;
}

interface WorkletProcessor {
  readonly port: MessagePort;
}

export const scope = globalThis as unknown as WorkletScope;
