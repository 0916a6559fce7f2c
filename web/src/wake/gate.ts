/** Tells silence and steady noise from something happening, so that the networks may rest. */

/** What is that quiet is never listened to: full scale is 0. */
const silentDecibels = -72;
/** A block this much louder than the quietest of the last seconds opens the gate. */
const risesDecibels = 2.5;
/** Blocks of 80 ms that the quietest is sought in: 6.4 s, longer than most pauseless talk. */
const remembered = 80;
/** The gate stays open this long after the last loud block: a word and its window are over. */
const openBlocks = 25;
const quantile = 0.1;

/** Root mean square of 16-bit samples, 0 to 1. */
export const loudnessOf = (samples: Int16Array): number => {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length)) / 32_768;
};

/** Loudness in decibels of full scale; -100 for digital silence. */
export const decibelsOf = (samples: Int16Array): number =>
  20 * Math.log10(Math.max(loudnessOf(samples), 1e-5));

export class Gate {
  private readonly levels = new Float32Array(remembered);
  private readonly sorted = new Float32Array(remembered);
  private count = 0;
  private open = 0;

  reset(): void {
    this.count = 0;
    this.open = 0;
  }

  /** One block's loudness → whether it is to be listened to. Open until the room is known. */
  hears(decibels: number): boolean {
    this.levels[this.count % remembered] = decibels;
    this.count++;
    const isLoud =
      decibels > silentDecibels &&
      (this.count < openBlocks || decibels > this.quietest() + risesDecibels);
    this.open = isLoud ? openBlocks : Math.max(0, this.open - 1);
    return this.open > 0;
  }

  private quietest(): number {
    const known = Math.min(this.count, remembered);
    const sorted = this.sorted.subarray(0, known);
    sorted.set(this.levels.subarray(0, known));
    sorted.sort();
    return sorted[Math.floor(known * quantile)] as number;
  }
}
