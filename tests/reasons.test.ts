/** "Why did you do that?", and what it cost: whole turns of a real house by the text door. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../agent/caller.ts';
import { runCommand } from '../agent/doors/command.ts';
import { TextDoor } from '../agent/doors/text.ts';
import { type House, openHouse } from '../agent/house.ts';
import { startAnthropic } from './fakes/anthropic.ts';
import { embeddedFolder } from './rig/database-folder.ts';

const ada = { id: 'ada', name: 'Ada', username: 'ada', role: 'owner' } as const;
const german = { role: 'adult', language: 'de' } as const;
const dora = { id: 'dora', name: 'Dora', username: 'dora', ...german } as const;
const gast = { id: 'gast', name: 'Gast', username: 'gast', role: 'guest' } as const;
const callerOf = (person: typeof ada | typeof dora | typeof gast): Caller => ({
  ...{ personId: person.id, name: person.name, role: person.role, sure: 1 },
  ...{ door: 'app', language: 'language' in person ? person.language : 'en' },
});

let house: House;
let claude: Awaited<ReturnType<typeof startAnthropic>>;
let folder: string;
let door: TextDoor;

beforeAll(async () => {
  claude = await startAnthropic({ firstTokenMs: 0, tokensPerSecond: 1e6 });
  folder = await embeddedFolder();
  house = await openHouse('server', {
    ...{ BUTLER_DATA: folder, BUTLER_TIMEZONE: 'Europe/Oslo', BUTLER_LOCAL_MODELS: 'off' },
    ...{ BUTLER_LOG_LEVEL: 'silent', BUTLER_LEARNING: 'off', BUTLER_TOOLS: 'tests/rig/post' },
    ...{ ANTHROPIC_API_KEY: 'sk-ant-of-a-test', ANTHROPIC_BASE_URL: claude.url },
  });
  await house.memory.users.insertAll([ada, dora, gast]);
  door = new TextDoor(house);
});
afterAll(async () => {
  await door?.close();
  await house?.close();
  await claude?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const say = async (text: string, caller = callerOf(ada)): Promise<string> => {
  let answer = '';
  const { signal } = new AbortController();
  for await (const part of door.chat({ caller, text, signal })) {
    if (part.type === 'done') answer = part.text;
    if (part.type === 'error') answer = part.detail;
  }
  return answer;
};

const last = async (personId: string = ada.id) => {
  const [call] = await house.reasons.list({ personId, limit: 1, effects: true });
  return call;
};

beforeEach(() => {
  claude.reset();
  claude.always({ text: 'I am only talking.' });
});

describe('why', () => {
  it('says so where nothing was done', async () => {
    expect(await say('why did you do that')).toBe(
      'My records of the last day hold nothing that I did for you.',
    );
  });

  it('tells the words of a declared sentence, and what was read back', async () => {
    await say('make the reading lamp on');
    expect(await say('Why did you do that?')).toBe(
      'You said “make the reading lamp on”. So I did it: The reading lamp is on. ' +
        'I read it back, and it is so.',
    );
    expect(await last()).toMatchObject({
      ...{ tool: 'post_lamp', path: 'fast', verdict: 'run', ok: true, verified: true },
      ...{ said: 'make the reading lamp on', input: { to: 'on' }, tainted: false, door: 'app' },
      receipt: { name: 'reading lamp', is: 'on' },
    });
    expect(claude.requests).toHaveLength(0);
  });

  it('tells what the mind took for a wish', async () => {
    claude.next(
      { toolCalls: [{ name: 'post_lamp', input: { to: 'off' } }] },
      { text: 'The reading lamp is off.' },
    );
    await say('it is far too bright for my poor eyes');
    expect(await say('why did you turn off the lamp')).toBe(
      'You said “it is far too bright for my poor eyes”, and I took that as a wish for this. ' +
        'So I did it: The reading lamp is off. I read it back, and it is so.',
    );
    expect(await last()).toMatchObject({ path: 'mind', said: expect.stringContaining('bright') });
  });

  it('tells the question that was answered with yes, and the undo', async () => {
    await say('garden door unlock');
    expect(await last()).toMatchObject({ path: 'fast', verdict: 'ask', ok: false });
    await say('yes');
    expect(await say('why did you unlock the garden door')).toBe(
      'You said “garden door unlock”. I asked “Shall I unlock the garden door?”, and you said ' +
        'yes. So I did it: The garden door is unlocked. I read it back, and it is so.',
    );
    await say('make the reading lamp on');
    await say('undo that');
    expect(await last()).toMatchObject({ path: 'undo', tool: 'post_lamp', said: 'undo that' });
    expect(await say('why did you do that')).toContain('You wanted something taken back');
  });

  it('says that words from outside came before, and marks them', async () => {
    claude.next(
      { toolCalls: [{ name: 'post_read', input: { number: 0 } }] },
      { toolCalls: [{ name: 'post_send', input: { to: 'Mallory', text: 'the key' } }] },
      { text: 'I asked.' },
    );
    await say('do have a look at whatever came for us');
    expect(await last()).toMatchObject({
      ...{ tool: 'post_send', path: 'mind', verdict: 'ask', tainted: true, source: 'post_read' },
    });
    await say('yes');
    expect(await last()).toMatchObject({ tool: 'post_send', path: 'yes', tainted: true });
    const why = await say('why did you do that');
    expect(why).toContain('I had read something from outside before (post_read).');
    expect(why).toContain('and you said yes');
  });

  it('names what was not touched, and what was done', async () => {
    const answer = await say('why did you turn off the dishwasher');
    expect(answer).toContain('My records of the last day hold nothing about “the dishwasher”.');
    expect(await say('what did you just do')).toContain('The reading lamp is');
    expect(await say('was hast du gerade gemacht', callerOf(dora))).toBe(
      'In meinen Aufzeichnungen vom letzten Tag steht nichts, was ich für dich getan habe.',
    );
    expect(claude.requests).toHaveLength(0);
  });

  it('keeps orders of pages, no secrets, and no words of guests', async () => {
    const { signal } = new AbortController();
    const order = { caller: callerOf(ada), tool: 'post_lamp', input: { to: 'off' }, signal };
    await runCommand(house, order);
    expect(await last()).toMatchObject({ path: 'command', said: null });
    const secret = { to: 'Ben', text: 'my PIN is 2468' };
    await runCommand(house, { ...order, tool: 'post_send', input: secret });
    expect(await last()).toMatchObject({ input: { to: 'Ben', text: '(left out)' } });
    await say('make the reading lamp on', callerOf(gast));
    expect(await last(gast.id)).toMatchObject({ tool: 'post_lamp', said: null, say: null });
    expect(await last(gast.id)).toMatchObject({ input: {}, receipt: null, ok: true });
  });
});

describe('a cap', () => {
  it('is checked before the mind is asked; what needs no mind goes on', async () => {
    await house.household.change({ caps: { people: { ada: { day: 0.5 }, dora: { month: 0 } } } });
    expect(await say('tell me a little story about bees')).toBe('I am only talking.');
    await expect.poll(() => house.spending.status()[0]?.spentUsd).toBeGreaterThan(0.0001);
    // Whatever that cost, this much more is over the cap.
    house.spending.also({ personId: 'ada', door: 'room' }, { mindUsd: 0.5, totalUsd: 0.5 });
    claude.reset();
    expect(await say('tell me another story about bees')).toBe(
      'Your budget for my language model is used up for today. ' +
        'Commands still work; ask me again tomorrow.',
    );
    expect(await say('erzähl mir etwas über Bienen', callerOf(dora))).toContain('aufgebraucht');
    expect(claude.requests).toHaveLength(0);
    expect(await say('make the reading lamp off')).toBe('The reading lamp is off.');
    // Nobody else is under it, and a higher one counts at once.
    claude.always({ text: 'Bees dance.' });
    expect(await say('tell me a story about bees', callerOf(gast))).toBe('Bees dance.');
    await house.household.change({ caps: { people: { ada: { day: 5 } } } });
    expect(await say('tell me a third story about bees')).toBe('Bees dance.');
  });

  it('tells owners once, and settles it when there is room again', async () => {
    await house.household.change({ caps: { household: { month: 0.0005 } } });
    await house.spending.refresh();
    await house.spending.refresh();
    const open = async () =>
      (await house.notices.list('ada', { limit: 20 }))
        .filter(({ code, settledAt }) => code.startsWith('spending-cap') && settledAt === null)
        .map(({ code }) => code);
    expect(await open()).toEqual(['spending-cap-reached']);
    await house.household.change({ caps: null });
    await house.spending.refresh();
    expect(await open()).toEqual([]);
  });
});

describe('what the household changes while the house is open', () => {
  it('counts at once, wherever it is used', async () => {
    const { household, lent, log, settings } = house;
    expect([lent.household, log.level, settings.BUTLER_LANGUAGE]).toEqual([
      ...[undefined, 'silent', 'en'],
    ]);
    await household.change({
      ...{ BUTLER_LOCATION: '59.91,10.75', BUTLER_LOG_LEVEL: 'error', BUTLER_LANGUAGE: 'de' },
    });
    expect(lent.household).toEqual({ latitude: 59.91, longitude: 10.75 });
    expect([log.level, settings.BUTLER_LANGUAGE]).toEqual(['error', 'de']);
    await household.change({
      ...{ BUTLER_LOCATION: null, BUTLER_LOG_LEVEL: null, BUTLER_LANGUAGE: null },
    });
    expect([lent.household, log.level]).toEqual([undefined, 'silent']);
  });

  it('turns learning on, which is paid for and capped like a turn', async () => {
    const { household, memory, spending } = house;
    const turn = {
      ...{ personId: 'ada', name: 'Ada', turnId: 't', door: 'app', language: 'en' },
      ...{ said: 'I am allergic to nuts and my sister lives in Bergen.', at: new Date() },
      ...{ tainted: false, recalledIds: [] },
    };
    const learn = async () => {
      claude.reset();
      claude.always({ text: '[]' });
      await memory.learner.afterTurn(turn);
      return claude.requests.length;
    };
    expect(await learn()).toBe(0);
    await household.change({ BUTLER_LEARNING: 'on', caps: { people: { ada: { month: 100 } } } });
    const before = spending.status('ada')[0]?.spentUsd ?? 0;
    expect(await learn()).toBeGreaterThan(0);
    expect(spending.status('ada')[0]?.spentUsd).toBeGreaterThan(before);
    await household.change({ caps: { people: { ada: { month: 0 } } } });
    expect(await learn()).toBe(0);
    await household.change({ BUTLER_LEARNING: null, caps: null });
  });
});
