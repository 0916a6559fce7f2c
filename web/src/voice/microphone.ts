/** The person's microphone: asked for on first use, kept for a minute, heard only while open. */
import type { CaptureCommand, CaptureReport } from './capture.worklet.ts';
import captureUrl from './capture.worklet.ts?worker&url';
import { frameSamples } from './frames.ts';
import type { Sound } from './sound.ts';
import { countFrame } from './stats.ts';

/** The browser's recording sign goes away when nobody has talked for this long. */
const keepForMs = 60_000;
const shutWithinMs = 300;
const frameBytes = frameSamples * 2;

export type FrameListener = (frame: ArrayBuffer) => void;

/** What a transport sees of a microphone. */
export interface VoiceInput {
  readonly track: MediaStreamTrack | undefined;
  /** Its track gives silence because the person wants that. */
  readonly muted?: boolean;
  open(onFrame: FrameListener): void;
  /** Resolves when the last frame has been handed over. */
  shut(): Promise<void>;
}

interface Recording {
  stream: MediaStream;
  source: MediaStreamAudioSourceNode;
  worklet: AudioWorkletNode;
}

export class Microphone implements VoiceInput {
  readonly #sound: Sound;
  readonly #onLost: () => void;
  readonly #taps = new Set<FrameListener>();
  #recording: Recording | undefined;
  #acquiring: Promise<void> | undefined;
  #onFrame: FrameListener | undefined;
  #onShut: (() => void) | undefined;
  #before: ArrayBuffer | undefined;
  #level = 0;
  #muted = false;
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;
  /** `deviceId` of the one that the person chose; empty: the system's. */
  chosen = '';
  /** The chosen one is not there: the system's is used. */
  fellBack = false;

  constructor(sound: Sound, onLost: () => void) {
    this.#sound = sound;
    this.#onLost = onLost;
  }

  get ready(): boolean {
    return this.track?.readyState === 'live';
  }

  get track(): MediaStreamTrack | undefined {
    return this.#recording?.stream.getAudioTracks()[0];
  }

  /** 0..1, of what is being sent. */
  get level(): number {
    return this.#onFrame ? this.#level : 0;
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Silence takes the place of what is said, for everybody who listens. */
  set muted(muted: boolean) {
    this.#muted = muted;
    if (this.track) this.track.enabled = !muted;
  }

  /** Throws what getUserMedia throws; `microphoneTrouble` says what it means. */
  async acquire(): Promise<void> {
    this.#keep();
    if (this.ready) return;
    if (this.#recording) this.release();
    this.#acquiring ??= this.#start().finally(() => {
      this.#acquiring = undefined;
    });
    await this.#acquiring;
    this.#keep();
  }

  /** Another microphone from now on; whoever listens hears it at once. */
  async choose(deviceId: string): Promise<void> {
    this.chosen = deviceId;
    const before = this.#recording;
    if (!before) return;
    const stream = await this.#ask();
    if (this.#recording !== before) {
      stop(stream);
      return;
    }
    stop(before.stream);
    before.source.disconnect();
    const source = this.#sound.context.createMediaStreamSource(stream);
    source.connect(before.worklet);
    this.#watch(stream);
    this.#recording = { ...before, stream, source };
  }

  /** For one transport at a time: what was heard `before` comes first. */
  open(onFrame: FrameListener): void {
    clearTimeout(this.#releaseTimer);
    this.#level = 0;
    this.#onFrame = onFrame;
    this.#run();
    const before = this.#before;
    this.#before = undefined;
    for (let at = 0; before && at + frameBytes <= before.byteLength; at += frameBytes) {
      onFrame(before.slice(at, at + frameBytes));
    }
  }

  async shut(): Promise<void> {
    this.#keep();
    if (!this.#onFrame) return;
    // While the ear listens the audio thread goes on: there is no last frame to wait for.
    if (this.#taps.size === 0) await this.#lastFrame();
    this.#onFrame = undefined;
  }

  /**
   * Hears along without sending: every 20 ms frame (16 kHz, 16 bit) while the microphone is
   * acquired. Frames are shared: copy one before it is transferred. Gives back how it ends.
   */
  tap(listener: FrameListener): () => void {
    clearTimeout(this.#releaseTimer);
    this.#taps.add(listener);
    this.#run();
    return () => {
      this.#taps.delete(listener);
      if (this.#taps.size > 0 || this.#onFrame) return;
      this.#command({ open: false });
      this.#keep();
    };
  }

  /** Samples (16 kHz, 16 bit) said before it is opened next, such as after a wake word. */
  heardBefore(samples: ArrayBuffer): void {
    this.#before = samples;
  }

  release(): void {
    clearTimeout(this.#releaseTimer);
    const recording = this.#recording;
    this.#recording = undefined;
    this.#onFrame = undefined;
    this.#before = undefined;
    if (!recording) return;
    recording.worklet.port.onmessage = null;
    recording.source.disconnect();
    recording.worklet.disconnect();
    stop(recording.stream);
    this.#sound.prepareFor('playback');
  }

  async #start(): Promise<void> {
    this.#sound.prepareFor('play-and-record');
    const stream = await this.#ask();
    try {
      await this.#sound.load(captureUrl);
      this.#listen(stream);
    } catch (error) {
      stop(stream);
      throw error;
    }
  }

  async #ask(): Promise<MediaStream> {
    this.fellBack = false;
    if (this.chosen === '') return navigator.mediaDevices.getUserMedia({ audio: wishes });
    try {
      const audio = { ...wishes, deviceId: { exact: this.chosen } };
      return await navigator.mediaDevices.getUserMedia({ audio });
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      const gone = error instanceof Error && error.name === 'OverconstrainedError';
      if (!gone && name !== 'NotFoundError') throw error;
      const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes });
      this.fellBack = true;
      return stream;
    }
  }

  #listen(stream: MediaStream): void {
    const context = this.#sound.context;
    const source = context.createMediaStreamSource(stream);
    const worklet = new AudioWorkletNode(context, 'butler-capture', {
      numberOfInputs: 1,
      // Some browsers run a worklet only while it leads to the loudspeaker: its output is silence.
      numberOfOutputs: 1,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    worklet.port.onmessage = ({ data }: MessageEvent<CaptureReport>) => this.#report(data);
    source.connect(worklet).connect(context.destination);
    this.#recording = { stream, source, worklet };
    this.#watch(stream);
    if (this.#taps.size > 0) this.#run();
  }

  #watch(stream: MediaStream): void {
    const [track] = stream.getAudioTracks();
    if (!track) return;
    track.enabled = !this.#muted;
    track.addEventListener('ended', () => {
      if (this.track !== track) return;
      this.release();
      this.#onLost();
    });
  }

  #report(report: CaptureReport): void {
    if (report.type === 'shut') {
      this.#onShut?.();
      this.#onShut = undefined;
      return;
    }
    for (const tap of this.#taps) tap(report.frame);
    if (!this.#onFrame) return;
    this.#level = report.level;
    countFrame(report.frame);
    this.#onFrame(report.frame);
  }

  #lastFrame(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, shutWithinMs);
      this.#onShut = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#command({ open: false });
    });
  }

  #run(): void {
    this.#command({ open: true });
  }

  #command(command: CaptureCommand): void {
    this.#recording?.worklet.port.postMessage(command);
  }

  #keep(): void {
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => {
      if (!this.#onFrame && this.#taps.size === 0) this.release();
    }, keepForMs);
  }
}

const wishes: MediaTrackConstraints = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
  channelCount: 1,
};

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
