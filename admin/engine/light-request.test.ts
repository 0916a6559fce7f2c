// A plain GET reads like any other Request; whatever else there is goes the long way.
import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { lightRequest } from './light-request.ts';

const asked = (change: Partial<Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>> = {}) => {
  const outgoing = Object.assign(new EventEmitter(), { closed: false, writableFinished: false });
  const rawHeaders = ['Host', 'butler.lan:8000', 'X-Two', 'a', 'x-two', 'b'];
  const incoming = { method: 'GET', url: '/api/v1/turns?limit=2', rawHeaders, ...change };
  const request = lightRequest(
    incoming as IncomingMessage,
    outgoing as unknown as ServerResponse,
  ) as Request;
  return { request, outgoing };
};

it('reads like any other request', async () => {
  const { request } = asked();
  expect(request).toBeInstanceOf(Request);
  expect(request.url).toBe('http://butler.lan:8000/api/v1/turns?limit=2');
  expect(request.headers.get('HOST')).toBe('butler.lan:8000');
  expect(request.headers.get('x-two')).toBe('a, b');
  expect(request.headers.get('x-none')).toBeNull();
  expect(Object.fromEntries(request.headers)).toEqual({ host: 'butler.lan:8000', 'x-two': 'a, b' });
  expect([...request.headers.keys()]).toEqual(['host', 'x-two']);
  expect(await request.text()).toBe('');
  expect(request.clone().headers.get('x-two')).toBe('a, b');
});

it('tells that the client has gone, and nothing once it has its answer', () => {
  const gone = asked();
  const { signal } = gone.request;
  gone.outgoing.emit('close');
  expect(signal.aborted).toBe(true);
  const done = asked();
  const { signal: quiet } = done.request;
  done.outgoing.writableFinished = true;
  done.outgoing.emit('close');
  expect(quiet.aborted).toBe(false);
  const late = asked();
  late.outgoing.closed = true;
  expect(late.request.signal.aborted).toBe(true);
});

it.each([
  { method: 'POST' },
  { method: 'HEAD' },
  { url: 'http://elsewhere/' },
  { url: '/a/../b' },
  { url: '/..' },
  { url: '/%2e%2e/b' },
  { url: '/a\\b' },
  { url: '/a#b' },
  { rawHeaders: [] },
  { rawHeaders: ['host', 'a', 'host', 'b'] },
  { rawHeaders: ['host', 'user@butler.lan'] },
  { rawHeaders: ['host', 'BUTLER.lan'] },
  { rawHeaders: ['host', 'butler.lan:80'] },
  { rawHeaders: ['host', 'butler.lan:99999'] },
  { rawHeaders: ['host', 'butler.lan', 'content-length', '3'] },
  { rawHeaders: ['host', 'butler.lan', 'transfer-encoding', 'chunked'] },
])('leaves %o to the long way', (change) => {
  expect(asked(change).request).toBeUndefined();
});
