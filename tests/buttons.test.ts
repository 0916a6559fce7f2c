/** Buttons of the page: yes, no and undo as messages; cards, deeds and questions as they come. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import type { WebSocketUser } from './rig/websocket-user.ts';

let providers: Providers;
let butler: RunningButler;

beforeAll(async () => {
  providers = await startProviders({ firstTokenMs: 5, speechFirstByteMs: 10 });
  const environment = { ...providers.environment, BUTLER_TOOLS: 'tests/rig/post' };
  butler = await startButler({ environment });
});
afterAll(async () => {
  await butler?.stop();
  await providers?.stop();
});
beforeEach(() => {
  providers.claude.reset();
  providers.claude.always({ text: 'I am only talking.' });
});

type Event = { type: string; [field: string]: unknown };

/** A written turn: every event of its stream, or the problem that it was refused with. */
const chat = async (body: object): Promise<Event[]> => {
  const answer = await butler.request('/api/v1/chat', body);
  const text = await answer.text();
  if (!answer.ok) return [{ ...JSON.parse(text), type: 'problem' }];
  return [...text.matchAll(/^event: (.*)\ndata: (.*)$/gm)].map(([, type = '', data = '']) => ({
    ...JSON.parse(data),
    type,
  }));
};
const one = (events: readonly Event[], type: string): Event => {
  const found = events.filter((event) => event.type === type);
  expect([type, found.length]).toEqual([type, 1]);
  return found[0] as Event;
};
const said = (events: readonly Event[]) => one(events, 'done').text;

describe('in writing', () => {
  it('shows what is done, its deed and its card, and takes it back by its id', async () => {
    const events = await chat({ text: 'set a pasta timer for 20 minutes' });
    expect(one(events, 'tool-start')).toMatchObject({ doing: 'setting the timer' });
    const deed = one(events, 'deed');
    expect(deed).toMatchObject({ checked: true, undo: true });
    const { card, turnId } = one(events, 'card');
    expect(turnId).toBe(deed.turnId);
    expect(card).toMatchObject({
      kind: 'timers',
      timers: [{ name: 'pasta', lengthMs: 1_200_000 }],
    });
    await chat({ text: 'make the reading lamp on' });
    // Not the last one, but the one whose button it is.
    const back = await chat({ undo: { id: deed.id } });
    expect(said(back)).toMatch(/cancel.*pasta/i);
    expect(one(back, 'undone')).toMatchObject({ id: deed.id });
    expect(back.filter(({ type }) => type === 'deed')).toEqual([]);
    expect(one(await chat({ undo: { id: deed.id } }), 'error')).toMatchObject({
      code: 'undo-unknown',
    });
    expect(said(await chat({ text: 'undo that' }))).toBe('The reading lamp is off.');
    expect(providers.claude.requests).toHaveLength(0);
  });

  it('answers the open question by its id, once', async () => {
    await chat({ text: 'garden door lock' });
    const asked = one(await chat({ text: 'undo that' }), 'ask');
    expect(asked).toMatchObject({ by: 'yes', question: 'Shall I unlock the garden door?' });
    const leftMs = Date.parse(String(asked.expiresAt)) - Date.now();
    expect(leftMs).toBeGreaterThan(20_000);
    expect(leftMs).toBeLessThanOrEqual(30_000);
    expect(one(await chat({ reply: { id: 'another', yes: true } }), 'error')).toMatchObject({
      code: 'ask-closed',
    });
    const yes = await chat({ reply: { id: asked.id, yes: true } });
    expect(said(yes)).toBe('The garden door is unlocked.');
    expect(one(yes, 'asked')).toMatchObject({ id: asked.id, answer: 'yes' });
    expect(one(await chat({ reply: { id: asked.id, yes: true } }), 'error')).toMatchObject({
      code: 'ask-closed',
    });
  });

  it('leaves it on a no, and drops the question on other words', async () => {
    await chat({ text: 'garden door lock' });
    const first = one(await chat({ text: 'undo that' }), 'ask');
    const no = await chat({ reply: { id: first.id, yes: false } });
    expect([said(no), one(no, 'asked').answer]).toEqual(['All right, I leave it.', 'no']);
    const second = one(await chat({ text: 'undo the garden door' }), 'ask');
    const other = await chat({ text: 'what time is it' });
    expect(one(other, 'asked')).toMatchObject({ id: second.id, answer: 'dropped' });
    expect(one(await chat({ reply: { id: second.id, yes: true } }), 'error').code).toBe(
      'ask-closed',
    );
  });

  it('keeps the words that a button stands for', async () => {
    const history = await butler.request('/api/v1/memory/history?limit=20');
    const { turns } = (await history.json()) as { turns: { messages: { content: string }[] }[] };
    const words = turns.flatMap(({ messages }) => messages.map(({ content }) => content));
    expect(words).toEqual(expect.arrayContaining(['Undo that.', 'Yes.', 'No.']));
    const [oldest] = turns.slice(-1) as unknown as { at: string; turn: string }[];
    const before = encodeURIComponent(oldest?.at ?? '');
    const older = await butler.request(`/api/v1/memory/history?before=${before}`);
    const seen = ((await older.json()) as { turns: { turn: string }[] }).turns;
    expect(seen.map(({ turn }) => turn)).not.toContain(oldest?.turn);
  });

  it.each([
    [{}, /one of text, reply \{id, yes\} and undo \{id\}/],
    [{ text: 'hello', reply: { id: 'a', yes: true } }, /one of text/],
    [{ text: ' ' }, /body\.text: must not be empty/],
    [{ reply: { id: 'a' } }, /body\.reply\.yes/],
    [{ reply: { id: 'a', yes: 'yes' } }, /body\.reply\.yes/],
    [{ undo: {} }, /body\.undo\.id/],
    [{ undo: { id: 'a', all: true } }, /body\.undo: .*all/],
  ])('refuses %j with a sentence', async (body, wrong) => {
    const [problem] = await chat(body);
    expect(problem).toMatchObject({ type: 'problem', status: 400, code: 'request-invalid' });
    expect(problem?.detail).toMatch(wrong);
  });
});

