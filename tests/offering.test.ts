/** What a mind is offered: with everything on it stays small, and its beginning never changes. */

import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../agent/caller.ts';
import { Offering, useToolName } from '../agent/offering.ts';
import { loadTools } from '../tools/core/load.ts';
import { startOpenAI } from './fakes/openai.ts';
import { countTokens } from './fakes/prompt-cache.ts';
import { type RunningButler, startButler } from './rig/butler.ts';
import { type Providers, startProviders } from './rig/providers.ts';

const promptTokensMax = 6_000;

/** Switches on whatever there is; nothing of it is there, and no test here needs it to be. */
const nowhere = 'http://127.0.0.1:9';
const everything = {
  HOME_ASSISTANT_URL: nowhere,
  HOME_ASSISTANT_TOKEN: 'a-long-lived-token-of-nobody-at-all',
  ...{ GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret', GOOGLE_REFRESH_TOKEN: 'token' },
  ...{ GOOGLE_BASE_URL: nowhere },
  ...{ CALDAV_URL: nowhere, CALDAV_USERNAME: 'ada', CALDAV_PASSWORD: 'x' },
  ...{ IMAP_HOST: '127.0.0.1', IMAP_PORT: '9', IMAP_USERNAME: 'ada', IMAP_PASSWORD: 'x' },
  ...{ MQTT_URL: 'mqtt://127.0.0.1:9', MCP_NAME: 'books', MCP_URL: nowhere },
  ...{ NEXTCLOUD_URL: nowhere, NEXTCLOUD_USERNAME: 'ada', NEXTCLOUD_PASSWORD: 'x' },
  BUTLER_TOOLS: 'tests/rig/post',
};

type Who = Pick<Caller, 'role' | 'permissions'>;

interface Body {
  tools: { name?: string }[];
  system: { text: string }[];
  messages: { role: string; content: unknown }[];
}

let butler: RunningButler;
let providers: Providers;

beforeAll(async () => {
  providers = await startProviders({ firstTokenMs: 5 });
});
afterAll(async () => {
  await providers?.stop();
});

const chat = async (text: string): Promise<string> => {
  const headers = { accept: 'application/json', authorization: `Bearer ${butler.token}` };
  const answer = await fetch(`${butler.url}/api/v1/chat`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  return ((await answer.json()) as { text: string }).text;
};

describe('for each role', async () => {
  const { toolbox } = await loadTools({
    environment: everything,
    ownFolder: path.resolve(everything.BUTLER_TOOLS),
  });
  const declaredTo = (who: Who): string[] =>
    new Offering({ toolbox, caller: who }).atHand.map(({ name }) => name);

  it('is the same for everybody of a role, and holds nothing that the gate would refuse', () => {
    expect(declaredTo({ role: 'adult' })).toEqual(declaredTo({ role: 'adult' }));
    const [owner, child, guest] = [
      declaredTo({ role: 'owner' }),
      declaredTo({ role: 'child' }),
      declaredTo({ role: 'guest' }),
    ];
    expect(owner).toContain('mail_search');
    expect(child).toContain('home_assistant_turn');
    for (const name of ['mail_search', 'mail_read']) expect(child).not.toContain(name);
    for (const name of ['remember_fact', 'calendar_events']) expect(guest).not.toContain(name);
    const reads = declaredTo({ role: 'adult', permissions: ['mail'] });
    expect(reads).toContain('mail_search');
    expect(reads).not.toContain('home_assistant_turn');
  });

  it('holds no tool that a service names itself, nor one that is for other tools', async () => {
    await toolbox.tools.get('post_counts')?.client();
    const found = toolbox.tools.get('post_stranger_weigh');
    expect(found?.discovered).toBe(true);
    expect(declaredTo({ role: 'owner' })).not.toContain('post_stranger_weigh');
    const offering = new Offering({ toolbox, caller: { role: 'owner' } });
    expect(offering.fitting('weigh the parcel of the stranger').outside).toHaveLength(1);
    for (const { name, hidden } of toolbox.tools.values()) {
      if (hidden) expect(offering.find(name), name).toBeUndefined();
    }
  });

  it.each([
    ['any flights in my mail?', 'mail_flights'],
    ['wann ist mein nächster Flug laut meiner Post', 'mail_flights'],
    ['räum die Küche mit dem Staubsauger', 'home_assistant_vacuum'],
    ['how long has the door been open', 'home_assistant_how_long'],
    ['are there any storm warnings for the weekend', 'weather_alerts'],
    ['let Ben see where I am', 'location_share'],
    ['welche Listen haben wir eigentlich', 'lists_all'],
  ])('finds on the shelf for "%s": %s', (sentence, name) => {
    const { own } = new Offering({ toolbox, caller: { role: 'owner' } }).fitting(sentence);
    expect(own.length).toBeLessThanOrEqual(6);
    const declared = declaredTo({ role: 'owner' });
    const offered = [...declared, ...own.map((line) => line.split(' ')[0])];
    expect(offered).toContain(name);
  });

  it.each(['tell me a joke', 'who painted the Mona Lisa', 'thank you', 'wie geht es dir'])(
    'finds nothing for "%s"',
    (sentence) => {
      const { own, outside } = new Offering({ toolbox, caller: { role: 'owner' } }).fitting(
        sentence,
      );
      expect([...own, ...outside].slice(0, 2)).toEqual([]);
    },
  );
});

describe('for Claude, with everything on', () => {
  const bodies = (): Body[] => providers.claude.requests.map(({ body }) => body as unknown as Body);
  const lastBody = (): Body => bodies().at(-1) as Body;
  const prefixOf = ({ tools, system }: Body): string => JSON.stringify([tools, system[0]]);

  beforeAll(async () => {
    butler = await startButler({ environment: { ...providers.environment, ...everything } });
  });
  afterAll(() => butler?.stop());
  afterEach(() => providers.claude.reset());

  it('fits into 6,000 tokens, and begins the same in every turn', async () => {
    providers.claude.always({ text: 'I am only talking.' });
    await chat('who painted the Mona Lisa');
    await chat('what is the capital of Peru, and why');
    const [first, second] = bodies() as [Body, Body];
    const { tools, system } = first;
    const [tooling, rules, person] = [JSON.stringify(tools), system[0]?.text, system[1]?.text];
    const whole = [tooling, rules, person].map((text) => countTokens(text ?? ''));
    const [ofTools = 0, ofRules = 0, ofPerson = 0] = whole;
    const total = ofTools + ofRules + ofPerson;
    console.log(
      `offering: ${tools.length} tools declared, prompt ${total} tokens ` +
        `(tools ${ofTools}, rules ${ofRules}, person ${ofPerson}); limit ${promptTokensMax}`,
    );
    expect(total).toBeLessThanOrEqual(promptTokensMax);
    expect(prefixOf(second)).toBe(prefixOf(first));
  });

  it('names the few others that fit, behind the words, and runs what the mind picks', async () => {
    providers.claude.next(
      { toolCalls: [{ name: useToolName, input: { tool: 'lists_all', input: {} } }] },
      { text: 'There is only the shopping list.' },
    );
    await chat('tell me all the lists we have here, would you');
    const [first, second] = bodies() as [Body, Body];
    const note = JSON.stringify(first.messages.at(-1));
    expect(note).toContain('lists_all {}: ');
    expect(note).toMatch(/tell me all the lists.*note-from-butler.*lists_all/s);
    expect(note.match(/\\n[a-z_]+ \{/g)?.length ?? 0).toBeLessThanOrEqual(6);
    expect(JSON.stringify(second.messages.at(-1))).toContain('"ok\\":true');
    expect(prefixOf(second)).toBe(prefixOf(first));
  });

  it('tells a mind that guesses a name what comes nearest, and how to call it', async () => {
    providers.claude.next(
      { toolCalls: [{ name: useToolName, input: { tool: 'list_lists', input: {} } }] },
      { text: 'Let me see.' },
    );
    await chat('dear butler, which ones would there be');
    const answer = JSON.stringify(lastBody().messages.at(-1));
    expect(answer).toContain('There is no tool \\"list_lists\\"');
    expect(answer).toContain('lists_all {}');
  });

  it('runs the fast path also where the tool is not at hand', async () => {
    expect(await chat('which lists are there')).toMatch(/list/i);
    expect(await chat('count the post deeds')).toContain('lamp:0');
    expect(bodies()).toHaveLength(0);
  });

  it('does not claim what the tool behind the one tool did not do', async () => {
    const failing = { tool: 'post_level', input: { percent: 0 } };
    providers.claude.next(
      { toolCalls: [{ name: useToolName, input: failing }] },
      { text: 'Done, the fountain is off.' },
    );
    const answer = await chat('be so good and have the fountain rest');
    expect(answer).not.toContain('Done');
    expect(answer).toContain('do not know whether it happened');
  });

  it('says which services are away, to the mind and to whoever looks', async () => {
    providers.claude.always({ text: 'I am only talking.' });
    for (let time = 0; time < 4; time++) await chat('turn on the kitchen light');
    await chat('who painted the Mona Lisa');
    expect(JSON.stringify(lastBody().messages)).toMatch(
      /Not reachable now: [^.]*home-assistant \(since a moment ago\)/,
    );
    const answer = await fetch(`${butler.url}/health`);
    const health = (await answer.json()) as { parts: unknown[] };
    expect(health.parts).toContainEqual({
      ...{ name: 'home-assistant', state: 'failed' },
      sentence: expect.stringContaining('It does not answer, since a moment ago.'),
    });
  });
});

describe('for an OpenAI-compatible server, with everything on', () => {
  it('begins the same in every turn', async () => {
    const openai = await startOpenAI({ firstTokenMs: 5 });
    const { ANTHROPIC_API_KEY: _, ANTHROPIC_BASE_URL: _url, ...others } = providers.environment;
    const mind = { BUTLER_LLM_URL: `${openai.url}/v1`, BUTLER_LLM_MODEL: 'local' };
    butler = await startButler({ environment: { ...others, ...everything, ...mind } });
    try {
      openai.always({ text: 'I am only talking.' });
      await chat('who painted the Mona Lisa');
      await chat('what is the capital of Peru, and why');
      const prefixes = openai.requests.map(({ body }) => {
        const { tools, messages } = body as unknown as Body;
        return JSON.stringify([tools, messages[0]]);
      });
      expect(prefixes).toHaveLength(2);
      expect(prefixes[1]).toBe(prefixes[0]);
      console.log(
        `offering: OpenAI shape, ${countTokens(prefixes[0] ?? '')} tokens, twice the same`,
      );
      expect(countTokens(prefixes[0] ?? '')).toBeLessThanOrEqual(promptTokensMax);
    } finally {
      await butler.stop();
      await openai.stop();
    }
  });
});
