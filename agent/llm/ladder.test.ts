// Claude, then a server at home: who answers, how fast, and never twice.
import { initializeLogger, llm } from '@livekit/agents';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { startAnthropic } from '../../tests/fakes/anthropic.ts';
import { startOpenAI } from '../../tests/fakes/openai.ts';
import { createClaude } from './claude.ts';
import { createMindLadder, type MindLadderOptions } from './ladder.ts';
import { createOpenAi } from './openai.ts';

initializeLogger({ pretty: false, level: 'silent' });
const timing = { firstTokenMs: 20, tokensPerSecond: 200 };
const claude = await startAnthropic(timing);
const home = await startOpenAI({ ...timing, initial: { text: 'From home.' } });
afterEach(() => {
  claude.reset();
  home.reset();
});
afterAll(async () => {
  await claude.stop();
  await home.stop();
});

function ladder(options: MindLadderOptions = {}) {
  const failures: string[] = [];
  const minds = [
    createClaude({ apiKey: 'key', baseUrl: claude.url, model: 'claude-haiku-4-5' }),
    createOpenAi({ baseUrl: `${home.url}/v1`, model: 'fake-model' }),
  ];
  const onFailure = ({ label }: { label: string }) => failures.push(label);
  const both = createMindLadder(minds, { onFailure, ...options });
  const errors: Error[] = [];
  both.on('error', ({ error }) => errors.push(error));
  return { both, failures, errors };
}

async function ask(mind: llm.LLM) {
  const context = llm.ChatContext.empty();
  context.addMessage({ role: 'user', content: 'Hello' });
  const startedAtMs = performance.now();
  let firstMs: number | undefined;
  let text = '';
  for await (const { delta } of mind.chat({ chatCtx: context })) {
    if (!delta?.content) continue;
    firstMs ??= performance.now() - startedAtMs;
    text += delta.content;
  }
  return { text, firstMs };
}

describe('the ladder', () => {
  it("is a LiveKit FallbackAdapter, and asks only the first mind while it's well", async () => {
    const { both } = ladder();
    expect(both).toBeInstanceOf(llm.FallbackAdapter);
    claude.next({ text: 'From Claude.' });
    expect((await ask(both)).text).toBe('From Claude.');
    expect(home.requests).toHaveLength(0);
    expect(both.model).toBe('claude-haiku-4-5');
  });

  it.each([
    { status: 401 },
    { status: 429 },
    { status: 500 },
    { status: 529 },
    'garbage',
    'empty',
    'close',
  ] as const)('takes the next mind after %j, well within three seconds', async (fault) => {
    claude.always({ fault });
    const { both, failures, errors } = ladder();
    const { text, firstMs } = await ask(both);
    expect(text).toBe('From home.');
    expect(firstMs).toBeLessThan(3000);
    expect(failures).toEqual(['Claude']);
    expect(errors).toEqual([]);
    expect(claude.requests).toHaveLength(1);
  });

  it('takes the next mind when nobody listens at the first', async () => {
    await claude.refuse();
    const { text, firstMs } = await ask(ladder().both).finally(() => claude.accept());
    expect(text).toBe('From home.');
    expect(firstMs).toBeLessThan(3000);
  });

  it('takes the next mind when the first is silent for too long', async () => {
    claude.always({ fault: 'hang' });
    const { text, firstMs } = await ask(ladder({ attemptTimeoutMs: 200 }).both);
    expect(text).toBe('From home.');
    expect(firstMs).toBeLessThan(1500);
    await expect.poll(() => claude.requests[0]?.aborted).toBe(true);
  });

  it.each(['half', 'error'] as const)('does not start over after a word (%s)', async (how) => {
    const text = 'one two three four five six';
    claude.next(how === 'half' ? { text, fault: 'half' } : { text, errorAfterTokens: 2 });
    const { both, errors } = ladder();
    expect((await ask(both)).text).toMatch(/^one/);
    expect(home.requests).toHaveLength(0);
    expect(errors).toHaveLength(1);
  });

  it('leaves a failed mind alone for a while, then asks it again', async () => {
    let now = 0;
    const { both } = ladder({ restMs: 1000, now: () => now });
    claude.next({ fault: { status: 500 } });
    await ask(both);
    await ask(both);
    expect([claude.requests.length, home.requests.length]).toEqual([1, 2]);
    expect(both.model).toBe('fake-model');
    now = 1001;
    claude.next({ text: 'Back again.' });
    expect((await ask(both)).text).toBe('Back again.');
  });

  it('tells the last error when all fail, and asks all again next time', async () => {
    claude.always({ fault: { status: 401 } });
    home.always({ fault: { status: 404 } });
    const { both, errors } = ladder();
    await ask(both);
    await ask(both);
    expect(errors).toMatchObject([{ statusCode: 404 }, { statusCode: 404 }]);
    expect(claude.requests).toHaveLength(2);
  });

  it('closes the request at once when it is aborted, and blames nobody', async () => {
    claude.next({ text: 'one two three four five', tokensPerSecond: 5 });
    const { both, failures, errors } = ladder();
    const context = llm.ChatContext.empty();
    context.addMessage({ role: 'user', content: 'Hello' });
    const stream = both.chat({ chatCtx: context });
    for await (const { delta } of stream) if (delta?.content) break;
    stream.close();
    await expect.poll(() => claude.requests[0]?.aborted).toBe(true);
    expect([failures, errors, home.requests]).toEqual([[], [], []]);
  });

  it('counts each answer once', async () => {
    const { both } = ladder();
    const metrics: unknown[] = [];
    both.on('metrics_collected', (metric) => metrics.push(metric));
    await ask(both);
    await expect.poll(() => metrics.length).toBe(1);
  });

  it('needs somebody to ask; one alone is no ladder', () => {
    expect(() => createMindLadder([])).toThrow('configure');
    const only = createOpenAi({ baseUrl: home.url, model: 'fake-model' });
    expect(createMindLadder([only])).toBe(only);
  });
});