describe('at the WebSocket', () => {
  let user: WebSocketUser;
  let other: WebSocketUser;
  beforeAll(async () => {
    [user, other] = [await butler.join(), await butler.join()];
  });
  afterAll(async () => {
    await user.leave();
    await other.leave();
  });
  const send = (to: WebSocketUser, message: object) => to.socket.send(JSON.stringify(message));

  it('means the same by a button, in this conversation alone, and never twice', async () => {
    const sinceMs = performance.now();
    user.text('make the reading lamp on');
    const { id } = await user.waitFor('deed', undefined, { sinceMs });
    send(other, { type: 'undo', id });
    expect(await other.waitFor('error')).toMatchObject({ code: 'undo-unknown' });
    send(user, { type: 'undo', id });
    send(user, { type: 'undo', id });
    expect(await user.waitFor('undone', undefined, { sinceMs })).toMatchObject({ id });
    const words = { who: 'butler', final: true, text: 'The reading lamp is off.' };
    const told = await user.waitFor('transcript', ({ text }) => text === words.text, { sinceMs });
    expect(told).toMatchObject({ who: 'butler' });
    await user.waitFor('turn', undefined, { sinceMs: told.atMs });
    expect(user.messages.of('undone')).toHaveLength(1);
  });

  it('says that it expects an answer while it asks, and hangs answers on their turn', async () => {
    user.text('garden door lock');
    const { atMs } = await user.waitFor('deed', ({ say }) => /garden door/i.test(String(say)));
    await user.waitFor('turn', undefined, { sinceMs: atMs, withinMs: 10_000 });
    const sinceMs = performance.now();
    user.text('undo that');
    const asked = await user.waitFor('ask', undefined, { sinceMs });
    const mine = ({ who }: Event) => who === 'butler';
    expect((await user.waitFor('transcript', mine, { sinceMs })).turnId).toBe(asked.turnId);
    const rest = ({ state }: Event) => state === 'listening';
    expect(
      await user.waitFor('state', rest, { sinceMs: asked.atMs, withinMs: 10_000 }),
    ).toMatchObject({ expects: true });
    send(other, { type: 'reply', id: asked.id, yes: true });
    expect(await other.waitFor('error', ({ code }) => code === 'ask-closed')).toBeDefined();
    send(user, { type: 'reply', id: asked.id, yes: false });
    const answered = await user.waitFor('asked', ({ id }) => id === asked.id);
    expect(answered.answer).toBe('no');
    const left = await user.waitFor('state', rest, { sinceMs: answered.atMs, withinMs: 10_000 });
    expect(left.expects).toBeUndefined();
  });
});

describe('with a PIN', () => {
  it('shows no digit of it, and takes no yes for it', async () => {
    const put = await fetch(`${butler.url}/api/v1/me/pin`, {
      method: 'PUT',
      headers: {
        ...{ authorization: `Bearer ${butler.token}`, 'content-type': 'application/json' },
      },
      body: JSON.stringify({ pin: '4711', password: 'correct horse battery' }),
    });
    expect(put.status).toBe(204);
    const user = await butler.join();
    const sinceMs = performance.now();
    user.text('garden door lock');
    await user.waitFor('deed', undefined, { sinceMs });
    user.text('undo that');
    const asked = await user.waitFor('ask', undefined, { sinceMs });
    expect(asked.by).toBe('pin');
    user.socket.send(JSON.stringify({ type: 'reply', id: asked.id, yes: true }));
    expect(await user.waitFor('error')).toMatchObject({ code: 'ask-needs-pin' });
    user.text('4712');
    await user.waitFor('transcript', ({ text }) => String(text).includes('not the PIN'));
    expect(user.messages.of('asked')).toEqual([]);
    user.text('4711');
    expect(await user.waitFor('asked')).toMatchObject({ id: asked.id, answer: 'yes' });
    await user.waitFor('undone');
    expect(JSON.stringify(user.messages.all)).not.toMatch(/471[12]/);
    await user.leave();
  });
});
