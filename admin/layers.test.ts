// Several middlewares are one in their order, and an answer that was given is kept.
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { AdminEnv } from './access.ts';
import { layered, remembered } from './layers.ts';

it('runs its layers in order, and out again the other way', async () => {
  const seen: string[] = [];
  const mark = (name: string) =>
    layered(
      async (_, next) => {
        seen.push(`${name} in`);
        await next();
        seen.push(`${name} out`);
      },
      (_, next) => next(),
    );
  const app = new Hono<AdminEnv>();
  app.use(layered(mark('first'), mark('second')));
  app.get('/', (c) => c.text('route'));
  expect(await (await app.request('/')).text()).toBe('route');
  expect(seen).toEqual(['first in', 'second in', 'second out', 'first out']);
});

it('makes of what is thrown inside an answer for those outside', async () => {
  const statuses: number[] = [];
  const app = new Hono<AdminEnv>();
  app.onError((_, c) => c.text('refused', 403));
  app.use(async (c, next) => {
    await next();
    statuses.push(c.res.status);
  });
  app.use(
    layered(
      (_, next) => next(),
      () => {
        throw new Error('no');
      },
    ),
  );
  app.get('/', (c) => c.text('route'));
  expect((await app.request('/')).status).toBe(403);
  expect(statuses).toEqual([403]);
});

it('works out what it has not been asked lately, and no more', () => {
  let worked = 0;
  const length = remembered((text) => {
    worked += 1;
    return text.length;
  });
  expect([length('ada'), length('ada'), length('')]).toEqual([3, 3, 0]);
  expect(worked).toBe(2);
  for (let at = 0; at < 300; at++) length(`client ${at}`);
  length('ada');
  expect(worked).toBe(303);
});
