/** The page's one AudioContext: when it may sound, and what its clock means in page time. */

interface AudioSession {
  type: 'auto' | 'playback' | 'play-and-record';
}

export class Sound {
  #context: AudioContext | undefined;
  readonly #modules = new Map<string, Promise<void>>();

  /** Created on first use: before a person has touched the page browsers only warn about it. */
  get context(): AudioContext {
    this.#context ??= new AudioContext({ latencyHint: 'interactive' });
    return this.#context;
  }

  /** Must be called while a press or a key is being handled. */
  async turnOn(): Promise<boolean> {
    const context = this.context;
    if (context.state !== 'running') await Promise.race([context.resume(), pause(500)]);
    return context.state === 'running';
  }

  get silenced(): boolean {
    return this.#context !== undefined && this.#context.state !== 'running';
  }

  /** Does not create the context: nothing has to sound yet. */
  get running(): boolean {
    return this.#context?.state === 'running';
  }

  onChange(listener: () => void): void {
    this.context.addEventListener('statechange', listener);
  }

  async load(moduleUrl: string): Promise<void> {
    const loaded = this.#modules.get(moduleUrl) ?? this.context.audioWorklet.addModule(moduleUrl);
    this.#modules.set(moduleUrl, loaded);
    await loaded.catch((error: unknown) => {
      this.#modules.delete(moduleUrl);
      throw error;
    });
  }

  /** `performance.now()` of a moment on the audio clock, output latency included. */
  pageTime(contextSeconds: number): number {
    const { contextTime, performanceTime } = this.context.getOutputTimestamp();
    if (!performanceTime || contextTime === undefined) return performance.now();
    return performanceTime + (contextSeconds - contextTime) * 1000;
  }

  /** How long what is handed over takes to be heard. */
  get latencyMs(): number {
    return (this.#context?.outputLatency ?? 0) * 1000;
  }

  /** On iPhones: sound despite the ring switch, and no telephone sound while only playing. */
  prepareFor(use: 'playback' | 'play-and-record'): void {
    const session = (navigator as { audioSession?: AudioSession }).audioSession;
    if (session) session.type = use;
  }
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
