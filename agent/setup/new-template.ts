/** The files that `npm run new` writes: an integration that works as it is, to be changed. */

/** One name in all the forms that the files need. */
export interface Names {
  /** `pi-hole` */
  name: string;
  /** `Pi Hole`, as it is heard and shown. */
  title: string;
  /** `pi hole`, as it is said. */
  spoken: string;
  /** `piHole`, in the program. */
  camel: string;
  /** `PI_HOLE`, in the environment. */
  prefix: string;
  /** `pi_hole`, before the names of its tools. */
  tools: string;
}

export const namesOf = (name: string): Names => {
  const words = name.split('-');
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  return {
    name,
    title: words.map(capital).join(' '),
    spoken: words.join(' '),
    camel: words.map((word, at) => (at === 0 ? word : capital(word))).join(''),
    prefix: name.replaceAll('-', '_').toUpperCase(),
    tools: name.replaceAll('-', '_'),
  };
};

const service = `/** §title§ over HTTP: its state, and switching it on and off. */
import { z } from 'zod';
import { integration, type ToolContext } from './core/define.ts';
import { type HttpClient, httpClient } from './core/http.ts';
import { receiptOf } from './core/receipt.ts';
import { §camel§Words, serviceName } from './§name§.words.ts';

const renew = 'Make a new key in its settings and set §prefix§_KEY.';

/** What it answers: only the fields that are used, so that a newer version still fits. */
const answer = z.object({ on: z.boolean() });

/** Paths, keys and limits are the client's; every fault comes as a sentence in two languages. */
const connect = ({ url, key }: { url: string; key: string }): HttpClient =>
  httpClient({
    service: serviceName,
    base: url,
    headers: () => ({ authorization: \`Bearer \${key}\` }),
    renew,
  });

type Context = ToolContext<HttpClient>;

const stateOf = ({ client, signal, language }: Pick<Context, 'client' | 'signal' | 'language'>) =>
  client.json('/api/state', answer, { signal, language });

const tellState = async (_: object, context: Context) => {
  const { on } = await stateOf(context);
  return { say: §camel§Words(context.language).state(on), show: { on } };
};

const switchTo = async ({ on }: { on: boolean }, context: Context) => {
  const { client, signal, language } = context;
  const before = await stateOf(context);
  await client.request('/api/state', { method: 'PUT', body: { on }, signal, language });
  // Read back, not assumed: without a receipt Butler says that it could not check.
  const after = await stateOf(context);
  return {
    say: §camel§Words(language).switched(after.on),
    receipt: receiptOf([{ name: '§title§', asWanted: after.on === on, state: after }]),
    ...(before.on !== after.on && {
      undo: { tool: '§tools§_switch', input: { on: before.on } },
    }),
  };
};

export default integration({
  name: '§name§',
  about: 'Whether §title§ is on, and switching it.',
  config: z.object({
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' })
      .describe('Where §title§ answers.'),
    key: z.string().min(1).describe('A key made in its settings.'),
  }),
  connect,
  renew,
  health: async (client, signal) => {
    const { on } = await stateOf({ client, signal, language: 'en' });
    return on ? 'answers, and is on' : 'answers, and is off';
  },
}).tools({
  state: {
    about: 'Tell whether §title§ is on.',
    effect: 'read',
    permission: 'home',
    confirm: 'never',
    asked: serviceName,
    input: z.object({}),
    says: {
      en: [
        'is [the] §spoken§ (on|off|running|working) [now|right now]',
        'is [the] §spoken§ (switched|turned) (on|off)',
        '(what is|tell me) the (state|status) of [the] §spoken§',
        '(what|how) is [the] §spoken§ doing',
        '§spoken§ (state|status)',
      ],
      de: [
        'ist [der|die|das] §spoken§ [gerade] (an|aus|ein)',
        'ist [der|die|das] §spoken§ (eingeschaltet|ausgeschaltet)',
        '(läuft|arbeitet) [der|die|das] §spoken§ [gerade]',
        'was macht [der|die|das] §spoken§ [gerade]',
        'wie ist der (stand|zustand) von [der|dem] §spoken§',
      ],
    },
    examples: [
      { says: 'is the §spoken§ on', input: {} },
      { says: 'ist §spoken§ an', input: {}, language: 'de' },
    ],
    run: tellState,
  },
  switch: {
    about: 'Switch §title§ on or off.',
    effect: 'write',
    permission: 'home',
    role: 'adult',
    confirm: 'never',
    // Switching twice is as switching once: it may be tried again.
    idempotent: true,
    asked: serviceName,
    input: z.object({ on: z.boolean() }),
    says: {
      en: [
        '(switch|turn) [the] §spoken§ (on{on=true}|off{on=false})',
        '(switch|turn) (on{on=true}|off{on=false}) [the] §spoken§',
        '(start{on=true}|stop{on=false}) [the] §spoken§ [now]',
        '§spoken§ (on{on=true}|off{on=false})',
      ],
      de: [
        'schalte [den|die|das] §spoken§ (ein{on=true}|aus{on=false})',
        'schalt [den|die|das] §spoken§ (ein{on=true}|aus{on=false})',
        'mach [den|die|das] §spoken§ (an{on=true}|aus{on=false})',
        '§spoken§ (einschalten{on=true}|ausschalten{on=false})',
        '§spoken§ (an{on=true}|aus{on=false})',
      ],
    },
    examples: [
      { says: 'turn the §spoken§ on', input: { on: true } },
      { says: '§spoken§ aus', input: { on: false }, language: 'de' },
    ],
    run: switchTo,
  },
});
`;

