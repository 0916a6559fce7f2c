/** Listening: microphone frames become utterances, for an open microphone and for hold to talk. */
import { stt, type VAD, VADEventType, type VADStream } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import { type Ending, type EndpointingLimits, judgeEnd } from './endpointing.ts';
import { SpeechTracker } from './silence.ts';
import { type Guess, PreRoll, type Utterance } from './utterance.ts';

/** What the conversation gets to know while somebody speaks; contract: must not throw. */
export interface ListenerEvents {
  /** The words so far; `final` when the turn is committed. Never called with an empty text. */
  transcript(text: string, final: boolean): void;
  /** A turn is committed; times are on `performance.now()`. */
  committed(turn: { lastSampleAtMs: number; transcriptAtMs: number; hold: boolean }): void;
  /** Sound came, but no words. */
  wordless(hold: boolean): void;
  /** Speech over Butler's own voice, this long by now; called with every window of it. */
  overButler(speechMs: number): void;
  /** Transcription failed for good; the person should hear why. */
  failed(error: unknown, turn: { lastSampleAtMs: number }): void;
}

export interface ListenerOptions {
  /** Transcribes 16 kHz mono frames; an empty text when there were no words. */
  transcribe: (frames: AudioFrame[], signal: AbortSignal) => Promise<string>;
  vad: VAD;
  /** Asked anew at every step: the engine may change while a conversation lives. */
  limits: () => EndpointingLimits;
  events: ListenerEvents;
  /** Is this a declared command, a finished sentence, or one that stops in the middle? */
  endingOf: (text: string) => Ending;
  /** Is this only "mm-hm", said while Butler speaks? */
  isBackchannel: (text: string) => boolean;
  isButlerSpeaking: () => boolean;
  /** How long sound may still be on its way when the button is released. */
  releaseGraceMs: number;
}

const sampleRateHz = 16_000;
const utteranceLimitMs = 120_000;
/** Silence inside a held utterance after which the words so far are transcribed. */
const heldGuessAfterMs = 400;
/** No frames for this long (a closed microphone): what was said is all there is. */
const stalledAfterMs = 400;

