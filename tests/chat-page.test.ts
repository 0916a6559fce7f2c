/** The conversation on the page: hostile markdown, cards, receipts, questions, history. */
import type { Locator, Page, Request, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { noBrowser, type OpenPage, openPage } from './rig/page.ts';

/** Everything that a model might be talked into writing. */
const hostile = [
  'Look **here**: [bank](https://evil.example/login), [run](javascript:window.hacked=1),',
  '[own](/api/v1/export) and [raw](data:text/html,<script>window.hacked=1</script>).',
  '',
  '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
  '',
  '![loaf](https://tracker.example/pixel.png) ![inline](data:image/svg+xml,<svg/>)',
  '',
  'Pay \u202Egro.live\u202C now.',
  '',
  `| ${Array.from({ length: 30 }, (_, at) => `column ${at}`).join(' | ')} |`,
  `|${' --- |'.repeat(30)}`,
  `| ${Array.from({ length: 30 }, (_, at) => `cell ${at}`).join(' | ')} |`,
  '',
  '```js',
  'const unclosed = "</pre><script>window.hacked=1</script>";',
].join('\n');

const long = Array.from(
  { length: 4_000 },
  (_, at) => `- **point ${at}** of [many](https://a.example)`,
);

const sessions = '**/api/v1/voice/session';

describe.skipIf(noBrowser)(`the conversation${noBrowser ? ` (${noBrowser})` : ''}`, () => {
  let opened: OpenPage;
  let page: Page;
  let voice: WebSocketRoute;
  const foreign: string[] = [];

  beforeAll(async () => {
    opened = await openPage({ providers: { firstTokenMs: 30, tokensPerSecond: 2_000 } });
    page = opened.page;
    const { host } = new URL(opened.butler.url);
    const note = (request: Request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.host !== host) foreign.push(url.href);
    };
    page.on('request', note);
    await opened.chromium.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    // In writing first: nobody waits there until a long answer has been spoken.
    await page.route(sessions, (route) => route.abort());
    await page.reload();
  });
  afterAll(() => opened?.close());

  const idle = async (): Promise<void> => {
    await page.waitForSelector('[data-testid=state][data-state=idle]', { timeout: 20_000 });
  };
  /** A written answer is there. */
  const quiet = async (): Promise<void> => {
    await page.waitForSelector('[data-testid=state]:not([data-state=thinking])');
  };
  const ask = async (text: string): Promise<void> => {
    await page.fill('[data-testid=text-input]', text);
    await page.click('[data-testid=text-send]');
  };
  const newest = (id: string): Locator => page.locator(`[data-testid=${id}]`).last();
  const answered = (text: string | RegExp): Promise<void> =>
    page.locator('[data-testid=transcript-butler]').filter({ hasText: text }).last().waitFor();

  it('draws hostile markdown without doing what it says', async () => {
    opened.providers.claude.next({ text: hostile });
    await ask('Tell me about bread in many words.');
    await page.locator('[data-final=true] [data-testid=transcript-butler] pre').waitFor();
    const answer = newest('transcript-butler');
    const links = await answer.locator('a').evaluateAll((all) =>
      all.map((link) => {
        const { href, rel, target } = link as unknown as Record<string, string>;
        return [href, rel, target, link.textContent];
      }),
    );
    const safe = ['noopener noreferrer nofollow', '_blank'];
    expect(links).toEqual([
      ['https://evil.example/login', ...safe, expect.stringContaining('bank (evil.example)')],
      ['https://tracker.example/pixel.png', ...safe, expect.stringContaining('tracker.example')],
    ]);
    expect(await answer.locator('img, script, svg, iframe').count()).toBe(1);
    expect(await answer.locator('strong').textContent()).toBe('here');
    expect(await answer.locator('pre').textContent()).toContain('</pre><script>');
    const text = await answer.textContent();
    expect(text).toContain('<img src=x onerror=');
    expect(text).toContain('Pay gro.live now.');
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(foreign).toEqual([]);
    const wide = await page.evaluate<number[]>(`['html', '.markdown-table'].map((name) => {
      const one = document.querySelector(name);
      return one.scrollWidth - one.clientWidth;
    })`);
    expect(wide[0]).toBe(0);
    expect(wide[1]).toBeGreaterThan(500);
  });

  it('copies an answer, and code, as they were written', async () => {
    await page.getByRole('button', { name: 'Copy this code' }).click();
    const copied = () => page.evaluate<string>('navigator.clipboard.readText()');
    expect(await copied()).toContain('const unclosed');
    await newest('copy-answer').focus();
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await copied()).toContain('Look **here**'), 5_000);
  });

  it('has cards, receipts and the way back in writing too', async () => {
    await ask('set a tea timer for 3 minutes');
    await newest('timer-left').waitFor();
    expect(await newest('timer-left').textContent()).toMatch(/^2:5\d|3:00$/);
    await newest('deed-undo').click();
    await page.waitForSelector('[data-testid=deed][data-undone=true]');
  });

  it('ticks a thing off a list where it stands, and the house knows it', async () => {
    await ask('add milk and bread to the shopping list');
    await answered(/bread|milk/);
    await quiet();
    await ask('what is on the shopping list');
    await newest('card-list').waitFor();
    await quiet();
    const milk = newest('card-list').getByRole('checkbox', { name: /milk/ });
    await newest('card-list').locator('label').filter({ hasText: 'milk' }).click();
    await newest('card-list').locator('[data-testid=order-said][data-ok=true]').waitFor();
    expect(await milk.isChecked()).toBe(true);
    await ask('what is on the shopping list');
    await vi.waitFor(async () => {
      const boxes = newest('card-list').getByRole('checkbox');
      expect(await boxes.evaluateAll((all) => all.map((one) => one.ariaLabel))).toEqual([
        'Tick off: bread',
      ]);
    }, 10_000);
    await quiet();
  });

  it('asks with buttons, and each answers once', async () => {
    await ask('clear the shopping list');
    await newest('ask-no').click();
    await page.waitForSelector('[data-testid=ask][data-answer=no]');
    await quiet();
    await ask('clear the shopping list');
    await page.locator('[data-testid=ask]:not([data-answer])').waitFor();
    await newest('ask-yes').click();
    await page.waitForSelector('[data-testid=ask][data-answer=yes]');
    expect(await page.locator('[data-testid=ask-yes]').count()).toBe(0);
    await quiet();
    const said = await page.locator('[data-testid=transcript-person]').allTextContents();
    expect(said.slice(-2)).toEqual(['clear the shopping list', expect.stringMatching(/^Yes/)]);
  });

  it('has what was said earlier today above the new lines after a reload', async () => {
    await opened.chromium.context.routeWebSocket(/\/voice\?/, (socket) => {
      voice = socket;
      socket.connectToServer();
    });
    await page.unroute(sessions);
    await page.reload();
    await idle();
    expect(await page.locator('[data-testid=said]').count()).toBe(0);
    await page.click('[data-testid=earlier-open]');
    const first = page.locator('[data-testid=said]').first();
    await first.waitFor();
    expect(await first.textContent()).toContain('Tell me about bread');
    await first.locator('a').first().waitFor();
    expect(await first.locator('a').count()).toBe(2);
  });

  it('shows the timer that was set, counting down, and takes it back by its button', async () => {
    await ask('set a pasta timer for 5 minutes');
    const left = newest('timer-left');
    await left.waitFor();
    expect(await left.textContent()).toMatch(/^4:5\d|5:00$/);
    const first = await left.textContent();
    await vi.waitFor(async () => expect(await left.textContent()).not.toBe(first), 5_000);
    const deed = newest('deed');
    await deed.waitFor();
    expect(await deed.getAttribute('data-checked')).toBe('true');
    await idle();
    await newest('deed-undo').click();
    await page.waitForSelector('[data-testid=deed][data-undone=true]');
    const answer = await opened.butler.request('/api/v1/schedule');
    expect(await answer.json()).toEqual({ entries: [] });
    expect(await page.locator('[data-testid=deed-undo]').count()).toBe(0);
  });

  const tell = (message: object): void => voice.send(JSON.stringify(message));

  it('puts a control back where the house refuses, and says its sentence', async () => {
    const commands = ['on', 'off'].map((name) => ({ name, tool: `nothing_${name}`, input: {} }));
    const lamp = { entityId: 'light.a', name: 'Lamp', domain: 'light', state: 'on', on: true };
    const card = { kind: 'things', things: [{ ...lamp, commands }] };
    tell({ type: 'card', id: 'c', turnId: 't', card });
    const control = page.getByRole('switch', { name: 'Lamp' });
    await control.click();
    await page.locator('[data-testid=order-said][data-ok=false]').waitFor();
    expect(await newest('order-said').textContent()).not.toBe('');
    expect(await control.getAttribute('aria-checked')).toBe('true');
  });

  it('stays usable under an answer of 200 kB that grows', async () => {
    const text = long.join('\n');
    expect(text.length).toBeGreaterThan(150_000);
    const said = { type: 'transcript', who: 'butler', id: 'long' };
    for (let part = 1; part <= 20; part += 1) {
      tell({ ...said, text: text.slice(0, (text.length * part) / 20), final: part === 20 });
    }
    await page.getByRole('button', { name: 'Show the whole answer' }).waitFor();
    const startedAt = performance.now();
    await page.fill('[data-testid=text-input]', 'still here');
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await newest('transcript-butler').locator('li').count()).toBeLessThan(600);
    await page.fill('[data-testid=text-input]', '');
  });

  it('offers the way back to the newest line to somebody who reads further up', async () => {
    const place = page.locator('[data-testid=conversation]');
    const below = () =>
      place.evaluate((own) => own.scrollHeight - own.scrollTop - own.clientHeight);
    await vi.waitFor(async () => expect(await below()).toBeLessThan(5), 5_000);
    await place.hover();
    await page.mouse.wheel(0, -3_000);
    await page.locator('[data-testid=to-newest]').waitFor();
    tell({ type: 'transcript', who: 'butler', id: 'later', text: 'By the way.', final: true });
    await answered('By the way.');
    expect(await below()).toBeGreaterThan(500);
    await page.click('[data-testid=to-newest]');
    await vi.waitFor(async () => expect(await below()).toBeLessThan(5), 5_000);
    expect(await page.locator('[data-testid=to-newest]').count()).toBe(0);
  });

  it('finds what was said while one types, marks it, and deletes it after asking', async () => {
    await page.click('[data-testid=to-history]');
    const said = page.locator('[data-testid=said]');
    await said.filter({ hasText: 'tea timer' }).first().waitFor();
    const before = await said.count();
    await page.fill('[data-testid=history-search]', 'bread');
    await page.locator('mark').first().waitFor();
    expect(new Set(await page.locator('mark').allTextContents())).toEqual(new Set(['bread']));
    await page.fill('[data-testid=history-search]', '');
    await vi.waitFor(async () => expect(await said.count()).toBe(before), 10_000);
    const tea = said.filter({ hasText: 'tea timer' });
    await tea.locator('[data-testid=delete-turn]').first().click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await said.count()).toBe(before);
    await tea.locator('[data-testid=delete-turn]').first().click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await vi.waitFor(async () => expect(await said.count()).toBe(before - 1), 10_000);
    await page.click('[data-testid=delete-day]');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete this day' }).click();
    await said.first().waitFor({ state: 'detached' });
    const kept = await opened.butler.request('/api/v1/memory/history');
    expect(await kept.json()).toEqual({ turns: [] });
  });
});
