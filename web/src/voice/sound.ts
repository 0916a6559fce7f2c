/** The page's one AudioContext: when, where and how loud it sounds, and its clock in page time. */

interface AudioSession {
  type: 'auto' | 'playback' | 'play-and-record';
}

/** Where the browser lets a page choose (Audio Output Devices API). */
type SinkContext = AudioContext & { setSinkId?(deviceId: string): Promise<void> };

export class Sound {
  #context: SinkContext | undefined;
  #output: GainNode | undefined;
  #volume = 1;
  /** `deviceId` of the loudspeaker; empty: the system's. */
  speaker = '';
  readonly #modules = new Map<string, Promise<void>>();

  /** Created on first use: before a person has touched the page browsers only warn about it. */
  get context(): AudioContext {
    if (!this.#context) {
      this.#context = new AudioContext({ latencyHint: 'interactive' });
      // A loudspeaker that has gone meanwhile is noticed by whoever watches the devices.
      if (this.speaker !== '') void this.soundFrom(this.speaker).catch(() => undefined);
    }
    return this.#context;
  }

  /** What is to be heard at the person's volume leads here. */
  get output(): AudioNode {
    if (!this.#output) {
      this.#output = new GainNode(this.context, { gain: this.#volume });
      this.#output.connect(this.context.destination);
    }
    return this.#output;
  }

  /** 0..1. */
  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = volume;
    // A jump of the gain would be heard as a click.
    this.#output?.gain.setTargetAtTime(volume, this.context.currentTime, 0.015);
  }

  /** Throws where the loudspeaker is not there any more. */
  async soundFrom(deviceId: string): Promise<void> {
    this.speaker = deviceId;
    await this.#context?.setSinkId?.(deviceId);
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

  /** After a call, a locked screen, another tab: as it was, where the browser allows it. */
  async wake(): Promise<void> {
    if (this.silenced) await this.turnOn();
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
