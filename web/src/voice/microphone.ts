/** The person's microphone: asked for on first use, kept for a minute, heard only while open. */
import type { CaptureCommand, CaptureReport } from './capture.worklet.ts';
import captureUrl from './capture.worklet.ts?worker&url';
import type { Sound } from './sound.ts';
import { countFrame } from './stats.ts';

/** The browser's recording sign goes away when nobody has talked for this long. */
const keepForMs = 60_000;
const shutWithinMs = 300;

/** What a transport sees of a microphone. */
export interface VoiceInput {
  readonly track: MediaStreamTrack | undefined;
  open(onFrame: (frame: ArrayBuffer) => void): void;
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
  #recording: Recording | undefined;
  #acquiring: Promise<void> | undefined;
  #onFrame: ((frame: ArrayBuffer) => void) | undefined;
  #onShut: (() => void) | undefined;
  #level = 0;
  #releaseTimer: ReturnType<typeof setTimeout> | undefined;

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

  open(onFrame: (frame: ArrayBuffer) => void): void {
    clearTimeout(this.#releaseTimer);
    this.#level = 0;
    this.#onFrame = onFrame;
    this.#command({ open: true });
  }

  async shut(): Promise<void> {
    this.#keep();
    if (!this.#onFrame) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, shutWithinMs);
      this.#onShut = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#command({ open: false });
    });
    this.#onFrame = undefined;
  }

  release(): void {
    clearTimeout(this.#releaseTimer);
    const recording = this.#recording;
    this.#recording = undefined;
    this.#onFrame = undefined;
    if (!recording) return;
    recording.worklet.port.onmessage = null;
    recording.source.disconnect();
    recording.worklet.disconnect();
    for (const track of recording.stream.getTracks()) track.stop();
    this.#sound.prepareFor('playback');
  }

  async #start(): Promise<void> {
    this.#sound.prepareFor('play-and-record');
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
        channelCount: 1,
      },
    });
    try {
      await this.#sound.load(captureUrl);
      this.#listen(stream);
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
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
    stream.getAudioTracks()[0]?.addEventListener('ended', () => {
      this.release();
      this.#onLost();
    });
    this.#recording = { stream, source, worklet };
  }

  #report(report: CaptureReport): void {
    if (report.type === 'shut') {
      this.#onShut?.();
      this.#onShut = undefined;
      return;
    }
    if (!this.#onFrame) return;
    this.#level = report.level;
    countFrame(report.frame);
    this.#onFrame(report.frame);
  }

  #command(command: CaptureCommand): void {
    this.#recording?.worklet.port.postMessage(command);
  }

  #keep(): void {
    clearTimeout(this.#releaseTimer);
    this.#releaseTimer = setTimeout(() => {
      if (!this.#onFrame) this.release();
    }, keepForMs);
  }
}
