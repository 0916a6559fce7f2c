// Written turns: whole, streamed, failed, too many.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';
import { serverSentEvents } from '../sse.ts';

let admin: FakeAdmin;
let bearer: { authorization: string };
beforeEach(async () => {
  admin = await fakeAdmin({ environment: { BUTLER_LANGUAGE: 'de' } });
  ({ bearer } = await admin.enter());
});
afterEach(() => admin.forget());

const chat = (text: string, headers = {}) =>
  admin.post('/api/v1/chat', { text }, { ...bearer, ...headers });
const accept = { accept: 'application/json' };

it('streams by default, and answers as JSON on request', async () => {
  const streamed = await chat('hello there');
  expect(streamed.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await streamed.text()).toContain('event: done\ndata: {"text":"hello there"}\n\n');
  expect(await (await chat('  hello there ', accept)).json()).toEqual({ text: 'hello there' });
  const spoken = await admin.post('/api/v1/conversation', { text: 'time?' }, bearer);
  expect(await spoken.json()).toEqual({ text: 'time?' });
  expect(admin.doors.arrivals).toEqual(['app owner 1 de', 'app owner 1 de', 'echo owner 1 de']);
});

it('keeps line breaks and any letters inside one event', async () => {
  const text = 'one\ntwo\r\n\nevent: done 😀';
  const body = await (await chat(text)).text();
  const data = body.split('\n').filter((line) => line.startsWith('data: '));
  expect(JSON.parse(data.at(-1)?.slice(6) ?? '')).toEqual({ text });
  expect(body.match(/^event: done$/gm)).toHaveLength(1);
});

it('tells a fault as an event, or as a problem', async () => {
  const fault = { code: 'mind-unreachable', title: 'No mind', detail: 'Set a key.' };
  const streamed = await (await chat('fault')).text();
  expect(streamed).toBe(`event: error\ndata: ${JSON.stringify(fault)}\n\n`);
  const whole = await chat('fault', accept);
  expect(whole.status).toBe(503);
  expect(await whole.json()).toMatchObject(fault);
  expect(await (await chat('boom')).text()).toContain('event: error\ndata: {"code":"internal"');
  expect(await (await chat('nothing')).text()).toContain('"code":"answer-missing"');
  expect(await (await chat('nothing', accept)).json()).toMatchObject({ code: 'answer-missing' });
});

it('answers eight turns of one person at once, and frees those that end', async () => {
  const waiting = [];
  for (let each = 0; each < 8; each += 1) waiting.push(await chat('wait'));
  const ninth = await chat('hello');
  expect([ninth.status, ninth.headers.get('retry-after')]).toEqual([429, '5']);
  await waiting[0]?.body?.cancel();
  expect((await chat('hello', accept)).status).toBe(200);
  for (const answer of waiting.slice(1)) await answer.body?.cancel();
  await vi.waitFor(() => expect(admin.doors.aborted).toBe(8));
});

it('says that it is still there while nothing comes', async () => {
  vi.useFakeTimers();
  const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  const leave = vi.fn();
  const body = serverSentEvents({ events: never, leave, keepAliveEveryMs: 10_000 });
  const reader = body.getReader();
  for (let each = 0; each < 3; each += 1) {
    const read = reader.read();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(new TextDecoder().decode((await read).value)).toBe(': here\n\n');
  }
  await reader.cancel();
  expect(leave).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
