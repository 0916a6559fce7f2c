// The household's souls as a file: presets, a round trip, the form of earlier systems, mistakes.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeAdmin, fakeAdmin } from '../../tests/rig/admin.ts';

/** As earlier systems wrote it; a field that is not there keeps what was. */
const earlier = {
  users: [
    {
      id: 'alex',
      name: 'Alex',
      wake_word: 'hey butler',
      start_mode: 'wake_word',
      devices: ['kitchen-speaker'],
      tts_voice: 'kokoro_male_1',
      permissions: ['media', 'home'],
      soul: {
        personality: 'friendly and efficient',
        formality: 'casual',
        verbosity: 'concise',
        humor: true,
        custom_instructions: '',
      },
    },
    { id: 'sam', name: 'Sam', soul: { formality: 'formal', humor: false } },
  ],
};

let admin: FakeAdmin;
let ada: { id: string; bearer: { authorization: string } };
beforeEach(async () => {
  admin = await fakeAdmin();
  const { user, bearer } = await admin.enter();
  ada = { id: user.id, bearer };
});
afterEach(() => admin.forget());

const load = async (file: unknown, bearer = ada.bearer) => {
  const answer = await admin.post('/api/v1/souls/import', file, bearer);
  return { status: answer.status, content: (await answer.json()) as Record<string, unknown> };
};
const save = async (bearer = ada.bearer) => {
  const answer = await admin.app.request('/api/v1/souls/export', { headers: bearer });
  const disposition = answer.headers.get('content-disposition');
  return { disposition, file: (await answer.json()) as { users: Record<string, unknown>[] } };
};

it('has presets, each a soul that can be given to somebody', async () => {
  const answer = await admin.app.request('/api/v1/souls/presets', { headers: ada.bearer });
  const { presets } = (await answer.json()) as { presets: { name: string; soul: unknown }[] };
  expect(presets.length).toBeGreaterThan(2);
  for (const { name, soul } of presets) {
    expect(name).toMatch(/\w/);
    const given = await admin.app.request(`/api/v1/users/${ada.id}/soul`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...ada.bearer },
      body: JSON.stringify(soul),
    });
    expect(await given.json()).toEqual({ soul });
  }
});

it('takes the two people of an earlier system, and gives them back in its form', async () => {
  const { status, content } = await load(earlier);
  expect([status, content]).toEqual([
    200,
    { added: ['Alex', 'Sam'], changed: [], left: [], notes: [] },
  ]);
  const { disposition, file } = await save();
  expect(disposition).toContain('butler-souls.json');
  const [, alex, sam] = file.users;
  expect(alex).toMatchObject({
    ...{ id: 'alex', wake_word: 'hey butler', start_mode: 'wake_word' },
    ...{ devices: ['kitchen-speaker'], permissions: ['media', 'home'] },
    soul: { personality: 'friendly and efficient', formality: 'casual', humor: 'subtle' },
  });
  expect(sam).toMatchObject({ name: 'Sam', soul: { formality: 'formal', humor: 'none' } });
  expect(JSON.stringify(file)).not.toMatch(/password|scrypt|argon/i);
  // Who cannot log in yet is the owner's to change; nothing about anybody is different afterwards.
  const again = { changed: ['Ada Example', 'Alex', 'Sam'], added: [] };
  expect((await load(file)).content).toMatchObject(again);
  expect((await save()).file).toEqual(file);
});

it('changes the owner and children, leaves other adults, and gives nobody a role', async () => {
  const bob = await admin.joinAs('adult', 'Bob');
  const kim = await admin.joinAs('child', 'Kim');
  const users = [ada.id, bob.id, kim.id].map((id) => ({
    ...{ id, name: `New ${id}`, role: 'owner', permissions: [] },
    soul: { formality: 'formal' },
  }));
  users[0] = { ...users[0], role: 'child' } as (typeof users)[number];
  const { content } = await load({ users });
  expect(content).toMatchObject({ changed: [`New ${ada.id}`, `New ${kim.id}`] });
  expect(content).toMatchObject({ left: [`New ${bob.id}`], added: [] });
  const now = admin.memory.users
    .all()
    .map(({ role, soul, permissions }) => [role, soul.formality, permissions]);
  expect(now).toEqual([
    ['owner', 'formal', null],
    ['adult', 'balanced', null],
    ['child', 'formal', []],
  ]);
});

it('changes nothing for a file with mistakes, and lists them all', async () => {
  const before = structuredClone(admin.memory.users.all());
  const [alex] = earlier.users;
  const { status, content } = await load({
    users: [
      { ...alex, soul: { formality: 'royal', mood: 'sunny' } },
      { id: ada.id, name: '', start_mode: 'shout' },
    ],
  });
  expect([status, content.code]).toEqual([422, 'household-file-invalid']);
  const paths = (content.errors as { path: string }[]).map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['users.0.soul.formality', 'users.0.soul.mood', 'users.1.start_mode']),
  );
  expect(admin.memory.users.all()).toEqual(before);
  expect((await load({ people: [] })).status).toBe(422);
  expect((await load([])).status).toBe(400);
  expect((await load('{"users": ')).content.code).toBe('json-malformed');
});

it('is for owners only', async () => {
  for (const role of ['adult', 'child', 'guest'] as const) {
    const { bearer } = await admin.joinAs(role, role);
    expect((await load(earlier, bearer)).content.code).toBe('role-insufficient');
    const answer = await admin.app.request('/api/v1/souls/export', { headers: bearer });
    expect(answer.status).toBe(403);
  }
});
