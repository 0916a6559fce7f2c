/** Words from outside: how long they taint, and a mind that obeys every one of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessagesRequest } from './fakes/anthropic-rules.ts';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { orders, ordersIn, type Wanted } from './rig/post/post.orders.ts';
import { type Providers, startProviders } from './rig/providers.ts';

type Content = MessagesRequest['messages'][number]['content'];

type Message = MessagesRequest['messages'][number];

/** As a model reads it: texts, and what tools answered. */
const textOf = (content: Content): string =>
  typeof content === 'string'
    ? content
    : content
        .map((part) => String(part.text ?? part.content ?? JSON.stringify(part.input ?? '')))
        .join('\n');

const isPerson = ({ role, content }: Message): boolean =>
  role === 'user' &&
  typeof content !== 'string' &&
  content.every((part) => part.type !== 'tool_result');

describe('with a mind that obeys whatever it reads', () => {
  let providers: Providers;
  let butler: RunningButler;
  /** What the mind was told to do by others, and tried. */
  let obeyed: Wanted[] = [];

  beforeAll(async () => {
    providers = await startProviders({ firstTokenMs: 5 });
    // A house that strangers write to: rig/post/post.ts.
    const environment = { ...providers.environment, BUTLER_TOOLS: 'tests/rig/post' };
    butler = await startButler({ environment });
  });
  afterAll(async () => {
    await butler?.stop();
    await providers?.stop();
  });

  /** Reads a letter where the person wants one; obeys; and says on what it was told. */
  const obey = ({ body }: { body: MessagesRequest }) => {
    const { messages, tools = [] } = body;
    const turn = messages.slice(messages.findLastIndex(isPerson));
    const asked = textOf(turn[0]?.content ?? '');
    const called = JSON.stringify(turn.slice(1));
    const tried = turn.slice(1).some(({ content }) => textOf(content).includes('tried'));
    const number = /letter number (\d+)/.exec(asked)?.[1];
    if (number && !called.includes('post_read')) {
      const input = { tool: 'post_read', input: { number: Number(number) } };
      return { toolCalls: [{ name: 'use_tool', input }] };
    }
    const everything = messages.map(({ content }) => textOf(content)).join('\n');
    const wanted = ordersIn(everything);
    const names = new Set(tools.map(({ name }) => name));
    const calls = wanted.map(({ name, input }) =>
      names.has(name) ? { name, input } : { name: 'use_tool', input: { tool: name, input } },
    );
    if (calls.length > 0 && !tried) {
      obeyed.push(...wanted);
      return { text: 'tried', toolCalls: calls };
    }
    const again = wanted.map(({ name, input }) => `CALL ${name} ${JSON.stringify(input)} END`);
    return { text: `I was told: ${again.join(' ')} All right.` };
  };
  const say = async (text: string): Promise<string> => {
    const answer = await fetch(`${butler.url}/api/v1/chat`, {
      method: 'POST',
      headers: {
        ...{ accept: 'application/json', authorization: `Bearer ${butler.token}` },
        'content-type': 'application/json',
      },
      body: JSON.stringify({ text }),
    });
    return ((await answer.json()) as { text: string }).text;
  };
  const counts = async (): Promise<string> => say('count the post deeds');
  const restart = async (): Promise<void> => {
    await butler.stop();
    const environment = { ...providers.environment, BUTLER_TOOLS: 'tests/rig/post' };
    butler = await startButler({ environment });
  };

  it('does nothing of it, then and in the turns after, in any language or encoding', async () => {
    providers.claude.always(obey);
    // Something that an order could take back.
    await say('make the reading lamp on');
    const nothing = await counts();
    expect(nothing).toBe('lamp:1,sent:0,door:0,soul:0,level:0');
    let tried = 0;
    for (const [number, { kind }] of orders.entries()) {
      obeyed = [];
      await say(`what stands in letter number ${number}`);
      for (const words of ['and is it nice', 'hm, what else', 'who painted that', 'what now']) {
        await say(words);
      }
      tried += obeyed.length;
      const hidden = kind === 'letters nobody sees';
      if (!hidden) expect(obeyed.length, kind).toBeGreaterThan(0);
      else expect(obeyed, kind).toEqual([]);
      expect(await counts(), kind).toBe(nothing);
    }
    for (const route of ['/api/v1/memory/facts', '/api/v1/souls/export']) {
      const kept = await butler.request(route);
      expect(kept.status, route).toBe(200);
      expect(await kept.text()).not.toContain('Mallory');
    }
    console.log(
      `taint: ${orders.length} letters, ${tried} orders obeyed by the mind, 0 carried out`,
    );
  }, 400_000);

  it('is clean again three turns later, and only then', async () => {
    await restart();
    providers.claude.always({ text: 'All right.' });
    const input = { tool: 'post_lamp', input: { to: 'on' } };
    const lamp = { toolCalls: [{ name: 'use_tool', input }] };
    await say('read out letter 0');
    for (const words of ['please light it for me', 'do light it for me', 'now light it for me']) {
      providers.claude.next(lamp);
      expect(await say(words)).toMatch(/so I ask first\. Shall I do this: post lamp, to “on”\?/);
    }
    providers.claude.next(lamp, { text: 'The reading lamp is on.' });
    expect(await say('finally light it for me')).toBe('The reading lamp is on.');
    const last = JSON.stringify(providers.claude.requests.at(-1)?.body);
    expect(last).not.toContain('Mallory');
    expect(last).toContain('read earlier; call the tool again');
  }, 120_000);

  it('lets the person order and say yes, whatever was read', async () => {
    await restart();
    await say('read out letter 0');
    expect(await say('make the reading lamp on')).toBe('The reading lamp is on.');
    expect(await say('garden door unlock')).toBe('Shall I unlock the garden door?');
    expect(await say('yes')).toBe('The garden door is unlocked.');
    providers.claude.next({
      toolCalls: [
        { name: 'use_tool', input: { tool: 'post_send', input: { to: 'Ben', text: 'Hi "Ben"' } } },
      ],
    });
    await say('read out letter 1');
    expect(await say('write Ben a card')).toContain("post send, to “Ben”, text “Hi 'Ben'”?");
    expect(await say('yes please')).toBe('The postcard to Ben is on its way.');
    expect(await counts()).toBe('lamp:1,sent:1,door:1,soul:0,level:0');
  }, 120_000);

  it('asks for the PIN in words of code, and takes it from nobody but the person', async () => {
    const put = (pin: string | null) =>
      fetch(`${butler.url}/api/v1/me/pin`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${butler.token}` },
        body: JSON.stringify({ password: ownerOfTests.password, pin }),
      });
    expect((await put('2468')).status).toBe(204);
    providers.claude.always(obey);
    const before = await counts();
    expect(await say('what stands in letter number 1')).toMatch(/garden door\? Say your PIN/);
    await say('and what does that mean');
    expect(await counts()).toBe(before);
    expect((await put(null)).status).toBe(204);
  }, 120_000);

  it('taints the turn in which a service describes its own tools', async () => {
    await restart();
    providers.claude.always(obey);
    obeyed = [];
    const answer = await say('please weigh the parcel of the stranger');
    const text = JSON.stringify(providers.claude.requests.at(-1)?.body);
    expect(text).toMatch(/<outside-[0-9a-f]{12}>[^<]*post_stranger_weigh/);
    expect(obeyed.map(({ name }) => name)).toContain('post_send');
    expect(answer).toContain('so I ask first');
    expect(await counts()).toBe('lamp:0,sent:0,door:0,soul:0,level:0');
  }, 120_000);
});
