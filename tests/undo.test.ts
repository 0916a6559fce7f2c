/** "Undo that": what was done is taken back, by name and by the last, in words and by the mind. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';

let providers: Providers;
let butler: RunningButler;

beforeAll(async () => {
  providers = await startProviders({ firstTokenMs: 5 });
});
afterAll(async () => {
  await providers?.stop();
});

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

const start = async (language: string): Promise<void> => {
  const environment = { ...providers.environment, BUTLER_TOOLS: 'tests/rig/post' };
  butler = await startButler({ environment: { ...environment, BUTLER_LANGUAGE: language } });
};

describe('undo in English', () => {
  beforeAll(() => start('en'));
  afterAll(() => butler?.stop());
  beforeEach(() => {
    providers.claude.reset();
    providers.claude.always({ text: 'I am only talking.' });
  });

  it('says so where nothing was done', async () => {
    expect(await say('undo that')).toContain('nothing lately that could be taken back');
  });

  it('takes back the last, once, and says what it was', async () => {
    await say('make the reading lamp on');
    expect(await say('Undo that, please.')).toBe('The reading lamp is off.');
    expect(await say('undo that')).toBe(
      'That is taken back already. It was: The reading lamp is on.',
    );
    expect(providers.claude.requests).toHaveLength(0);
  });

  it('takes back by name, also as it sounds, whatever was done after', async () => {
    await say('make the reading lamp on');
    await say('set a timer for 20 minutes');
    await say('add milk to the shopping list');
    expect(await say('undo the lemp')).toBe('The reading lamp is off.');
    expect(await say('undo the timer')).toMatch(/cancel/i);
    expect(await say('how many timers are running')).toMatch(/no timer/i);
    await say('take back the shopping list');
    expect(await say('what is on the shopping list')).not.toContain('milk');
    expect(await say('undo the timer')).toContain('taken back already');
    expect(await say('undo the dishwasher')).toContain('nothing like that lately');
    expect(providers.claude.requests).toHaveLength(0);
  });

  it('takes back both, newest first, and the one before', async () => {
    await say('make the reading lamp on');
    await say('set a timer for 30 minutes');
    expect(await say('undo both')).toMatch(/cancel.*The reading lamp is off\./i);
    await say('make the reading lamp on');
    await say('set a timer for 40 minutes');
    await say('undo that');
    expect(await say('and the one before')).toBe('The reading lamp is off.');
  });

  it('is honest where there is no way back, and where the way back fails', async () => {
    await say('send a postcard to Ben that says hello there');
    expect(await say('undo that')).toBe(
      'I cannot take that back: The postcard to Ben is on its way. ' +
        'Tell me what you would like instead.',
    );
    await say('fountain to 40 percent');
    expect(await say('undo the fountain')).toContain('do not know whether it happened');
    // It failed, so it has not been taken back.
    expect(await say('undo the fountain')).toContain('do not know whether it happened');
  });

  it('asks before an undo that opens something, and does it once on a yes', async () => {
    await say('garden door lock');
    expect(await say('undo that')).toBe('Shall I unlock the garden door?');
    expect(await say('undo the garden door')).toBe('Shall I unlock the garden door?');
    expect(await say('yes')).toBe('The garden door is unlocked.');
    expect(await say('undo that')).toContain('taken back already');
  });

  it('lets the mind take back what the person did not mean', async () => {
    await say('make the reading lamp on');
    providers.claude.next(
      { toolCalls: [{ name: 'take_back', input: { what: 'the reading lamp' } }] },
      { text: 'Sorry. The reading lamp is off again.' },
    );
    expect(await say('dear me, quite the opposite of my wishes')).toContain('lamp is off');
    providers.claude.next(
      { toolCalls: [{ name: 'take_back', input: {} }] },
      { text: 'I took it back.' },
    );
    const again = await say('dear me, quite the opposite of my wishes');
    expect(again).toContain('taken back already');
    expect(again).not.toContain('I took it back');
  });

  it('leaves words alone that only sound like it', async () => {
    await say('make the reading lamp on');
    for (const words of ['put the kettle back', 'take the books back to the library']) {
      expect(await say(words)).toBe('I am only talking.');
    }
  });
});

describe('undo in German', () => {
  beforeAll(() => start('de'));
  afterAll(() => butler?.stop());

  it('takes back the last, by name and as it was before', async () => {
    providers.claude.always({ text: 'Ich rede nur.' });
    for (const words of [
      'Mach das rückgängig.',
      'Nein, mach die Lampe wieder wie vorher.',
      'Nimm die Lampe zurück.',
    ]) {
      providers.claude.next({ toolCalls: [{ name: 'post_lamp', input: { to: 'on' } }] });
      await say('bitte mach es mir hell');
      expect(await say(words), words).toBe('The reading lamp is off.');
    }
    // By the person's own word for it, which the tool does not know.
    await say('Leselampe on');
    expect(await say('Nimm die Leselampe zurück')).toBe('The reading lamp is off.');
    await say('Stell einen Timer auf zehn Minuten');
    expect(await say('Mach den Timer rückgängig')).toMatch(/Timer/);
    expect(await say('Mach den Timer rückgängig')).toContain('schon zurückgenommen');
  });
});
