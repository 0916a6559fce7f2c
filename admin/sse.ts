/** A turn as server-sent events (HTML Living Standard, section 9.2). */
import type { ChatEvent } from './house-view.ts';

const encoder = new TextEncoder();

const frame = ({ type, ...data }: ChatEvent): Uint8Array =>
  encoder.encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

/**
 * The events as a body, read no faster than the client takes them. `leave` is called once, when
 * the client has gone or the events have ended; the events must not throw.
 */
export const serverSentEvents = ({
  events,
  leave,
  keepAliveEveryMs,
}: {
  events: AsyncIterable<ChatEvent>;
  leave: () => void;
  keepAliveEveryMs: number;
}): ReadableStream<Uint8Array> => {
  const iterator = events[Symbol.asyncIterator]();
  let keepAlive: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearInterval(keepAlive);
    leave();
  };
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      keepAlive = setInterval(() => {
        // A client that does not read is not asked whether it is there.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': here\n\n'));
      }, keepAliveEveryMs);
    },
    pull: async (controller) => {
      const { value, done } = await iterator.next();
      if (!done) return controller.enqueue(frame(value));
      end();
      controller.close();
    },
    cancel: () => {
      end();
      void iterator.return?.();
    },
  });
};
