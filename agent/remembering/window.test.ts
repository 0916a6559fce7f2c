/** What the mind reads: order, a window that can be cached, and the note behind the last words. */
import { llm } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { type FormerMessage, windowOf } from './window.ts';

const message = (role: 'system' | 'user' | 'assistant', content: string, createdAt: number) =>
  llm.ChatMessage.create({ role, content, createdAt });
const former = (turn: number, role: 'user' | 'assistant', atMs: number): FormerMessage => ({
  turn: `t${turn}`,
  role,
  content: `${role} ${turn}`,
  heard: true,
  tainted: false,
  at: new Date(atMs),
});
const texts = (context: llm.ChatContext): string[] =>
  context.items.map((item) => (item.type === 'message' ? (item.textContent ?? '') : item.type));

/** `count` messages, the person first. */
const talk = (count: number): llm.ChatMessage[] =>
  Array.from({ length: count }, (_, at) =>
    message(at % 2 === 0 ? 'user' : 'assistant', `m${at}`, 1_000 + at),
  );

describe('windowOf', () => {
  const plain = { instructions: 'be kind', former: [], note: undefined };

  it('puts new instructions in the place of those that the session began with', () => {
    const context = new llm.ChatContext([message('system', 'old', 0), message('user', 'hi', 5)]);
    expect(texts(windowOf(context, plain))).toEqual(['be kind', 'hi']);
    expect(texts(context)).toEqual(['old', 'hi']);
  });

  it('brings former talk in by its time, also between messages of this conversation', () => {
    const context = new llm.ChatContext([
      message('system', 'old', 0),
      message('user', 'here one', 200),
      message('assistant', 'here two', 210),
      message('user', 'here three', 400),
    ]);
    const others = [former(1, 'user', 100), former(1, 'assistant', 110), former(2, 'user', 300)];
    expect(texts(windowOf(context, { ...plain, former: others }))).toEqual([
      ...['be kind', 'user 1', 'assistant 1', 'here one', 'here two', 'user 2', 'here three'],
    ]);
  });

  it('keeps what was read out from outside in its own turn', () => {
    const context = new llm.ChatContext([message('user', 'and now?', 400)]);
    const tainted = { ...former(1, 'assistant', 110), tainted: true };
    const others = [{ ...former(1, 'user', 100), tainted: true }, tainted];
    expect(texts(windowOf(context, { ...plain, former: others }))).toEqual([
      ...['be kind', 'user 1', '(an answer that held words from outside)', 'and now?'],
    ]);
  });

  it('reads 20 to 29 messages, and its beginning moves only now and then', () => {
    for (let count = 1; count <= 61; count += 2) {
      const items = texts(windowOf(new llm.ChatContext(talk(count)), plain)).slice(1);
      expect(items.length).toBeGreaterThanOrEqual(Math.min(count, 20));
      expect(items.length).toBeLessThan(30);
      expect(items.at(-1)).toBe(`m${count - 1}`);
    }
    const beginning = (count: number) =>
      texts(windowOf(new llm.ChatContext(talk(count)), plain))[1];
    expect([29, 31, 33, 39].map(beginning)).toEqual(['m0', 'm10', 'm10', 'm10']);
  });

  it('puts the note behind the last words of the person, before what tools said', () => {
    const context = new llm.ChatContext([
      message('user', 'first', 1),
      message('assistant', 'yes', 2),
      message('user', 'and the tea?', 3),
      llm.FunctionCall.create({ callId: 'a', name: 'look', args: '{}' }),
      llm.FunctionCallOutput.create({ callId: 'a', name: 'look', output: '{}', isError: false }),
    ]);
    expect(texts(windowOf(context, { ...plain, note: 'Ada likes oat milk' }))).toEqual([
      ...['be kind', 'first', 'yes', 'and the tea?', 'Ada likes oat milk'],
      ...['function_call', 'function_call_output'],
    ]);
  });

  it('never begins with an answer whose question was left out', () => {
    const items = talk(40).slice(1);
    const kept = windowOf(new llm.ChatContext(items), plain).items[1];
    expect(kept?.type === 'message' && kept.role).toBe('user');
  });
});
