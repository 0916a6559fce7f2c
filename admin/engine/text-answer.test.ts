// An answer whose text is at hand reads like any other, and keeps what Hono put on it.
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AdminEnv } from '../access.ts';
import { textAnswers, textOf } from './text-answer.ts';

const below = { engine: 'node' as const, incoming: { socket: {} } };
const app = new Hono<AdminEnv>();
app.use(textAnswers);
app.use(async (c, next) => {
  await next();
  c.res.headers.set('x-after', 'yes');
});
app.get('/made', (c) => {
  c.header('x-before', 'yes');
  return c.json({ grüße: [1, 2] }, 201, { 'x-with': 'yes' });
});
app.get('/plain', (c) => c.text('plain'));

it('keeps status and headers, and reads like any other', async () => {
  const ask = async () => await app.request('/made', {}, below);
  const answer = await ask();
  expect(textOf(answer)).toBe('{"grüße":[1,2]}');
  expect(answer.status).toBe(201);
  expect(answer.ok).toBe(true);
  expect(Object.fromEntries(answer.headers)).toEqual({
    'content-type': 'application/json',
    'x-before': 'yes',
    'x-with': 'yes',
    'x-after': 'yes',
  });
  expect(await answer.json()).toEqual({ grüße: [1, 2] });
  expect(await (await ask()).clone().text()).toBe('{"grüße":[1,2]}');
  expect(await new Response((await ask()).body).text()).toBe('{"grüße":[1,2]}');
});

it('leaves others as they are, and all of them where there is no engine', async () => {
  expect(textOf(await app.request('/plain', {}, below))).toBeUndefined();
  const answer = await app.request('/made');
  expect(textOf(answer)).toBeUndefined();
  expect(await answer.json()).toEqual({ grüße: [1, 2] });
});