export class Listener {
  readonly #options: ListenerOptions;
  readonly #tracker = new SpeechTracker(sampleRateHz);
  readonly #vadStream: VADStream;
  readonly #preRoll = new PreRoll(sampleRateHz);
  #utterance: Utterance | undefined;
  #output: ReadableStreamDefaultController<stt.SpeechEvent> | undefined;
  #stalled: NodeJS.Timeout | undefined;
  /** When the last sample of speech arrived, on `performance.now()`. */
  #lastSampleAtMs = 0;
  #closed = false;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#vadStream = options.vad.stream();
  }

  /** Turns 16 kHz mono frames into LiveKit's speech events (turn detection mode `stt`). */
  hear(audio: ReadableStream<AudioFrame>): ReadableStream<stt.SpeechEvent> {
    void this.#watchVad();
    void this.#readFrames(audio);
    return new ReadableStream<stt.SpeechEvent>({
      start: (controller) => {
        this.#output = controller;
      },
      cancel: () => this.close(),
    });
  }

  /** The button goes down: everything from now on is one utterance, pauses included. */
  press(): void {
    this.#abandon();
    this.#preRoll.take();
    this.#begin(true, []);
  }

  /** The button goes up: the turn is over now. Harmless when nothing was pressed or said. */
  release(): void {
    setTimeout(() => {
      if (this.#utterance === undefined) return;
      this.#utterance.released = true;
      this.#step();
    }, this.#options.releaseGraceMs);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#stalled);
    this.#utterance?.guess?.cancel.abort();
    this.#utterance = undefined;
    this.#vadStream.close();
    try {
      this.#output?.close();
    } catch {
      // The session may have cancelled the stream already; then there is nothing to close.
    }
  }

  async #readFrames(audio: ReadableStream<AudioFrame>): Promise<void> {
    try {
      for await (const frame of audio) {
        if (this.#closed) return;
        this.#vadStream.pushFrame(frame);
        this.#tracker.frame(frame.data);
        // Frames come late, never early: the one that was least late tells best.
        const atMs = performance.now() - this.#tracker.silenceMs;
        const spoke = this.#tracker.silenceMs === 0;
        this.#lastSampleAtMs = spoke ? atMs : Math.min(atMs, this.#lastSampleAtMs);
        if (this.#utterance === undefined) this.#preRoll.push(frame);
        else this.#utterance.frames.push(frame);
        this.#step();
        this.#watchForStall();
      }
    } catch (error) {
      if (this.#closed) return;
      this.#options.events.failed(error, { lastSampleAtMs: this.#lastSampleAtMs });
    } finally {
      this.close();
    }
  }

  async #watchVad(): Promise<void> {
    for await (const event of this.#vadStream) {
      if (this.#closed) return;
      if (event.type === VADEventType.INFERENCE_DONE) this.#tracker.window(event.probability);
      if (event.type === VADEventType.START_OF_SPEECH && this.#utterance === undefined) {
        this.#begin(false, this.#preRoll.take());
      }
      if (this.#utterance && !this.#utterance.hold && this.#options.isButlerSpeaking()) {
        this.#options.events.overButler(event.speechDuration);
      }
    }
  }

  #begin(hold: boolean, before: AudioFrame[]): void {
    this.#tracker.begin();
    this.#lastSampleAtMs = performance.now();
    const samplesBefore = before.reduce((sum, frame) => sum + frame.samplesPerChannel, 0);
    this.#utterance = {
      frames: before,
      hold,
      released: false,
      overButler: this.#options.isButlerSpeaking(),
      guesses: 0,
      startSample: this.#tracker.heardSamples - samplesBefore,
    };
    this.#emit({ type: stt.SpeechEventType.START_OF_SPEECH });
  }

  /** Looks at the utterance after every frame and every transcript, and moves it on. */
  #step(): void {
    const utterance = this.#utterance;
    if (utterance === undefined) return;
    const lengthMs = ((this.#tracker.heardSamples - utterance.startSample) / sampleRateHz) * 1000;
    if (lengthMs > utteranceLimitMs) utterance.released = true;
    if (utterance.hold || utterance.released) this.#stepHeld(utterance);
    else this.#stepOpen(utterance);
  }

  #stepOpen(utterance: Utterance): void {
    const limits = this.#options.limits();
    const { silenceMs, certainlySpeaking } = this.#tracker;
    const guess = this.#freshGuess(utterance);
    if (guess === undefined) {
      const early = utterance.guesses < limits.guessesMax;
      if (silenceMs >= (early ? limits.guessAfterMs : limits.finishedMs)) this.#ask(utterance);
      return;
    }
    const { text, ending } = guess;
    if (text === undefined || ending === undefined) return;
    const heard = { text, silenceMs, ending, certainlySpeaking };
    const verdict = judgeEnd(heard, limits);
    if (verdict === 'commit') this.#commit(utterance, guess);
    if (verdict === 'drop') this.#drop(utterance);
    if (verdict === 'think' && !guess.thinking) {
      guess.thinking = true;
      this.#emit(this.#speech(stt.SpeechEventType.PREFLIGHT_TRANSCRIPT, text));
    }
  }

  #stepHeld(utterance: Utterance): void {
    const guess = this.#freshGuess(utterance);
    if (!utterance.released) {
      if (guess === undefined && this.#tracker.silenceMs >= heldGuessAfterMs) this.#ask(utterance);
      return;
    }
    if (guess === undefined) this.#ask(utterance);
    else if (guess.text === '') this.#drop(utterance);
    else if (guess.text !== undefined) this.#commit(utterance, guess);
  }

  /** The guess, if nothing was said after it was taken. */
  #freshGuess(utterance: Utterance): Guess | undefined {
    const { guess } = utterance;
    return guess && guess.toSample >= this.#tracker.lastSpeechSample ? guess : undefined;
  }

  #ask(utterance: Utterance): void {
    utterance.guess?.cancel.abort();
    utterance.guesses += 1;
    const cancel = new AbortController();
    const toSample = this.#tracker.heardSamples;
    const guess: Guess = { toSample, cancel, readyAtMs: 0, thinking: false };
    utterance.guess = guess;
    if (utterance.frames.length === 0) {
      guess.text = '';
      guess.ending = 'unfinished';
      queueMicrotask(() => this.#step());
      return;
    }
    this.#options.transcribe([...utterance.frames], cancel.signal).then(
      (text) => this.#answered(utterance, guess, text.trim()),
      (error: unknown) => this.#refused(utterance, guess, error),
    );
  }

  #answered(utterance: Utterance, guess: Guess, text: string): void {
    if (utterance.guess !== guess || this.#utterance !== utterance) return;
    guess.text = text;
    guess.ending = this.#options.endingOf(text);
    guess.readyAtMs = performance.now();
    if (text !== '') this.#options.events.transcript(text, false);
    this.#step();
  }

  #refused(utterance: Utterance, guess: Guess, error: unknown): void {
    if (guess.cancel.signal.aborted || this.#utterance !== utterance) return;
    // Speech went on since: the next guess may succeed, and the person has not finished yet.
    if (this.#freshGuess(utterance) === undefined) return;
    this.#end();
    this.#options.events.failed(error, { lastSampleAtMs: this.#lastSampleAtMs });
  }

  #commit(utterance: Utterance, guess: Guess): void {
    const text = guess.text ?? '';
    if (utterance.overButler && !utterance.hold && this.#options.isBackchannel(text)) {
      this.#end();
      return;
    }
    this.#options.events.transcript(text, true);
    this.#options.events.committed({
      lastSampleAtMs: this.#lastSampleAtMs,
      transcriptAtMs: guess.readyAtMs,
      hold: utterance.hold,
    });
    this.#emit(this.#speech(stt.SpeechEventType.FINAL_TRANSCRIPT, text));
    this.#end();
  }

  #drop(utterance: Utterance): void {
    const { hold } = utterance;
    this.#end();
    this.#options.events.wordless(hold);
  }

  #end(): void {
    this.#utterance = undefined;
    // Without this the VAD still holds the old speech open and would not report the next start.
    this.#vadStream.flush();
    const speechEndTime = Date.now() - (performance.now() - this.#lastSampleAtMs);
    this.#emit({ type: stt.SpeechEventType.END_OF_SPEECH, speechEndTime });
  }

  #abandon(): void {
    if (this.#utterance === undefined) return;
    this.#utterance.guess?.cancel.abort();
    this.#end();
  }

  #speech(type: stt.SpeechEventType, text: string): stt.SpeechEvent {
    const speechEndTime = Date.now() - (performance.now() - this.#lastSampleAtMs);
    const language = 'en' as stt.SpeechData['language'];
    return {
      type,
      speechEndTime,
      alternatives: [{ text, language, startTime: 0, endTime: 0, confidence: 1 }],
    };
  }

  /** A microphone that stops sending in the middle must not leave the turn open for ever. */
  #watchForStall(): void {
    clearTimeout(this.#stalled);
    if (this.#utterance === undefined || this.#utterance.hold) return;
    this.#stalled = setTimeout(() => {
      if (this.#utterance === undefined || this.#utterance.hold) return;
      this.#utterance.released = true;
      this.#step();
    }, stalledAfterMs);
  }

  #emit(event: stt.SpeechEvent): void {
    if (!this.#closed) this.#output?.enqueue(event);
  }
}
