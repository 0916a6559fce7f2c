/** The ear: waits on this device alone for the word that calls Butler. */
import { useEffect, useRef, useState } from 'react';
import type { FrameListener } from '../voice/microphone.ts';
import { OwnVoice } from './own-voice.ts';
import { newWakeWorker, type WakeCommand, type WakeReport } from './wake-port.ts';

/** Loading the models takes a second or two; on a slow device a little longer. */
const readyWithinMs = 30_000;
const frameMs = 20;
/** The worker lets older sound go. */
const behindMaxMs = 2_000;

/** Why the ear cannot hear the word. */
export type EarFault = 'no-webassembly' | 'models' | 'broken';

export interface Heard {
  word: string;
  /** 0..1, of the model. */
  score: number;
  /** Root mean square of the word, 0..1. */
  loudness: number;
  /** When the word ended, as `performance.now()`. */
  atMs: number;
  /** The two seconds up to then: 16 kHz, 16 bit. */
  preroll: ArrayBuffer;
}

export interface EarOptions {
  /** An id of `wake/words.ts`. */
  word: string;
  /** 0..1: higher hears more, and more that was not meant. */
  sensitivity: number;
  onHeard(heard: Heard): void;
  onReady?(): void;
  onFault(fault: EarFault): void;
  /** How loud Butler sounds on this device, 0..1: his own voice does not wake him. */
  butlerLevel?(): number;
}

/** What of a Worker is used, so that a test can stand in. */
export interface EarWorker {
  postMessage(command: WakeCommand, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<WakeReport>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

export interface Ear {
  /** One 20 ms frame (16 kHz, 16 bit); it is copied. */
  hear(frame: ArrayBuffer): void;
  /** Forgets what it heard so far, as after a conversation. */
  reset(): void;
  /** Another word or sensitivity from now on. */
  listenFor(wanted: { word: string; sensitivity: number }): void;
  close(): void;
}

export function createEar(options: EarOptions, newWorker: () => EarWorker = newWakeWorker): Ear {
  return new WorkerEar(options, newWorker);
}

class WorkerEar implements Ear {
  readonly #options: EarOptions;
  readonly #ownVoice = new OwnVoice();
  readonly #worker: EarWorker | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  #over = false;
  /** Frames that this word was looked for in. */
  #fed = 0;

  constructor(options: EarOptions, newWorker: () => EarWorker) {
    this.#options = options;
    if (typeof WebAssembly === 'undefined') {
      queueMicrotask(() => this.#fail('no-webassembly'));
      return;
    }
    this.#worker = newWorker();
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = () => this.#fail(this.#ready ? 'broken' : 'models');
    this.#timer = setTimeout(() => this.#fail('models'), readyWithinMs);
    this.listenFor(options);
  }

  hear(frame: ArrayBuffer): void {
    if (!this.#ready) return;
    const own = this.#options.butlerLevel?.() ?? 0;
    if (own > 0) this.#ownVoice.follow({ nowMs: performance.now(), own, level: rms(frame) });
    const copy = frame.slice(0);
    this.#fed += 1;
    this.#worker?.postMessage({ type: 'frame', frame: copy }, [copy]);
  }

  reset(): void {
    this.#worker?.postMessage({ type: 'reset' });
  }

  listenFor({ word, sensitivity }: { word: string; sensitivity: number }): void {
    this.#fed = 0;
    this.#worker?.postMessage({ type: 'start', words: [word], sensitivity });
  }

  close(): void {
    this.#over = true;
    this.#ready = false;
    clearTimeout(this.#timer);
    this.#worker?.terminate();
  }

  #receive(report: WakeReport): void {
    if (this.#over) return;
    if (report.type === 'fault') this.#fail(faultOf(report.code));
    if (report.type === 'ready') this.#beReady();
    if (report.type === 'heard') this.#heard(report);
  }

  #beReady(): void {
    clearTimeout(this.#timer);
    this.#ready = true;
    this.#options.onReady?.();
  }

  #heard(report: Extract<WakeReport, { type: 'heard' }>): void {
    const { word, score, loudness, preroll } = report;
    const nowMs = performance.now();
    if (!this.#ownVoice.believes({ nowMs, score, loudness })) return;
    // A slow device is behind: meanwhile the microphone has gone on.
    const behindMs = this.#fed * frameMs - report.atMs;
    const atMs = nowMs - Math.max(0, Math.min(behindMs, behindMaxMs));
    this.#options.onHeard({ word, score, loudness, atMs, preroll });
  }

  #fail(fault: EarFault): void {
    if (this.#over) return;
    this.close();
    this.#options.onFault(fault);
  }
}

function faultOf(code: string): EarFault {
  if (code === 'no-webassembly' || code === 'models') return code;
  return 'broken';
}

function rms(frame: ArrayBuffer): number {
  const samples = new Int16Array(frame);
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length) / 32_768;
}

export interface EarUse extends Pick<EarOptions, 'word' | 'sensitivity' | 'butlerLevel'> {
  /** Whether it listens now; the microphone has to be acquired besides. */
  on: boolean;
  microphone: { tap(listener: FrameListener): () => void };
  onHeard(heard: Heard): void;
}

export type EarState = 'off' | 'starting' | 'ready' | EarFault;

/** An ear for as long as a component stands; says how it is. */
export function useEar({ on, microphone, word, sensitivity, ...told }: EarUse): EarState {
  const [state, setState] = useState<EarState>('off');
  const latest = useRef(told);
  const ear = useRef<Ear>(undefined);
  const wanted = useRef({ word, sensitivity });
  useEffect(() => {
    latest.current = told;
  });
  useEffect(() => {
    if (!on) return setState('off');
    setState('starting');
    const made = createEar({
      ...wanted.current,
      onHeard: (heard) => latest.current.onHeard(heard),
      onReady: () => setState('ready'),
      onFault: setState,
      butlerLevel: () => latest.current.butlerLevel?.() ?? 0,
    });
    ear.current = made;
    const untap = microphone.tap((frame) => made.hear(frame));
    return () => {
      untap();
      made.close();
      ear.current = undefined;
    };
  }, [on, microphone]);
  useEffect(() => {
    const same = wanted.current.word === word && wanted.current.sensitivity === sensitivity;
    wanted.current = { word, sensitivity };
    if (!same) ear.current?.listenFor({ word, sensitivity });
  }, [word, sensitivity]);
  return state;
}
