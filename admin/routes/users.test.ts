// Who lives here and their souls over HTTP: one's own, a child's for an owner, nobody else's.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin, json } from '../../tests/rig/admin.ts';

interface Someone {
  id: string;
  bearer: { authorization: string };
}

const soul = {
  personality: 'dry and exact',
  formality: 'formal',
  verbosity: 'concise',
  humor: 'none',
  custom_instructions: '',
};

let admin: FakeAdmin;
let ada: Someone;
let bob: Someone;
let kim: Someone;
beforeEach(async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  ada = { id: user.id, bearer };
  bob = await admin.joinAs('adult', 'Bob');
  kim = await admin.joinAs('child', 'Kim');
});
afterEach(() => admin.forget());

const ask = async (as: Someone, call: string, { body, headers = {} }: Sent = {}) => {
  const [method = '', path = ''] = call.split(' ');
  const answer = await admin.app.request(`/api/v1${path}`, {
    method,
    headers: { ...json, ...as.bearer, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const type = answer.headers.get('content-type') ?? '';
  const content = (type.includes('json') ? await answer.json() : {}) as Record<string, unknown>;
  return { status: answer.status, content, answer };
};

interface Sent {
  body?: unknown;
  headers?: { [name: string]: string };
}

const soulOf = ({ id }: Someone): string => `/users/${id}/soul`;

describe('the people', () => {
  const names = async (as: Someone): Promise<[string, boolean][]> => {
    const { content } = await ask(as, 'GET /users');
    const users = content.users as { name: string; soulIsYours: boolean }[];
    return users.map(({ name, soulIsYours }) => [name, soulIsYours]);
  };

  it('are all there for an owner; everybody else sees themselves', async () => {
    expect(await names(ada)).toEqual([
      ['Ada Example', true],
      ['Bob', false],
      ['Kim', true],
    ]);
    expect(await names(bob)).toEqual([['Bob', true]]);
    expect(await names(kim)).toEqual([['Kim', true]]);
    const { content } = await ask(ada, 'GET /users');
    expect(JSON.stringify(content)).not.toMatch(/hash|argon|scrypt/i);
  });
});

describe('a soul', () => {
  it('is replaced whole and changed in part, by whose it is', async () => {
    expect((await ask(bob, `PUT ${soulOf(bob)}`, { body: soul })).content).toEqual({ soul });
    const { content } = await ask(bob, `PATCH ${soulOf(bob)}`, {
      body: { humor: true, formality: null },
    });
    const changed = { ...soul, humor: 'subtle', formality: 'balanced' };
    expect(content).toEqual({ soul: changed });
    expect((await ask(bob, `GET ${soulOf(bob)}`)).content).toEqual({ soul: changed });
  });

  it('of a child is the owner’s to see and change, of an adult never', async () => {
    expect((await ask(ada, `PATCH ${soulOf(kim)}`, { body: { formality: 'casual' } })).status).toBe(
      200,
    );
    const forbidden: [Someone, Someone][] = [
      [ada, bob],
      [bob, ada],
      [bob, kim],
      [kim, ada],
      [kim, bob],
    ];
    for (const [person, other] of forbidden) {
      for (const [call, body] of [
        [`GET ${soulOf(other)}`, undefined],
        [`PUT ${soulOf(other)}`, soul],
        [`PATCH ${soulOf(other)}`, { formality: 'casual' }],
        [`POST ${soulOf(other)}/preview`, {}],
      ] as const) {
        const { status, content } = await ask(person, call, { body });
        expect([call, status, content.code]).toEqual([call, 403, 'soul-of-another']);
      }
    }
  });

  it('is refused with the field and what it may be', async () => {
    const wrong: [object, RegExp][] = [
      [{ formality: 'royal' }, /formality.*casual, balanced or formal/],
      [{ verbosity: 3 }, /verbosity.*concise, moderate or detailed/],
      [{ humor: 'dark' }, /humor.*none, subtle or playful/],
      [{ personality: 'x'.repeat(201) }, /personality.*200/],
      [{ custom_instructions: 'x'.repeat(1001) }, /custom_instructions.*1000/],
      [{ mood: 'sunny' }, /mood.*personality, formality/],
    ];
    for (const [patch, says] of wrong) {
      for (const call of [`PATCH ${soulOf(bob)}`, `POST ${soulOf(bob)}/preview`]) {
        const { status, content } = await ask(bob, call, { body: patch });
        expect([status, content.code]).toEqual([422, 'soul-invalid']);
        expect(content.detail).toMatch(says);
      }
    }
    const { status, content } = await ask(bob, `PUT ${soulOf(bob)}`, {
      body: { formality: 'royal' },
    });
    expect(status).toBe(422);
    expect(content.errors).toHaveLength(5);
    const [user] = admin.memory.users.all().filter(({ id }) => id === bob.id);
    expect(user?.soul.formality).toBe('balanced');
  });

  it('of nobody is not there', async () => {
    const nobody = { id: 'nobody', bearer: ada.bearer };
    const { status, content } = await ask(ada, `GET ${soulOf(nobody)}`);
    expect([status, content.code]).toEqual([404, 'person-unknown']);
    const long = { id: 'x'.repeat(101), bearer: ada.bearer };
    expect((await ask(ada, `GET ${soulOf(long)}`)).status).toBe(400);
  });
});

it('an export of the owner holds no wishes of another adult', async () => {
  await ask(bob, `PATCH ${soulOf(bob)}`, { body: { custom_instructions: 'Spare my knee.' } });
  const { content } = await ask(ada, 'GET /souls/export');
  expect(JSON.stringify(content)).toContain(ada.id);
  expect(JSON.stringify(content)).not.toContain('Spare my knee.');
});

describe('a preview', () => {
  const preview = (headers = {}) =>
    ask(bob, `POST ${soulOf(bob)}/preview`, { body: { personality: 'dry' }, headers });

  it('is a sentence, and keeps nothing', async () => {
    const { content } = await preview();
    expect(content.sentence).toMatch(/Bob/);
    expect(content.sentence).toMatch(/dry/);
    expect(admin.speaking.read).toEqual([]);
    const { content: kept } = await ask(bob, `GET ${soulOf(bob)}`);
    expect(JSON.stringify(kept)).not.toContain('dry');
  });

  it('is sound where that is asked for, in the voice of the person', async () => {
    const { answer } = await preview({ accept: 'audio/wav' });
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.toString('latin1', 0, 16)).toBe('RIFF\x2a\0\0\0WAVEfmt ');
    expect(bytes.readUInt32LE(24)).toBe(24_000);
    expect([44, 46, 48].map((at) => bytes.readInt16LE(at))).toEqual([1, -1, 2]);
    expect(admin.speaking.read).toHaveLength(1);
    expect(admin.speaking.read[0]).toMatch(/^Bob: .*Bob/);
  });

  it('says so where the house has no voice', async () => {
    admin.speaking.silent = true;
    const { status, content } = await preview({ accept: 'audio/wav' });
    expect([status, content.code]).toEqual([503, 'voice-off']);
  });
});

it('is 503 with a sentence while memory is away', async () => {
  admin.memory.away = 'The database starts.';
  for (const call of ['GET /users', `GET ${soulOf(ada)}`, 'GET /souls/export']) {
    const { status, content } = await ask(ada, call);
    expect([call, status, content.code]).toEqual([call, 503, 'memory-unavailable']);
  }
});
