/** What the ear needs of onnxruntime: a network that is run on named tensors. */

export interface Tensor {
  data: Float32Array;
  dimensions: readonly number[];
}

export interface Network {
  run(inputs: Record<string, Tensor>): Promise<Record<string, Tensor>>;
  release(): Promise<void>;
}

export type LoadNetwork = (bytes: Uint8Array) => Promise<Network>;

/** The part of onnxruntime-web (and -node) that is used; handed in: tests run it in Node. */
interface Runtime {
  Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => RuntimeTensor;
  InferenceSession: { create(bytes: Uint8Array, options?: object): Promise<RuntimeSession> };
}
interface RuntimeTensor {
  data: unknown;
  dims: readonly number[];
}
interface RuntimeSession {
  run(feeds: Record<string, RuntimeTensor>): Promise<Record<string, RuntimeTensor>>;
  release(): Promise<void>;
}

export const networksOf =
  (runtime: Runtime): LoadNetwork =>
  async (bytes) => {
    const session = await runtime.InferenceSession.create(bytes, {
      graphOptimizationLevel: 'all',
      enableCpuMemArena: true,
    });
    return {
      async run(inputs) {
        const feeds = Object.fromEntries(
          Object.entries(inputs).map(([name, { data, dimensions }]) => [
            name,
            new runtime.Tensor('float32', data, dimensions),
          ]),
        );
        const made = await session.run(feeds);
        return Object.fromEntries(
          Object.entries(made).map(([name, { data, dims }]) => [
            name,
            { data: data as Float32Array, dimensions: dims },
          ]),
        );
      },
      release: () => session.release(),
    };
  };
