/** What Butler remembers, through the whole house: told, gathered, recalled, and away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { MessagesRequest } from './fakes/anthropic-rules.ts';
import { type RunningButler, startButler } from './rig/butler.ts';
import { disposeLiveKit } from './rig/livekit-user.ts';
import { type Providers, startProviders } from './rig/providers.ts';
import { startRoomButler } from './rig/rooms.ts';
import type { User } from './rig/user.ts';
import { findLiveKit } from './servers/livekit-build.ts';
import { openServer, type PostgresServer } from './servers/postgres/server.ts';

const quick = { firstTokenMs: 40, tokensPerSecond: 400, speechFirstByteMs: 10 };
const liveKit = await findLiveKit();

interface Setting {
  title: string;
  livekit: boolean;
  database: 'embedded' | 'postgres';
  why?: string | undefined;
}

const settings: Setting[] = [
  { title: 'over WebSocket, on the embedded database', livekit: false, database: 'embedded' },
  { title: 'over WebSocket, on a real Postgres', livekit: false, database: 'postgres' },
  {
    title: 'over LiveKit, on the embedded database',
    livekit: true,
    database: 'embedded',
    why: 'unavailable' in liveKit ? liveKit.unavailable : undefined,
  },
];

interface FactSeen {
  id: number;
  fact: string;
  source: string;
  category: string;
  confidence: number;
  quote: string | null;
}

afterAll(disposeLiveKit);

const isExtraction = (body: MessagesRequest): boolean =>
  JSON.stringify(body.system).includes('Answer with a JSON array only');

for (const { title, livekit, database, why } of settings) {
  describe.skipIf(why)(`memory ${title}${why ? ` (${why})` : ''}`, () => {
    let providers: Providers;
    let postgres: PostgresServer | undefined;
    let butler: RunningButler;
    let user: User;
    /** What the mind finds in somebody's words, when it is asked after a turn. */
    let extracted: unknown[] = [];

    const environment = async (): Promise<Record<string, string>> => {
      const own = { ...providers.environment, BUTLER_LEARNING: 'on' };
      if (database === 'embedded') return own;
      const server = await openServer();
      if ('unavailable' in server) throw new Error(server.unavailable);
      postgres = server;
      return { ...own, DATABASE_URL: server.url('postgres') };
    };

    beforeAll(async () => {
      providers = await startProviders(quick);
      const given = { environment: await environment() };
      const started = livekit ? await startRoomButler(given) : await startButler(given);
      if ('unavailable' in started) throw new Error(started.unavailable);
      butler = started;
      user = await arrive();
    }, 120_000);

    beforeEach(() => {
      providers.claude.reset();
      extracted = [];
      providers.claude.always(({ body }) =>
        isExtraction(body) ? { text: JSON.stringify(extracted) } : { text: 'Very well.' },
      );
    });

    afterAll(async () => {
      await user?.leave();
      await butler?.stop();
      await postgres?.remove();
      await providers?.stop();
    });

    const arrive = async (): Promise<User> => {
      if (!livekit) return butler.join();
      const joined = await butler.joinRoom();
      await joined.waitForTrack();
      await sleep(1_000);
      return joined;
    };

    /** A new conversation: nothing of the former one is in it but what is remembered. */
    const comeBack = async (): Promise<void> => {
      await user.leave();
      await sleep(300);
      user = await arrive();
    };

    const ask = async (text: string): Promise<string> => {
      const sinceMs = performance.now();
      user.text(text);
      const { text: answer } = await user.waitFor(
        'transcript',
        (event) => event.who === 'butler' && event.final === true,
        { sinceMs, withinMs: 15_000 },
      );
      await user.waitFor('turn', undefined, { sinceMs, withinMs: 15_000 });
      return String(answer);
    };

    const talked = (): MessagesRequest[] =>
      providers.claude.requests.map(({ body }) => body).filter((body) => !isExtraction(body));
    const lastPrompt = () => {
      const body = talked().at(-1);
      return { system: JSON.stringify(body?.system), messages: JSON.stringify(body?.messages) };
    };
    const facts = async (): Promise<FactSeen[]> => {
      const answer = await butler.request('/api/v1/memory/facts');
      return ((await answer.json()) as { facts: FactSeen[] }).facts;
    };
    /** Facts are written after the turn: they come soon, not at once. */
    const factLike = async (pattern: RegExp): Promise<FactSeen | undefined> => {
      const giveUpAtMs = performance.now() + 8_000;
      for (;;) {
        const found = (await facts()).find(({ fact }) => pattern.test(fact));
        if (found || performance.now() > giveUpAtMs) return found;
        await sleep(100);
      }
    };

    it('keeps what it is told to, without a mind, and knows it the next time', async () => {
      await ask('Remember that I take oat milk in my coffee.');
      expect(talked()).toHaveLength(0);
      const kept = await factLike(/oat milk/);
      expect(kept).toMatchObject({ source: 'explicit' });
      await comeBack();
      await ask('What should go into my coffee?');
      const { messages } = lastPrompt();
      expect(messages).toMatch(/note-from-butler.*oat milk/s);
    });

    it('brings former talk as messages, with what Butler said', async () => {
      await ask('My favourite planet is Saturn, I think.');
      await comeBack();
      await ask('Which one did I say?');
      const former = talked().at(-1)?.messages ?? [];
      const at = former.findIndex(({ content }) => JSON.stringify(content).includes('Saturn'));
      expect(former[at]?.role).toBe('user');
      expect(former[at + 1]?.role).toBe('assistant');
      expect(JSON.stringify(former[at + 1]?.content)).toContain('Very well.');
    });

    it('is as the person wants it to be, from the next words on', async () => {
      const me = (await (await butler.request('/api/v1/users')).json()) as {
        users: { id: string }[];
      };
      const instructions = 'Call me captain.';
      const route = `${butler.url}/api/v1/users/${me.users[0]?.id}/soul`;
      const headers = {
        authorization: `Bearer ${butler.token}`,
        'content-type': 'application/json',
      };
      const body = JSON.stringify({ custom_instructions: instructions });
      expect((await fetch(route, { method: 'PATCH', headers, body })).status).toBe(200);
      await ask('Hello to you.');
      expect(lastPrompt().system).toContain(instructions);
    });

    it('takes back the last thing it kept, when it is told to', async () => {
      await ask('Remember that I collect stamps.');
      expect(await factLike(/stamps/)).toBeDefined();
      await ask('Undo that, please.');
      expect((await facts()).filter(({ fact }) => /stamps/.test(fact))).toEqual([]);
    });

    it('lets the mind change the soul only within its fields', async () => {
      const call = (input: Record<string, unknown>) => ({
        toolCalls: [{ name: 'update_soul', input }],
      });
      providers.claude.next(call({ verbosity: 'detailed' }), { text: 'I will say more.' });
      await ask('Please explain things more fully to me from now on.');
      const result = lastPrompt().messages;
      expect(result).toContain('detailed');
      providers.claude.next(call({ verbosity: 'endless' }), { text: 'I cannot.' });
      await ask('Please never stop talking.');
      expect(lastPrompt().messages).toMatch(/concise|moderate/);
    });

    it('takes a person from nobody’s arguments', async () => {
      const input = { fact: 'Ada owns a yacht.', category: 'personal', user_id: 'somebody-else' };
      providers.claude.next(
        { toolCalls: [{ name: 'remember_fact', input }] },
        { text: 'I could not keep that.' },
      );
      await ask('Let us talk about boats for a while.');
      expect((await facts()).filter(({ fact }) => fact.includes('yacht'))).toEqual([]);
    });

    it('gathers what the person’s own words hold, after the turn', async () => {
      const quote = 'my sister Nora lives in Bergen';
      extracted = [
        { category: 'personal', slot: null, fact: "Ada's sister Nora lives in Bergen.", quote },
        // What was not said is not learned, whatever the mind finds.
        { category: 'personal', slot: null, fact: 'Ada has a horse.', quote: 'I have a horse' },
      ];
      await ask('You know, my sister Nora lives in Bergen, and I visit her every summer.');
      expect(await factLike(/Nora/)).toMatchObject({ source: 'inferred', quote });
      expect(await facts()).not.toContainEqual(expect.objectContaining({ fact: /horse/ }));
    });

    it('is less sure of what the person denies', async () => {
      await ask('Remember that I swim on Mondays.');
      const before = await factLike(/swim/);
      providers.claude.next({ text: 'You usually swim on Mondays.' });
      await ask('What is planned for me?');
      await ask('No, that is wrong.');
      const sureOf = async () => (await facts()).find(({ id }) => id === before?.id)?.confidence;
      await expect.poll(sureOf, { timeout: 5_000 }).toBeLessThan(0.6);
    });

    it('forgets for good, words included', async () => {
      await ask('Remember that my locker at the gym is the blue one.');
      const kept = await factLike(/locker/);
      const lastWords = () => JSON.stringify(talked().at(-1)?.messages.at(-1));
      await ask('Which locker is mine?');
      expect(lastWords()).toMatch(/blue one/);
      const headers = { authorization: `Bearer ${butler.token}` };
      const route = `${butler.url}/api/v1/memory/facts/${kept?.id}`;
      expect((await fetch(route, { method: 'DELETE', headers })).ok).toBe(true);
      await ask('Which locker is mine?');
      expect(lastWords()).not.toMatch(/blue one/);
      await comeBack();
      await ask('Which locker is mine?');
      const { messages } = lastPrompt();
      expect(messages).not.toMatch(/blue one/);
    });

    it.runIf(database === 'postgres')(
      'goes on without its memory, says so to the mind, and writes down later what was said',
      async () => {
        const outage = postgres;
        if (!outage) throw new Error('no Postgres');
        await outage.halt();
        await ask('Good evening to you, Butler.');
        expect(lastPrompt().messages).toContain('memory cannot be reached');
        await outage.start();
        await sleep(3_000);
        await ask('And are you there again?');
        const history = await butler.request('/api/v1/memory/history?query=evening');
        expect(await history.text()).toContain('Good evening to you');
      },
    );
  });
}
