/** The gate as its whole table, the one way to a tool, and both over real doors. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Confirm, type Effect, type Role, roles } from '../tools/core/define.ts';
import { digestOf } from '../tools/core/digest.ts';
import { type GateFacts, judge, type Yes } from '../tools/core/gate.ts';
import { ownerOfTests, type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import type { User } from './rig/user.ts';
import { said } from './speech/clips.ts';

const root = path.join(import.meta.dirname, '..');
const effects: Effect[] = ['read', 'write', 'danger'];
const policies: Confirm[] = ['never', 'if-unsure', 'always', 'with-pin'];
const doors = ['app', 'room', 'whatsapp', 'echo', 'schedule', 'unheard-of'];
const canAsk = (door: string): boolean => ['app', 'room', 'whatsapp'].includes(door);
const digest = digestOf({ name: 'lock_open', input: { door: 'front' }, effect: 'danger' });

const given: Record<string, Yes | undefined> = {
  none: undefined,
  good: { by: 'yes', personId: 'ada', digest, ageMs: 5_000 },
  pin: { by: 'pin', personId: 'ada', digest, ageMs: 5_000 },
  old: { by: 'pin', personId: 'ada', digest, ageMs: 30_001 },
  other: { by: 'pin', personId: 'ben', digest, ageMs: 5_000 },
  changed: { by: 'pin', personId: 'ada', digest: 'another', ageMs: 5_000 },
  future: { by: 'pin', personId: 'ada', digest, ageMs: -1 },
};

/** What a tool or a call may want besides: nothing, no outside words at all, or to be sure. */
const wishes = ['none', 'untainted', 'ask'] as const;

function* table() {
  for (const effect of effects)
    for (const confirm of policies)
      for (const role of roles)
        for (const least of [undefined, 'adult'] as const)
          for (const permission of [undefined, 'home', 'network'] as const)
            for (const sure of [1, 0.5])
              for (const door of doors)
                for (const tainted of [false, true])
                  for (const hasPin of [false, true])
                    for (const yes of Object.keys(given))
                      for (const wish of wishes)
                        yield {
                          ...{ effect, confirm, role, least, permission, sure, door },
                          ...{ tainted, hasPin, yes, wish },
                        };
}

type Row = ReturnType<typeof table> extends Generator<infer One> ? One : never;

const verdictOf = (row: Row) => {
  const { effect, confirm, role, least, permission, sure, door, tainted, hasPin } = row;
  const facts: GateFacts = {
    caller: { personId: 'ada', name: 'Ada', role, sure, door, language: 'en' },
    ...{ name: 'lock_open', input: { door: 'front' }, language: 'en', effect, digest },
    ...{ tainted, hasPin, yes: given[row.yes], ask: row.wish === 'ask' },
  };
  const tool = {
    effect,
    confirm,
    ...(least && { role: least }),
    ...(permission && { permission }),
    untaintedOnly: row.wish === 'untainted',
  };
  return judge(tool, facts).verdict;
};

/** The same rules said a second time, as the house promises them, from the strictest down. */
const promised = (row: Row): string => {
  const { effect, confirm, role, least, permission, sure, door, tainted, hasPin, yes } = row;
  const grown = role === 'adult' || role === 'owner';
  if (least && !grown) return 'refuse';
  if (effect === 'danger' && !grown) return 'refuse';
  if (permission === 'network' && !grown) return 'refuse';
  if (row.wish === 'untainted' && tainted) return 'refuse';
  const byPin = hasPin && (confirm === 'with-pin' || effect === 'danger');
  const unsure = sure < 0.8;
  const isCareful = confirm === 'always' || confirm === 'with-pin';
  const mustAsk =
    effect === 'danger' ||
    isCareful ||
    (effect === 'write' && (tainted || row.wish === 'ask' || (confirm === 'if-unsure' && unsure)));
  const stranger =
    unsure && !byPin && (effect === 'danger' || (effect === 'read' && confirm !== 'never'));
  if (stranger) return 'refuse';
  if (!mustAsk) return 'run';
  if (yes === 'pin' || (yes === 'good' && !byPin)) return 'run';
  return canAsk(door) ? 'ask' : 'refuse';
};

