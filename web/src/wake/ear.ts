/** Listens to 16 kHz sound for the wake words: gate, mel bands, embeddings, heads, decision. */
import { Decision, thresholdFor } from './decision.ts';
import type { Embedding } from './embedding.ts';
import { decibelsOf, Gate, loudnessOf } from './gate.ts';
import type { Head } from './head.ts';
import { blockSamples, Spectrogram } from './spectrogram.ts';

/** A head with the threshold it was measured with. */
export interface Trained {
  head: Head;
  threshold: number;
}

/** A wake word was heard. */
export interface Heard {
  word: string;
  score: number;
  /** Root mean square of the last second, 0 to 1: the nearer device heard it louder. */
  loudness: number;
  /** Milliseconds of sound since the ear began. */
  atMs: number;
  /** The last two seconds, 16 bits at 16 kHz: the word and what may already follow it. */
  preroll: Int16Array;
}

const blockMs = 80;
/** Blocks that an embedding and a head look back on, and one of the word itself: 2 s. */
const rememberedBlocks = 25;
/** After a reset the window is filled first: 1.84 s. */
const settlingBlocks = 23;
const loudnessBlocks = 12;
const averaged = 3;
const coolDownBlocks = 25;

interface Listener extends Trained {
  decision: Decision;
}

export class Ear {
  private readonly embedding: Embedding;
  private readonly listeners: Listener[];
  private readonly spectrogram = new Spectrogram();
  private readonly gate = new Gate();
  private readonly partial = new Int16Array(blockSamples);
  private filled = 0;
  /** The last blocks in a ring: the next one is written at `blocks % rememberedBlocks`. */
  private readonly ring = new Int16Array(blockSamples * rememberedBlocks);
  private blocks = 0;
  private blocksSinceReset = 0;
  private awake = false;
  private embeddings: Float32Array[] = [];

  constructor(parts: { embedding: Embedding; words: Trained[]; sensitivity: number }) {
    this.embedding = parts.embedding;
    this.listeners = parts.words.map((word) => ({
      ...word,
      decision: new Decision({
        threshold: thresholdFor(word.threshold, parts.sensitivity),
        averaged,
        coolDownBlocks,
      }),
    }));
  }

  /** Forgets everything heard; for 1.84 s nothing is taken for a word. */
  reset(): void {
    this.filled = 0;
    this.ring.fill(0);
    this.blocksSinceReset = 0;
    this.awake = false;
    this.gate.reset();
    for (const { decision } of this.listeners) decision.reset();
  }

  /** Any number of samples; frames need not be blocks. One at a time: await before the next. */
  async hear(samples: Int16Array): Promise<Heard | undefined> {
    let heard: Heard | undefined;
    for (let at = 0; at < samples.length; ) {
      const part = samples.subarray(at, at + blockSamples - this.filled);
      this.partial.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled < blockSamples) break;
      this.filled = 0;
      heard = (await this.block(this.partial)) ?? heard;
    }
    return heard;
  }

  private async block(samples: Int16Array): Promise<Heard | undefined> {
    this.ring.set(samples, (this.blocks % rememberedBlocks) * blockSamples);
    this.blocks++;
    this.blocksSinceReset++;
    if (!this.gate.hears(decibelsOf(samples))) {
      this.awake = false;
      for (const { decision } of this.listeners) decision.pause();
      return undefined;
    }
    // What has just begun is heard with the two seconds before it: its onset is not lost.
    const logits = this.awake ? await this.next(samples) : await this.catchUp();
    if (this.blocksSinceReset <= settlingBlocks) return undefined;
    return this.decided(logits);
  }

  private async next(samples: Int16Array): Promise<number[]> {
    this.embeddings.push(...(await this.embedding.next(this.spectrogram.block(samples))));
    return this.logits();
  }

  private async catchUp(): Promise<number[]> {
    this.awake = true;
    this.spectrogram.reset();
    this.embedding.reset();
    const past = this.remembered();
    const frames = Array.from({ length: rememberedBlocks }, (_, at) =>
      this.spectrogram.block(past.subarray(at * blockSamples, (at + 1) * blockSamples)),
    );
    const joined = new Float32Array(frames.reduce((sum, one) => sum + one.length, 0));
    frames.reduce((at, one) => {
      joined.set(one, at);
      return at + one.length;
    }, 0);
    this.embeddings = await this.embedding.next(joined);
    return this.logits();
  }

  private logits(): number[] {
    const most = Math.max(...this.listeners.map(({ head }) => head.steps));
    this.embeddings = this.embeddings.slice(-most);
    return this.listeners.map(({ head }) => head.logit(this.embeddings.slice(-head.steps)));
  }

  private decided(logits: number[]): Heard | undefined {
    let best: { word: string; score: number } | undefined;
    this.listeners.forEach(({ head, decision }, at) => {
      const score = decision.takes(logits[at] as number);
      if (score !== undefined && score > (best?.score ?? 0)) best = { word: head.word, score };
    });
    if (!best) return undefined;
    const preroll = this.remembered();
    return {
      ...best,
      loudness: loudnessOf(preroll.subarray(-loudnessBlocks * blockSamples)),
      atMs: this.blocks * blockMs,
      preroll,
    };
  }

  /** The ring, oldest sample first. */
  private remembered(): Int16Array {
    const from = (this.blocks % rememberedBlocks) * blockSamples;
    const past = new Int16Array(this.ring.length);
    past.set(this.ring.subarray(from));
    past.set(this.ring.subarray(0, from), this.ring.length - from);
    return past;
  }
}
