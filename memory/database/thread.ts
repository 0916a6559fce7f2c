/** Starts the embedded database's worker thread and speaks with it. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { ThreadData, Wish, Word } from './embedded-thread.ts';

export interface Thread {
  /** A new connection's end. */
  connect(): MessagePort;
  /** Copies the cluster; resolves with how many milliseconds queries had to wait for it. */
  copy(to: string): Promise<number>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(word: Word & { kind: 'done' }): void;
  reject(error: Error): void;
}

const source = new URL('./embedded-thread.ts', import.meta.url);

/** Replaying the log of a killed process takes a second or two; a damaged one may hang. */
const openWithinMs = 60_000;

/** Half a wish: `id` is added here. */
type Asked = { kind: 'copy'; to: string } | { kind: 'close' };

/**
 * @param lost is called once when a thread that was ready ends without being asked to.
 * @throws with the backend's own words when the folder cannot be opened.
 */
export const startThread = async (
  data: ThreadData,
  lost: (why: string) => void,
): Promise<Thread> => {
  const worker = new Worker(source, {
    workerData: data,
    name: 'butler-database',
  });
  const started = Promise.withResolvers<void>();
  const asked = new Map<number, Waiting>();
  let count = 0;
  let isReady = false;
  let isClosing = false;
  let isGone = false;
  let why = '';
  worker.on('message', (word: Word) => {
    if (word.kind === 'ready') {
      isReady = true;
      started.resolve();
    } else if (word.kind === 'refused') started.reject(new Error(word.why));
    else if (word.kind === 'lost') why = word.why;
    else asked.get(word.id)?.resolve(word);
  });
  worker.on('error', (error) => {
    why = error.message;
  });
  worker.on('exit', () => {
    isGone = true;
    const error = new Error(why || 'its thread ended');
    started.reject(error);
    for (const { reject } of asked.values()) reject(error);
    if (isReady && !isClosing) lost(error.message);
  });
  const ask = async (wish: Asked): Promise<Word & { kind: 'done' }> => {
    if (isGone) throw new Error(why || 'its thread ended');
    const id = ++count;
    const { promise, resolve, reject } = Promise.withResolvers<Word & { kind: 'done' }>();
    asked.set(id, { resolve, reject });
    worker.postMessage({ ...wish, id } satisfies Wish);
    const answer = await promise.finally(() => asked.delete(id));
    if (answer.error) throw new Error(answer.error);
    return answer;
  };
  const tooLong = setTimeout(() => {
    started.reject(new Error(`it did not open within ${openWithinMs / 1000} s`));
  }, openWithinMs);
  try {
    await started.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    clearTimeout(tooLong);
  }
  return {
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage({ kind: 'connect', port: port2 } satisfies Wish, [port2]);
      return port1;
    },
    copy: async (to) => (await ask({ kind: 'copy', to })).blockedMs ?? 0,
    close: async () => {
      isClosing = true;
      await ask({ kind: 'close' });
      await worker.terminate();
    },
  };
};