describe('the gate', () => {
  it('decides its whole table as promised', () => {
    const counts: Record<string, number> = {};
    const wrong: unknown[] = [];
    let rows = 0;
    for (const row of table()) {
      rows += 1;
      const verdict = verdictOf(row);
      const key = `${row.effect} → ${verdict}`;
      counts[key] = (counts[key] ?? 0) + 1;
      if (verdict !== promised(row)) wrong.push({ ...row, verdict });
    }
    console.log(`gate: ${rows} rows, ${wrong.length} wrong`, counts);
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(rows).toBe(3 * 4 * 4 * 2 * 3 * 2 * 6 * 2 * 2 * 7 * 3);
  });

  it('never lets danger pass without a word, nor asks where nobody can answer', () => {
    for (const row of table()) {
      const verdict = verdictOf(row);
      if (row.effect === 'danger' && !['good', 'pin'].includes(row.yes)) {
        expect(verdict).not.toBe('run');
      }
      if (verdict === 'ask') expect(canAsk(row.door)).toBe(true);
    }
  }, 60_000);

  it('takes permissions from the person before the role', () => {
    const allows = (role: Role, permissions: string[]): string =>
      judge(
        { effect: 'write', confirm: 'never', permission: 'network' },
        {
          caller: {
            ...{ personId: 'ada', name: 'Ada', role, sure: 1, door: 'app', language: 'en' },
            permissions,
          },
          ...{ name: 'x', input: {}, language: 'en', effect: 'write', digest },
          ...{ tainted: false, hasPin: false, ask: false },
        },
      ).verdict;
    expect(allows('owner', ['home'])).toBe('refuse');
    expect(allows('child', ['network'])).toBe('run');
  });

  it('is on the only way to a tool', () => {
    const files = ['agent', 'admin', 'schedule', 'tools', 'tts', 'models'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => path.join(folder, file)),
    );
    const running = files.filter((file) =>
      /\btools?\w*(?:\.get\([^)]*\))?[?!]*\.run\b|\.run\(input/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    expect(running).toEqual(['tools/core/attempt.ts']);
    const attempts = files.filter((file) =>
      /from '.*\/attempt\.ts'/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(attempts).toEqual(['tools/core/run.ts']);
  });
});

describe('over real doors', () => {
  let providers: Providers;
  let butler: RunningButler;
  let user: User;

  beforeAll(async () => {
    providers = await startProviders({ firstTokenMs: 30, speechFirstByteMs: 20 });
    // A household with tools of its own: rig/tools/vault.ts.
    const environment = { ...providers.environment, BUTLER_TOOLS: 'tests/rig/tools' };
    butler = await startButler({ environment });
    user = await butler.join();
  });
  beforeEach(() => {
    providers.claude.reset();
    providers.claude.always({ text: 'I am only talking.' });
  });
  afterAll(async () => {
    await user?.leave();
    await butler?.stop();
    await providers?.stop();
  });

  /** What Butler says next, the whole of it. */
  const answerTo = async (text: string): Promise<string> => {
    const sinceMs = performance.now();
    user.text(text);
    const { text: answer } = await user.waitFor(
      'transcript',
      ({ who, final }) => who === 'butler' && final === true,
      { sinceMs, withinMs: 15_000 },
    );
    await user.waitFor('turn', undefined, { sinceMs, withinMs: 15_000 });
    return String(answer);
  };
  const chat = async (text: string): Promise<string> => {
    const headers = { accept: 'application/json', authorization: `Bearer ${butler.token}` };
    const answer = await fetch(`${butler.url}/api/v1/chat`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    });
    return ((await answer.json()) as { text: string }).text;
  };
  const done = async (what: string): Promise<number> =>
    Number(new RegExp(`${what}:(\\d+)`).exec(await answerTo('count the deeds'))?.[1]);

  it('wants the PIN of whoever has set one, and no yes instead', async () => {
    const put = (pin: string | null) =>
      fetch(`${butler.url}/api/v1/me/pin`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${butler.token}` },
        body: JSON.stringify({ password: ownerOfTests.password, pin }),
      });
    expect((await put('2468')).status).toBe(204);
    const before = await done('opened');
    expect(await answerTo('open the vault')).toMatch(/PIN/);
    await answerTo('yes');
    expect(await done('opened')).toBe(before);
    expect(await answerTo('open the vault')).toMatch(/PIN/);
    await answerTo('1111');
    expect(await done('opened')).toBe(before);
    expect(await answerTo('open the vault')).toMatch(/PIN/);
    expect(await answerTo('2468')).toBe('The front vault is open.');
    expect(await done('opened')).toBe(before + 1);
    expect(JSON.stringify(providers.claude.requests.map(({ body }) => body))).not.toMatch(/2468/);
    expect((await put(null)).status).toBe(204);
  });

  it('asks before danger, does it once on a yes, and not on a second one', async () => {
    const before = await done('opened');
    expect(await answerTo('open the vault')).toBe('Shall I open the front vault?');
    expect(await done('opened')).toBe(before);
    expect(await answerTo('yes')).toBe('I am only talking.');
    expect(await answerTo('open the back vault')).toBe('Shall I open the back vault?');
    expect(await answerTo('Yes, please.')).toBe('The back vault is open.');
    expect(await answerTo('yes')).toBe('I am only talking.');
    expect(await done('opened')).toBe(before + 1);
  });

  it('takes the yes by voice, where the listener guesses before it commits', async () => {
    const before = await done('opened');
    const clip = said('What time is it?').samples;
    const spoken = async (words: string, answer: string): Promise<void> => {
      providers.groq.always({ text: words });
      const { startedAtMs } = await user.say(clip);
      await user.waitFor(
        'transcript',
        ({ who, text, final }) => who === 'butler' && final === true && text === answer,
        { sinceMs: startedAtMs, withinMs: 15_000 },
      );
      await user.ear.waitQuiet(700);
    };
    await spoken('Open the vault.', 'Shall I open the front vault?');
    await spoken('Yes.', 'The front vault is open.');
    await spoken('Yes.', 'I am only talking.');
    expect(await done('opened')).toBe(before + 1);
  });

  it('leaves it on a no', async () => {
    const before = await done('opened');
    await answerTo('open the vault');
    expect(await answerTo('no')).toBe('All right, I leave it.');
    await answerTo('yes');
    expect(await done('opened')).toBe(before);
  });

  it('asks a model that confirms for itself, and it is code that speaks', async () => {
    const before = await done('opened');
    const toolCalls = [{ name: 'vault_open', input: { door: 'back', confirm: true } }];
    providers.claude.next({ text: 'It is open now. ', toolCalls });
    expect(await answerTo('would you be so kind as to let me in at the back')).toBe(
      'Shall I open the back vault?',
    );
    expect(await done('opened')).toBe(before);
    providers.claude.next({ toolCalls });
    await answerTo('let me in at the back');
    expect(await answerTo('go ahead')).toBe('The back vault is open.');
    expect(await done('opened')).toBe(before + 1);
  });

  it('judges a scene by what it touches', async () => {
    expect(await answerTo('start the evening scene')).toBe('The evening scene is on.');
    expect(await answerTo('start the heist scene')).toBe('Shall I open the vault?');
    await answerTo('no');
  });

  it('asks over HTTP too, and a yes at another door is none', async () => {
    const before = await done('opened');
    expect(await chat('open the vault')).toBe('Shall I open the front vault?');
    expect(await answerTo('yes')).toBe('I am only talking.');
    expect(await done('opened')).toBe(before);
    expect(await chat('yes')).toBe('The front vault is open.');
    expect(await done('opened')).toBe(before + 1);
    const echo = await butler.request('/api/v1/conversation', { text: 'open the vault' });
    expect(((await echo.json()) as { text: string }).text).toContain('cannot do that here');
  });

  it('asks before an effect once words from outside were read in the turn', async () => {
    const before = await done('lit');
    providers.claude.next(
      { toolCalls: [{ name: 'vault_letter', input: {} }] },
      { toolCalls: [{ name: 'vault_light', input: {} }] },
    );
    expect(await answerTo('what is in the letter there')).toContain('so I ask first');
    expect(await done('lit')).toBe(before);
  });

  it('claims nothing without a receipt: by tool, by mind, and after a failure', async () => {
    // Three turns after the letter nothing of what was said with it is left out any more.
    for (const word of ['one', 'two', 'three']) await answerTo(`what is ${word}`);
    expect(await answerTo('light the lamp')).toContain('could not check');
    providers.claude.always({ text: "Sure, I've turned on the lamp. Enjoy!" });
    const lie = await answerTo('turn on the lamp in the attic');
    expect(lie).toContain('I have not done that');
    expect(lie).not.toContain('turned on');
    providers.claude.reset();
    providers.claude.next(
      { toolCalls: [{ name: 'vault_fail', input: {} }] },
      { text: 'Done, the vault is locked.' },
    );
    expect(await answerTo('lock the vault')).toContain('The vault does not answer.');
    const asked = JSON.stringify(providers.claude.requests.at(-1)?.body);
    expect(asked).toContain('I have not done that');
    expect(asked).not.toContain("I've turned on");
  });

  it('bridges a slow tool with a true word, once, in order', async () => {
    const heard = await (async () => {
      const sinceMs = performance.now();
      user.text('water the garden');
      await user.waitFor(
        'transcript',
        ({ text, final }) => final === true && String(text).includes('watered'),
        { sinceMs, withinMs: 15_000 },
      );
      return user.messages.of('transcript').filter(({ atMs, final }) => atMs > sinceMs && final);
    })();
    expect(heard.map(({ text }) => String(text).trim())).toEqual([
      'water the garden',
      'One moment, I am asking the garden.',
      'The garden is watered.',
    ]);
  });

  it.each(['vault_water', 'vault_counts'])(
    'answers over HTTP to the end, past %s',
    async (name) => {
      const text = 'I will see to it now.';
      providers.claude.next({ text, toolCalls: [{ name, input: {} }] }, { text: 'All is well.' });
      const answer = await butler.request('/api/v1/chat', { text: 'is everything in order there' });
      expect(await answer.text()).toContain(`{"text":"${text} All is well."}`);
    },
  );

  it('finishes an effect that the person spoke over, and reports it', async () => {
    const sinceMs = performance.now();
    user.text('water the garden');
    await user.waitFor('tool-start', undefined, { sinceMs });
    await sleep(200);
    expect(await answerTo('what are you')).toBe('I am only talking.');
    await user.waitFor(
      'transcript',
      ({ text, final }) => final === true && text === 'Meanwhile: The garden is watered.',
      { sinceMs, withinMs: 15_000 },
    );
  });

  it('does long work in the background, and tells when it is done', async () => {
    const sinceMs = performance.now();
    expect(await answerTo('clean the house')).toContain("I'll tell you when it is done");
    await user.waitFor(
      'transcript',
      ({ text, final }) => final === true && String(text).includes('The house is clean.'),
      { sinceMs, withinMs: 15_000 },
    );
    await chat('clean the house');
    await sleep(3_500);
    expect(await chat('what are you')).toMatch(/^Meanwhile: The house is clean\. I am only/);
  });
});