const words = `/** What is said of §title§, in English and German. */

/** As it is heard in "I cannot reach …". */
export const serviceName = { en: '§title§', de: '§title§' };

const sentences = {
  en: {
    state: (on: boolean) => \`§title§ is \${on ? 'on' : 'off'}.\`,
    switched: (on: boolean) => \`§title§ is now \${on ? 'on' : 'off'}.\`,
  },
  de: {
    state: (on: boolean) => \`§title§ ist \${on ? 'an' : 'aus'}.\`,
    switched: (on: boolean) => \`§title§ ist jetzt \${on ? 'an' : 'aus'}.\`,
  },
};

/** @param language BCP 47. */
export const §camel§Words = (language: string) =>
  language.toLowerCase().startsWith('de') ? sentences.de : sentences.en;
`;

const test = `/** §title§ over a real socket: a switch read back, and every fault. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { portsInProcess } from '../tests/fakes/ports.ts';
import { loadTools, type Toolbox } from './core/load.ts';
import { runTool } from './core/run.ts';

const key = 'the-right-key';
let on: boolean;
/** What the service does instead of answering rightly. */
let fault: { status: number } | 'garbage' | 'deaf' | undefined;
let server: Server;
let address: string;
let toolbox: Toolbox;

const open = async (environment: Record<string, string>): Promise<Toolbox> => {
  const { toolbox, mistakes } = await loadTools({ environment });
  expect(mistakes).toEqual([]);
  return toolbox;
};

beforeEach(async () => {
  on = false;
  fault = undefined;
  server = createServer(async (request, response) => {
    if (request.headers.authorization !== \`Bearer \${key}\`) fault ??= { status: 401 };
    if (fault === 'garbage') return response.end('<html>');
    if (typeof fault === 'object') return response.writeHead(fault.status).end();
    let body = '';
    for await (const part of request) body += String(part);
    if (request.method === 'PUT' && fault !== 'deaf') on = (JSON.parse(body) as { on: boolean }).on;
    return response.end(JSON.stringify({ on }));
  });
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  address = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`;
  toolbox = await open({ §prefix§_URL: address, §prefix§_KEY: key });
});
afterEach(async () => {
  await toolbox.close();
  server.closeAllConnections();
  server.close();
});

const call = (name: string, input: object = {}, language = 'en') =>
  runTool({
    ...portsInProcess(),
    ...{ toolbox, name, input, language, timeZone: 'UTC', now: () => new Date(0) },
    caller: { personId: 'anna', name: 'Anna', role: 'adult', sure: 1, door: 'app', language },
    signal: new AbortController().signal,
  });

test('tells its state in both languages', async () => {
  expect((await call('§tools§_state')).say).toBe('§title§ is off.');
  on = true;
  expect((await call('§tools§_state', {}, 'de')).say).toBe('§title§ ist an.');
});

test('is switched, read back, and switched back', async () => {
  const outcome = await call('§tools§_switch', { on: true });
  expect(outcome).toMatchObject({ ok: true, verified: true, say: '§title§ is now on.' });
  expect(on).toBe(true);
  const { tool = '', input = {} } = outcome.undo ?? {};
  expect(await call(tool, input)).toMatchObject({ ok: true, verified: true });
  expect(on).toBe(false);
});

test('what is as it was has nothing to take back', async () => {
  expect((await call('§tools§_switch', { on: false })).undo).toBeUndefined();
});

test('a service that says yes and does nothing is found out', async () => {
  fault = 'deaf';
  const outcome = await call('§tools§_switch', { on: true });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'nothing-changed' } });
});

describe('what goes wrong is a sentence', () => {
  test.each([
    [{ status: 404 }, 'not-found'],
    [{ status: 429 }, 'too-many-requests'],
    [{ status: 500 }, 'unreachable'],
    ['garbage', 'service-garbage'],
  ] as const)('%j', async (wrong, code) => {
    fault = wrong;
    const outcome = await call('§tools§_state');
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(outcome.say).toMatch(/^[A-Z].*\\.$/);
  });

  test('a wrong key says how to renew it, and half a configuration what is missing', async () => {
    const other = await open({ §prefix§_URL: address, §prefix§_KEY: 'wrong' });
    const lines = await other.health(AbortSignal.timeout(2_000));
    const mine = lines.find(({ integration }) => integration === '§name§');
    expect(mine).toMatchObject({ ok: false, mend: expect.stringContaining('§prefix§_KEY') });
    await other.close();
    const { mistakes } = await loadTools({ environment: { §prefix§_URL: address } });
    expect(mistakes[0]).toContain('§prefix§_KEY is missing');
  });

  test('nobody there', async () => {
    server.close();
    server.closeAllConnections();
    expect((await call('§tools§_state')).error?.code).toBe('unreachable');
  });
});
`;

/** Each file by its path in the repository. */
export const filesFor = (name: string): Record<string, string> => {
  const names = namesOf(name);
  const filled = (text: string): string =>
    text.replaceAll(/§(\w+)§/g, (_, form: string) => names[form as keyof Names]);
  return {
    [`tools/${name}.ts`]: filled(service),
    [`tools/${name}.words.ts`]: filled(words),
    [`tools/${name}.test.ts`]: filled(test),
  };
};
