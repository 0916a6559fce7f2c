// Server-sent events arrive whole, however the network cuts them.
import { expect, test } from 'vitest';
import { ServerSentEventParser, serverSentEvents } from './sse.ts';

const stream =
  ': hello\r\n\r\nevent: delta\r\ndata: {"text":"Grüße"}\r\n\r\n' +
  'data: one\ndata:two\n\nid: 7\nretry: 100\n\nevent: done\rdata: end\r\r\n';
const events = [
  { event: 'delta', data: '{"text":"Grüße"}' },
  { event: 'message', data: 'one\ntwo' },
  { event: 'done', data: 'end' },
];

test('in one piece', () => {
  expect(new ServerSentEventParser().push(stream)).toEqual(events);
});

test.each([1, 2, 3, 7])('in pieces of %i characters', (size) => {
  const parser = new ServerSentEventParser();
  const seen = [];
  for (let start = 0; start < stream.length; start += size) {
    seen.push(...parser.push(stream.slice(start, start + size)));
  }
  expect(seen).toEqual(events);
});

test('from bytes that split a letter; an unfinished event is not an event', async () => {
  const bytes = new TextEncoder().encode(`${stream}data: never finished\n`);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const seen = [];
  for await (const event of serverSentEvents(body)) seen.push(event);
  expect(seen).toEqual(events);
});
