// What was said, over HTTP: whole turns of one person, by day or words, deleted for good.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

const path = '/api/v1/memory/history';
const turns = [1, 2, 3].map((each) => `0000000${each}-0000-4000-8000-000000000000`) as [
  string,
  string,
  string,
];

let admin: FakeAdmin;
let ada: { authorization: string };
let bob: { authorization: string };
beforeEach(async () => {
  admin = await fakeAdmin({ environment: { BUTLER_TIMEZONE: 'Europe/Oslo' } });
  const owner = await admin.enter();
  const other = await admin.joinAs('adult', 'Bob');
  [ada, bob] = [owner.bearer, other.bearer];
  const say = (personId: string, turn: string, spoken: [string, string, string]) => {
    const [at, asked, answered] = spoken;
    for (const [role, content] of [['user', asked] as const, ['assistant', answered] as const]) {
      const id = admin.memory.said.length + 1;
      const about = { id, personId, turn, door: 'app', heard: true, tainted: false };
      admin.memory.said.push({ ...about, role, content, at: new Date(at) });
    }
  };
  say(owner.user.id, turns[0], ['2026-02-27T20:00:00Z', 'Who wrote Dune?', 'Frank Herbert.']);
  // In Oslo it is the first of March already.
  say(owner.user.id, turns[1], ['2026-02-28T23:30:00Z', 'Wake me at eight.', 'I will.']);
  say(other.id, turns[2], ['2026-03-01T10:00:00Z', 'Is Dune a secret?', 'It is yours.']);
});
afterEach(() => admin.forget());

const ask = async (method: string, where = '', { body, as = ada }: Asked = {}) => {
  const answer = await admin.app.request(`${path}${where}`, {
    method,
    headers: { ...json, ...as },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = (await answer.json()) as { code: string; detail: string } & Found;
  return { status: answer.status, content };
};
interface Asked {
  body?: unknown;
  as?: { authorization: string };
}
interface Found {
  turns: { turn: string; messages: { content: string }[] }[];
}

const asked = async (where: string, as = ada): Promise<string[]> =>
  (await ask('GET', where, { as })).content.turns.map(
    ({ messages: [first] }) => first?.content ?? '',
  );

it('gives whole turns, newest first', async () => {
  expect(await asked('')).toEqual(['Wake me at eight.', 'Who wrote Dune?']);
  expect(await asked('?limit=1')).toEqual(['Wake me at eight.']);
  const { content } = await ask('GET');
  expect(content.turns.at(-1)).toMatchObject({
    ...{ turn: turns[0], at: '2026-02-27T20:00:00.000Z', door: 'app' },
    messages: [
      { role: 'user', content: 'Who wrote Dune?', heard: true },
      { role: 'assistant', content: 'Frank Herbert.' },
    ],
  });
});

it('finds words, and days of the household’s calendar', async () => {
  expect(await asked('?query=herbert')).toEqual(['Who wrote Dune?']);
  expect(await asked('?when=2026-03-01')).toEqual(['Wake me at eight.']);
  expect(await asked('?when=2026-02-28')).toEqual([]);
  // Words for a time are left to the search.
  expect(await asked('?when=eight')).toEqual(['Wake me at eight.']);
});

it('shows and deletes nothing of anybody else, for an owner too', async () => {
  expect(await asked('?query=secret')).toEqual([]);
  const { status, content } = await ask('DELETE', `/${turns[2]}`);
  expect([status, content.code]).toEqual([404, 'said-unknown']);
  await ask('DELETE', '', { body: { confirm: 'forget what was said' } });
  expect(await asked('')).toEqual([]);
  expect(await asked('', bob)).toEqual(['Is Dune a secret?']);
});

it('deletes one turn, or what was said between two moments', async () => {
  expect((await ask('DELETE', `/${turns[0]}`)).content).toEqual({ deleted: 2 });
  expect(await asked('')).toEqual(['Wake me at eight.']);
  const day = { from: '2026-03-01T00:00:00+01:00', to: '2026-03-02T00:00:00+01:00' };
  const body = { confirm: 'forget what was said', ...day };
  expect((await ask('DELETE', '', { body })).content).toEqual({ deleted: 2 });
  expect(await asked('')).toEqual([]);
});

it('names what is wrong', async () => {
  const confirm = 'forget what was said';
  const wrong: [string, string, unknown, number, string, RegExp][] = [
    ['DELETE', '/not-a-turn', undefined, 400, 'request-invalid', /turn/],
    ['DELETE', '', {}, 400, 'request-invalid', /forget what was said/],
    ['DELETE', '', { confirm, from: 'yesterday' }, 400, 'request-invalid', /from/],
    [
      ...(['DELETE', ''] as const),
      { confirm, from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
      ...([400, 'request-invalid', /after/] as const),
    ],
    ['GET', '?limit=1000', undefined, 400, 'request-invalid', /limit/],
    ['GET', `?when=${'x'.repeat(101)}`, undefined, 400, 'request-invalid', /100/],
  ];
  for (const [method, where, body, status, code, says] of wrong) {
    const { status: answered, content } = await ask(method, where, { body });
    expect([answered, content.code]).toEqual([status, code]);
    expect(content.detail).toMatch(says);
  }
  admin.memory.away = 'The database is starting.';
  expect((await ask('GET')).content.code).toBe('memory-unavailable');
  expect((await ask('DELETE', `/${turns[0]}`)).status).toBe(503);
});
