/** Mel frames to embeddings, 8 frames a step, with the network's past kept between calls. */
import type { LoadNetwork, Network, Tensor } from './runtime.ts';
import { bins, framesPerBlock } from './spectrogram.ts';
import { type StreamingGraph, streamingGraph } from './streaming-graph.ts';

const embeddingSize = 96;

export class Embedding {
  private past: Record<string, Tensor> = {};
  private readonly graph: StreamingGraph;
  private readonly network: Network;

  private constructor(graph: StreamingGraph, network: Network) {
    this.graph = graph;
    this.network = network;
    this.reset();
  }

  /** `bytes` is embedding_model.onnx as it was published. */
  static async load(bytes: Uint8Array, load: LoadNetwork): Promise<Embedding> {
    const graph = streamingGraph(bytes, bins);
    return new Embedding(graph, await load(graph.bytes));
  }

  /** Forgets the sound so far. Embeddings are right again after 76 frames, 10 blocks. */
  reset(): void {
    this.past = Object.fromEntries(
      this.graph.states.map(({ input, dimensions }) => [
        input,
        { data: new Float32Array(dimensions.reduce((a, b) => a * b)), dimensions },
      ]),
    );
  }

  /** Blocks of 8 × 32 numbers, one after another → as many embeddings of 96 numbers. */
  async next(frames: Float32Array): Promise<Float32Array[]> {
    const blocks = frames.length / (framesPerBlock * bins);
    const dimensions = [1, 1, blocks * framesPerBlock, bins];
    const made = await this.network.run({
      ...this.past,
      [this.graph.input]: { data: frames, dimensions },
    });
    for (const { input, output } of this.graph.states) this.past[input] = made[output] as Tensor;
    const { data } = made[this.graph.output] as Tensor;
    // Channels come first: column `block` of each of the 96 rows.
    return Array.from({ length: blocks }, (_, block) =>
      Float32Array.from(
        { length: embeddingSize },
        (_, row) => data[row * blocks + block] as number,
      ),
    );
  }

  release(): Promise<void> {
    return this.network.release();
  }
}
