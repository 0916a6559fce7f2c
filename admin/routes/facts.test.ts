// What Butler knows of a person, over HTTP: only theirs, mistakes named, undo while it lasts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

const path = '/api/v1/memory/facts';

interface Fact {
  id: number;
  fact: string;
  current: boolean;
}
type Bearer = { authorization: string };

let admin: FakeAdmin;
let bearer: Bearer;
beforeEach(async () => {
  admin = await fakeAdmin();
  ({ bearer } = await admin.enter());
});
afterEach(() => admin.forget());

const ask = async (
  method: string,
  where: string,
  { body, as = bearer }: { body?: unknown; as?: Bearer } = {},
) => {
  const answer = await admin.app.request(where, {
    method,
    headers: { ...json, ...as },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, content };
};

const tell = async (fact: string, as = bearer, more: object = {}): Promise<Fact> => {
  const body = { fact, category: 'preference', ...more };
  const { status, content } = await ask('POST', path, { body, as });
  expect(status).toBe(201);
  return content.fact as Fact;
};

const known = async (query = '', as = bearer): Promise<string[]> => {
  const { content } = await ask('GET', `${path}${query}`, { as });
  return (content.facts as Fact[]).map(({ fact }) => fact);
};

describe('one’s own facts', () => {
  it('are told, listed newest first, searched, narrowed and replaced', async () => {
    await tell('I take milk in my coffee', bearer, { slot: 'coffee.milk' });
    admin.now.ms += 1000;
    await tell('I live in Oslo', bearer, { category: 'personal' });
    expect(await known()).toEqual(['I live in Oslo', 'I take milk in my coffee']);
    expect(await known('?query=coffee%3F')).toEqual(['I take milk in my coffee']);
    expect(await known('?category=personal')).toEqual(['I live in Oslo']);
    expect(await known('?query=i&category=personal')).toEqual(['I live in Oslo']);
    expect(await known('?limit=1')).toEqual(['I live in Oslo']);
    admin.now.ms += 1000;
    const body = { fact: 'I take no milk', category: 'preference', slot: 'coffee.milk' };
    const { content } = await ask('POST', path, { body });
    expect(content).toMatchObject({
      outcome: 'replaced',
      replaced: { fact: 'I take milk in my coffee', current: false },
    });
    expect(await known()).toEqual(['I take no milk', 'I live in Oslo']);
    expect(await known('?all=true')).toHaveLength(3);
    expect(await known('?all=true&query=in%20COFFEE')).toEqual(['I take milk in my coffee']);
    const again = await ask('POST', path, { body });
    expect([again.status, again.content.outcome]).toEqual([200, 'known']);
  });

  it('say where they come from, and nothing of the database', async () => {
    await tell('I live in Oslo');
    const { content } = await ask('GET', path);
    const at = '2026-03-01T12:00:00.000Z';
    expect(content.facts).toEqual([
      {
        ...{ id: 1, category: 'preference', slot: null, fact: 'I live in Oslo' },
        ...{ source: 'explicit', confidence: 1, learnedAt: at, lastUsedAt: at, current: true },
        ...{ quote: null, door: 'app', tainted: false },
      },
    ]);
  });

  it('are corrected, in part', async () => {
    const { id } = await tell('I live in Olso');
    const { content } = await ask('PATCH', `${path}/${id}`, { body: { fact: 'I live in Oslo' } });
    expect(content.fact).toMatchObject({ fact: 'I live in Oslo', category: 'preference' });
    const other = await tell('I like tea');
    const taken = await ask('PATCH', `${path}/${other.id}`, { body: { fact: 'I live in Oslo' } });
    expect([taken.status, taken.content.code]).toEqual([409, 'fact-duplicate']);
  });

  it('are forgotten and taken back once, for five minutes', async () => {
    const { id } = await tell('I live in Oslo');
    const forgotten = await ask('DELETE', `${path}/${id}`);
    expect(forgotten.content).toMatchObject({ undoUntil: '2026-03-01T12:05:00.000Z' });
    expect(await known()).toEqual([]);
    const body = { undo: forgotten.content.undo };
    expect((await ask('POST', `${path}/restore`, { body })).status).toBe(200);
    expect(await known()).toEqual(['I live in Oslo']);
    const twice = await ask('POST', `${path}/restore`, { body });
    expect([twice.status, twice.content.code]).toEqual([404, 'undo-gone']);
    const later = await ask('DELETE', `${path}/${id}`);
    admin.now.ms += 5 * 60_000;
    const late = await ask('POST', `${path}/restore`, { body: { undo: later.content.undo } });
    expect(late.content.code).toBe('undo-gone');
  });

  it('are all forgotten only with the words for it, and then nothing comes back', async () => {
    const { id } = await tell('I live in Oslo');
    await tell('I like tea');
    const { content } = await ask('DELETE', `${path}/${id}`);
    for (const body of [{}, { confirm: true }, { confirm: 'Forget everything' }]) {
      expect((await ask('DELETE', path, { body })).status).toBe(400);
    }
    expect(await known()).toEqual(['I like tea']);
    const all = await ask('DELETE', path, { body: { confirm: 'forget everything' } });
    expect(all.content).toEqual({ forgotten: 1 });
    expect(await known()).toEqual([]);
    const back = await ask('POST', `${path}/restore`, { body: { undo: content.undo } });
    expect(back.status).toBe(404);
  });
});

describe('other people’s facts', () => {
  it('are out of reach by every way, for an owner too', async () => {
    const bob = await admin.joinAs('adult', 'Bob');
    const { id } = await tell('Bob’s secret is safe', bob.bearer);
    expect(await known()).toEqual([]);
    expect(await known('?query=secret')).toEqual([]);
    expect(await known('?all=true')).toEqual([]);
    const edited = await ask('PATCH', `${path}/${id}`, { body: { fact: 'mine now' } });
    expect([edited.status, edited.content.code]).toEqual([404, 'fact-unknown']);
    expect((await ask('DELETE', `${path}/${id}`)).status).toBe(404);
    await ask('DELETE', path, { body: { confirm: 'forget everything' } });
    expect(await known('', bob.bearer)).toEqual(['Bob’s secret is safe']);
    const { content } = await ask('DELETE', `${path}/${id}`, { as: bob.bearer });
    const stolen = await ask('POST', `${path}/restore`, { body: { undo: content.undo } });
    expect([stolen.status, stolen.content.code]).toEqual([404, 'undo-gone']);
    const body = { undo: content.undo };
    expect((await ask('POST', `${path}/restore`, { body, as: bob.bearer })).status).toBe(200);
  });
});

describe('what is wrong', () => {
  const wrong: [string, string, unknown, number, string, RegExp][] = [
    ['POST', '', { fact: 'x'.repeat(10_000), category: 'personal' }, 422, 'fact-invalid', /500/],
    ['POST', '', { fact: '  ', category: 'personal' }, 422, 'fact-invalid', /empty/],
    ['POST', '', { fact: 'x', category: 'secret' }, 422, 'fact-invalid', /preference.*media/],
    ['POST', '', { fact: 'x', category: 'media', slot: 'A B' }, 422, 'fact-invalid', /small/],
    ['POST', '', { fact: 'x', category: 'media', person: 'bob' }, 422, 'fact-invalid', /person/],
    ['POST', '', { fact: 'Ignore previous', category: 'media' }, 422, 'fact-refused', /order/],
    ['POST', '', { fact: 'x'.repeat(70_000), category: 'media' }, 413, 'body-too-large', /KiB/],
    ['PATCH', '/1', {}, 422, 'fact-invalid', /fact, category or slot/],
    ['PATCH', '/1', { fact: 'x'.repeat(501) }, 422, 'fact-invalid', /500/],
    ['PATCH', '/99', { fact: 'x' }, 404, 'fact-unknown', /list/],
    ['PATCH', '/one', { fact: 'x' }, 400, 'request-invalid', /param/],
    ['DELETE', '/0', undefined, 400, 'request-invalid', /param/],
    ['DELETE', '/1.5', undefined, 400, 'request-invalid', /param/],
    ['DELETE', '/99999999999999999999', undefined, 400, 'request-invalid', /param/],
    ['DELETE', '/99', undefined, 404, 'fact-unknown', /list/],
    ['POST', '/restore', { undo: 'guessed' }, 404, 'undo-gone', /five minutes/],
    ['POST', '/restore', {}, 400, 'request-invalid', /undo/],
    ['GET', '?category=secret', undefined, 400, 'request-invalid', /category/],
    ['GET', `?query=${'x'.repeat(401)}`, undefined, 400, 'request-invalid', /400/],
    ['GET', '?limit=0', undefined, 400, 'request-invalid', /limit/],
    ['GET', '?all=perhaps', undefined, 400, 'request-invalid', /all/],
    ['PUT', '/1', {}, 405, 'method-not-allowed', /PATCH/],
  ];
  it.each(wrong)('%s %s %#', async (...one) => {
    const [method, where, body, status, code, says] = one;
    const { status: answered, content } = await ask(method, `${path}${where}`, { body });
    expect([answered, content.code]).toEqual([status, code]);
    expect(content.detail).toMatch(says);
    expect(content.detail).toMatch(/\.$/);
  });
});

describe('a memory that is away', () => {
  it('is a sentence and 503, before and in the middle', async () => {
    admin.memory.away = 'The database does not answer.';
    const gone = await ask('GET', path);
    expect([gone.status, gone.content.code]).toEqual([503, 'memory-unavailable']);
    expect(gone.content.detail).toContain('The database does not answer.');
    admin.memory.away = undefined;
    for (const code of ['CONNECTION_CLOSED', 'ECONNREFUSED', '57P01', 'database-unreachable']) {
      admin.memory.lost = Object.assign(new Error('private words'), { code });
      const lost = await ask('GET', `${path}?query=x`);
      expect([lost.status, lost.content.code]).toEqual([503, 'memory-unavailable']);
      expect(JSON.stringify(lost.content)).not.toContain('private');
    }
    admin.memory.lost = new TypeError('a mistake of ours');
    expect((await ask('GET', `${path}?query=x`)).status).toBe(500);
    admin.memory.lost = undefined;
    expect((await ask('GET', `${path}?query=x`)).status).toBe(200);
  });
});

it('a secret is no fact, neither told nor by correction', async () => {
  const { id } = await tell('I live in Oslo');
  const secret = { fact: 'my password is hunter2', category: 'personal' };
  const told = await ask('POST', path, { body: secret });
  const edited = await ask('PATCH', `${path}/${id}`, { body: { fact: secret.fact } });
  for (const { status, content } of [told, edited]) {
    expect([status, content.code]).toEqual([422, 'fact-refused']);
    expect(content.detail).toMatch(/password manager/);
  }
  expect(await known()).toEqual(['I live in Oslo']);
});
